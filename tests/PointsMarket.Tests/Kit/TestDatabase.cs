using Microsoft.Data.SqlClient;
using Npgsql;
using PointsMarket.Data;

namespace PointsMarket.Tests.Kit;

/// <summary>
/// A fresh, migrated database: a copied file on SQLite, a database from a template on PostgreSQL. PostgreSQL is named by
/// POINTSMARKET_TEST_POSTGRES (scripts/test starts one); SQL Server takes part only where POINTSMARKET_TEST_SQLSERVER is set.
/// </summary>
public sealed class TestDatabase : IAsyncDisposable
{
    private const string PostgresVariable = "POINTSMARKET_TEST_POSTGRES";
    private const string SqlServerVariable = "POINTSMARKET_TEST_SQLSERVER";

    private static readonly Lazy<Task<string>> SqliteTemplate = new(MakeSqliteTemplateAsync);
    private static readonly Lazy<Task<string>> PostgresTemplate = new(MakePostgresTemplateAsync);

    private readonly Func<ValueTask> drop;

    private TestDatabase(MarketStorage storage, Func<ValueTask> drop)
    {
        (Storage, this.drop) = (storage, drop);
        storage.CheckpointPath = NewFile() + ".checkpoints";
        storage.PhotoPath = NewFile() + ".photos";
        storage.SealKeyPath = NewFile() + ".seal";
    }

    public MarketStorage Storage { get; }

    /// <summary>The databases a theory runs on.</summary>
    public static TheoryData<DatabaseProvider> All =>
        Environment.GetEnvironmentVariable(SqlServerVariable) is null
            ? [DatabaseProvider.Sqlite, DatabaseProvider.Postgres]
            : [DatabaseProvider.Sqlite, DatabaseProvider.Postgres, DatabaseProvider.SqlServer];

    /// <summary>Makes one. Skips the test where the server is not configured; in CI that is a failure.</summary>
    public static Task<TestDatabase> CreateAsync(DatabaseProvider provider) => provider switch
    {
        DatabaseProvider.Sqlite => SqliteAsync(),
        DatabaseProvider.Postgres => PostgresAsync(),
        _ => SqlServerAsync(),
    };

    public ValueTask DisposeAsync()
    {
        File.Delete(Storage.CheckpointPath);
        File.Delete(Storage.SealKeyPath);
        if (Directory.Exists(Storage.PhotoPath)) Directory.Delete(Storage.PhotoPath, recursive: true);
        return drop();
    }

    private static string Configured(string variable)
    {
        var value = Environment.GetEnvironmentVariable(variable);
        if (string.IsNullOrEmpty(value) && Environment.GetEnvironmentVariable("CI") is not null) Assert.Fail($"{variable} is not set, and CI runs every test.");
        Skip.If(string.IsNullOrEmpty(value), $"{variable} is not set; ./scripts/test sets it.");
        return value!;
    }

    private static string NewFile() => Path.Combine(Path.GetTempPath(), $"pointsmarket-{Guid.NewGuid():N}.db");

    private static async Task<string> MakeSqliteTemplateAsync()
    {
        var file = NewFile();
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Delete(file);
        await MarketSchema.MigrateAsync(new MarketContexts(new MarketStorage { ConnectionString = $"Data Source={file};Pooling=False" }));
        return file;
    }

    private static async Task<TestDatabase> SqliteAsync()
    {
        var file = NewFile();
        File.Copy(await SqliteTemplate.Value, file);
        return new TestDatabase(new MarketStorage { ConnectionString = $"Data Source={file}" }, () =>
        {
            Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
            Delete(file);
            return ValueTask.CompletedTask;
        });
    }

    private static void Delete(string file)
    {
        foreach (var part in (string[])[file, file + "-wal", file + "-shm", file + "-door", file + "-use", file + "-jobs", file + "-jobs-use"]) File.Delete(part);
    }

    private static async Task<string> MakePostgresTemplateAsync()
    {
        var name = $"pm_template_{Guid.NewGuid():N}";
        var server = Configured(PostgresVariable);
        await PostgresAsync(server, $"CREATE DATABASE {name}");
        var storage = new MarketStorage { Provider = DatabaseProvider.Postgres, ConnectionString = new NpgsqlConnectionStringBuilder(server) { Database = name, Pooling = false }.ToString() };
        await MarketSchema.MigrateAsync(new MarketContexts(storage));
        return name;
    }

    private static async Task<TestDatabase> PostgresAsync()
    {
        var server = Configured(PostgresVariable);
        var template = await PostgresTemplate.Value;
        var name = $"pm_{Guid.NewGuid():N}";
        await PostgresAsync(server, $"CREATE DATABASE {name} TEMPLATE {template}");
        var connection = new NpgsqlConnectionStringBuilder(server) { Database = name, MaxPoolSize = 30, ApplicationName = name }.ToString();
        return new TestDatabase(new MarketStorage { Provider = DatabaseProvider.Postgres, ConnectionString = connection }, async () =>
        {
            NpgsqlConnection.ClearAllPools();
            await PostgresAsync(server, $"DROP DATABASE {name} WITH (FORCE)");
        });
    }

    private static async Task PostgresAsync(string server, string statement)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(server) { Database = "postgres", Pooling = false }.ToString());
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(statement, connection);
        await command.ExecuteNonQueryAsync();
    }

    private static async Task<TestDatabase> SqlServerAsync()
    {
        var name = $"pm_{Guid.NewGuid():N}";
        var storage = new MarketStorage
        {
            Provider = DatabaseProvider.SqlServer,
            ConnectionString = new SqlConnectionStringBuilder(Configured(SqlServerVariable)) { InitialCatalog = name }.ToString(),
        };
        var contexts = new MarketContexts(storage);
        await MarketSchema.MigrateAsync(contexts);
        return new TestDatabase(storage, async () =>
        {
            await using var db = contexts.Read();
            await db.Database.EnsureDeletedAsync();
        });
    }
}
