using System.Text;
using Microsoft.EntityFrameworkCore;
using PointsMarket.Data;
using PointsMarket.Import;
using PointsMarket.Ledger;
using PointsMarket.Market;
using PointsMarket.Stock;
using PointsMarket.Tests.Kit;

namespace PointsMarket.Tests.Stock;

/// <summary>A count is blind, what differs is counted again, and two different people sign before anything moves.</summary>
public sealed class StocktakeTests
{
    public static TheoryData<DatabaseProvider> Databases => TestDatabase.All;

    [SkippableTheory, MemberData(nameof(Databases))]
    public async Task Sheet_CountedRecountedAndSignedByTwo_PutsTheShelfRight(DatabaseProvider provider)
    {
        var house = await GoodsHouse.OpenAsync(provider);
        await using var market = house.Market;
        await house.BringAsync(house.First, "RICE5", 4, expiresIn: 30);
        var (counts, id) = (market.Get<StocktakeCounts>(), await OpenAsync(house));
        var at = await PositionsAsync(market, id);

        Assert.Equal(StocktakeOutcome.NotAllCounted, await counts.FinishAsync(GoodsHouse.By(id)));
        Assert.Equal(StocktakeOutcome.NotACount, await counts.PutDownAsync(GoodsHouse.By(id), new Dictionary<int, int> { [0] = -1 }));
        await counts.PutDownAsync(GoodsHouse.By(id), new Dictionary<int, int> { [at["RICE5"]] = 12, [at["SOAP"]] = 3 });
        await counts.PutDownAsync(GoodsHouse.By(id), new Dictionary<int, int> { [at["CARD50"]] = 5 });
        Assert.Equal(StocktakeOutcome.Done, await counts.FinishAsync(GoodsHouse.By(id)));
        Assert.Equal(StocktakeOutcome.NotAllRecounted, await counts.FinishAsync(GoodsHouse.By(id)));
        await house.BringAsync(house.First, "RICE5", 10); // moves between the counts do not matter
        Assert.IsType<RedeemAtKiosk.Redeemed>(await house.TakeAsync("RICE5"));
        await counts.PutDownAsync(GoodsHouse.By(id, user: 2), new Dictionary<int, int> { [at["RICE5"]] = 20, [at["SOAP"]] = 2, [at["CARD50"]] = 0 }); // the cards agreed: not asked again
        Assert.Equal(StocktakeOutcome.Done, await counts.FinishAsync(GoodsHouse.By(id)));

        Assert.Equal(StocktakeOutcome.ReasonMissing, await house.SignAsync(id, user: 1));
        Assert.Equal(StocktakeOutcome.Done, await house.SignAsync(id, user: 1, "漏登记"));
        Assert.Equal(StocktakeOutcome.SamePerson, await house.SignAsync(id, user: 1));
        Assert.Equal((23L, 1L), (await house.ShelfAsync("O1", "RICE5"), await house.ShelfAsync("O1", "SOAP")));
        var signed = await Task.WhenAll(Enumerable.Range(2, 4).Select(user => house.SignAsync(id, user)));
        Assert.Single(signed, o => o == StocktakeOutcome.Done);

        Assert.Equal((20L, 2L, 5L), (await house.ShelfAsync("O1", "RICE5"), await house.ShelfAsync("O1", "SOAP"), await house.ShelfAsync("O1", "CARD50")));
        Assert.DoesNotContain(await house.LotsAsync("O1", "RICE5"), l => l.Days == 30); // they go first
        var sheet = await market.ReadAsync(db => db.Stocktakes.Include(s => s.Lines).SingleAsync());
        Assert.Equal((StocktakeState.Signed, 12), (sheet.State, sheet.Lines.Single(l => l.Position == at["RICE5"]).EarlierCounted));
        Assert.Equal("漏登记", await market.ReadAsync(db => db.LedgerTransactions.Where(t => t.Sequence == sheet.Sequence).Select(t => t.Reason).SingleAsync()));
        await house.AssertProvedAsync();
    }

    [Fact]
    public async Task SignedCounts_OfTheMonth_AreCarriedToItsEnd()
    {
        var house = await GoodsHouse.OpenAsync();
        await using var market = house.Market;
        var id = await OpenAsync(house);
        await CountAllAsync(house, id, ("RICE5", 10), ("SOAP", 1), ("CARD50", 5));
        await house.SignAsync(id, user: 1);
        await house.SignAsync(id, user: 2);
        var month = (await market.ReadAsync(db => db.Stocktakes.SingleAsync())).Month;
        await house.BringAsync(house.First, "RICE5", 7); // after the month's end: 1 October is counted for September

        var counted = await market.ReadAsync(db => SignedCounts.OfMonthAsync(db, house.House.BookId, month));

        Assert.Equal([("O1", "CARD50", 5L), ("O1", "RICE5", 10L), ("O1", "SOAP", 1L)], counted.Select(c => (c.Outlet, c.Sku, c.Counted)));
        Assert.Empty(await market.ReadAsync(db => SignedCounts.OfMonthAsync(db, house.House.BookId, month.AddMonths(1))));
    }

