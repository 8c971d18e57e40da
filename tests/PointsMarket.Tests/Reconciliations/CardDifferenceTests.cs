using Microsoft.EntityFrameworkCore;
using PointsMarket.Ledger;
using PointsMarket.Market;
using PointsMarket.Reconciliations;
using PointsMarket.Tests.Import;
using PointsMarket.Tests.Kit;

namespace PointsMarket.Tests.Reconciliations;

/// <summary>A difference in cards that a month's reconciliation found: who signs first says which cards, the second signature makes them lost.</summary>
public sealed class CardDifferenceTests
{
    [Fact]
    public async Task Sign_ADifferenceInCards_TakesTheirNumbersAndMakesThemLost()
    {
        var desk = await ReconDesk.OpenAsync();
        await using var market = desk.Market;
        var (outlet, sku, pieces) = await NumberedAsync(market);
        var text = Xinggu.Text(ReconDesk.StockFile).Split('\n').Select(l => l.StartsWith($"{outlet.Code},{sku},", StringComparison.Ordinal) ? $"{outlet.Code},{sku},{pieces - 2}" : l.TrimEnd('\r'));
        Assert.IsType<TakeMonthFile.Taken>(await desk.TakeAsync(MonthFileKind.Bank, ReconDesk.BankFile, Xinggu.Text(ReconDesk.BankFile)));
        Assert.IsType<TakeMonthFile.Taken>(await desk.TakeAsync(MonthFileKind.Stocktake, ReconDesk.StockFile, string.Join('\n', text)));
        var run = await desk.RunAsync();
        var item = (await desk.ItemsAsync(run.Id)).Single(i => i.Kind == DiscrepancyKind.CountDiffers && i.Place == outlet.Code && i.Item == sku);
        Assert.Equal(-2, item.Difference);
        var sign = market.Get<SignStockDifference>();
        FollowUpStep Step(Actor by, params string[] cards) => ReconDesk.Step(item.Id, "少了卡", by) with { Cards = cards };

        Assert.Equal(FollowUpOutcome.CardsNotRight, await sign.ExecuteAsync(Step(ReconDesk.Runner)));
        Assert.Equal(FollowUpOutcome.CardsNotRight, await sign.ExecuteAsync(Step(ReconDesk.Runner, "K0001", "Z0001")));
        Assert.Equal(FollowUpOutcome.WaitsForSecond, await sign.ExecuteAsync(Step(ReconDesk.Runner, "K0001", "K0002")));
        // One of them turns up on a slip: the signature falls, and nothing is written off.
        await market.Writes.RunAsync(db => db.SupermarketCards.Where(c => c.Serial == "K0002").ExecuteUpdateAsync(s => s.SetProperty(c => c.State, CardState.Blocked)));
        Assert.Equal(FollowUpOutcome.CardsMoved, await sign.ExecuteAsync(Step(ReconDesk.Second)));
        await market.Writes.RunAsync(db => db.SupermarketCards.Where(c => c.Serial == "K0002").ExecuteUpdateAsync(s => s.SetProperty(c => c.State, CardState.InStock)));
        Assert.Equal(FollowUpOutcome.WaitsForSecond, await sign.ExecuteAsync(Step(ReconDesk.Runner, "K0001", "K0003")));
        Assert.Equal(FollowUpOutcome.Done, await sign.ExecuteAsync(Step(ReconDesk.Second)));

        Assert.Equal(["K0001", "K0003"], await market.ReadAsync(db => db.SupermarketCards.Where(c => c.State == CardState.Lost).OrderBy(c => c.Serial).Select(c => c.Serial).ToListAsync()));
        Assert.Equal(pieces - 2, await market.ReadAsync(db => db.BalanceAsync(1, AccountCode.Shelf(outlet.Code), Asset.Card(sku))));
        var here = (await market.ReadAsync(db => CardStock.ReadAsync(db, [1]))).Single(s => s.OutletId == outlet.Id && s.Numbered > 0);
        Assert.Equal((0L, 0L), (here.Missing, here.Over));
        Assert.True(await desk.BooksAreCleanAsync());
    }

    /// <summary>The cards of one article at one outlet get their numbers.</summary>
    private static async Task<(Outlet Outlet, string Sku, int Pieces)> NumberedAsync(TestMarket market)
    {
        var stock = (await market.ReadAsync(db => CardStock.ReadAsync(db, [1]))).First(s => s.Pieces > 3);
        var (outlet, sku) = await market.ReadAsync(async db => (await db.Outlets.AsNoTracking().SingleAsync(o => o.Id == stock.OutletId), await db.Goods.Where(g => g.Id == stock.GoodsId).Select(g => g.Sku).SingleAsync()));
        Assert.IsType<EnterCards.Entered>(await market.Get<EnterCards>().ExecuteAsync(new() { OutletId = outlet.Id, GoodsId = stock.GoodsId, Serials = CardSerials.Range("K0001", (int)stock.Pieces)!, Actor = Actor.User(1), AreaPath = "STA/" }));
        return (outlet, sku, (int)stock.Pieces);
    }
}
