using Microsoft.EntityFrameworkCore;
using PointsMarket.Data;
using PointsMarket.Ledger;
using PointsMarket.Members;
using PointsMarket.Notices;

namespace PointsMarket.Cases;

/// <summary>A holder offers their place and share in a claim to another member: the first signature.</summary>
public sealed class OfferHandOver(MarketWrites writes, TimeProvider clock)
{
    /// <summary>Offers it to the member with this code or number (an informant: code).</summary>
    public Task<CaseOutcome> ExecuteAsync(int claimId, string to, Voice by, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(by);
        ArgumentNullException.ThrowIfNull(to);
        return writes.RunAsync((db, token) => RunAsync(db, claimId, to.Trim(), by, token), ct);
    }

    private async Task<CaseOutcome> RunAsync(MarketDb db, int claimId, string to, Voice by, CancellationToken ct)
    {
        var (docket, claim) = await Docket.OfClaimAsync(db, claimId, by, clock.GetUtcNow().UtcDateTime, ct);
        if (docket is null || claim is null) return CaseOutcome.No(CaseRefusal.NotFound);
        if (claim.State != ClaimState.Held || claim.HandOvers.Exists(Docket.IsOpen)) return CaseOutcome.No(CaseRefusal.NotNow);
        var (book, code) = (docket.Case.Area.BookId, to.ToUpperInvariant());
        var taker = await db.Members.Include(m => m.Area)
            .Where(m => m.Area.BookId == book && (m.Code == code || (m.Number == to && m.Kind != MemberKind.Informant))).FirstOrDefaultAsync(ct);
        if (taker is null) return CaseOutcome.No(CaseRefusal.UnknownMember, to);
        if (await HandOvers.WrongAsync(docket, claim, taker, ct) is { } wrong) return wrong;
        claim.HandOvers.Add(new HandOver { FromId = by.MemberId, To = taker, OfferedAt = docket.Now, OfferedBy = by.Actor.Code });
        docket.Note(CaseChange.HandOverOffered, by.Actor, claim, by.MemberId, taker.Code);
        docket.Tell(claim, InboxKinds.CaseHandOver, by.MemberId);
        docket.TellMember(claim, taker.Id, InboxKinds.CaseHandOverAsked);
        await docket.SaveAsync(by.Actor, ct);
        return new CaseOutcome.Done();
    }
}

/// <summary>The other member signs, and declares that they have no interest of their own in the matter; or says no.</summary>
public sealed class SignHandOver(MarketWrites writes, TimeProvider clock)
{
    /// <summary>Signs, or says no. Either side may say no until it is confirmed.</summary>
    public Task<CaseOutcome> ExecuteAsync(int claimId, bool sign, bool noInterest, Voice by, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(by);
        return sign && !noInterest ? Task.FromResult(CaseOutcome.No(CaseRefusal.NoDeclaration)) : writes.RunAsync((db, token) => RunAsync(db, claimId, sign, by, token), ct);
    }

    private async Task<CaseOutcome> RunAsync(MarketDb db, int claimId, bool sign, Voice by, CancellationToken ct)
    {
        var me = by.MemberId;
        var cases = db.Cases.Where(c => db.Claims.Any(x => x.Id == claimId && x.CaseId == c.Id
            && x.HandOvers.Any(h => (h.FromId == me || h.ToId == me) && (h.State == HandOverState.Offered || h.State == HandOverState.Signed))));
        if (by.RecordedIn is { } path) cases = cases.Where(c => c.Area.Path.StartsWith(path));
        var docket = await Docket.OpenAsync(db, cases, clock.GetUtcNow().UtcDateTime, ct);
        if (docket?.Claims.Find(c => c.Id == claimId) is not { } claim || claim.HandOvers.Find(Docket.IsOpen) is not { } offer) return CaseOutcome.No(CaseRefusal.NotFound);
        if (!sign)
        {
            HandOvers.End(docket, claim, offer, by.Actor, me);
            await docket.SaveAsync(by.Actor, ct);
            return new CaseOutcome.Done();
        }
        if (offer.ToId != me || offer.State != HandOverState.Offered || claim.State != ClaimState.Held) return CaseOutcome.No(CaseRefusal.NotNow);
        var taker = await db.Members.Include(m => m.Area).SingleAsync(m => m.Id == me, ct);
        if (await HandOvers.WrongAsync(docket, claim, taker, ct) is { } wrong) return wrong;
        (offer.State, offer.SignedAt, offer.SignedBy) = (HandOverState.Signed, docket.Now, by.Actor.Code);
        docket.Note(CaseChange.HandOverSigned, by.Actor, claim, me);
        docket.Tell(claim, InboxKinds.CaseHandOver);
        await docket.TellDeskAsync(InboxKinds.CaseHandOverSigned, by.Actor, ct);
        await docket.SaveAsync(by.Actor, ct);
        return new CaseOutcome.Done();
    }
}

