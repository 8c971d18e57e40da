using PointsMarket.Data;
using PointsMarket.Notices;

namespace PointsMarket.Cases;

/// <summary>A holder asks for more time, once for a claim.</summary>
public sealed class AskForExtension(MarketWrites writes, TimeProvider clock)
{
    /// <summary>Asks for 1 to <see cref="Claim.MostMoreDays"/> days, with a reason.</summary>
    public Task<CaseOutcome> ExecuteAsync(int claimId, int days, string words, Voice by, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(by);
        if (days is < 1 or > Claim.MostMoreDays) return Task.FromResult(CaseOutcome.No(CaseRefusal.BadDays));
        if (CaseDecisions.Words(words) is not { } reason) return Task.FromResult(CaseOutcome.No(CaseRefusal.BadWords));
        return writes.RunAsync(async (db, token) =>
        {
            var (docket, claim) = await Docket.OfClaimAsync(db, claimId, by, clock.GetUtcNow().UtcDateTime, token);
            if (docket is null || claim is null) return CaseOutcome.No(CaseRefusal.NotFound);
            if (claim.State != ClaimState.Held) return CaseOutcome.No(CaseRefusal.NotNow);
            if (claim.Extension != Extension.None) return CaseOutcome.No(CaseRefusal.ExtensionUsed);
            (claim.Extension, claim.MoreDays, claim.MoreReason) = (Extension.Asked, days, reason);
            docket.Note(CaseChange.ExtensionAsked, by.Actor, claim, by.MemberId, reason);
            docket.Tell(claim, InboxKinds.CaseExtensionAsked, by.MemberId);
            await docket.TellDeskAsync(InboxKinds.CaseExtensionAsked, by.Actor, token);
            await docket.SaveAsync(by.Actor, token);
            return new CaseOutcome.Done();
        }, ct);
    }
}

/// <summary>An approver gives more time, which moves the due time, or does not.</summary>
public sealed class DecideExtension(MarketWrites writes, TimeProvider clock)
{
    /// <summary>Decides. A reason is needed to say no.</summary>
    public Task<CaseOutcome> ExecuteAsync(int claimId, bool grant, string? words, Approver by, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(by);
        var reason = CaseDecisions.Words(words);
        if (!grant && reason is null) return Task.FromResult(CaseOutcome.No(CaseRefusal.BadWords));
        return writes.RunAsync(async (db, token) =>
        {
            var (docket, claim) = await Docket.OfClaimAsync(db, claimId, by, clock.GetUtcNow().UtcDateTime, token);
            if (docket is null || claim is null) return CaseOutcome.No(CaseRefusal.NotFound);
            if (claim is not { State: ClaimState.Held, Extension: Extension.Asked }) return CaseOutcome.No(CaseRefusal.NotNow);
            if (by.IsIn(claim)) return CaseOutcome.No(CaseRefusal.OwnMatter);
            claim.Extension = grant ? Extension.Granted : Extension.Denied;
            if (grant) claim.DueAt = claim.DueAt!.Value.AddDays(claim.MoreDays);
            docket.Note(grant ? CaseChange.ExtensionGranted : CaseChange.ExtensionDenied, by.Actor, claim, words: reason);
            docket.Tell(claim, InboxKinds.CaseExtensionDecided);
            await docket.SaveAsync(by.Actor, token);
            return new CaseOutcome.Done();
        }, ct);
    }
}
