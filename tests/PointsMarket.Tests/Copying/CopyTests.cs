using Microsoft.EntityFrameworkCore;
using PointsMarket.Copying;
using PointsMarket.Data;
using PointsMarket.Demo;
using PointsMarket.Ledger;
using PointsMarket.Tests.Kit;

namespace PointsMarket.Tests.Copying;

/// <summary>Moving house: the demo station from SQLite to PostgreSQL and back, to the last row.</summary>
public sealed class CopyTests
{
    [SkippableFact]
    public async Task Copy_DemoStationToPostgresAndBack_IsTheSameOnAllThree()
    {
        await using var here = await TestMarket.StartAsync();
        Assert.IsType<LoadDemo.Loaded>(await here.Get<LoadDemo>().ExecuteAsync(new() { Actor = Actor.System("demo") }));
        await using var there = await TestMarket.StartAsync(DatabaseProvider.Postgres);
        await using var back = await TestMarket.StartAsync();

        var copied = Assert.IsType<CopyDatabase.Copied>(await here.Get<CopyDatabase>().ExecuteAsync(new() { Target = there.Storage }));
        Assert.True(copied.Tables.Sum(t => t.Rows) > 10_000);
        await ProveAsync(here, there);
        Assert.IsType<CopyDatabase.TargetNotEmpty>(await here.Get<CopyDatabase>().ExecuteAsync(new() { Target = there.Storage }));

        Assert.IsType<CopyDatabase.Copied>(await there.Get<CopyDatabase>().ExecuteAsync(new() { Target = back.Storage }));
        await ProveAsync(here, back);
        Assert.Equal(await DumpAsync(here), await DumpAsync(back));

        // The copy lives on: its counters stand after the largest numbers, its triggers hold, its chain goes on.
        foreach (var market in (TestMarket[])[there, back])
        {
            market.Clock.Set(here.Clock.GetUtcNow().AddDays(400));
            await market.Writes.RunAsync(async db =>
            {
                db.Note(market.Clock.GetUtcNow().UtcDateTime, Actor.System("test"), "test.note", "x");
                db.Areas.Add(new() { Code = "NEW", Name = "新", Kind = PointsMarket.Areas.AreaKind.Village, Path = "NEW/", BookId = 1 });
                return await db.SaveChangesAsync();
            });
            await Assert.ThrowsAnyAsync<Exception>(() => market.Writes.RunAsync(db => db.LedgerEntries.ExecuteUpdateAsync(s => s.SetProperty(e => e.Amount, 1))));
            var book = await market.ReadAsync(db => db.LedgerBooks.SingleAsync());
            Assert.True((await market.PostAsync(market.Request(book.Id, "after", new Posting(AccountCode.Issue("opening"), AccountCode.Member("G9999"), Asset.Points, 1)))).Stands);
            Assert.All(await market.ReadAsync(db => market.Get<LedgerVerifier>().VerifyAsync(db)), r => Assert.True(r.IsClean));
        }
    }

    [SkippableFact]
    public async Task Copy_OfBooksThatAreOff_IsRefusedAndLeavesTheTargetEmpty()
    {
        await using var here = await TestMarket.StartAsync();
        var book = await here.OpenBookAsync();
        await here.PostAsync(here.Request(book, "a", new Posting(AccountCode.Issue("opening"), AccountCode.Member("G1"), Asset.Points, 1)));
        await here.Writes.RunAsync(db => db.LedgerBooks.ExecuteUpdateAsync(s => s.SetProperty(b => b.Accounts, 7)));
        await using var there = await TestMarket.StartAsync(DatabaseProvider.Postgres);

        Assert.IsType<CopyDatabase.SourceOff>(await here.Get<CopyDatabase>().ExecuteAsync(new() { Target = there.Storage }));
        Assert.False(await there.ReadAsync(db => db.LedgerBooks.AnyAsync()));
        Assert.True(await there.ReadAsync(db => db.ScoringRules.AnyAsync())); // what the migrations put there is still there
    }

    [SkippableFact]
    public async Task Copy_StoppedInTheMiddle_LeavesTheTargetAsItWas()
    {
        await using var here = await TestMarket.StartAsync();
        var book = await here.OpenBookAsync();
        for (var i = 0; i < 30; i++) await here.PostAsync(here.Request(book, $"k{i}", new Posting(AccountCode.Issue("opening"), AccountCode.Member("G1"), Asset.Points, 1)));
        await using var there = await TestMarket.StartAsync(DatabaseProvider.Postgres);
        using var stop = new CancellationTokenSource();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => here.Get<CopyDatabase>().ExecuteAsync(
            new() { Target = there.Storage, Progress = new Told(p => { if (p.Table == "LedgerTransactions") stop.Cancel(); }) }, stop.Token));
        Assert.False(await there.ReadAsync(db => db.LedgerBooks.AnyAsync()));
        Assert.IsType<CopyDatabase.Copied>(await here.Get<CopyDatabase>().ExecuteAsync(new() { Target = there.Storage }));
    }

    private static async Task ProveAsync(TestMarket one, TestMarket other)
    {
        var (a, b) = (await one.ReadAsync(db => one.Get<LedgerVerifier>().VerifyAsync(db)), await other.ReadAsync(db => other.Get<LedgerVerifier>().VerifyAsync(db)));
        Assert.All(a.Concat(b), r => Assert.True(r.IsClean));
        Assert.Equal(a.Select(r => r.Head), b.Select(r => r.Head));
        Assert.Equal(await CountsAsync(one), await CountsAsync(other));
    }

    private static Task<List<string>> CountsAsync(TestMarket market) => market.ReadAsync(async db =>
    {
        var counts = new List<string>();
        foreach (var table in CopiedTable.InOrder(db, db).Select(t => t.Name).Order(StringComparer.Ordinal))
#pragma warning disable EF1002, EF1003 // a name of the model
            counts.Add($"{table} {await db.Database.SqlQueryRaw<long>($"SELECT COUNT(*) AS \"Value\" FROM \"{table}\"").SingleAsync()}");
#pragma warning restore EF1002, EF1003
        return counts;
    });

    /// <summary>Every cell of every table, as SQLite keeps it.</summary>
    private static Task<List<string>> DumpAsync(TestMarket market) => market.ReadAsync(async db =>
    {
        var cells = new List<string>();
        await db.Database.OpenConnectionAsync();
        foreach (var table in CopiedTable.InOrder(db, db))
        {
            await using var command = db.Database.GetDbConnection().CreateCommand();
#pragma warning disable CA2100 // a name of the model
            command.CommandText = $"SELECT {string.Join(", ", table.Columns.Select(c => $"quote(\"{c.Name}\")"))} FROM \"{table.Name}\" ORDER BY {string.Join(", ", table.Key.Select(k => $"\"{k}\""))}";
#pragma warning restore CA2100
            await using var rows = await command.ExecuteReaderAsync();
            while (await rows.ReadAsync()) cells.Add(table.Name + ": " + string.Join(" | ", Enumerable.Range(0, rows.FieldCount).Select(rows.GetString)));
        }
        return cells;
    });

    private sealed class Told(Action<(string Table, long Done, long Total)> tell) : IProgress<(string Table, long Done, long Total)>
    {
        public void Report((string Table, long Done, long Total) value) => tell(value);
    }
}
