using Microsoft.EntityFrameworkCore;
using PointsMarket.Areas;
using PointsMarket.Data;
using PointsMarket.Ledger;
using PointsMarket.Members;
using PointsMarket.Notices;
using PointsMarket.Routing;
using PointsMarket.Tasks;

namespace PointsMarket.Rules;

/// <summary>Who decides on which proposal.</summary>
public sealed record RuleDecision
{
    /// <summary>The proposal.</summary>
    public required int ProposalId { get; init; }

    /// <summary>The account that decides.</summary>
    public required int UserId { get; init; }

    /// <summary>The path of the area it may act in; a whole station's.</summary>
    public required string AreaPath { get; init; }

    internal Actor Actor => Actor.User(UserId);
}

/// <summary>What came of a decision. Everything but <see cref="Done"/> changed nothing.</summary>
public enum RuleOutcome
{
    /// <summary>Done.</summary>
    Done,

    /// <summary>There is no such proposal.</summary>
    NotFound,

    /// <summary>Somebody was quicker: it is decided or withdrawn.</summary>
    Decided,

    /// <summary>Nobody decides on their own proposal.</summary>
    Own,

    /// <summary>Only who proposed it takes it back.</summary>
    NotOwn,

    /// <summary>Not one who decides; see <see cref="RuleJudges"/>.</summary>
    NotAllowed,

    /// <summary>Its first day is here: it would change what reports of today are worth.</summary>
    TooLate,

    /// <summary>Another rule of the category begins on that day by now.</summary>
    DayTaken,

    /// <summary>There is a category of that code by now.</summary>
    CodeTaken,

    /// <summary>A refusal needs a reason of 1 to <see cref="ProposeRule.MostWords"/> characters.</summary>
    ReasonMissing,
}

/// <summary>What the three decisions share.</summary>
internal static class RuleDeciding
{
    /// <summary>The proposal when this account may decide on it now; else why not.</summary>
    public static async Task<(RuleProposal? Proposal, RuleOutcome Why)> FindAsync(MarketDb db, RuleDecision by, bool own, CancellationToken ct)
    {
        await db.TakeTurnAsync();
        if (await db.RuleProposals.SingleOrDefaultAsync(p => p.Id == by.ProposalId, ct) is not { } proposal) return (null, RuleOutcome.NotFound);
        if (own && proposal.ProposedBy != by.Actor.Code) return (null, RuleOutcome.NotOwn);
        if (!own && proposal.ProposedBy == by.Actor.Code) return (null, RuleOutcome.Own);
        if (!own && !await RuleJudges.MayAsync(db, by.UserId, by.AreaPath, ct)) return (null, RuleOutcome.NotAllowed);
        return proposal.State == ProposalState.Waiting ? (proposal, RuleOutcome.Done) : (null, RuleOutcome.Decided);
    }

    /// <summary>Ends a proposal, on record, and tells who proposed it.</summary>
    public static async Task EndAsync(MarketDb db, RuleProposal proposal, RuleDecision by, ProposalState state, string? answer, DateTime now, CancellationToken ct)
    {
        (proposal.State, proposal.DecidedAt, proposal.DecidedBy, proposal.Answer) = (state, now, by.Actor.Code, answer);
        var (action, kind) = state switch
        {
            ProposalState.Approved => ("rule.approved", InboxKinds.RuleApproved),
            ProposalState.Refused => ("rule.refused", InboxKinds.RuleRefused),
            _ => ("rule.withdrawn", null),
        };
        db.Note(now, by.Actor, action, proposal.Number, RuleText.Of(proposal.AsRule()));
        if (kind is not null && RuleJudges.AccountOf(proposal.ProposedBy) is { } proposer && await db.Users.AnyAsync(u => u.Id == proposer, ct))
            Inbox.TellAccount(db, proposer, kind, proposal.Number, $"/desk/rules/{proposal.Id}", now);
        await db.SaveChangesAsync(ct);
    }
}