/// <summary>An approver, who is none of them, confirms what both have signed: the place and its share are the other's.</summary>
public sealed class ConfirmHandOver(MarketWrites writes, TimeProvider clock)
{
    /// <summary>Confirms it, or refuses it with a reason.</summary>
    public Task<CaseOutcome> ExecuteAsync(int claimId, bool confirm, string? words, Approver by, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(by);
        var reason = CaseDecisions.Words(words);
        if (!confirm && reason is null) return Task.FromResult(CaseOutcome.No(CaseRefusal.BadWords));
        return writes.RunAsync((db, token) => RunAsync(db, claimId, confirm, reason, by, token), ct);
    }

    private async Task<CaseOutcome> RunAsync(MarketDb db, int claimId, bool confirm, string? reason, Approver by, CancellationToken ct)
    {
        var (docket, claim) = await Docket.OfClaimAsync(db, claimId, by, clock.GetUtcNow().UtcDateTime, ct);
        if (docket is null || claim is null) return CaseOutcome.No(CaseRefusal.NotFound);
        if (claim.State != ClaimState.Held || claim.HandOvers.Find(h => h.State == HandOverState.Signed) is not { } offer) return CaseOutcome.No(CaseRefusal.NotNow);
        if (by.IsIn(claim) || by.MemberId == offer.ToId) return CaseOutcome.No(CaseRefusal.OwnMatter);
        if (!confirm)
        {
            HandOvers.End(docket, claim, offer, by.Actor, null, reason);
            await docket.SaveAsync(by.Actor, ct);
            return new CaseOutcome.Done();
        }
        var taker = await db.Members.Include(m => m.Area).SingleAsync(m => m.Id == offer.ToId, ct);
        if (await HandOvers.WrongAsync(docket, claim, taker, ct) is { } wrong) return wrong;
        var place = claim.Members.Find(m => m.MemberId == offer.FromId)!;
        (place.MemberId, place.Member, place.AgreedAt, place.AgreedBy) = (taker.Id, taker, offer.SignedAt, offer.SignedBy);
        if (docket.Case.Claimants.Find(s => s.Position == place.Position) is { } share) share.MemberId = taker.Id;
        offer.State = HandOverState.Done;
        docket.Note(CaseChange.HandOverDone, by.Actor, claim, taker.Id);
        docket.Tell(claim, InboxKinds.CaseHandOverDone);
        docket.TellMember(claim, offer.FromId, InboxKinds.CaseHandOverDone);
        await docket.SaveAsync(by.Actor, ct);
        return new CaseOutcome.Done();
    }
}

/// <summary>What the three steps share.</summary>
internal static class HandOvers
{
    public static async Task<CaseOutcome?> WrongAsync(Docket docket, Claim claim, Member taker, CancellationToken ct)
    {
        if (claim.Members.Exists(m => m.MemberId == taker.Id)) return CaseOutcome.No(CaseRefusal.MemberTwice, taker.Code);
        if (!docket.InService(taker)) return CaseOutcome.No(CaseRefusal.NotInService, taker.Code);
        if (docket.Case.OfferedToId is { } id)
        {
            var offered = await docket.Db.Areas.Where(a => a.Id == id).Select(a => a.Path).SingleAsync(ct);
            if (!taker.Area.Path.StartsWith(offered, StringComparison.Ordinal)) return CaseOutcome.No(CaseRefusal.NotOffered, taker.Code);
        }
        return await docket.FullAsync([taker], asksToo: false, ct) is { } full ? CaseOutcome.No(CaseRefusal.TooMany, full.Code) : null;
    }

    public static void End(Docket docket, Claim claim, HandOver offer, Actor actor, int? member, string? reason = null)
    {
        offer.State = HandOverState.Ended;
        docket.Note(CaseChange.HandOverEnded, actor, claim, member, reason);
        docket.Tell(claim, InboxKinds.CaseHandOverEnded, member);
        if (offer.ToId != member) docket.TellMember(claim, offer.ToId, InboxKinds.CaseHandOverEnded);
    }
}
