using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using PointsMarket.Areas;
using PointsMarket.Data;
using PointsMarket.Import;
using PointsMarket.Ledger;
using PointsMarket.Members;
using PointsMarket.Tests.Kit;

namespace PointsMarket.Tests.Import;

/// <summary>Acceptance: the files of Xinggu, imported, give what another program worked out.</summary>
public sealed class XingguTests
{
    public static TheoryData<DatabaseProvider> Databases => TestDatabase.All;

    [SkippableTheory, MemberData(nameof(Databases))]
    public async Task Import_Xinggu_GivesTheExpectedBalancesToTheByte(DatabaseProvider provider)
    {
        await using var market = await TestMarket.StartAsync(provider);

        var outcome = await market.ImportAsync(Xinggu.Sources);

        Assert.False(outcome.Refused, outcome.Words());
        Assert.Equal(Enum.GetValues<ImportFile>(), outcome.Files.Select(f => f.File));
        Assert.Equal([72, 192, 7, 3, 2, 14, 17, 1664, 24, 117, 488], outcome.Files.Select(f => f.New));
        Assert.Equal(Xinggu.Expected("balances.csv"), await market.BalancesCsvAsync());
    }

    [SkippableTheory, MemberData(nameof(Databases))]
    public async Task Import_Xinggu_KeepsEveryAssetAtZeroAndTheShelvesAsCounted(DatabaseProvider provider)
    {
        await using var market = await TestMarket.StartAsync(provider);
        await market.ImportAsync(Xinggu.Sources);

        var sums = await market.ReadAsync(db => db.LedgerAccounts.GroupBy(a => a.Asset).Select(g => new { g.Key, Sum = g.Sum(a => a.Balance) }).ToListAsync());
        Assert.Equal(9, sums.Count); // points, money, five goods, two cards
        Assert.All(sums, s => Assert.Equal(0, s.Sum));

        var expected = JsonDocument.Parse(Xinggu.Expected("reconciliation-2026-09.json")).RootElement;
        var end = LedgerTime.ToMilliseconds(StationTime.StartOf(new DateOnly(2026, 10, 1)));
        var different = expected.GetProperty("goods").EnumerateArray().ToDictionary(
            d => (d.GetProperty("outlet").GetString()!, d.GetProperty("sku").GetString()!), d => d.GetProperty("book").GetInt64());
        foreach (var line in Xinggu.Text("stocktake-2026-09.csv").Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1))
        {
            var cells = line.Trim().Split(',');
            var shelf = AccountCode.Shelf(cells[0]).Value;
            var book = await market.ReadAsync(db => (
                from e in db.LedgerEntries
                join a in db.LedgerAccounts on new { e.BookId, Number = e.Account } equals new { a.BookId, a.Number }
                join t in db.LedgerTransactions on new { e.BookId, e.Sequence } equals new { t.BookId, t.Sequence }
                where a.Code == shelf && a.Asset.EndsWith("/" + cells[1]) && t.HappenedAt < LedgerTime.FromMilliseconds(end)
                select e.Amount).SumAsync());
            Assert.Equal(different.GetValueOrDefault((cells[0], cells[1]), long.Parse(cells[2])), book);
        }
    }

    [SkippableTheory, MemberData(nameof(Databases))]
    public async Task Import_Twice_ChangesNothing(DatabaseProvider provider)
    {
        await using var market = await TestMarket.StartAsync(provider);
        await market.ImportAsync(Xinggu.Sources);
        var before = await market.StateAsync();

        var again = await market.ImportAsync(Xinggu.Sources);

        Assert.False(again.Refused, again.Words());
        Assert.Equal(0, again.New);
        Assert.Equal(2600, again.Unchanged);
        Assert.Equal(before, await market.StateAsync());
    }

    [Fact]
    public async Task Import_OneFileAtATime_EqualsTheFolder()
    {
        await using var market = await TestMarket.StartAsync();
        foreach (var file in Enum.GetValues<ImportFile>())
            Assert.False((await market.ImportAsync([Xinggu.Sources.Single(s => string.Equals(s.Name, $"{file}.csv", StringComparison.OrdinalIgnoreCase))])).Refused);

        Assert.Equal(Xinggu.Expected("balances.csv"), await market.BalancesCsvAsync());
    }

    [Fact]
    public async Task Import_ReportsInTwoParts_CountsTheFirstPartTowardsTheCaps()
    {
        await using var market = await TestMarket.StartAsync();
        var lines = Xinggu.Text("reports.csv").Split('\n', StringSplitOptions.RemoveEmptyEntries);
        // In order of filing: what comes later must find what came before in the database.
        var ordered = lines.Skip(1).OrderBy(l => DateTimeOffset.Parse(l.Split(',')[4])).ThenBy(l => l.Split(',')[0], StringComparer.Ordinal).ToList();
        foreach (var part in ordered.Chunk(400))
        {
            var outcome = await market.ImportAsync(Xinggu.With("reports.csv", string.Join('\n', part.Prepend(lines[0])))
                .Where(s => s.Name is not "redemptions.csv").ToList());
            Assert.False(outcome.Refused, outcome.Words());
        }
        await market.ImportAsync(Xinggu.Sources);

        Assert.Equal(Xinggu.Expected("balances.csv"), await market.BalancesCsvAsync());
    }

    [Fact]
    public async Task Import_Members_GetNumbersInOrderAndCardsOfTheirOwn()
    {
        await using var market = await TestMarket.StartAsync();
        await market.ImportAsync(Xinggu.Sources);

        var members = await market.ReadAsync(db => db.Members.AsNoTracking().OrderBy(m => m.Number).ToListAsync());
        Assert.Equal(Enumerable.Range(100_001, 192).Select(n => n.ToString()), members.Select(m => m.Number));
        Assert.Equal("C0001", members[0].Code);
        Assert.All(members, m => Assert.True(CardNumbers.IsValid(m.CardNumber)));
        Assert.Equal(192, members.Select(m => m.CardNumber).Distinct().Count());
        Assert.All(members, m => Assert.Null(m.PinHash));
    }

    [Fact]
    public async Task Import_Goods_GetAShelfAndADrawing()
    {
        await using var market = await TestMarket.StartAsync();
        await market.ImportAsync(Xinggu.Sources);

        var goods = await market.ReadAsync(db => db.Goods.OrderBy(g => g.Sku).Select(g => $"{g.Sku} {g.Section} {g.Picture}").ToListAsync());
        Assert.Equal(
            ["CARD100 card g-card", "CARD50 card g-card", "OIL1 food g-oil", "RICE5 food g-rice", "SALT food g-salt", "SOAP daily g-soap", "TOWEL daily g-towel"], goods);
    }

    [SkippableTheory, MemberData(nameof(Databases))]
    public async Task Preview_Xinggu_CountsAndChangesNothing(DatabaseProvider provider)
    {
        await using var market = await TestMarket.StartAsync(provider);
        var before = await market.StateAsync();

        var preview = await market.PreviewAsync(Xinggu.Sources);

        Assert.False(preview.Refused, preview.Words());
        Assert.Equal(2600, preview.New);
        Assert.Equal(before, await market.StateAsync());
        Assert.Equal(2600, (await market.ImportAsync(Xinggu.Sources)).New);
    }

    [SkippableTheory, MemberData(nameof(Databases))]
    public async Task Import_CancelledInTheMiddle_ChangesNothing(DatabaseProvider provider)
    {
        await using var market = await TestMarket.StartAsync(provider);
        var before = await market.StateAsync();
        using var stop = new CancellationTokenSource();
        var seen = new Told(p =>
        {
            if (p.Total > 0 && p.Done > p.Total / 2) stop.Cancel();
        });

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => market.ImportAsync(Xinggu.Sources, seen, stop.Token));

        Assert.Equal(before, await market.StateAsync());
        Assert.False((await market.ImportAsync(Xinggu.Sources)).Refused);
    }

    [Fact]
    public async Task Import_Progress_GoesUpToTheEnd()
    {
        await using var market = await TestMarket.StartAsync();
        var seen = new List<ImportProgress>();

        await market.ImportAsync(Xinggu.Sources, new Told(seen.Add));

        var counted = seen.Where(p => p.Total > 0).ToList();
        Assert.Equal(counted.OrderBy(p => p.Done).Select(p => p.Done), counted.Select(p => p.Done));
        Assert.Equal(2600, counted[^1].Total);
        Assert.Equal(2600, counted[^1].Done);
        Assert.InRange(counted.Count, 40, 200);
    }

    private sealed class Told(Action<ImportProgress> tell) : IProgress<ImportProgress>
    {
        public void Report(ImportProgress value) => tell(value);
    }
}
