using System.ComponentModel.DataAnnotations;
using Microsoft.Data.SqlClient;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Npgsql;

namespace PointsMarket.Data;

/// <summary>The database engines.</summary>
public enum DatabaseProvider
{
    /// <summary>Embedded, the default.</summary>
    Sqlite,

    /// <summary>PostgreSQL.</summary>
    Postgres,

    /// <summary>SQL Server.</summary>
    SqlServer,
}

/// <summary>Which database: configuration <c>Database:Provider</c> and <c>ConnectionStrings:Market</c>.</summary>
public sealed class MarketStorage
{
    /// <summary>The engine.</summary>
    public DatabaseProvider Provider { get; set; }

    /// <summary>The connection string; for SQLite <c>Data Source=FILE</c>.</summary>
    [Required]
    public string ConnectionString { get; set; } = "";

    /// <summary>For SQLite, the file's full path; else empty.</summary>
    public string FilePath => Provider == DatabaseProvider.Sqlite ? Path.GetFullPath(new SqliteConnectionStringBuilder(ConnectionString).DataSource) : "";

    /// <summary>The file of the ledger's checkpoints; configuration <c>Ledger:Checkpoints</c>. Keep it apart from the database where you can.</summary>
    [Required]
    public string CheckpointPath { get; set; } = "";

    /// <summary>The folder of the members' photos; configuration <c>Photos:Folder</c>. Several web nodes need one that all of them see.</summary>
    [Required]
    public string PhotoPath { get; set; } = "";

    /// <summary>The file with the keys of sealed texts; configuration <c>Seal:KeyFile</c>. Keep it out of the database's backups.</summary>
    [Required]
    public string SealKeyPath { get; set; } = "";

    /// <summary>The string that connections are opened with: the operator's own, with the settings this platform relies on.</summary>
    internal string Effective => Provider switch
    {
        DatabaseProvider.Sqlite => new SqliteConnectionStringBuilder(ConnectionString) { DataSource = FilePath, ForeignKeys = true, DefaultTimeout = 30 }.ToString(),
        DatabaseProvider.Postgres => new NpgsqlConnectionStringBuilder(ConnectionString) { MaxAutoPrepare = 100 }.ToString(),
        _ => new SqlConnectionStringBuilder(ConnectionString) { ApplicationName = "PointsMarket" }.ToString(),
    };

    /// <summary>What a test hangs into the way of every context: lost answers, deadlocks, delays.</summary>
    internal IInterceptor[] Interceptors { get; set; } = [];

    /// <summary>Called with the connection of SQLite's door once it is open, so that a test can stop it at any statement.</summary>
    internal Action<SqliteConnection>? WriterOpened { get; set; }

    internal void Use(DbContextOptionsBuilder options)
    {
        if (Interceptors.Length > 0) options.AddInterceptors(Interceptors);
        switch (Provider)
        {
            case DatabaseProvider.Sqlite:
                options.UseSqlite(Effective).AddInterceptors(SqlitePragmas.Reader);
                break;
            case DatabaseProvider.Postgres:
                options.UseNpgsql(Effective);
                break;
            default:
                options.UseSqlServer(Effective);
                break;
        }
    }
}
