using FsCheck;
using FsCheck.Fluent;
using Microsoft.EntityFrameworkCore;
using PointsMarket.Data;
using PointsMarket.Ledger;
using PointsMarket.Market;
using PointsMarket.Stock;
using PointsMarket.Tests.Kit;
using Xunit.Abstractions;

namespace PointsMarket.Tests.Stock;

/// <summary>
/// Whatever is done with goods, in whatever order: received = on the shelf + reserved + in transit + handed out + written off − found,
/// by article and by lot, nothing is negative, and the lots are the books. Repeat a run with POINTSMARKET_TEST_SEED.
/// </summary>
public sealed class StockModelTests(ITestOutputHelper output)
{
    private static readonly string[] Skus = ["RICE5", "SOAP"];

    private enum Do { Bring, Send, Arrive, Recall, Take, HandOver, Cancel, Return, Count, Sign, WriteOff, Wait }

    private sealed record Step(Do What, int A, int B);

    public static TheoryData<DatabaseProvider> Databases => TestDatabase.All;

    private static Arbitrary<Step[]> Programs => Gen.ArrayOf(
        from what in Gen.Elements(Enum.GetValues<Do>())
        from a in Gen.Choose(0, 1000)
        from b in Gen.Choose(0, 1000)
        select new Step(what, a, b), 24).ToArbitrary();

    [SkippableTheory, MemberData(nameof(Databases))]
    public async Task Goods_WhateverIsDone_AreAllThere(DatabaseProvider provider)
    {
        var seed = Environment.GetEnvironmentVariable("POINTSMARKET_TEST_SEED") is { Length: > 0 } given ? ulong.Parse(given) : (ulong)Random.Shared.NextInt64();
        output.WriteLine($"POINTSMARKET_TEST_SEED={seed}");
        var house = await GoodsHouse.OpenAsync(provider);
        await using var market = house.Market;
        await house.House.EarnAsync("G0001", 1_000_000);
        var config = Config.QuickThrowOnFailure.WithMaxTest(provider == DatabaseProvider.Sqlite ? 12 : 3).WithReplay(seed, 0x9E3779B97F4A7C15);
        Check.One(config, Prop.ForAll(Programs, program => RunAsync(house, program).GetAwaiter().GetResult()));
        await house.AssertProvedAsync();
    }

    private static async Task RunAsync(GoodsHouse house, Step[] program)
    {
        foreach (var step in program) await DoAsync(house, step);
        await CheckAsync(house);
        Assert.Empty(await house.Market.Get<CheckLots>().ExecuteAsync());
    }

    private static async Task DoAsync(GoodsHouse house, Step s)
    {
        var (sku, here, there) = (Skus[s.A % 2], s.B % 2 == 0 ? house.First : house.Second, s.B % 2 == 0 ? house.Second : house.First);
        switch (s.What)
        {
            case Do.Bring:
                await house.BringAsync(here, sku, s.A % 9 + 1, s.B % 3 == 0 ? null : s.B % 20 + 1, refused: s.A % 2);
                break;
            case Do.Send:
                await house.SendAsync(here, there, sku, s.A % 5 + 1);
                break;
            case Do.Arrive or Do.Recall when await AnyAsync(house, db => db.StockMoves.Where(m => m.State == StockMoveState.Sent).Select(m => m.Id), s.A) is { } move:
                var sent = await house.Market.ReadAsync(db => db.StockMoves.Where(m => m.Id == move).SelectMany(m => m.Lines).SumAsync(l => l.Sent));
                Assert.Equal(EndMove.Outcome.Done, await house.EndMoveAsync(move, s.What == Do.Recall ? null : s.B % (sent + 1)));
                break;
            case Do.Take:
                await house.TakeAsync([.. Enumerable.Repeat(sku, s.B % 3 + 1)]);
                break;
            case Do.HandOver or Do.Cancel when await AnyAsync(house, db => db.Redemptions.Where(r => r.State == RedemptionState.Held).Select(r => r.Id), s.A) is { } slip:
                await house.EndAsync(slip, s.What == Do.HandOver ? RedemptionState.HandedOver : RedemptionState.Cancelled);
                break;
            case Do.Return when await AnyAsync(house, db => db.Redemptions.Where(r => r.State == RedemptionState.HandedOver).Select(r => r.Id), s.A) is { } slip:
                await house.EndAsync(slip, RedemptionState.Returned);
                break;
            case Do.Count:
                await house.ReportAsync(here, sku, s.A % 12);
                break;
            case Do.WriteOff:
                var expired = await house.Market.ReadAsync(db => house.Market.Get<StockOutlook>().ExpiringAsync(db, GoodsHouse.Station, here, 0));
                if (expired.Count > 0) await house.WriteOffAsync(here, expired[s.A % expired.Count].LotId);
                break;
            case Do.Sign when await AnyAsync(house, db => db.Stocktakes.Where(t => t.State == StocktakeState.Signing).Select(t => t.Id), s.A) is { } waits:
                // Where the shelf has moved too far meanwhile, it is given up, as people would.
                if (await house.SignAsync(waits, user: 2) == StocktakeOutcome.ShelfMoved) Assert.Equal(StocktakeOutcome.Done, await house.Market.Get<StocktakeCounts>().WithdrawAsync(house.By(waits)));
                break;
            case Do.Wait:
                house.Market.Clock.Advance(TimeSpan.FromHours(s.A % 60));
                break;
        }
    }

    private static async Task<int?> AnyAsync(GoodsHouse house, Func<MarketDb, IQueryable<int>> of, int pick)
    {
        var ids = await house.Market.ReadAsync(db => of(db).Order().ToListAsync());
        return ids.Count == 0 ? null : ids[pick % ids.Count];
    }

    private static async Task CheckAsync(GoodsHouse house)
    {
        var stocks = await house.Market.ReadAsync(db => db.LotStocks.Select(s => new { s.LotId, s.Lot.Goods.Sku, s.Place, s.Quantity }).ToListAsync());
        foreach (var group in stocks.GroupBy(s => $"lot {s.LotId}").Concat(stocks.GroupBy(s => s.Sku)))
        {
            long At(string what) => group.Where(s => s.Place.Split(':')[0] == what).Sum(s => s.Quantity);
            var received = -(At("purchase") + At("sponsor"));
            Assert.True(received == At("shelf") + At("reserved") + At("transit") + At("handed-out") + At("written-off") + At("found"), group.Key); // found is kept below zero
            Assert.All(group.Where(s => s.Place is not ("purchase" or "found")), s => Assert.True(s.Quantity > 0, $"{group.Key} {s.Place}"));
        }
    }
}
