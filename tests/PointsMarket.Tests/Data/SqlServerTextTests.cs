using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using PointsMarket.Data;
using PointsMarket.Ledger;
using PointsMarket.Market;
using PointsMarket.Tests.House;
using PointsMarket.Tests.Kit;
using PointsMarket.Tests.Web;

namespace PointsMarket.Tests.Data;

/// <summary>
/// What SQL Server would be sent, as text: the whole schema against a committed script, and every statement that we wrote by
/// hand, all read by an independent parser. The script is written anew with POINTSMARKET_WRITE_GOLDEN=1 (scripts/add-migration does).
/// </summary>
public sealed partial class SqlServerTextTests
{
    private static readonly string Golden = Path.Combine(Repository.Root, "tests", "PointsMarket.Tests", "Data", "Golden", "sqlserver.sql");

    /// <summary>
    /// The files of the library that carry SQL of their own; what they send is parsed below. Backups' is for SQLite alone, and the
    /// copier's is INSERT and SELECT over the model's names.
    /// </summary>
    private static readonly string[] HandWritten =
        ["Assessments/AssessmentInputs.cs", "Backups/BackUp.cs", "Backups/RestoreBackup.cs", "Backups/UnpackedBackup.cs", "Copying/TableCopy.cs", "Data/ServerDoor.cs", "Data/SqlitePragmas.cs", "Ledger/Journal.cs", "Ledger/LedgerSql.cs", "Ledger/LedgerTriggers.cs", "Ledger/LedgerVerifier.cs", "Tasks/VerifyReports.cs"];

    [Fact]
    public void Script_OfAllMigrations_IsTheGoldenOne()
    {
        var script = Script();
        if (Environment.GetEnvironmentVariable("POINTSMARKET_WRITE_GOLDEN") is { Length: > 0 }) File.WriteAllText(Golden, script);

        Assert.True(script == Lines(File.ReadAllText(Golden)), $"The migrations give another script: see the difference with POINTSMARKET_WRITE_GOLDEN=1 and git diff {Path.GetFileName(Golden)}.");
    }

    [SkippableFact]
    public async Task Script_OfAllMigrations_IsTSqlToAnIndependentParser()
    {
        var script = Script();

        Assert.Empty(await TSqlParser.ParseAsync(new Dictionary<string, string> { ["script"] = script }));
        foreach (var part in (string[])["CREATE TRIGGER [LedgerTransactions_Keep]", "CREATE TRIGGER [LedgerEntries_Keep]", "CREATE TRIGGER [LedgerAccounts_Keep]", "INSTEAD OF UPDATE, DELETE"])
            Assert.Contains(part, script, StringComparison.Ordinal);
    }

    /// <summary>The negative control: each of these slips is one that our own script could have.</summary>
    [SkippableFact]
    public async Task Parser_BrokenTSql_NamesEveryFault()
    {
        var script = Script();
        string Statement(string part) => script.Split("\n\n").Single(s => s.Contains(part, StringComparison.Ordinal)); // all of it would take the parser half a minute
        var broken = new Dictionary<string, string>
        {
            ["word"] = Statement("CREATE TRIGGER [LedgerEntries_Keep]").Replace("CREATE TRIGGER [LedgerEntries_Keep]", "CREATE TRIGER [LedgerEntries_Keep]", StringComparison.Ordinal),
            ["bracket"] = Statement("CREATE TABLE [LedgerBooks] (").Replace("[LedgerBooks] (", "[LedgerBooks] ((", StringComparison.Ordinal),
            ["postgres"] = """SELECT "Code" FROM "LedgerBooks" WHERE "Id" = @p0 FOR UPDATE""",
            ["conflict"] = """INSERT INTO "WriteReceipts" ("Id", "At") VALUES (@p0, @p1) ON CONFLICT DO NOTHING""",
            ["limit"] = "SELECT [Id] FROM [Members] LIMIT 1",
            ["hint"] = "SELECT [Id] FROM [LedgerBooks] WITH (UPDLOCK ROWLOCK, WHERE [Id] = 1",
        };

        var errors = await TSqlParser.ParseAsync(broken);

        Assert.Equal(broken.Keys.Order(), errors.Select(e => e.Name).Distinct().Order());
    }

    [Fact]
    public void Sources_WithSqlOfTheirOwn_AreTheListedOnes()
    {
        var library = Path.Combine(Repository.Root, "src", "PointsMarket");
        var found = ArchitectureTests.Sources(library).Concat(ArchitectureTests.Sources(Repository.Web))
            .Where(f => RawSql().IsMatch(File.ReadAllText(f))).Select(f => Path.GetRelativePath(library, f).Replace('\\', '/'));

        Assert.Equal(HandWritten.Order(StringComparer.Ordinal), found.Order(StringComparer.Ordinal));
    }

    [SkippableFact]
    public async Task Statements_WrittenByHand_AreTSql()
    {
        var texts = Constants();
        Assert.True(texts.Count >= 9, string.Join(' ', texts.Keys));
        foreach (var (number, text) in (await SentAsync()).Index()) texts[$"wire {number}"] = text;
        Assert.Contains(texts.Values, t => t.Contains("""FROM "LedgerBooks" WITH (UPDLOCK, ROWLOCK)""", StringComparison.Ordinal));
        Assert.Contains(texts.Values, t => t.StartsWith("INSERT INTO [WriteReceipts] ([Id], [At]) VALUES (@p0, @p1)", StringComparison.Ordinal));
        Assert.Contains("SELECT 1", texts.Values);

        Assert.Empty(await TSqlParser.ParseAsync(texts));
    }

