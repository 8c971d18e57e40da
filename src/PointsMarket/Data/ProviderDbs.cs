using Microsoft.EntityFrameworkCore;
using PointsMarket.Areas;
using PointsMarket.Ledger;
using PointsMarket.Market;
using PointsMarket.Members;
using PointsMarket.Sponsors;

namespace PointsMarket.Data;

/// <summary>The embedded default.</summary>
public sealed class SqliteMarketDb(DbContextOptions<SqliteMarketDb> options) : MarketDb(options);

/// <summary>PostgreSQL.</summary>
public sealed class PostgresMarketDb(DbContextOptions<PostgresMarketDb> options) : MarketDb(options);

/// <summary>SQL Server.</summary>
public sealed class SqlServerMarketDb(DbContextOptions<SqlServerMarketDb> options) : MarketDb(options)
{
    /// <summary>The other two tell G0001 from g0001; the codes that carry meaning do so here too.</summary>
    private const string Exact = "Latin1_General_100_BIN2";

    /// <inheritdoc/>
    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        builder.Entity<LedgerAccount>().Property(a => a.Code).UseCollation(Exact);
        builder.Entity<LedgerAccount>().Property(a => a.Asset).UseCollation(Exact);
        builder.Entity<LedgerTransaction>().Property(t => t.Key).UseCollation(Exact);
        builder.Entity<Area>().Property(a => a.Code).UseCollation(Exact);
        builder.Entity<Area>().Property(a => a.Path).UseCollation(Exact);
        builder.Entity<Member>().Property(m => m.Code).UseCollation(Exact);
        builder.Entity<Market.Goods>().Property(g => g.Sku).UseCollation(Exact);
        builder.Entity<Outlet>().Property(o => o.Code).UseCollation(Exact);
        builder.Entity<Sponsor>().Property(s => s.Code).UseCollation(Exact);
    }
}
