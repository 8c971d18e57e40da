using PointsMarket.Data;
using PointsMarket.Notices;

namespace PointsMarket.Cases;

/// <summary>
/// A partner agrees to a claim and declares that they have no interest of their own in the matter, or does not agree, which ends it.
/// </summary>
public sealed class AgreeToClaim(MarketWrites writes, TimeProvider clock)
{
    /// <summary>The answer.</summary>
    public sealed record Input
    {
        /// <summary>The claim.</summary>
        public required int ClaimId { get; init; }

        /// <summary>Who answers.</summary>
        public required Voice By { get; init; }

        /// <summary>True to agree.</summary>
        public required bool Agree { get; init; }

        /// <summary>The declaration; needed to agree.</summary>
        public bool NoInterest { get; init; }
    }

    /// <summary>Answers.</summary>
    public Task<CaseOutcome> ExecuteAsync(Input input, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(input);
        return input is { Agree: true, NoInterest: false } ? Task.FromResult(CaseOutcome.No(CaseRefusal.NoDeclaration)) : writes.RunAsync((db, token) => RunAsync(db, input, token), ct);
    }

    private async Task<CaseOutcome> RunAsync(MarketDb db, Input input, CancellationToken ct)
    {
        var (docket, claim) = await Docket.OfClaimAsync(db, input.ClaimId, input.By, clock.GetUtcNow().UtcDateTime, ct);
        if (docket is null || claim is null) return CaseOutcome.No(CaseRefusal.NotFound);
        if (claim.State is not (ClaimState.Asked or ClaimState.Waiting)) return CaseOutcome.No(CaseRefusal.NotNow);
        var place = claim.Members.Find(m => m.MemberId == input.By.MemberId)!;
        if (place.Position == 0 || place.AgreedAt is not null) return CaseOutcome.No(CaseRefusal.NotNow);
        if (!input.Agree)
        {
            docket.Note(CaseChange.Declined, input.By.Actor, claim, input.By.MemberId);
            docket.Tell(claim, InboxKinds.CaseDeclined, input.By.MemberId);
            docket.End(claim, ClaimState.Dropped);
            await docket.SaveAsync(input.By.Actor, ct);
            return new CaseOutcome.Done();
        }
        if (!docket.InService(place.Member)) return CaseOutcome.No(CaseRefusal.NotInService, place.Member.Code);
        if (await docket.FullAsync([place.Member], asksToo: true, ct) is { } full) return CaseOutcome.No(CaseRefusal.TooMany, full.Code);
        (place.AgreedAt, place.AgreedBy) = (docket.Now, input.By.Actor.Code);
        docket.Note(CaseChange.Agreed, input.By.Actor, claim, input.By.MemberId);
        docket.TellMember(claim, claim.Members[0].MemberId, InboxKinds.CaseAgreed);
        if (claim.State == ClaimState.Asked && claim.Members.TrueForAll(m => m.AgreedAt is not null)) await docket.TellDeskAsync(InboxKinds.CaseAsked, input.By.Actor, ct);
        await docket.SaveAsync(input.By.Actor, ct);
        return new CaseOutcome.Done();
    }
}
