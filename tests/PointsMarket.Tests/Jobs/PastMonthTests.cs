using Microsoft.EntityFrameworkCore;
using PointsMarket.Accounts;
using PointsMarket.Data;
using PointsMarket.Jobs;
using PointsMarket.Ledger;
using PointsMarket.Notices;
using PointsMarket.Reconciliations;
using PointsMarket.Tests.Import;
using PointsMarket.Tests.Kit;
using PointsMarket.Tests.Reconciliations;

namespace PointsMarket.Tests.Jobs;

/// <summary>The schedule reconciles a month once all is there that it is compared with, once for what was brought, and closes none.</summary>
public sealed class PastMonthTests
{
    private const string Schedule = "system:schedule";

    public static TheoryData<DatabaseProvider> Databases => TestDatabase.All;

    [SkippableTheory, MemberData(nameof(Databases))]
    public async Task Month_WhoseFilesAreThere_IsRunOnceAndTheOthersAreReminded(DatabaseProvider provider)
    {
        var desk = await ReconDesk.OpenAsync(provider);
        await using var market = desk.Market;
        await market.AddAccountAsync(Roles.Finance);
        Assert.Equal(0, await RunAsync(market)); // nothing was brought
        Assert.IsType<TakeMonthFile.Taken>(await desk.TakeAsync(MonthFileKind.Stocktake, ReconDesk.StockFile, Xinggu.Text(ReconDesk.StockFile)));
        Assert.Equal(0, await RunAsync(market)); // the statements are missing
        Assert.IsType<TakeMonthFile.Taken>(await desk.TakeAsync(MonthFileKind.Bank, ReconDesk.BankFile, Xinggu.Text(ReconDesk.BankFile)));

        // Two nodes at the same moment keep one run.
        var report = new RunReport(market.Clock);
        await Task.WhenAll(Task.Run(() => market.Get<ReconcilePastMonths>().ExecuteAsync(report)), Task.Run(() => RunAsync(market)));
        var run = await market.ReadAsync(db => db.Reconciliations.AsNoTracking().SingleAsync());
        Assert.Equal((ReconDesk.September, Schedule, 9), (run.Month, run.RunBy, run.Matched));
        Assert.Equal(["STA 2026-09"], await ToldAsync(market, InboxKinds.MonthReconciled));

        await market.PostAsync(market.Request(1, "later", new Posting(AccountCode.Issue("task"), AccountCode.Member("G0001"), Asset.Points, 1)));
        Assert.Equal(0, await RunAsync(market)); // the books moved, what was brought did not
        await market.Get<AskToReconcile>().ExecuteAsync(new RunReport(market.Clock));
        Assert.DoesNotContain("STA 2026-09", await ToldAsync(market, InboxKinds.MonthOpen));
        Assert.Contains("STA 2026-08", await ToldAsync(market, InboxKinds.MonthOpen));
        Assert.Single(await ToldAsync(market, InboxKinds.MonthReconciled));
    }

    [Fact]
    public async Task Month_WithAnotherStatement_IsRunAgainUntilItIsClosed()
    {
        var desk = await ReconDesk.OpenAsync();
        await using var market = desk.Market;
        var mine = await desk.RunAsync(); // finance was quicker
        Assert.Equal(0, await RunAsync(market));

        var file = await market.ReadAsync(db => db.MonthFiles.Where(f => f.Kind == MonthFileKind.Bank).Select(f => f.Id).SingleAsync());
        Assert.Equal(WithdrawMonthFile.Outcome.Done, await market.Get<WithdrawMonthFile>().ExecuteAsync(new WithdrawMonthFile.Input { FileId = file, Reason = "少一行", Actor = ReconDesk.Runner, AreaPath = "STA/" }));
        Assert.Equal(0, await RunAsync(market)); // nothing to compare with
        Assert.IsType<TakeMonthFile.Taken>(await desk.TakeAsync(MonthFileKind.Bank, ReconDesk.BankFile, Xinggu.Text(ReconDesk.BankFile).TrimEnd() + "\nvolunteer-fund,2026-09-14,,7777,转账\n"));
        Assert.Equal(1, await RunAsync(market));
        var own = await market.ReadAsync(db => db.Reconciliations.AsNoTracking().OrderByDescending(r => r.Id).FirstAsync());
        Assert.NotEqual(mine.Id, own.Id);

        // Its run is nobody's signature, and a closed month is left alone.
        await desk.SettleAsync(own.Id);
        Assert.IsType<CloseMonth.WaitsForSecond>(await desk.CloseAsync(own.Id, ReconDesk.Second));
        Assert.IsType<CloseMonth.Done>(await desk.CloseAsync(own.Id, ReconDesk.Third));
        Assert.Equal(0, await RunAsync(market));
    }

    /// <summary>A server that stopped between keeping a run and telling of it, with a month still to go.</summary>
    [Fact]
    public async Task Months_AfterAStopInTheMiddle_AreEachRunAndToldOnce()
    {
        var desk = await ReconDesk.OpenAsync();
        await using var market = desk.Market;
        await market.AddAccountAsync(Roles.Finance);
        await desk.RunAsync(Actor.System("schedule"));
        market.Clock.Advance(TimeSpan.FromDays(40));
        Assert.IsType<TakeMonthFile.Taken>(await desk.TakeAsync(MonthFileKind.Stocktake, "s.csv", "outlet,sku,counted\n", month: ReconDesk.October));
        using var stopped = new CancellationTokenSource();
        await stopped.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => market.Get<ReconcilePastMonths>().ExecuteAsync(new RunReport(market.Clock), stopped.Token));

        Assert.Equal(1, await RunAsync(market));
        Assert.Equal(0, await RunAsync(market));
        Assert.Equal([ReconDesk.September, ReconDesk.October], await market.ReadAsync(db => db.Reconciliations.OrderBy(r => r.Month).Select(r => r.Month).ToListAsync()));
        Assert.Equal(["STA 2026-09", "STA 2026-10"], await ToldAsync(market, InboxKinds.MonthReconciled));
    }

    private static Task<int> RunAsync(TestMarket market) => market.Get<ReconcilePastMonths>().ExecuteAsync(new RunReport(market.Clock));

    private static async Task<List<string>> ToldAsync(TestMarket market, string kind) =>
        [.. (await market.ReadAsync(db => db.InboxMessages.Where(m => m.Kind == kind).Select(m => m.Subject).ToListAsync())).Order(StringComparer.Ordinal)];
}
