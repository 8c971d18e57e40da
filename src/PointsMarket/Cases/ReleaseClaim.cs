using Microsoft.EntityFrameworkCore;
using PointsMarket.Data;
using PointsMarket.Ledger;
using PointsMarket.Notices;

namespace PointsMarket.Cases;

/// <summary>
/// A claim ends before its case is settled: the first member takes it back while it waits, or gives the case back while they hold it;
/// an approver takes it away. The case is free again, and the next in line comes up.
/// </summary>
public sealed class ReleaseClaim(MarketWrites writes, TimeProvider clock)
{
    /// <summary>The first member ends it. A reason is needed once it was approved.</summary>
    public Task<CaseOutcome> ExecuteAsync(int claimId, string? words, Voice by, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(by);
        return writes.RunAsync(async (db, token) =>
        {
            var (docket, claim) = await Docket.OfClaimAsync(db, claimId, by, clock.GetUtcNow().UtcDateTime, token);
            if (docket is null || claim is null || claim.Members[0].MemberId != by.MemberId) return CaseOutcome.No(CaseRefusal.NotFound);
            return await EndAsync(docket, claim, CaseDecisions.Words(words), by.Actor, by.MemberId, token);
        }, ct);
    }

    /// <summary>An approver takes it away, with a reason.</summary>
    public Task<CaseOutcome> ExecuteAsync(int claimId, string words, Approver by, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(by);
        return writes.RunAsync(async (db, token) =>
        {
            var (docket, claim) = await Docket.OfClaimAsync(db, claimId, by, clock.GetUtcNow().UtcDateTime, token);
            if (docket is null || claim is null) return CaseOutcome.No(CaseRefusal.NotFound);
            if (!CaseLife.InHand.Contains(claim.State)) return CaseOutcome.No(CaseRefusal.NotNow);
            if (by.IsIn(claim)) return CaseOutcome.No(CaseRefusal.OwnMatter);
            return await EndAsync(docket, claim, CaseDecisions.Words(words), by.Actor, null, token);
        }, ct);
    }

    private static async Task<CaseOutcome> EndAsync(Docket docket, Claim claim, string? reason, Actor actor, int? member, CancellationToken ct)
    {
        var held = CaseLife.InHand.Contains(claim.State);
        if (held && reason is null) return CaseOutcome.No(CaseRefusal.BadWords);
        docket.Note(held ? CaseChange.Released : CaseChange.Dropped, actor, claim, member, reason);
        docket.Tell(claim, InboxKinds.CaseReleased, member);
        if (held) await docket.TellDeskAsync(InboxKinds.CaseReleased, actor, ct);
        docket.End(claim, held ? ClaimState.Released : ClaimState.Dropped, reason);
        await docket.SaveAsync(actor, ct);
        return new CaseOutcome.Done();
    }
}

/// <summary>
/// Lets every claim run out that is over by more than the days its terms allow (<see cref="CaseTerms"/>): no reward, and the case is free again. Each
/// in a transaction of its own, so that it can stop anywhere.
/// </summary>
public sealed class LapseClaims(MarketContexts contexts, MarketWrites writes, TimeProvider clock)
{
    /// <summary>How many ran out.</summary>
    public async Task<int> ExecuteAsync(CancellationToken ct = default)
    {
        var over = clock.GetUtcNow().UtcDateTime; // by how much is asked inside: the days are those of each claim
        await using var db = contexts.Read();
        var due = await db.Claims.Where(c => c.State == ClaimState.Held && c.DueAt < over).OrderBy(c => c.DueAt).Select(c => c.Id).ToListAsync(ct);
        var count = 0;
        foreach (var id in due)
        {
            if (await writes.RunAsync((inside, token) => RunAsync(inside, id, token), ct)) count++;
        }
        return count;
    }

    private async Task<bool> RunAsync(MarketDb db, int claimId, CancellationToken ct)
    {
        var docket = await Docket.OpenAsync(db, db.Cases.Where(c => db.Claims.Any(x => x.Id == claimId && x.CaseId == c.Id)), clock.GetUtcNow().UtcDateTime, ct);
        if (docket?.Claims.Find(c => c.Id == claimId) is not { State: ClaimState.Held } claim) return false;
        if (docket.Now <= claim.DueAt!.Value.AddDays((await CaseTerms.OfAsync(db, claim.ApprovedAt, ct)).LateDays)) return false;
        var actor = Actor.System("schedule");
        docket.Note(CaseChange.Lapsed, actor, claim);
        docket.Tell(claim, InboxKinds.CaseLapsed);
        await docket.TellDeskAsync(InboxKinds.CaseLapsed, actor, ct);
        docket.End(claim, ClaimState.Lapsed);
        await docket.SaveAsync(actor, ct);
        return true;
    }
}