/// <summary>Approves a proposal: its rule stands in the book, and on the notice page, from now on. Two who approve at once make one rule.</summary>
public sealed class ApproveRule(MarketWrites writes, TimeProvider clock)
{
    /// <summary>The days of each level of a new category's route; an administrator may change them there.</summary>
    public const int NewRouteDays = 3;

    /// <summary>Approves it.</summary>
    public Task<RuleOutcome> ExecuteAsync(RuleDecision by, CancellationToken ct = default) => writes.RunAsync(async (db, token) =>
    {
        ArgumentNullException.ThrowIfNull(by);
        var (proposal, why) = await RuleDeciding.FindAsync(db, by, own: false, token);
        if (proposal is null) return why;
        var now = clock.GetUtcNow().UtcDateTime;
        if (proposal.From <= StationTime.Day(now)) return RuleOutcome.TooLate;
        if (await db.ScoringRules.AnyAsync(r => r.Category == proposal.Category && r.From == proposal.From, token)) return RuleOutcome.DayTaken;
        if (proposal.IsNew && await db.TaskCategories.AnyAsync(c => c.Code == proposal.Category, token)) return RuleOutcome.CodeTaken;
        if (proposal.IsNew) await AddCategoryAsync(db, proposal, token);
        db.ScoringRules.Add(proposal.AsRule());
        await RuleDeciding.EndAsync(db, proposal, by, ProposalState.Approved, null, now, token);
        return RuleOutcome.Done;
    }, ct);

    /// <summary>The category at the end of the book, and its route: the level that acts first, then the chief.</summary>
    private static async Task AddCategoryAsync(MarketDb db, RuleProposal proposal, CancellationToken ct)
    {
        db.TaskCategories.Add(new TaskCategory
        {
            Code = proposal.Category, NameZh = proposal.NameZh!, NameEn = proposal.NameEn!, Icon = proposal.Icon!, Position = await db.TaskCategories.MaxAsync(c => c.Position, ct) + 1,
        });
        MemberKind[] rungs = proposal.FirstLevel == MemberKind.GridChief ? [MemberKind.GridChief] : [proposal.FirstLevel!.Value, MemberKind.GridChief];
        db.RouteSteps.AddRange(rungs.Select((level, i) => new RouteStep { Matter = Matter.Report, Kind = proposal.Category, Position = i, Level = level, Days = NewRouteDays }));
    }
}

/// <summary>Refuses a proposal with a reason.</summary>
public sealed class RefuseRule(MarketWrites writes, TimeProvider clock)
{
    /// <summary>Refuses it.</summary>
    public async Task<RuleOutcome> ExecuteAsync(RuleDecision by, string? reason, CancellationToken ct = default)
    {
        var words = FileReport.Words(reason);
        if (words.Length is 0 or > ProposeRule.MostWords) return RuleOutcome.ReasonMissing;
        return await writes.RunAsync(async (db, token) =>
        {
            ArgumentNullException.ThrowIfNull(by);
            var (proposal, why) = await RuleDeciding.FindAsync(db, by, own: false, token);
            if (proposal is null) return why;
            await RuleDeciding.EndAsync(db, proposal, by, ProposalState.Refused, words, clock.GetUtcNow().UtcDateTime, token);
            return RuleOutcome.Done;
        }, ct);
    }
}

/// <summary>Takes one's own proposal back while it waits.</summary>
public sealed class WithdrawRule(MarketWrites writes, TimeProvider clock)
{
    /// <summary>Takes it back.</summary>
    public Task<RuleOutcome> ExecuteAsync(RuleDecision by, CancellationToken ct = default) => writes.RunAsync(async (db, token) =>
    {
        ArgumentNullException.ThrowIfNull(by);
        var (proposal, why) = await RuleDeciding.FindAsync(db, by, own: true, token);
        if (proposal is null) return why;
        await RuleDeciding.EndAsync(db, proposal, by, ProposalState.Withdrawn, null, clock.GetUtcNow().UtcDateTime, token);
        return RuleOutcome.Done;
    }, ct);
}
