using PointsMarket.Areas;
using PointsMarket.Data;
using PointsMarket.Ledger;
using PointsMarket.Notices;
using PointsMarket.Settings;

namespace PointsMarket.Cases;

/// <summary>
/// Closes a submitted case and pays its reward in one ledger transaction, a posting for each share; it counts in the month of
/// closing. Money beside the points is asked of the fund in the same breath and goes up its ladder. Over the threshold, somebody other than who approved the claim closes it. Once for each round: the key of the ledger
/// and the keys of the claims hold that.
/// </summary>
public sealed class CloseCase(MarketWrites writes, Journal journal, TimeProvider clock)
{
    /// <summary>Closed, and so many points paid in all.</summary>
    public sealed record Closed(int Points) : CaseOutcome
    {
        /// <summary>And so much money asked of the fund, fen.</summary>
        public long Fen { get; init; }
    }

    /// <summary>Closes it.</summary>
    public Task<CaseOutcome> ExecuteAsync(int claimId, Approver by, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(by);
        return writes.RunAsync((db, token) => RunAsync(db, claimId, by, token), ct);
    }

    private async Task<CaseOutcome> RunAsync(MarketDb db, int claimId, Approver by, CancellationToken ct)
    {
        var (docket, claim) = await Docket.OfClaimAsync(db, claimId, by, clock.GetUtcNow().UtcDateTime, ct);
        if (docket is null) return CaseOutcome.No(CaseRefusal.NotFound);
        if (claim?.State != ClaimState.Submitted) return CaseOutcome.No(CaseRefusal.NotNow);
        if (by.Owns(claim)) return CaseOutcome.No(CaseRefusal.OwnMatter);
        var terms = await CaseTerms.OfAsync(db, claim.ApprovedAt, ct);
        var points = CaseReward.Of(docket.Case.Reward, claim.DueAt!.Value, claim.SubmittedAt!.Value, terms);
        if (points > await SettingBook.ValueAsync(db, SettingList.CaseSecondPairOver, StationTime.Day(docket.Now), ct) && claim.ApprovedBy == by.Actor.Code) return CaseOutcome.No(CaseRefusal.SecondPairNeeded);
        var fen = CaseReward.OfFen(docket.Case.MoneyFen, claim.DueAt!.Value, claim.SubmittedAt!.Value, terms);
        if (await CaseMoney.AskAsync(docket, claim, fen, by.Actor, ct) is { } refused) return db.RollBack(refused);
        await PayAsync(docket, claim, points, by.Actor, ct);
        (claim.State, claim.EndedAt, claim.Reward) = (ClaimState.Settled, docket.Now, points);
        (docket.Case.State, docket.Case.ClosedAt) = (CaseState.Closed, docket.Now);
        docket.Note(CaseChange.Closed, by.Actor, claim, points: points);
        docket.Tell(claim, InboxKinds.CaseClosed);
        docket.Claims.Remove(claim);
        foreach (var other in docket.Claims.ToList())
        {
            docket.Note(CaseChange.Missed, by.Actor, other);
            docket.Tell(other, InboxKinds.CaseMissed);
            docket.End(other, ClaimState.Missed);
        }
        await docket.SaveAsync(by.Actor, ct);
        return new Closed(points) { Fen = fen };
    }

    private async Task PayAsync(Docket docket, Claim claim, int points, Actor actor, CancellationToken ct)
    {
        var parts = CaseReward.Split(points, [.. claim.Members.Select(m => m.Share)]);
        var postings = claim.Members.Zip(parts).Where(p => p.Second > 0)
            .Select(p => new Posting(AccountCode.Issue("case"), AccountCode.Member(p.First.Member.Code), Asset.Points, p.Second)).ToList();
        if (postings.Count == 0) return;
        var posted = await journal.PostAsync(docket.Db, new TransactionRequest
        {
            BookId = docket.Case.Area.BookId, Key = docket.Case.RewardKey, Kind = TransactionKinds.CaseReward, Subject = docket.Case.Number,
            HappenedAt = docket.Now, Actor = actor, Postings = postings,
        }, ct);
        if (posted.Outcome != PostOutcome.Posted)
            throw new InvalidOperationException($"Case {docket.Case.Number} waits to be closed, but the reward of round {docket.Case.Round} stands in the ledger: {posted.Outcome}.");
    }
}
