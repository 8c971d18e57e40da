using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using PointsMarket.Data;
using PointsMarket.Tests.Web;

namespace PointsMarket.Tests.House;

/// <summary>The direction of DESIGN 9, read from the source: what a folder's files name in their usings is what it knows.</summary>
public sealed partial class ArchitectureTests
{
    private static readonly string Library = Path.Combine(Repository.Root, "src", "PointsMarket");
    private static readonly string Web = Path.Combine(Repository.Root, "src", "PointsMarket.Web");

    /// <summary>
    /// Feature → the features whose operations or tables it uses. Ledger knows none; Data and Accounts name everybody's tables;
    /// Import and Demo fill them. A new line here is a decision: write it down because the design needs it, not the day.
    /// </summary>
    private static readonly Dictionary<string, string[]> Knows = new(StringComparer.Ordinal)
    {
        ["Ledger"] = [],
        ["Areas"] = ["Data", "Ledger"],
        ["Duties"] = ["Areas", "Data", "Ledger", "Members", "Notices", "Tasks"],
        ["Cases"] = ["Accounts", "Areas", "Data", "Funding", "Ledger", "Members", "Notices", "Reconciliations", "Routing", "Settings", "Tasks"],
        ["Tasks"] = ["Areas", "Data", "Ledger", "Members", "Notices", "Routing"],
        ["Rules"] = ["Accounts", "Areas", "Data", "Ledger", "Members", "Notices", "Proposals", "Routing", "Tasks"],
        ["Routing"] = ["Accounts", "Areas", "Data", "Ledger", "Members", "Notices"],
        ["Loops"] = ["Accounts", "Areas", "Data", "Ledger", "Members", "Notices", "Settings", "Tasks"],
        ["Members"] = ["Areas", "Data", "Ledger", "Sealing"],
        ["Market"] = ["Areas", "Data", "Ledger", "Members", "Sealing", "Settings"],
        ["Sponsors"] = ["Accounts", "Areas", "Data", "Ledger", "Market", "Notices", "Tasks"],
        ["Stock"] = ["Accounts", "Areas", "Data", "Import", "Ledger", "Market", "Notices", "Settings", "Sponsors"],
        ["Funding"] = ["Accounts", "Areas", "Data", "Ledger", "Members", "Notices", "Proposals", "Settings", "Tasks"],
        ["Assessments"] = ["Accounts", "Areas", "Data", "Ledger", "Members", "Notices", "Settings", "Tasks"],
        ["Meetings"] = ["Accounts", "Areas", "Data", "Ledger", "Members", "Notices"],
        ["Effects"] = ["Areas", "Cases", "Data", "Import", "Ledger", "Loops", "Market", "Reconciliations", "Tasks"],
        ["Reconciliations"] = ["Accounts", "Areas", "Data", "Funding", "Import", "Ledger", "Market", "Settings", "Stock"],
        ["Auditing"] = ["Areas", "Data", "Ledger", "Reconciliations"],
        ["Awards"] = ["Accounts", "Areas", "Assessments", "Data", "Funding", "Ledger", "Members", "Notices", "Settings", "Sponsors"],
        ["Notices"] = ["Accounts", "Areas", "Data", "Ledger", "Members"],
        ["Copying"] = ["Data", "Ledger"],
        ["Backups"] = ["Areas", "Copying", "Data", "Jobs", "Ledger"],
        ["Jobs"] = ["Accounts", "Areas", "Data", "Ledger", "Notices", "Reconciliations"],
        ["Sealing"] = ["Data"],
        ["Unsealing"] = ["Accounts", "Data", "Ledger", "Members", "Notices", "Sealing"],
        ["Tips"] = ["Accounts", "Areas", "Data", "Ledger", "Market", "Members", "Notices", "Sealing", "Settings", "Tasks"],
        ["Accounts"] = ["Areas", "Data", "Ledger", "Members", "Sponsors"],
        ["Proposals"] = ["Data", "Ledger", "Notices"],
        ["Settings"] = ["Accounts", "Areas", "Data", "Ledger", "Notices", "Proposals"],
    };

    [Fact]
    public void Library_Features_KnowOnlyWhatTheListAllows()
    {
        var wrong =
            from file in Sources(Library)
            let feature = Path.GetRelativePath(Library, file).Split(Path.DirectorySeparatorChar)[0]
            where Knows.ContainsKey(feature)
            from Match use in UsingOwn().Matches(File.ReadAllText(file))
            let other = use.Groups[1].Value
            where other != feature && !Knows[feature].Contains(other)
            select $"{Path.GetRelativePath(Library, file)} uses {other}";
        Assert.Empty(wrong);
    }

