using PointsMarket.Data;
using PointsMarket.Notices;

namespace PointsMarket.Cases;

/// <summary>Approves the claim that stands first in line: the case is theirs, the sealed details open to them, and their days begin.</summary>
public sealed class ApproveClaim(MarketWrites writes, TimeProvider clock)
{
    /// <summary>Approves it.</summary>
    public Task<CaseOutcome> ExecuteAsync(int claimId, Approver by, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(by);
        return writes.RunAsync((db, token) => RunAsync(db, claimId, by, token), ct);
    }

    private async Task<CaseOutcome> RunAsync(MarketDb db, int claimId, Approver by, CancellationToken ct)
    {
        var (docket, claim) = await Docket.OfClaimAsync(db, claimId, by, clock.GetUtcNow().UtcDateTime, ct);
        if (docket is null) return CaseOutcome.No(CaseRefusal.NotFound);
        if (claim?.State != ClaimState.Asked || !CaseLife.May(docket.Case.State, CaseChange.Approved)) return CaseOutcome.No(CaseRefusal.NotNow);
        if (by.Owns(claim)) return CaseOutcome.No(CaseRefusal.OwnMatter);
        if (claim.Members.Find(m => m.AgreedAt is null) is { } silent) return CaseOutcome.No(CaseRefusal.NotAgreed, silent.Member.Code);
        if (claim.Members.Find(m => !docket.InService(m.Member)) is { } gone) return CaseOutcome.No(CaseRefusal.NotInService, gone.Member.Code);
        if (await docket.FullAsync(claim.Members.Select(m => m.Member), asksToo: false, ct) is { } full) return CaseOutcome.No(CaseRefusal.TooMany, full.Code);
        docket.Free(); // whom an import named before anybody approved them
        await db.SaveChangesAsync(ct);
        (claim.State, claim.ApprovedAt, claim.ApprovedBy, claim.DueAt) = (ClaimState.Held, docket.Now, by.Actor.Code, docket.Now.AddDays(docket.Case.Days));
        (docket.Case.State, docket.Case.ApprovedAt) = (CaseState.Claimed, docket.Now);
        docket.Case.Claimants.AddRange(claim.Members.Select(m => new ClaimShare { Position = m.Position, MemberId = m.MemberId, Share = m.Share }));
        docket.Note(CaseChange.Approved, by.Actor, claim);
        docket.Tell(claim, InboxKinds.CaseApproved);
        await docket.SaveAsync(by.Actor, ct);
        return new CaseOutcome.Done();
    }
}

/// <summary>Refuses the claim that stands first in line, or one behind it, with a reason; the next comes up.</summary>
public sealed class RefuseClaim(MarketWrites writes, TimeProvider clock)
{
    /// <summary>Refuses it.</summary>
    public Task<CaseOutcome> ExecuteAsync(int claimId, string words, Approver by, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(by);
        if (CaseDecisions.Words(words) is not { } reason) return Task.FromResult(CaseOutcome.No(CaseRefusal.BadWords));
        return writes.RunAsync(async (db, token) =>
        {
            var (docket, claim) = await Docket.OfClaimAsync(db, claimId, by, clock.GetUtcNow().UtcDateTime, token);
            if (docket is null) return CaseOutcome.No(CaseRefusal.NotFound);
            if (claim?.State is not (ClaimState.Asked or ClaimState.Waiting)) return CaseOutcome.No(CaseRefusal.NotNow);
            if (by.Owns(claim)) return CaseOutcome.No(CaseRefusal.OwnMatter);
            docket.Note(CaseChange.Refused, by.Actor, claim, words: reason);
            docket.Tell(claim, InboxKinds.CaseRefused);
            docket.End(claim, ClaimState.Refused, reason);
            await docket.SaveAsync(by.Actor, token);
            return new CaseOutcome.Done();
        }, ct);
    }
}
