using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace PointsMarket.Data;

/// <summary>For <c>dotnet ef … --context SqliteMarketDb</c>: no host, no database.</summary>
public sealed class SqliteDesignTime : IDesignTimeDbContextFactory<SqliteMarketDb>
{
    /// <inheritdoc/>
    public SqliteMarketDb CreateDbContext(string[] args) => new(new DbContextOptionsBuilder<SqliteMarketDb>().UseSqlite("Data Source=design.db").Options);
}

/// <summary>For <c>dotnet ef … --context PostgresMarketDb</c>.</summary>
public sealed class PostgresDesignTime : IDesignTimeDbContextFactory<PostgresMarketDb>
{
    /// <inheritdoc/>
    public PostgresMarketDb CreateDbContext(string[] args) => new(new DbContextOptionsBuilder<PostgresMarketDb>().UseNpgsql("Host=127.0.0.1;Database=design").Options);
}

/// <summary>For <c>dotnet ef … --context SqlServerMarketDb</c>.</summary>
public sealed class SqlServerDesignTime : IDesignTimeDbContextFactory<SqlServerMarketDb>
{
    /// <inheritdoc/>
    public SqlServerMarketDb CreateDbContext(string[] args) => new(new DbContextOptionsBuilder<SqlServerMarketDb>().UseSqlServer("Server=127.0.0.1,1;Database=design;Encrypt=false").Options);
}
