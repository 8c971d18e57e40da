using Microsoft.EntityFrameworkCore;
using PointsMarket.Ledger;
using PointsMarket.Reconciliations;

namespace PointsMarket.Tests.Reconciliations;

/// <summary>Pieces that are off and stay so: two people say why.</summary>
public sealed class ExplainPiecesTests
{
    [Fact]
    public async Task Explanation_TakesTwoSignaturesOfItsOwnAndPostsNothing()
    {
        var desk = await ReconDesk.OpenAsync();
        await using var market = desk.Market;
        var run = await desk.RunAsync();
        var items = await desk.ItemsAsync(run.Id);
        var (off, cards) = (items.First(i => i.Kind == DiscrepancyKind.CountDiffers), items.First(i => i.Kind == DiscrepancyKind.CardsDiffer));
        var (explain, sign) = (market.Get<ExplainPieces>(), market.Get<SignStockDifference>());
        var before = await market.ReadAsync(db => db.LedgerTransactions.CountAsync());
        Assert.Equal(FollowUpOutcome.NotNow, await explain.ExecuteAsync(ReconDesk.Step(items.First(i => i.IsMoney).Id)));

        // The first signature under a write-off is none under an explanation, nor the other way round.
        Assert.Equal(FollowUpOutcome.WaitsForSecond, await sign.ExecuteAsync(ReconDesk.Step(off.Id)));
        Assert.Equal(FollowUpOutcome.WaitsForSecond, await explain.ExecuteAsync(ReconDesk.Step(off.Id, by: ReconDesk.Second)));
        Assert.Equal(FollowUpOutcome.WaitsForSecond, await sign.ExecuteAsync(ReconDesk.Step(off.Id, by: ReconDesk.Third)));
        foreach (var id in (int[])[off.Id, cards.Id])
        {
            Assert.Equal(FollowUpOutcome.WaitsForSecond, await explain.ExecuteAsync(ReconDesk.Step(id)));
            Assert.Equal(FollowUpOutcome.SamePerson, await explain.ExecuteAsync(ReconDesk.Step(id)));
            Assert.Equal(FollowUpOutcome.Done, await explain.ExecuteAsync(ReconDesk.Step(id, by: ReconDesk.Second)));
        }
        Assert.Equal(before, await market.ReadAsync(db => db.LedgerTransactions.CountAsync()));

        // The next run keeps what two signed; taken back, it needs both again.
        await market.PostAsync(market.Request(1, "later", new Posting(AccountCode.Issue("task"), AccountCode.Member("G0001"), Asset.Points, 1)));
        var again = await desk.RunAsync();
        Assert.NotEqual(run.Id, again.Id);
        var kept = (await desk.ItemsAsync(again.Id)).Single(i => (i.Kind, i.Place, i.Item) == (off.Kind, off.Place, off.Item));
        Assert.Equal((FollowUpState.Explained, Remedy.Words), (kept.State, kept.How!.Value));
        Assert.Equal(FollowUpOutcome.Done, await market.Get<ReopenDiscrepancy>().ExecuteAsync(ReconDesk.Step(kept.Id)));
        Assert.Equal(FollowUpOutcome.WaitsForSecond, await explain.ExecuteAsync(ReconDesk.Step(kept.Id, by: ReconDesk.Second)));
    }
}
