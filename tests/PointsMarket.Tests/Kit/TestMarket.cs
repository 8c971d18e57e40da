using Microsoft.Extensions.DependencyInjection;
using PointsMarket.Data;
using PointsMarket.Ledger;
using PointsMarket.Market;

namespace PointsMarket.Tests.Kit;

/// <summary>The library on a fresh database, with a clock that stands still.</summary>
public sealed class TestMarket : IAsyncDisposable
{
    private readonly TestDatabase database;
    private ServiceProvider services;

    private TestMarket(TestDatabase database)
    {
        this.database = database;
        services = Build();
    }

    public FakeClock Clock { get; } = new();

    public IServiceProvider Services => services;

    public MarketStorage Storage => database.Storage;

    public MarketWrites Writes => Get<MarketWrites>();

    public MarketContexts Contexts => Get<MarketContexts>();

    public Journal Journal => Get<Journal>();

    public static async Task<TestMarket> StartAsync(DatabaseProvider provider = DatabaseProvider.Sqlite) =>
        new(await TestDatabase.CreateAsync(provider));

    public T Get<T>()
        where T : notnull => services.GetRequiredService<T>();

    /// <summary>Reads with a context of its own.</summary>
    public async Task<T> ReadAsync<T>(Func<MarketDb, Task<T>> read)
    {
        await using var db = Contexts.Read();
        return await read(db);
    }

    public Task<int> OpenBookAsync(string station = "STA") => Writes.RunAsync(db => Journal.OpenBookAsync(db, station));

    /// <summary>Posts one request through the door.</summary>
    public Task<PostResult> PostAsync(TransactionRequest request) => Writes.RunAsync(db => Journal.PostAsync(db, request));

    /// <summary>Posts one request that moves things through the door, lots and all.</summary>
    public Task<PostResult> PostThingsAsync(TransactionRequest request) => Writes.RunAsync(db => Get<LotBook>().PostAsync(db, request));

    /// <summary>A request with the fields a test does not care about filled in.</summary>
    public TransactionRequest Request(int book, string key, params Posting[] postings) => new()
    {
        BookId = book, Key = key, Kind = "test", Subject = key, HappenedAt = Clock.GetUtcNow().UtcDateTime, Actor = Actor.System("test"), Postings = postings,
    };

    /// <summary>Lets go of the database and takes it up again, as a restart does.</summary>
    public async Task ReopenAsync()
    {
        await services.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        services = Build();
    }

    private ServiceProvider Build() => new ServiceCollection()
        .AddSingleton<TimeProvider>(Clock)
        .AddPointsMarket(_ => database.Storage)
        .BuildServiceProvider(new ServiceProviderOptions { ValidateScopes = true, ValidateOnBuild = true });

    public async ValueTask DisposeAsync()
    {
        await services.DisposeAsync();
        await database.DisposeAsync();
    }
}