    [Fact]
    public async Task Report_OfOneArticle_WaitsForSomebodyElseAndKeepsOthersOut()
    {
        var house = await GoodsHouse.OpenAsync();
        await using var market = house.Market;
        Assert.IsType<ReportDifference.NoDifference>(await house.ReportAsync(house.First, "RICE5", 10));
        Assert.IsType<ReportDifference.NotACount>(await house.ReportAsync(house.First, "RICE5", -1));
        var waits = Assert.IsType<ReportDifference.Waits>(await house.ReportAsync(house.First, "RICE5", 7)).StocktakeId;

        Assert.Equal(10, await house.ShelfAsync("O1", "RICE5"));
        Assert.Equal(new ReportDifference.OneWaits(waits), await house.ReportAsync(house.First, "RICE5", 6));
        Assert.Equal(new OpenStocktake.OneWaits(waits), await market.Get<OpenStocktake>().ExecuteAsync(Open(house)));
        Assert.IsType<ReportDifference.Waits>(await house.ReportAsync(house.First, "SOAP", 2));
        Assert.Equal(StocktakeOutcome.NotFound, await market.Get<SignStocktake>().ExecuteAsync(GoodsHouse.By(waits, 2) with { AreaPath = "STA/V2/" }, null));
        Assert.Equal(StocktakeOutcome.Done, await house.SignAsync(waits, user: 2));
        Assert.Equal(StocktakeOutcome.NotNow, await market.Get<StocktakeCounts>().WithdrawAsync(GoodsHouse.By(waits)));

        Assert.Equal((7, 3), (await house.ShelfAsync("O1", "RICE5"), await house.House.BalanceAsync(AccountCode.WrittenOff, Asset.Goods("RICE5"))));
        await house.AssertProvedAsync();
    }

    [Fact]
    public async Task Sign_WhenTheShelfCannotGiveItAnyMore_AsksToCountAgain()
    {
        var house = await GoodsHouse.OpenAsync();
        await using var market = house.Market;
        var waits = Assert.IsType<ReportDifference.Waits>(await house.ReportAsync(house.First, "SOAP", 0)).StocktakeId;
        Assert.IsType<RedeemAtKiosk.Redeemed>(await house.TakeAsync("SOAP"));

        Assert.Equal(StocktakeOutcome.ShelfMoved, await house.SignAsync(waits, user: 2));
        Assert.Equal(StocktakeOutcome.Done, await market.Get<StocktakeCounts>().WithdrawAsync(GoodsHouse.By(waits)));
        Assert.Equal(StocktakeOutcome.Done, await market.Get<StocktakeCounts>().WithdrawAsync(GoodsHouse.By(waits)));
        await house.AssertProvedAsync();
    }

    [Fact]
    public async Task Import_OfAFile_IsLookedOverFirstAndAllOrNothing()
    {
        var house = await GoodsHouse.OpenAsync();
        await using var market = house.Market;
        var import = market.Get<ImportStocktake>();
        ImportStocktake.Input File(string text, bool keep, string name = "stocktake-2026-09.csv") => new()
        {
            Source = new ImportSource(name, () => new MemoryStream(Encoding.UTF8.GetBytes(text))), Month = new(2026, 9, 1), Keep = keep, Actor = Actor.User(1), AreaPath = GoodsHouse.Station,
        };
        const string good = "outlet,sku,counted\nO1,RICE5,8\nO1,SOAP,1\nO2,SOAP,0\n";

        Assert.IsType<ImportStocktake.Refused>(await import.ExecuteAsync(File(good, true, "stocktake-2026-08.csv")));
        var refused = Assert.IsType<ImportStocktake.Refused>(await import.ExecuteAsync(File("outlet,sku,counted\nO1,GOLD,8\nO9,SOAP,1\n", true)));
        Assert.Equal(2, refused.ProblemCount);
        Assert.IsType<ImportStocktake.Refused>(await import.ExecuteAsync(File("outlet,sku,counted\nO1,SOAP,8\nO1,SOAP,1\n", true)));
        Assert.IsType<ImportStocktake.MonthNotYet>(await import.ExecuteAsync(File(good, true, "x.csv") with { Month = new(2027, 1, 1) }));
        Assert.Equal(2, Assert.IsType<ImportStocktake.Counted>(await import.ExecuteAsync(File(good, false))).Sheets.Count);
        Assert.Equal(0, await market.ReadAsync(db => db.Stocktakes.CountAsync()));

        var kept = Assert.IsType<ImportStocktake.Counted>(await import.ExecuteAsync(File(good, true)));
        Assert.IsType<ImportStocktake.Counted>(await import.ExecuteAsync(File(good, true))); // again: the same sheets
        Assert.Equal(2, await market.ReadAsync(db => db.Stocktakes.CountAsync()));
        var line = await market.ReadAsync(db => db.StocktakeLines.SingleAsync(l => l.StocktakeId == kept.Sheets[0].StocktakeId && l.Goods.Sku == "RICE5"));
        Assert.Equal(8, line.Counted);
    }

