using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;

namespace PointsMarket.Data;

/// <summary>Makes contexts for the configured database, from pools.</summary>
public sealed class MarketContexts
{
    private readonly Func<MarketDb> read;
    private readonly Func<DbConnection, Func<MarketDb>> on;

    /// <summary>See the type.</summary>
    public MarketContexts(MarketStorage storage)
    {
        ArgumentNullException.ThrowIfNull(storage);
        Storage = storage;
        (read, on) = storage.Provider switch
        {
            DatabaseProvider.Sqlite => For<SqliteMarketDb>(storage, (o, c) => o.UseSqlite(c)),
            DatabaseProvider.Postgres => For<PostgresMarketDb>(storage, (o, c) => o.UseNpgsql(c)),
            _ => For<SqlServerMarketDb>(storage, (o, c) => o.UseSqlServer(c)),
        };
    }

    /// <summary>Which database.</summary>
    public MarketStorage Storage { get; }

    /// <summary>A context that reads. The caller disposes it.</summary>
    public MarketDb Read()
    {
        var db = read();
        Reset(db);
        return db;
    }

    /// <summary>A maker of contexts on a connection that somebody else owns.</summary>
    internal Func<MarketDb> On(DbConnection connection)
    {
        var make = on(connection);
        return () =>
        {
            var db = make();
            Reset(db);
            return db;
        };
    }

    private static (Func<MarketDb>, Func<DbConnection, Func<MarketDb>>) For<T>(MarketStorage storage, Action<DbContextOptionsBuilder<T>, DbConnection> use)
        where T : MarketDb
    {
        var builder = new DbContextOptionsBuilder<T>();
        storage.Use(builder);
        var pool = new PooledDbContextFactory<T>(builder.Options);
        return (pool.CreateDbContext, connection =>
        {
            var owned = new DbContextOptionsBuilder<T>();
            use(owned, connection);
            if (storage.Interceptors.Length > 0) owned.AddInterceptors(storage.Interceptors);
            return new PooledDbContextFactory<T>(owned.Options, poolSize: 2).CreateDbContext;
        });
    }

    private static void Reset(MarketDb db) => (db.Door, db.InsideDoor, db.RollBackAsked) = (null, false, false);
}
