using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;
using PointsMarket.Backups;
using PointsMarket.Data;
using PointsMarket.Members;
using PointsMarket.Sealing;
using PointsMarket.Sponsors;

namespace PointsMarket.Web.Setup;

/// <summary>
/// The database of the configuration: <c>Database:Provider</c> (Sqlite, Postgres, SqlServer), <c>ConnectionStrings:Market</c>,
/// <c>Ledger:Checkpoints</c>, <c>Photos:Folder</c>, <c>Seal:KeyFile</c>, <c>Database:MigrateOnStart</c>, <c>Protection:Keys</c>. Without any of them: SQLite below <c>data/</c>.
/// Commands and the site share it.
/// </summary>
internal static class DatabaseSetup
{
    public static void AddDatabase(this IHostApplicationBuilder builder)
    {
        var storage = StorageOf(builder.Configuration, builder.Environment.ContentRootPath);
        builder.Services.AddPointsMarket(_ => storage);
        builder.Services.AddOptions<BackupSettings>().BindConfiguration(BackupSettings.Section).ValidateDataAnnotations().ValidateOnStart()
            .PostConfigure(o => o.Folder = string.IsNullOrEmpty(o.Folder) ? null : Path.GetFullPath(o.Folder, builder.Environment.ContentRootPath));
        builder.Services.AddSingleton(sp => sp.GetRequiredService<IOptions<BackupSettings>>().Value);
        builder.Services.AddSingleton<KeepBackups>();
        builder.Services.AddDataProtection().SetApplicationName("PointsMarket");
        if (storage.Provider == DatabaseProvider.Sqlite)
        {
            var keys = Path.Combine(Path.GetDirectoryName(storage.FilePath)!, builder.Configuration["Protection:Keys"] ?? "keys");
            builder.Services.AddDataProtection().PersistKeysToFileSystem(Directory.CreateDirectory(keys));
        }
        else
        {
            builder.Services.AddSingleton<ProtectionKeyStore>();
            builder.Services.AddOptions<KeyManagementOptions>().Configure<ProtectionKeyStore>((o, store) => o.XmlRepository = store);
        }
    }

    /// <summary>
    /// Brings the schema up to date where that is ours to do, and says why the site cannot start where it is not; null when all
    /// is well. A SQLite file belongs to this process; a server database may serve other nodes, so there an upgrade is asked for.
    /// </summary>
    public static async Task<string?> PrepareDatabaseAsync(this IServiceProvider services, CancellationToken ct = default)
    {
        if (await PrepareSchemaAsync(services, ct) is { } refusal) return refusal;
        await services.SealNamesAsync(ct);
        await services.GiveLotsAsync(ct);
        return null;
    }

    /// <summary>Seals informants' names that still stand open, and says where the key for sealed ones is missing. Never a name.</summary>
    public static async Task SealNamesAsync(this IServiceProvider services, CancellationToken ct = default)
    {
        var result = await services.GetRequiredService<SealInformants>().ExecuteAsync(ct);
        var file = services.GetRequiredService<SealKeys>().Path;
        if (result.Unsealable > 0) await Console.Error.WriteLineAsync($"PointsMarket: {result.Unsealable} informants' names could not be sealed: the key file {file} cannot be read or made.");
        if (result.Lost > 0) await Console.Error.WriteLineAsync($"PointsMarket: {result.Lost} sealed names cannot be opened: their key is not in {file}. Put the old key's line back into it.");
    }

    /// <summary>Gives lots to goods from before there were any, and says where lots and books differ.</summary>
    public static async Task GiveLotsAsync(this IServiceProvider services, CancellationToken ct = default)
    {
        var result = await services.GetRequiredService<GiveLots>().ExecuteAsync(ct);
        if (result.Off > 0) await Console.Error.WriteLineAsync($"PointsMarket: in {result.Off} accounts the lots do not come to the books; `verify` names them.");
    }

    private static async Task<string?> PrepareSchemaAsync(IServiceProvider services, CancellationToken ct)
    {
        var contexts = services.GetRequiredService<MarketContexts>();
        var asked = services.GetRequiredService<IConfiguration>().GetValue<bool>("Database:MigrateOnStart");
        switch (await MarketSchema.StateAsync(contexts, ct))
        {
            case SchemaState.Newer:
                return "The database was made by a newer version of PointsMarket. Start that version; this one has changed nothing.";
            case SchemaState.Older when contexts.Storage.Provider != DatabaseProvider.Sqlite && !asked:
                return "The database is older than this program. Stop the other nodes, back the database up, and run `migrate` or set Database:MigrateOnStart.";
            case SchemaState.Empty or SchemaState.Older:
                await MarketSchema.MigrateAsync(contexts, ct);
                return null;
            default:
                return null;
        }
    }

    /// <summary>Relative SQLite files lie below the content root, wherever the process was started.</summary>
    internal static MarketStorage StorageOf(IConfiguration configuration, string root)
    {
        var provider = configuration["Database:Provider"] is { Length: > 0 } name
            ? Enum.TryParse<DatabaseProvider>(name, ignoreCase: true, out var known) && Enum.IsDefined(known)
                ? known
                : throw new InvalidOperationException($"Database:Provider is '{name}'. It must be one of {string.Join(", ", Enum.GetNames<DatabaseProvider>())}.")
            : DatabaseProvider.Sqlite;
        var connection = configuration.GetConnectionString("Market");
        if (provider == DatabaseProvider.Sqlite)
        {
            var sqlite = new SqliteConnectionStringBuilder(string.IsNullOrEmpty(connection) ? "Data Source=data/market.db" : connection);
            sqlite.DataSource = Path.GetFullPath(sqlite.DataSource, root);
            connection = sqlite.ToString();
        }

        if (string.IsNullOrEmpty(connection)) throw new InvalidOperationException($"Database:Provider is {provider}, so ConnectionStrings:Market must be set.");
        var checkpoints = configuration["Ledger:Checkpoints"] is { Length: > 0 } file ? file : "data/checkpoints.jsonl";
        var storage = new MarketStorage { Provider = provider, ConnectionString = connection, CheckpointPath = Path.GetFullPath(checkpoints, root) };
        storage.PhotoPath = configuration["Photos:Folder"] is { Length: > 0 } photos ? Path.GetFullPath(photos, root)
            : provider == DatabaseProvider.Sqlite ? Path.Combine(Path.GetDirectoryName(storage.FilePath)!, "photos")
            : Path.GetFullPath("data/photos", root);
        storage.SealKeyPath = configuration["Seal:KeyFile"] is { Length: > 0 } key ? Path.GetFullPath(key, root)
            : provider == DatabaseProvider.Sqlite ? Path.Combine(Path.GetDirectoryName(storage.FilePath)!, "seal.key")
            : Path.GetFullPath("data/seal.key", root);
        return storage;
    }
}