    [SkippableTheory, MemberData(nameof(Databases))]
    public async Task Sheet_ForAMonthThatIsClosed_IsRefusedBeforeAnybodyCounts(DatabaseProvider provider)
    {
        var house = await GoodsHouse.OpenAsync(provider);
        await using var market = house.Market;
        var (month, book) = (new DateOnly(house.Today.Year, house.Today.Month, 1), house.House.BookId);
        var before = month.AddMonths(-1);
        Assert.Contains(before, await market.ReadAsync(db => OpenStocktake.MonthsAsync(db, [book], house.Today)));
        await market.Writes.RunAsync((db, ct) => market.Get<MoveClosing>().ExecuteAsync(db, new() { BookId = book, Before = PointsMarket.Areas.StationTime.Month(before).To, Actor = Actor.User(5) }, ct));

        Assert.IsType<OpenStocktake.MonthClosed>(await market.Get<OpenStocktake>().ExecuteAsync(Open(house) with { Month = before }));
        Assert.Equal([month], await market.ReadAsync(db => OpenStocktake.MonthsAsync(db, [book], house.Today)));
        Assert.IsType<ImportStocktake.MonthClosed>(await market.Get<ImportStocktake>().ExecuteAsync(new()
        {
            Source = new ImportSource("x.csv", () => new MemoryStream(Encoding.UTF8.GetBytes("outlet,sku,counted\nO1,RICE5,8\n"))), Month = before, Keep = true, Actor = Actor.User(1), AreaPath = GoodsHouse.Station,
        }));
        Assert.Equal(0, await market.ReadAsync(db => db.Stocktakes.CountAsync()));
        var id = await OpenAsync(house); // nobody said which: the closed one no longer fits
        Assert.Equal(month, await market.ReadAsync(db => db.Stocktakes.Where(s => s.Id == id).Select(s => s.Month).SingleAsync()));
    }

    [SkippableTheory, MemberData(nameof(Databases))]
    public async Task Database_OnePersonSigningTwice_Refuses(DatabaseProvider provider)
    {
        var house = await GoodsHouse.OpenAsync(provider);
        await using var market = house.Market;
        var waits = Assert.IsType<ReportDifference.Waits>(await house.ReportAsync(house.First, "RICE5", 7)).StocktakeId;
        await Assert.ThrowsAnyAsync<Exception>(() => market.Writes.RunAsync(db => db.Stocktakes.Where(s => s.Id == waits).ExecuteUpdateAsync(s => s.SetProperty(x => x.State, StocktakeState.Signed).SetProperty(x => x.EndedBy, "user:1"))));
        Assert.Equal(StocktakeState.Signing, await market.ReadAsync(db => db.Stocktakes.Select(s => s.State).SingleAsync()));
    }

    private static OpenStocktake.Input Open(GoodsHouse house) => new() { Key = Guid.NewGuid(), OutletId = house.First, Actor = Actor.User(1), AreaPath = GoodsHouse.Station };

    private static async Task<int> OpenAsync(GoodsHouse house) => Assert.IsType<OpenStocktake.Opened>(await house.Market.Get<OpenStocktake>().ExecuteAsync(Open(house))).StocktakeId;

    private static Task<Dictionary<string, int>> PositionsAsync(TestMarket market, int id) =>
        market.ReadAsync(db => db.StocktakeLines.Where(l => l.StocktakeId == id).Select(l => new { l.Goods.Sku, l.Position }).ToDictionaryAsync(l => l.Sku, l => l.Position));

    private static async Task CountAllAsync(GoodsHouse house, int id, params (string Sku, int Counted)[] counted)
    {
        var at = await PositionsAsync(house.Market, id);
        var counts = house.Market.Get<StocktakeCounts>();
        Assert.Equal(StocktakeOutcome.Done, await counts.PutDownAsync(GoodsHouse.By(id), counted.ToDictionary(c => at[c.Sku], c => c.Counted)));
        Assert.Equal(StocktakeOutcome.Done, await counts.FinishAsync(GoodsHouse.By(id)));
    }
}
