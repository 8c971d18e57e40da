using PointsMarket.Data;
using PointsMarket.Notices;

namespace PointsMarket.Cases;

/// <summary>A holder reports the case as settled, in words. The moment counts for the reward (<see cref="CaseReward"/>).</summary>
public sealed class SubmitClaim(MarketWrites writes, TimeProvider clock)
{
    /// <summary>Submits it.</summary>
    public Task<CaseOutcome> ExecuteAsync(int claimId, string words, Voice by, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(by);
        if (CaseDecisions.Words(words) is not { } text) return Task.FromResult(CaseOutcome.No(CaseRefusal.BadWords));
        return writes.RunAsync(async (db, token) =>
        {
            var (docket, claim) = await Docket.OfClaimAsync(db, claimId, by, clock.GetUtcNow().UtcDateTime, token);
            if (docket is null || claim is null) return CaseOutcome.No(CaseRefusal.NotFound);
            if (claim.State != ClaimState.Held) return CaseOutcome.No(CaseRefusal.NotNow);
            if (docket.Now > claim.DueAt!.Value.AddDays((await CaseTerms.OfAsync(db, claim.ApprovedAt, token)).LateDays)) return CaseOutcome.No(CaseRefusal.RanOut); // the schedule is about to say so
            (claim.State, claim.SubmittedAt) = (ClaimState.Submitted, docket.Now);
            (docket.Case.State, docket.Case.SubmittedAt) = (CaseState.Submitted, docket.Now);
            if (claim.HandOvers.Find(Docket.IsOpen) is { } open) HandOvers.End(docket, claim, open, by.Actor, by.MemberId);
            if (claim.Extension == Extension.Asked) claim.Extension = Extension.None; // no longer needed; it may be asked again if this is sent back
            docket.Note(CaseChange.Submitted, by.Actor, claim, by.MemberId, text);
            docket.Tell(claim, InboxKinds.CaseSubmitted, by.MemberId);
            await docket.TellDeskAsync(InboxKinds.CaseSubmitted, by.Actor, token);
            await docket.SaveAsync(by.Actor, token);
            return new CaseOutcome.Done();
        }, ct);
    }
}

/// <summary>
/// An approver sends it back: not settled yet, and why. The time it lay with the approver is given back, so that nobody is late
/// because of somebody else.
/// </summary>
public sealed class SendBackClaim(MarketWrites writes, TimeProvider clock)
{
    /// <summary>Sends it back.</summary>
    public Task<CaseOutcome> ExecuteAsync(int claimId, string words, Approver by, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(by);
        if (CaseDecisions.Words(words) is not { } reason) return Task.FromResult(CaseOutcome.No(CaseRefusal.BadWords));
        return writes.RunAsync(async (db, token) =>
        {
            var (docket, claim) = await Docket.OfClaimAsync(db, claimId, by, clock.GetUtcNow().UtcDateTime, token);
            if (docket is null || claim is null) return CaseOutcome.No(CaseRefusal.NotFound);
            if (claim.State != ClaimState.Submitted) return CaseOutcome.No(CaseRefusal.NotNow);
            if (by.IsIn(claim)) return CaseOutcome.No(CaseRefusal.OwnMatter);
            claim.DueAt += docket.Now - claim.SubmittedAt!.Value;
            (claim.State, claim.SubmittedAt, claim.Reason) = (ClaimState.Held, null, reason);
            (docket.Case.State, docket.Case.SubmittedAt) = (CaseState.Claimed, null);
            docket.Note(CaseChange.SentBack, by.Actor, claim, words: reason);
            docket.Tell(claim, InboxKinds.CaseSentBack);
            await docket.SaveAsync(by.Actor, token);
            return new CaseOutcome.Done();
        }, ct);
    }
}
