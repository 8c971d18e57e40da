using Microsoft.EntityFrameworkCore;
using PointsMarket.Data;
using PointsMarket.Reconciliations;
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
}