    [SkippableFact]
    public async Task Queries_OfTheWritePath_AreTSql()
    {
        using var db = MigrationTests.Design(DatabaseProvider.SqlServer);
        var (session, key, since) = (Guid.NewGuid(), Guid.NewGuid(), DateTime.UnixEpoch);
        var slip =
            from r in db.Redemptions
            from s in db.KioskSessions
            where s.Id == session && r.BasketKey == key && r.MemberId == s.MemberId && r.VoucherId == s.VoucherId
            select (int?)r.Id;
        var taken =
            from r in db.Redemptions
            where r.MemberId == 1 && r.HappenedAt >= since && (r.State == RedemptionState.Held || r.State == RedemptionState.HandedOver)
            from l in r.Lines
            group l.Quantity by l.GoodsId into g
            select new { g.Key, Sum = g.Sum() };
        var texts = new Dictionary<string, string>
        {
            ["session"] = db.KioskSessions.Include(s => s.Member).Include(s => s.Device.Outlet.Area).Where(s => s.Id == session).ToQueryString(),
            ["slip"] = slip.ToQueryString(),
            ["taken"] = taken.ToQueryString(),
            ["redemption"] = db.Redemptions.Include(x => x.Lines).ThenInclude(l => l.Goods).Include(x => x.Outlet.Area).Where(x => x.Id == 1 && x.Outlet.Area.Path.StartsWith("STA/")).ToQueryString(),
            ["raw"] = db.LedgerBooks.FromSqlRaw("""SELECT * FROM "LedgerBooks" WITH (UPDLOCK, ROWLOCK)""").Where(b => b.Id == 1).ToQueryString(),
        };

        Assert.Contains("[BasketKey] = @", texts["slip"], StringComparison.Ordinal);
        Assert.Contains("GROUP BY", texts["taken"], StringComparison.Ordinal);
        Assert.Empty(await TSqlParser.ParseAsync(texts));
    }

    private static string Script()
    {
        using var db = MigrationTests.Design(DatabaseProvider.SqlServer);
        return Lines(db.GetService<IMigrator>().GenerateScript());
    }

    private static string Lines(string text) => text.Replace("\r\n", "\n", StringComparison.Ordinal).TrimStart('\uFEFF');

    /// <summary>Every constant of the library that is a statement for all databases.</summary>
    private static Dictionary<string, string> Constants() => (
        from type in typeof(MarketDb).Assembly.GetTypes()
        from field in type.GetFields(BindingFlags.Static | BindingFlags.NonPublic | BindingFlags.Public | BindingFlags.DeclaredOnly)
        where field.IsLiteral && field.FieldType == typeof(string)
        let text = (string)field.GetRawConstantValue()!
        where Statement().IsMatch(text)
        select (Name: $"{type.Name}.{field.Name}", text)).ToDictionary(x => x.Name, x => x.text);

    /// <summary>What a posting sends through the real driver, first try and second.</summary>
    private static async Task<List<string>> SentAsync()
    {
        var victims = 0;
        using var stub = new TdsStub(r =>
            r.Text.Contains("UPDLOCK", StringComparison.Ordinal)
                ? victims++ == 0 ? TdsAnswer.Deadlock : new TdsAnswer(Row: [("Code", "STA"), ("Sequence", 7L), ("Accounts", 4), ("Head", new byte[32]), ("ClosedBefore", 0L)])
                : r.Text.StartsWith("SELECT", StringComparison.Ordinal) ? new TdsAnswer() : new TdsAnswer(Affected: 1));
        await using var door = new MarketWrites(new MarketContexts(new MarketStorage { Provider = DatabaseProvider.SqlServer, ConnectionString = stub.ConnectionString }), TimeProvider.System);
        foreach (var key in (string[])["tried twice", "tried once"])
        {
            await door.RunAsync(db => new Journal(TimeProvider.System).PostAsync(db, new TransactionRequest
            {
                BookId = 1, Key = key, Kind = TransactionKinds.TaskReward, Subject = "R1", HappenedAt = DateTime.UnixEpoch, Actor = Actor.User(7), Related = new RelatedTo(Relation.Ends, 3),
                Postings = [new Posting(AccountCode.Issue("task"), AccountCode.Member("G0001"), Asset.Points, 20)],
            }));
        }
        return [.. stub.Requests.Select(r => r.Text).Where(t => t is not ("BEGIN" or "COMMIT" or "ROLLBACK")).Distinct()];
    }

    [GeneratedRegex("""FromSql|ExecuteSql|SqlQuery|CommandText|FOR UPDATE|UPDLOCK|CREATE TRIGGER|PRAGMA """)]
    private static partial Regex RawSql();

    [GeneratedRegex("""^\s*(SELECT|INSERT|UPDATE|DELETE) """)]
    private static partial Regex Statement();
}
