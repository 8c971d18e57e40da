using Microsoft.EntityFrameworkCore;
using PointsMarket.Data;
using PointsMarket.Ledger;
using PointsMarket.Reconciliations;
using PointsMarket.Tests.Import;
using PointsMarket.Tests.Kit;

namespace PointsMarket.Tests.Reconciliations;

/// <summary>Booked on the last days of a month, debited on the first of the next: the same money is neither booked twice nor left hanging.</summary>
public sealed class AcrossMonthsTests
{
    public static TheoryData<DatabaseProvider> Databases => TestDatabase.All;

    [SkippableTheory, MemberData(nameof(Databases))]
    public async Task Record_LineThatWasBookedTheMonthBefore_IsRefusedAndPostsNothing(DatabaseProvider provider)
    {
        var desk = await ReconDesk.OpenAsync(provider);
        await using var market = desk.Market;
        await desk.BookAsync("Z0930", new(2026, 9, 30), 25_000);
        var run = await desk.OctoberAsync("2026-10-01,Z0930,25000,捐款", "2026-10-02,F0020,777,捐款");
        var cash = await desk.CashAsync();
        var lines = (await desk.ItemsAsync(run.Id)).Where(i => i.Kind == DiscrepancyKind.BankOnly).OrderBy(i => i.Day).ToList();
        var record = market.Get<RecordMissingMovement>();
        Assert.Equal(FollowUpOutcome.BookedAlready, await record.ExecuteAsync(ReconDesk.Step(lines[0].Id)));
        Assert.Equal(cash, await desk.CashAsync());
        Assert.Equal(FollowUpState.Open, (await desk.ItemsAsync(run.Id)).Single(i => i.Id == lines[0].Id).State);

        // The bank may use a reference again: another amount is other money, and gets a reference of ours.
        Assert.Equal(FollowUpOutcome.Done, await record.ExecuteAsync(ReconDesk.Step(lines[1].Id)));
        Assert.Equal(cash + 777, await desk.CashAsync());
        Assert.StartsWith("B261002-", await market.ReadAsync(db => db.FundMovements.Where(m => m.AmountFen == 777).Select(m => m.Reference).SingleAsync()), StringComparison.Ordinal);
        Assert.True(await desk.BooksAreCleanAsync());
    }

    [Fact]
    public async Task Match_WithAMovementOfAClosedMonth_SettlesBothAndUntyingLeavesTheClosedOneExplained()
    {
        var desk = await ReconDesk.OpenAsync();
        await using var market = desk.Market;
        await desk.BookAsync("Z0930", new(2026, 9, 30), 25_000);
        var run = await desk.RunAsync();
        var booked = await ItemAsync(desk, run.Id, DiscrepancyKind.LedgerOnly, 25_000);
        Assert.Equal(FollowUpOutcome.Done, await market.Get<ExplainDiscrepancy>().ExecuteAsync(ReconDesk.Step(booked.Id, "十月一日到账"), Remedy.OtherMonth));
        await desk.SettleAsync(run.Id);
        Assert.IsType<CloseMonth.Done>(await desk.CloseAsync(run.Id, ReconDesk.Second));

        var october = await desk.OctoberAsync("2026-10-01,,25000,捐款", "2026-10-09,,25000,捐款");
        var lines = (await desk.ItemsAsync(october.Id)).Where(i => i.Kind == DiscrepancyKind.BankOnly).OrderBy(i => i.Day).ToList();
        var match = market.Get<MatchByHand>();
        Assert.Equal(FollowUpOutcome.MonthClosed, await match.ExecuteAsync(ReconDesk.Step(booked.Id), lines[0].Id)); // from the open month only
        Assert.Equal(FollowUpOutcome.Done, await match.ExecuteAsync(ReconDesk.Step(lines[0].Id, "九月三十日记的那一笔"), booked.Id));
        Assert.Equal(FollowUpOutcome.NotNow, await match.ExecuteAsync(ReconDesk.Step(lines[1].Id), booked.Id)); // each is used once
        Assert.Equal([(FollowUpState.Settled, Remedy.MatchedByHand, booked.Id), (FollowUpState.Settled, Remedy.MatchedByHand, lines[0].Id)], await HalvesAsync(desk, lines[0].Id, booked.Id));
        Assert.Equal(october.Discrepancies.Count, await market.ReadAsync(db => db.Discrepancies.CountAsync(d => d.ReconciliationId == october.Id))); // what the machine found stays

        Assert.Equal(FollowUpOutcome.Done, await market.Get<ReopenDiscrepancy>().ExecuteAsync(ReconDesk.Step(lines[0].Id, "不是同一笔")));
        Assert.Equal([(FollowUpState.Open, null, null), (FollowUpState.Explained, Remedy.OtherMonth, null)], await HalvesAsync(desk, lines[0].Id, booked.Id));
        Assert.Equal(FollowUpOutcome.Done, await match.ExecuteAsync(ReconDesk.Step(lines[1].Id), booked.Id));
    }

