using PointsMarket.Awards;
using PointsMarket.Web.Pages.Desk.Awards;

namespace PointsMarket.Web.Awards;

/// <summary>What the page of a cycle can be asked to do.</summary>
public enum CycleDeed
{
    /// <summary>Work the ranking out.</summary>
    Rank,

    /// <summary>Name a member.</summary>
    Member,

    /// <summary>Name a firm.</summary>
    Firm,

    /// <summary>Name a team or a guest.</summary>
    Name,

    /// <summary>Take somebody named by hand off.</summary>
    Remove,

    /// <summary>Strike a candidate off.</summary>
    Strike,

    /// <summary>Take that back.</summary>
    Restore,

    /// <summary>Fix the list.</summary>
    Fix,

    /// <summary>Confirm it.</summary>
    Confirm,

    /// <summary>Send it back to draft.</summary>
    SendBack,

    /// <summary>An objection is right.</summary>
    Uphold,

    /// <summary>An objection is not.</summary>
    Dismiss,

    /// <summary>Decide.</summary>
    Decide,

    /// <summary>Issue the certificates.</summary>
    Issue,

    /// <summary>Ask the fund for the money.</summary>
    Money,

    /// <summary>Call it off.</summary>
    CallOff,

    /// <summary>Stand aside.</summary>
    Recuse,
}

/// <summary>Which operation a deed of the page is.</summary>
public sealed class CycleSteps(
    RankCandidates rank, NameRecipient name, RemoveRecipient remove, StrikeCandidate strike, FixList fix, ConfirmList confirm, SendBackList sendBack, AnswerAwardObjection answer, DecideAward decide,
    IssueCertificates issue, AskAwardMoney money, CallOffAward callOff, DeclareInterest recuse)
{
    /// <summary>Does it.</summary>
    public Task<AwardOutcome> ExecuteAsync(CycleDeed deed, AwardStep step, int? target, DetailModel.InputModel input, CancellationToken ct) => deed switch
    {
        CycleDeed.Rank => rank.ExecuteAsync(step, ct),
        CycleDeed.Member => name.ExecuteAsync(new NameRecipient.Input { Step = step, MemberCode = input.MemberCode }, ct),
        CycleDeed.Firm => name.ExecuteAsync(new NameRecipient.Input { Step = step, SponsorCode = input.SponsorCode }, ct),
        CycleDeed.Name => name.ExecuteAsync(new NameRecipient.Input { Step = step, Name = input.Name }, ct),
        CycleDeed.Remove => remove.ExecuteAsync(step, target ?? 0, ct),
        CycleDeed.Strike or CycleDeed.Restore => strike.ExecuteAsync(step, target ?? 0, deed == CycleDeed.Strike, input.Reason, ct),
        CycleDeed.Fix => fix.ExecuteAsync(step, ct),
        CycleDeed.Confirm => confirm.ExecuteAsync(step, ct),
        CycleDeed.SendBack => sendBack.ExecuteAsync(step, input.Reason, ct),
        CycleDeed.Uphold or CycleDeed.Dismiss => answer.ExecuteAsync(new AnswerAwardObjection.Input { Step = step, ObjectionId = target ?? 0, Upheld = deed == CycleDeed.Uphold, Answer = input.Answer }, ct),
        CycleDeed.Decide => decide.ExecuteAsync(step, ct),
        CycleDeed.Issue => issue.ExecuteAsync(new IssueCertificates.Input { Step = step }, ct),
        CycleDeed.Money => money.ExecuteAsync(step, ct),
        CycleDeed.CallOff => callOff.ExecuteAsync(step, input.Reason, ct),
        CycleDeed.Recuse => recuse.ExecuteAsync(step, input.Reason, ct),
        _ => Task.FromResult(AwardOutcome.NotNow),
    };
}
