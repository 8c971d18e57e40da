using Microsoft.EntityFrameworkCore;
using PointsMarket.Funding;
using PointsMarket.Import;
using PointsMarket.Reconciliations;
using PointsMarket.Tests.Import;

namespace PointsMarket.Tests.Reconciliations;

/// <summary>Which file is the same one: its rows, and what it was brought as.</summary>
public sealed class MonthFileTests
{
    private const string Counts = "outlet,sku,counted\nO1,RICE5,390\n";

    private static async Task<ImportReason> WhyAsync(Task<TakeMonthFile.Outcome> taken) => Assert.IsType<TakeMonthFile.Refused>(await taken).Problems[0].Reason;

    [Fact]
    public async Task Statements_WithoutALine_AreOneForEachFund()
    {
        var desk = await ReconDesk.OpenAsync();
        await using var market = desk.Market;
        Task<TakeMonthFile.Outcome> Take(string fund, string text = ReconDesk.Header) => desk.TakeAsync(MonthFileKind.Bank, "b.csv", text, fund);
        Assert.IsType<TakeMonthFile.Taken>(await Take("bravery-fund"));
        Assert.IsType<TakeMonthFile.Taken>(await Take("volunteer-fund"));
        Assert.Equal(ImportReason.SameFile, await WhyAsync(Take("volunteer-fund")));
        Assert.Equal(ImportReason.TakenBefore, await WhyAsync(Take("volunteer-fund", ReconDesk.Header + "volunteer-fund,2026-09-14,,7777,转账\n"))); // a fund has one statement a month
        Assert.IsType<TakeMonthFile.Taken>(await desk.TakeAsync(MonthFileKind.Stocktake, "s.csv", "outlet,sku,counted\n")); // as empty, and another thing
    }

    [Fact]
    public async Task Stocktake_ThatSaysTheSameNextMonth_IsAnotherFile()
    {
        var desk = await ReconDesk.OpenAsync();
        await using var market = desk.Market;
        market.Clock.Advance(TimeSpan.FromDays(31));
        Assert.IsType<TakeMonthFile.Taken>(await desk.TakeAsync(MonthFileKind.Stocktake, "s.csv", Counts));
        Assert.Equal(ImportReason.SameFile, await WhyAsync(desk.TakeAsync(MonthFileKind.Stocktake, "again.csv", Counts)));
        Assert.IsType<TakeMonthFile.Taken>(await desk.TakeAsync(MonthFileKind.Stocktake, "s.csv", Counts, month: ReconDesk.October));
    }

    [Fact]
    public async Task File_TakenByAnEarlierVersion_IsStillTheSame()
    {
        var desk = await ReconDesk.OpenAsync();
        await using var market = desk.Market;
        Task<TakeMonthFile.Outcome> Take(string fund) => desk.TakeAsync(MonthFileKind.Bank, "b.csv", ReconDesk.Header, fund);
        Assert.IsType<TakeMonthFile.Taken>(await Take("bravery-fund"));
        var rows = StatementFiles.Hash(Array.Empty<BankLine>(), []); // what was kept of it then
        await market.Writes.RunAsync(db => db.MonthFiles.ExecuteUpdateAsync(s => s.SetProperty(f => f.Sha256, rows)));
        Assert.Equal(ImportReason.SameFile, await WhyAsync(Take("bravery-fund")));
        Assert.IsType<TakeMonthFile.Taken>(await Take("volunteer-fund"));
    }

    [Fact]
    public async Task Statement_OfAFundThatNothingMovedIn_IsTakenAndItsFirstLineRecorded()
    {
        var desk = await ReconDesk.OpenAsync();
        await using var market = desk.Market;
        var line = ReconDesk.Header + "care-fund,2026-09-14,C0001,7777,捐款\n";
        Assert.Equal(ImportReason.UnknownCode, await WhyAsync(desk.TakeAsync(MonthFileKind.Bank, "care.csv", line, "care-fund")));
        await market.Writes.RunAsync(async db =>
        {
            db.Add(new Fund { BookId = 1, Code = "care-fund", NameZh = "关爱基金", NameEn = "Care fund", Purposes = FundPurpose.Goods });
            return await db.SaveChangesAsync();
        });
        Assert.IsType<TakeMonthFile.Taken>(await desk.TakeAsync(MonthFileKind.Bank, "care.csv", line, "care-fund"));
        Assert.IsType<TakeMonthFile.Taken>(await desk.TakeAsync(MonthFileKind.Bank, ReconDesk.BankFile, Xinggu.Text(ReconDesk.BankFile)));
        Assert.IsType<TakeMonthFile.Taken>(await desk.TakeAsync(MonthFileKind.Stocktake, ReconDesk.StockFile, Xinggu.Text(ReconDesk.StockFile)));
        var run = await desk.RunAsync();
        var first = (await desk.ItemsAsync(run.Id)).Single(i => i.Place == "care-fund");
        Assert.Equal(FollowUpOutcome.Done, await market.Get<RecordMissingMovement>().ExecuteAsync(ReconDesk.Step(first.Id)));
        Assert.Equal("C0001", await market.ReadAsync(db => db.FundMovements.Where(m => m.Fund == "care-fund").Select(m => m.Reference).SingleAsync()));
    }
}