    [Fact]
    public async Task Match_FromTheMovementWithALineOfTheMonthBefore_OutlivesNewRunsUntilOneOfTheTwoIsGone()
    {
        var desk = await ReconDesk.OpenAsync();
        await using var market = desk.Market;
        Assert.IsType<TakeMonthFile.Taken>(await desk.TakeAsync(MonthFileKind.Bank, ReconDesk.BankFile, Xinggu.Text(ReconDesk.BankFile).TrimEnd() + "\nvolunteer-fund,2026-09-30,,25000,捐款\n"));
        Assert.IsType<TakeMonthFile.Taken>(await desk.TakeAsync(MonthFileKind.Stocktake, ReconDesk.StockFile, Xinggu.Text(ReconDesk.StockFile)));
        await desk.BookAsync("Z1001", new(2026, 10, 1), 25_000);
        var (september, october) = (await desk.RunAsync(), await desk.OctoberAsync("2026-10-09,,1,利息"));
        var (line, movement) = (await ItemAsync(desk, september.Id, DiscrepancyKind.BankOnly, 25_000), await ItemAsync(desk, october.Id, DiscrepancyKind.LedgerOnly, 25_000));
        Assert.Equal(FollowUpOutcome.Done, await market.Get<MatchByHand>().ExecuteAsync(ReconDesk.Step(movement.Id), line.Id));

        for (var i = 0; i < 2; i++)
        {
            await market.PostAsync(market.Request(1, $"later{i}", new Posting(AccountCode.Issue("task"), AccountCode.Member("G0001"), Asset.Points, 1)));
            (september, october) = i == 0 ? (await desk.RunAsync(), october) : (september, await desk.OctoberAsync());
            (line, movement) = (await ItemAsync(desk, september.Id, DiscrepancyKind.BankOnly, 25_000), await ItemAsync(desk, october.Id, DiscrepancyKind.LedgerOnly, 25_000));
            Assert.Equal([(FollowUpState.Settled, Remedy.MatchedByHand, movement.Id), (FollowUpState.Settled, Remedy.MatchedByHand, line.Id)], await HalvesAsync(desk, line.Id, movement.Id));
        }

        // October's statement was the wrong one: the right one has the movement, so September's line is nobody's again.
        var file = await market.ReadAsync(db => db.MonthFiles.Where(f => f.Month == ReconDesk.October && f.Kind == MonthFileKind.Bank).Select(f => f.Id).SingleAsync());
        Assert.Equal(WithdrawMonthFile.Outcome.Done, await market.Get<WithdrawMonthFile>().ExecuteAsync(new WithdrawMonthFile.Input { FileId = file, Reason = "拿错了", Actor = ReconDesk.Runner, AreaPath = "STA/" }));
        Assert.IsType<TakeMonthFile.Taken>(await desk.TakeAsync(MonthFileKind.Bank, "c.csv", ReconDesk.Header + "volunteer-fund,2026-10-01,Z1001,25000,捐款\n", month: ReconDesk.October));
        await desk.OctoberAsync();
        Assert.Equal((FollowUpState.Open, null, null), (await HalvesAsync(desk, line.Id))[0]);
    }

    [Fact]
    public async Task Match_WithALineThatTheBankGotWrong_IsRefused()
    {
        var desk = await ReconDesk.OpenAsync();
        await using var market = desk.Market;
        await desk.BookAsync("Z0930", new(2026, 9, 30), 25_000);
        var booked = await ItemAsync(desk, (await desk.RunAsync()).Id, DiscrepancyKind.LedgerOnly, 25_000);
        Assert.Equal(FollowUpOutcome.Done, await market.Get<ExplainDiscrepancy>().ExecuteAsync(ReconDesk.Step(booked.Id), Remedy.BankError));
        var line = await ItemAsync(desk, (await desk.OctoberAsync("2026-10-01,,25000,捐款")).Id, DiscrepancyKind.BankOnly, 25_000);
        Assert.Equal(FollowUpOutcome.NotNow, await market.Get<MatchByHand>().ExecuteAsync(ReconDesk.Step(line.Id), booked.Id));
    }

    [SkippableTheory, MemberData(nameof(Databases))]
    public async Task Match_TwoLinesWithOneMovementAtTheSameMoment_UsesItOnce(DatabaseProvider provider)
    {
        var desk = await ReconDesk.OpenAsync(provider);
        await using var market = desk.Market;
        await desk.BookAsync("Z0930", new(2026, 9, 30), 25_000);
        var booked = await ItemAsync(desk, (await desk.RunAsync()).Id, DiscrepancyKind.LedgerOnly, 25_000);
        var october = await desk.OctoberAsync("2026-10-01,,25000,捐款", "2026-10-09,,25000,捐款");
        var lines = (await desk.ItemsAsync(october.Id)).Where(i => i.Kind == DiscrepancyKind.BankOnly).ToList();
        var outcomes = await Task.WhenAll(lines.Select(l => Task.Run(() => market.Get<MatchByHand>().ExecuteAsync(ReconDesk.Step(l.Id), booked.Id))));
        Assert.Equal([FollowUpOutcome.Done, FollowUpOutcome.NotNow], outcomes.Order());
        Assert.Single(await desk.ItemsAsync(october.Id), i => i.WithId == booked.Id);
    }

    private static async Task<FollowUp> ItemAsync(ReconDesk desk, int run, DiscrepancyKind kind, long fen) => (await desk.ItemsAsync(run)).Single(i => i.Kind == kind && (i.Outside ?? i.Book) == fen);

    private static async Task<List<(FollowUpState State, Remedy? How, int? With)>> HalvesAsync(ReconDesk desk, params int[] ids)
    {
        var items = await desk.Market.ReadAsync(db => db.FollowUps.AsNoTracking().Where(f => ids.Contains(f.Id)).ToListAsync());
        return [.. ids.Select(id => items.Single(i => i.Id == id)).Select(i => (i.State, i.How, i.WithId))];
    }
}
