using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using PointsMarket.Data;
using PointsMarket.Ledger;

namespace PointsMarket.Benchmarks;

/// <summary>The library on a database of its own, dropped at the end.</summary>
internal sealed class Bench : IAsyncDisposable
{
    private readonly ServiceProvider services;
    private readonly string file;

    private Bench(MarketStorage storage, string file)
    {
        (Storage, this.file) = (storage, file);
        services = new ServiceCollection().AddPointsMarket(_ => storage).BuildServiceProvider();
    }

    public static string? PostgresServer { get; } = Environment.GetEnvironmentVariable("POINTSMARKET_TEST_POSTGRES") is { Length: > 0 } server ? server : null;

    public MarketStorage Storage { get; }

    public int Book { get; private set; }

    public MarketWrites Writes => Get<MarketWrites>();

    public static async Task<Bench> StartAsync(DatabaseProvider provider)
    {
        var file = Path.Combine(Path.GetTempPath(), $"pointsmarket-bench-{Guid.NewGuid():N}");
        var connection = provider == DatabaseProvider.Sqlite ? $"Data Source={file}.db" : new NpgsqlConnectionStringBuilder(PostgresServer) { Database = $"pm_bench_{Guid.NewGuid():N}", MaxPoolSize = 30 }.ToString();
        var bench = new Bench(new MarketStorage { Provider = provider, ConnectionString = connection, CheckpointPath = file + ".checkpoints" }, file);
        await MarketSchema.MigrateAsync(bench.Get<MarketContexts>());
        bench.Book = await bench.Writes.RunAsync(db => Journal.OpenBookAsync(db, "STA"));
        return bench;
    }

    public T Get<T>()
        where T : notnull => services.GetRequiredService<T>();

    public Task<PostResult> PostAsync(string key, params PointsMarket.Ledger.Posting[] postings) => Writes.RunAsync(db => Get<Journal>().PostAsync(db, Request(key, postings)));

    public TransactionRequest Request(string key, params PointsMarket.Ledger.Posting[] postings) => new()
    {
        BookId = Book, Key = key, Kind = TransactionKinds.TaskReward, Subject = key, HappenedAt = new DateTime(2026, 10, 1, 0, 0, 0, DateTimeKind.Utc), Actor = Actor.System("bench"), Postings = postings,
    };

    public async Task<T> ReadAsync<T>(Func<MarketDb, Task<T>> read)
    {
        await using var db = Get<MarketContexts>().Read();
        return await read(db);
    }

    /// <summary>Runs the two in turns, first one then the other ahead, and gives the times of both in each round.</summary>
    public static async Task<List<(double First, double Second)>> InTurnsAsync(int rounds, Func<int, Task> first, Func<int, Task> second)
    {
        var times = new List<(double, double)>();
        for (var round = -1; round < rounds; round++) // the round before the first one warms up
        {
            GC.Collect();
            double one, two;
            if (round % 2 == 0) (one, two) = (await TimeAsync(first, round), await TimeAsync(second, round));
            else (two, one) = (await TimeAsync(second, round), await TimeAsync(first, round));
            if (round >= 0) times.Add((one, two));
        }
        return times;
    }

    /// <summary>The most memory of the process while something runs.</summary>
    public static async Task<long> PeakAsync(Func<Task> run)
    {
        GC.Collect(2, GCCollectionMode.Aggressive, true, true);
        long peak = 0;
        using var done = new CancellationTokenSource();
        var watch = Task.Run(async () =>
        {
            while (!done.IsCancellationRequested)
            {
                peak = Math.Max(peak, Environment.WorkingSet);
                await Task.Delay(5);
            }
        });
        await run();
        await done.CancelAsync();
        await watch;
        await Console.Error.WriteLineAsync($"peak {peak / 1024 / 1024:#,0} MB");
        return peak;
    }

    public async ValueTask DisposeAsync()
    {
        if (Storage.Provider != DatabaseProvider.Sqlite)
            await ReadAsync(db => db.Database.EnsureDeletedAsync());
        await services.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        foreach (var part in (string[])[".db", ".db-wal", ".db-shm", ".db-door", ".checkpoints"]) File.Delete(file + part);
    }

    private static async Task<double> TimeAsync(Func<int, Task> run, int round)
    {
        var start = Stopwatch.GetTimestamp();
        await run(round);
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }
}
