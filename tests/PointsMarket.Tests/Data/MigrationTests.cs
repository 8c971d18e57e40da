using Microsoft.EntityFrameworkCore;
using PointsMarket.Data;
using PointsMarket.Tests.Kit;

namespace PointsMarket.Tests.Data;

public sealed class MigrationTests
{
    public static TheoryData<DatabaseProvider> Databases => TestDatabase.All;

    [Theory]
    [InlineData(DatabaseProvider.Sqlite)]
    [InlineData(DatabaseProvider.Postgres)]
    [InlineData(DatabaseProvider.SqlServer)]
    public void Model_OfEveryProvider_HasNoChangeWithoutAMigration(DatabaseProvider provider)
    {
        using var db = Design(provider);

        Assert.False(db.Database.HasPendingModelChanges(), "Run ./scripts/add-migration NAME.");
        Assert.NotEmpty(db.Database.GetMigrations());
    }

    [Fact]
    public void Migrations_OfTheThreeProviders_AreTheSameOnes()
    {
        var names = Enum.GetValues<DatabaseProvider>().Select(p =>
        {
            using var db = Design(p);
            return string.Join(' ', db.Database.GetMigrations().Select(m => m[(m.IndexOf('_', StringComparison.Ordinal) + 1)..]));
        });

        Assert.Single(names.Distinct());
    }

    [SkippableTheory, MemberData(nameof(Databases))]
    public async Task Schema_OfANewDatabase_IsCurrentAndMigratedAgainUnchanged(DatabaseProvider provider)
    {
        await using var market = await TestMarket.StartAsync(provider);

        Assert.Equal(SchemaState.Current, await MarketSchema.StateAsync(market.Contexts));
        await MarketSchema.MigrateAsync(market.Contexts);
        Assert.Equal(SchemaState.Current, await MarketSchema.StateAsync(market.Contexts));
    }

    [SkippableTheory, MemberData(nameof(Databases))]
    public async Task Schema_OfANewerProgram_IsLeftAlone(DatabaseProvider provider)
    {
        await using var market = await TestMarket.StartAsync(provider);
        await market.Writes.RunAsync(db => db.Database.ExecuteSqlRawAsync("""INSERT INTO "__EFMigrationsHistory" ("MigrationId", "ProductVersion") VALUES ('29991231000000_Later', '99')"""));

        Assert.Equal(SchemaState.Newer, await MarketSchema.StateAsync(market.Contexts));
        await Assert.ThrowsAsync<InvalidOperationException>(() => MarketSchema.MigrateAsync(market.Contexts));
    }

    /// <summary>A context that needs no database.</summary>
    internal static MarketDb Design(DatabaseProvider provider) => provider switch
    {
        DatabaseProvider.Sqlite => new SqliteDesignTime().CreateDbContext([]),
        DatabaseProvider.Postgres => new PostgresDesignTime().CreateDbContext([]),
        _ => new SqlServerDesignTime().CreateDbContext([]),
    };
}
