using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using PointsMarket.Data;
using PointsMarket.Ledger;
using PointsMarket.Market;
using PointsMarket.Sponsors;
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

    [SkippableTheory, MemberData(nameof(Databases))]
    public async Task Schema_BeforeClosedMonthsAndForwardAgain_TakesPostingsAndGuardsThem(DatabaseProvider provider)
    {
        await using var market = await TestMarket.StartAsync(provider);
        var book = await market.OpenBookAsync();
        var posting = new Posting(AccountCode.Issue("task"), AccountCode.Member("G0001"), Asset.Points, 5);
        Assert.Equal(PostOutcome.Posted, (await market.PostAsync(market.Request(book, "a", posting))).Outcome);

        await ToAsync(market, "Funds");
        // A trigger that was left behind would ask for a column that is gone.
        Assert.Equal("append-only", await RefusedAsync(market, """DELETE FROM "LedgerEntries" """));
        await ExecuteAsync(market, """UPDATE "LedgerBooks" SET "Accounts" = "Accounts" """);
        await ExecuteAsync(market, InsertTransaction);

        await MarketSchema.MigrateAsync(market.Contexts);
        Assert.Equal(SchemaState.Current, await MarketSchema.StateAsync(market.Contexts));
        await ExecuteAsync(market, """UPDATE "LedgerBooks" SET "Sequence" = 2, "ClosedBefore" = 1000 """);
        Assert.Equal("closed", await RefusedAsync(market, InsertTransaction.Replace("2, 'b'", "3, 'c'", StringComparison.Ordinal)));
    }

    [SkippableTheory, MemberData(nameof(Databases))]
    public async Task Schema_FromBeforeSecondSignatures_GivesLinesTheirValueAndOpensWhatWasTakenBack(DatabaseProvider provider)
    {
        await using var market = await TestMarket.StartAsync(provider);
        var station = await TestStation.BuildAsync(market);
        var (by, today) = (Actor.User(1), PointsMarket.Areas.StationTime.Day(market.Clock.GetUtcNow().UtcDateTime));
        var soap = await market.ReadAsync(db => db.Goods.SingleAsync(g => g.Sku == "SOAP"));
        var firm = Assert.IsType<SaveSponsor.Saved>(await market.Get<SaveSponsor>().ExecuteAsync(new() { Code = "S01", Name = "日化厂", Actor = by })).SponsorId;
        var pledge = Assert.IsType<PledgeMade.Done>(await market.Get<MakePledge>().ExecuteAsync(new()
        {
            Key = Guid.NewGuid(), SponsorId = firm, OutletId = station.Outlet.Id, GoodsId = soap.Id, Words = null, Quantity = 4, ValueFen = null, Day = today, Actor = by,
        })).Reference;
        await market.Get<DecidePledge>().ExecuteAsync(new() { Reference = pledge, Accept = true, Actor = by, AreaPath = "STA/" });
        await market.Get<AnnounceDelivery>().ExecuteAsync(new() { Key = Guid.NewGuid(), Pledge = pledge, SponsorId = firm, OutletId = station.Outlet.Id, Day = today, Lines = [new(soap.Id, 4)], Actor = by });
        await market.Get<CountIn>().ExecuteAsync(new()
        {
            Reference = "D1", Date = today, SponsorId = firm, OutletId = station.Outlet.Id, AnnouncementId = await market.ReadAsync(db => db.Announcements.Select(a => a.Id).SingleAsync()), Lines = [new() { GoodsId = soap.Id, Accepted = 4 }], Actor = by, AreaPath = "STA/",
        });
        var sequence = (await market.ReadAsync(db => db.SequenceOfAsync(station.BookId, "delivery:D1")))!.Value;
        await market.Get<TakeBackDelivery>().AskAsync(new() { BookId = station.BookId, Sequence = sequence, Reason = "数错了", Actor = by, AreaPath = "STA/" });
        Assert.Equal(SignatureOutcome.Done, await market.AnswerAsync("D1", 2));

        await ToAsync(market, "MoneyBack");
        await ExecuteAsync(market, """UPDATE "Announcements" SET "State" = 'CountedIn', "DeliveryId" = (SELECT "Id" FROM "Deliveries") """); // as it stayed then
        await ExecuteAsync(market, """UPDATE "Pledges" SET "State" = 'Delivered' """);
        await MarketSchema.MigrateAsync(market.Contexts);

        Assert.Equal((AnnouncementState.Announced, PledgeState.Accepted), (await market.ReadAsync(db => db.Announcements.Where(a => a.DeliveryId == null).Select(a => a.State).SingleAsync()), await market.ReadAsync(db => db.Pledges.Select(p => p.State).SingleAsync())));
        Assert.Equal(soap.ValueFen, await market.ReadAsync(db => db.DeliveryLines.Select(l => l.ValueFen).SingleAsync()));
    }

    private const string InsertTransaction = """
        INSERT INTO "LedgerTransactions" ("BookId", "Sequence", "Key", "Kind", "Subject", "HappenedAt", "RecordedAt", "Actor", "ContentHash", "Hash")
        SELECT "BookId", 2, 'b', "Kind", "Subject", 5, "RecordedAt", "Actor", "ContentHash", "Hash" FROM "LedgerTransactions" WHERE "Sequence" = 1
        """;

    /// <summary>Migrates to the migration of this name, down or up.</summary>
    private static async Task ToAsync(TestMarket market, string name)
    {
        SqliteConnection? own = null;
        if (market.Storage.Provider == DatabaseProvider.Sqlite)
        {
            own = new SqliteConnection(market.Storage.Effective + ";Pooling=False");
            await own.OpenAsync();
        }
        await using var db = own is null ? market.Contexts.Read() : market.Contexts.On(own)();
        await db.GetService<IMigrator>().MigrateAsync(db.Database.GetMigrations().Single(m => m.EndsWith("_" + name, StringComparison.Ordinal)));
        if (own is not null) await own.DisposeAsync();
    }

    private static Task<int> ExecuteAsync(TestMarket market, string statement) => market.Writes.RunAsync(db => db.Database.ExecuteSqlRawAsync(statement));

    /// <summary>The words by which the database refuses.</summary>
    private static async Task<string> RefusedAsync(TestMarket market, string statement)
    {
        var refused = await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() => ExecuteAsync(market, statement));
        return refused.Message.Contains("append-only", StringComparison.Ordinal) ? "append-only" : refused.Message.Contains("the month is closed", StringComparison.Ordinal) ? "closed" : refused.Message;
    }

    /// <summary>A context that needs no database.</summary>
    internal static MarketDb Design(DatabaseProvider provider) => provider switch
    {
        DatabaseProvider.Sqlite => new SqliteDesignTime().CreateDbContext([]),
        DatabaseProvider.Postgres => new PostgresDesignTime().CreateDbContext([]),
        _ => new SqlServerDesignTime().CreateDbContext([]),
    };
}
