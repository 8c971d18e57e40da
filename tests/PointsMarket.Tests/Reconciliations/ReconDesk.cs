using Microsoft.EntityFrameworkCore;
using PointsMarket.Areas;
using PointsMarket.Data;
using PointsMarket.Funding;
using PointsMarket.Ledger;
using PointsMarket.Reconciliations;
using PointsMarket.Tests.Import;
using PointsMarket.Tests.Kit;

namespace PointsMarket.Tests.Reconciliations;

/// <summary>Finance at work on the September of Xinggu, and on the October after it: short words for what the tests do again and again.</summary>
internal sealed class ReconDesk(TestMarket market)
{
    public const string Fund = "volunteer-fund";

    public const string BankFile = "bank-2026-09.csv", StockFile = "stocktake-2026-09.csv", Header = "fund,date,reference,amount_fen,description\n";

    /// <summary>Who runs the reconciliation, and who else there is.</summary>
    public static readonly Actor Runner = Actor.User(1), Second = Actor.User(2), Third = Actor.User(3);

    public static readonly DateOnly September = new(2026, 9, 1), October = new(2026, 10, 1);

    public TestMarket Market { get; } = market;

    public static async Task<ReconDesk> OpenAsync(DatabaseProvider provider = DatabaseProvider.Sqlite)
    {
        var market = await TestMarket.StartAsync(provider);
        Assert.False((await market.ImportAsync(Xinggu.Sources)).Refused);
        return new ReconDesk(market);
    }

    public Task<TakeMonthFile.Outcome> TakeAsync(MonthFileKind kind, string name, string text, string? fund = null, bool keep = true, DateOnly? month = null) => Market.Get<TakeMonthFile>().ExecuteAsync(
        new TakeMonthFile.Input { Month = month ?? September, Kind = kind, Fund = fund, Source = Xinggu.Source(name, text), Actor = Runner, AreaPath = "STA/", Keep = keep });

    public async Task<Reconciliation> RunAsync(Actor? by = null)
    {
        if (!await Market.ReadAsync(db => db.MonthFiles.AnyAsync(f => f.Withdrawn == 0)))
        {
            Assert.IsType<TakeMonthFile.Taken>(await TakeAsync(MonthFileKind.Bank, BankFile, Xinggu.Text(BankFile)));
            Assert.IsType<TakeMonthFile.Taken>(await TakeAsync(MonthFileKind.Stocktake, StockFile, Xinggu.Text(StockFile)));
        }
        return Assert.IsType<ReconcileMonth.Reconciled>(await Market.Get<ReconcileMonth>().ExecuteAsync(
            new ReconcileMonth.Input { Month = September, Bank = null, Stocktake = null, Actor = by ?? Runner, AreaPath = "STA/" })).Found;
    }

    /// <summary>October, once it is over: these lines of the fund's statement (<c>date,reference,amount_fen,description</c>), and shelves that nobody counted.</summary>
    public async Task<Reconciliation> OctoberAsync(params string[] lines)
    {
        Market.Clock.Set(new DateTimeOffset(2026, 11, 1, 12, 0, 0, TimeSpan.FromHours(8)));
        if (lines.Length > 0)
        {
            Assert.IsType<TakeMonthFile.Taken>(await TakeAsync(MonthFileKind.Bank, "b.csv", Header + string.Concat(lines.Select(l => $"{Fund},{l}\n")), month: October));
            Assert.IsType<TakeMonthFile.Taken>(await TakeAsync(MonthFileKind.Stocktake, "s.csv", "outlet,sku,counted\n", month: October));
        }
        return Assert.IsType<ReconcileMonth.Reconciled>(await Market.Get<ReconcileMonth>().ExecuteAsync(
            new ReconcileMonth.Input { Month = October, Bank = null, Stocktake = null, Actor = Runner, AreaPath = "STA/" })).Found;
    }

    /// <summary>Books the fund's money as the desk does, with its movement: fen, + in, − out.</summary>
    public Task<int> BookAsync(string reference, DateOnly day, long fen) => Market.Writes.RunAsync(async db =>
    {
        var (cash, amount) = (AccountCode.Cash(Fund), Math.Abs(fen));
        Assert.Equal(PostOutcome.Posted, (await Market.Journal.PostAsync(db, Market.Request(1, $"fund:{reference}", fen > 0 ? new Posting(AccountCode.Grant(Fund), cash, Asset.Money, amount) : new Posting(cash, AccountCode.Spent(Fund, "goods"), Asset.Money, amount)) with
        {
            Subject = reference, HappenedAt = StationTime.StartOf(day),
        })).Outcome);
        db.Add(new FundMovement { Reference = reference, BookId = 1, Date = day, Fund = Fund, Kind = fen > 0 ? FundMovementKind.Grant : FundMovementKind.Purchase, AmountFen = amount });
        return await db.SaveChangesAsync();
    });

    public Task<long> CashAsync() => Market.ReadAsync(db => db.BalanceAsync(1, AccountCode.Cash(Fund), Asset.Money));

    public Task<List<FollowUp>> ItemsAsync(int run) => Market.ReadAsync(db => db.FollowUps.AsNoTracking().Where(f => f.ReconciliationId == run).OrderBy(f => f.Position == null).ThenBy(f => f.Position).ThenBy(f => f.Id).ToListAsync());

    public static FollowUpStep Step(int id, string words = "已核对", Actor? by = null, string area = "STA/") => new() { Id = id, Words = words, Actor = by ?? Runner, AreaPath = area };

    /// <summary>Does with every open thing what fits it, until nothing is open.</summary>
    public async Task SettleAsync(int run)
    {
        foreach (var item in await ItemsAsync(run))
        {
            if ((await ItemsAsync(run)).Find(i => i.Id == item.Id)!.State != FollowUpState.Open) continue;
            if (item.Kind == DiscrepancyKind.CountDiffers)
            {
                Assert.Equal(FollowUpOutcome.WaitsForSecond, await Market.Get<SignStockDifference>().ExecuteAsync(Step(item.Id)));
                Assert.Equal(FollowUpOutcome.Done, await Market.Get<SignStockDifference>().ExecuteAsync(Step(item.Id, by: Second)));
            }
            else if (item.Kind == DiscrepancyKind.BankOnly && await Market.Get<RecordMissingMovement>().ExecuteAsync(Step(item.Id)) == FollowUpOutcome.Done)
            {
            }
            else
            {
                Assert.Equal(FollowUpOutcome.Done, await Market.Get<ExplainDiscrepancy>().ExecuteAsync(Step(item.Id), Remedy.BankError));
            }
        }
    }

    public Task<CloseMonth.Outcome> CloseAsync(int run, Actor by) => Market.Get<CloseMonth>().ExecuteAsync(new CloseMonth.Input { ReconciliationId = run, Actor = by, AreaPath = "STA/" });

    public async Task<bool> BooksAreCleanAsync() => (await Market.ReadAsync(db => Market.Get<LedgerVerifier>().VerifyAsync(db))).All(r => r.IsClean);
}