    [Fact]
    public void Library_References_KnowNoHttp()
    {
        // Data protection and Identity's hasher are not HTTP; anything else of ASP.NET Core is.
        var wrong =
            from file in Sources(Library)
            from Match use in Regex.Matches(File.ReadAllText(file), @"using (Microsoft\.AspNetCore\.[\w.]+);")
            let name = use.Groups[1].Value
            where !name.StartsWith("Microsoft.AspNetCore.Identity", StringComparison.Ordinal) && !name.StartsWith("Microsoft.AspNetCore.DataProtection", StringComparison.Ordinal)
            select $"{Path.GetRelativePath(Library, file)} uses {name}";
        Assert.Empty(wrong);
    }

    [Fact]
    public void Library_Things_ArePostedThroughTheirLots()
    {
        // Whoever names a place of things posts by LotBook; the journal alone would leave pieces without a lot.
        var wrong = from file in Sources(Library)
                    let text = File.ReadAllText(file)
                    where Regex.IsMatch(text, @"new Posting\([^;]*AccountCode\.(Shelf|Reserved|Transit|HandedOut|WrittenOff|Found)\b", RegexOptions.Singleline) && Regex.IsMatch(text, @"\bjournal\.PostAsync")
                    select Path.GetRelativePath(Library, file);
        Assert.Empty(wrong);
    }

    [Fact]
    public void Web_Sources_NeverSave() =>
        Assert.Empty(Naming(Web, @"\.SaveChanges(Async)?\(|ExecuteUpdateAsync|ExecuteDeleteAsync|ExecuteSql(Raw)?Async"));

    [Fact]
    public void Sources_Clock_IsTheTimeProvider() =>
        Assert.Empty(Naming(Library, @"\bDateTime(Offset)?\.(Utc)?(Now|Today)\b|Thread\.Sleep").Concat(Naming(Web, @"\bDateTime(Offset)?\.(Utc)?(Now|Today)\b|Thread\.Sleep")));

    [Fact]
    public void Sources_Names_SayWhatAThingIs()
    {
        var types = typeof(MarketDb).Assembly.GetTypes().Concat(typeof(Program).Assembly.GetTypes()).Where(t => t.Namespace?.StartsWith("PointsMarket", StringComparison.Ordinal) == true && !t.Name.Contains('<'));
        Assert.Empty(types.Where(t => Regex.IsMatch(t.Name, "(Manager|(?<!Tag)Helper|Common|Dto|Utils?|Repository)$")).Select(t => t.FullName));
    }

    [Fact]
    public void Sources_Interfaces_HaveMoreThanOneImplementation()
    {
        var types = typeof(MarketDb).Assembly.GetTypes().Concat(typeof(Program).Assembly.GetTypes()).ToList();
        Assert.Empty(types.Where(t => t.IsInterface && t.Namespace?.StartsWith("PointsMarket", StringComparison.Ordinal) == true && types.Count(x => x.IsClass && x.IsAssignableTo(t)) < 2).Select(t => t.FullName));
    }

    public static TheoryData<DatabaseProvider> Providers => [DatabaseProvider.Sqlite, DatabaseProvider.Postgres, DatabaseProvider.SqlServer];

    [Theory, MemberData(nameof(Providers))]
    public void Model_OnEveryProvider_HasNoPendingChange(DatabaseProvider provider)
    {
        using DbContext db = provider switch
        {
            DatabaseProvider.Sqlite => new SqliteDesignTime().CreateDbContext([]),
            DatabaseProvider.Postgres => new PostgresDesignTime().CreateDbContext([]),
            _ => new SqlServerDesignTime().CreateDbContext([]),
        };
        Assert.False(db.Database.HasPendingModelChanges());
    }

    private static IEnumerable<string> Naming(string root, string pattern) =>
        from file in Sources(root)
        from line in File.ReadLines(file).Select((text, i) => (text, number: i + 1))
        where Regex.IsMatch(line.text, pattern) && !line.text.TrimStart().StartsWith("//", StringComparison.Ordinal)
        select $"{Path.GetRelativePath(Repository.Root, file)}:{line.number}: {line.text.Trim()}";

    internal static IEnumerable<string> Sources(string root) =>
        Directory.EnumerateFiles(root, "*.*", SearchOption.AllDirectories)
            .Where(f => f.EndsWith(".cs", StringComparison.Ordinal) || f.EndsWith(".cshtml", StringComparison.Ordinal))
            .Where(f => !Regex.IsMatch(f, @"[\\/](bin|obj|Migrations)[\\/]"));

    [GeneratedRegex(@"using (?:static )?PointsMarket\.(\w+)")]
    private static partial Regex UsingOwn();
}
