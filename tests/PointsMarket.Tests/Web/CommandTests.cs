using System.Text;
using Microsoft.Data.Sqlite;
using PointsMarket.Data;
using PointsMarket.Tests.Import;
using PointsMarket.Web.Commands;

namespace PointsMarket.Tests.Web;

/// <summary>The commands as they are typed, on a database file of their own: exit code, standard output, standard error.</summary>
public sealed class CommandTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("pointsmarket-command-").FullName;

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Balances_AfterImportOfXinggu_EqualTheExpectedFileToTheByte()
    {
        var (imported, said, progress) = await RunAsync("import", Xinggu.Folder);
        Assert.Equal(0, imported);
        Assert.Contains("导入完成：新增 2600 行，不变 0 行。", said, StringComparison.Ordinal);
        Assert.Contains("redemptions.csv", progress, StringComparison.Ordinal);
        Assert.Contains("bank-2026-09.csv", progress, StringComparison.Ordinal);

        Assert.Equal((0, Xinggu.Expected("balances.csv")), (await RunAsync("balances", "--csv")).Result());
        Assert.Equal(0, (await RunAsync("verify")).Code);

        var (again, twice, _) = await RunAsync("import", Xinggu.Folder);
        Assert.Equal(0, again);
        Assert.Contains("新增 0 行，不变 2600 行", twice, StringComparison.Ordinal);
        Assert.Equal((0, Xinggu.Expected("balances.csv")), (await RunAsync("balances", "--csv")).Result());
    }

    [Fact]
    public async Task Assess_Xinggu_EqualsTheExpectedFileToTheByteEveryTime()
    {
        await RunAsync("import", Xinggu.Folder);
        for (var i = 0; i < 2; i++) Assert.Equal((0, Xinggu.Expected("assessment-2026-09.csv")), (await RunAsync("assess", "2026-09", "--csv")).Result());
        Assert.Equal(1, (await RunAsync("assess", "2099-01", "--csv")).Code);
        Assert.Contains("192", (await RunAsync("assess", "2026-09")).Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reconcile_Xinggu_EqualsTheExpectedJsonInMeaningAndOrder()
    {
        await RunAsync("import", Xinggu.Folder);
        string[] files = ["--bank", Path.Combine(Xinggu.Folder, "bank-2026-09.csv"), "--stocktake", Path.Combine(Xinggu.Folder, "stocktake-2026-09.csv")];
        for (var i = 0; i < 2; i++)
        {
            var (code, said, _) = await RunAsync(["reconcile", "2026-09", "--json", .. files]);
            Assert.Equal((0, Xinggu.Expected("reconciliation-2026-09.json").Trim()), (code, said.Trim()));
        }
        Assert.Contains("积分保障率", (await RunAsync(["reconcile", "2026-09", .. files])).Out, StringComparison.Ordinal);

        var (other, nothing, error) = await RunAsync(["reconcile", "2026-08", "--json", .. files]);
        Assert.Equal((1, ""), (other, nothing));
        Assert.Contains("不是 2026-08 的", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Import_BadFile_NamesFileRowAndReasonAndExitsWithOne()
    {
        var file = Path.Combine(folder, "sponsors.csv");
        await File.WriteAllTextAsync(file, "code,name\nS01,好\nS02,=1+1\nS 3,坏\n");

        var (code, said, _) = await RunAsync("import", file);

        Assert.Equal(1, code);
        Assert.Contains("sponsors.csv 第 3 行 name", said, StringComparison.Ordinal);
        Assert.Contains("sponsors.csv 第 4 行 code", said, StringComparison.Ordinal);
        Assert.Contains("没有改动任何东西", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task DemoLoad_EmptyThenAgainThenOtherData_SaysWhich()
    {
        Assert.Contains("装好了", (await RunAsync("demo", "load")).Out, StringComparison.Ordinal);
        Assert.Equal(0, (await RunAsync("verify")).Code);
        var (again, said, _) = await RunAsync("demo", "load");
        Assert.Equal(0, again);
        Assert.Contains("已经在里面", said, StringComparison.Ordinal);

        var other = $"--ConnectionStrings:Market=Data Source={Path.Combine(folder, "other.db")}";
        await RunAsync(other, "import", Xinggu.Folder);
        var (code, nothing, error) = await RunAsync(other, "demo", "load");
        Assert.Equal((1, ""), (code, nothing));
        Assert.Contains("空的数据库", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Import_Preview_ChangesNothing()
    {
        Assert.Equal(0, (await RunAsync("import", "--preview", Xinggu.Folder)).Code);
        Assert.Equal((0, "member,points\n"), (await RunAsync("balances", "--csv")).Result());
    }

    [Fact]
    public async Task Import_Cancelled_SaysSoAndExitsWithOne()
    {
        using var stop = new CancellationTokenSource();
        await RunAsync("migrate");
        await stop.CancelAsync();
        var (code, _, error) = await RunAsync(stop.Token, "import", Xinggu.Folder);
        Assert.Equal(1, code);
        Assert.Contains("已取消", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("import")]
    [InlineData("import", "a", "b")]
    [InlineData("import", "/nowhere/at/all.csv")]
    [InlineData("assess", "September")]
    [InlineData("reconcile", "2026-09", "--bank", "/nowhere.csv", "--stocktake", "/nowhere.csv")]
    [InlineData("balances", "--xml")]
    [InlineData("balances", "extra")]
    [InlineData("admin")]
    [InlineData("admin", "create")]
    [InlineData("verify", "--Database:Provider=Oracle")]
    public async Task Command_WrongUsage_ExitsWithTwoAndWritesNoResult(params string[] args)
    {
        var (code, said, error) = await RunAsync(args);
        Assert.Equal((2, ""), (code, said));
        Assert.NotEmpty(error);
    }

    [Theory]
    [InlineData("en_US.UTF-8", "Usage:")]
    [InlineData("zh_CN.UTF-8", "用法：")]
    [InlineData("C.UTF-8", "用法：")]
    [InlineData(null, "用法：")]
    public async Task Help_InTheLanguageOfTheEnvironment_ListsTheCommands(string? lang, string expected)
    {
        using var output = new MemoryStream();
        using var error = new StringWriter();
        Assert.Equal(0, await CommandLine.RunAsync(["--help"], output, error, name => name == "LANG" ? lang : null, default));
        var said = Encoding.UTF8.GetString(output.ToArray());
        Assert.StartsWith(expected, said, StringComparison.Ordinal);
        Assert.All((string[])["import PATH", "assess YYYY-MM", "reconcile YYYY-MM", "balances", "verify", "migrate", "admin create", "demo load"], c => Assert.Contains(c, said, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Migrate_EmptyThenCurrentThenNewer_SaysWhich()
    {
        Assert.Contains("已经建好", (await RunAsync("migrate")).Out, StringComparison.Ordinal);
        Assert.Contains("不用升级", (await RunAsync("migrate")).Out, StringComparison.Ordinal);

        await using (var connection = new SqliteConnection($"Data Source={Database}"))
        {
            await connection.OpenAsync();
            await using var command = connection.CreateCommand();
            command.CommandText = """INSERT INTO "__EFMigrationsHistory" VALUES ('29990101000000_Later', '99.0')""";
            await command.ExecuteNonQueryAsync();
        }
        foreach (var args in (string[][])[["migrate"], ["balances"], ["import", Xinggu.Folder], ["verify"]])
        {
            var (code, said, error) = await RunAsync(args);
            Assert.Equal((1, ""), (code, said));
            Assert.Contains("更新版本", error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Verify_ChangedBalance_ExitsWithOneAndNamesIt()
    {
        await RunAsync("import", Xinggu.Folder);
        await using (var connection = new SqliteConnection($"Data Source={Database}"))
        {
            await connection.OpenAsync();
            await using var command = connection.CreateCommand();
            command.CommandText = """UPDATE "LedgerAccounts" SET "Balance" = "Balance" + 1, "Version" = "Version" + 1 WHERE "Code" = 'member:G0001'""";
            Assert.Equal(1, await command.ExecuteNonQueryAsync());
        }
        var (code, said, _) = await RunAsync("verify");
        Assert.Equal(1, code);
        Assert.Contains("member:G0001", said, StringComparison.Ordinal);

        var (json, text, _) = await RunAsync("verify", "--json");
        Assert.Equal(1, json);
        Assert.False(System.Text.Json.JsonDocument.Parse(text).RootElement.GetProperty("clean").GetBoolean());
    }

    private string Database => Path.Combine(folder, "market.db");

    private Task<Ran> RunAsync(params string[] args) => RunAsync(CancellationToken.None, args);

    private async Task<Ran> RunAsync(CancellationToken ct, params string[] args)
    {
        using var output = new MemoryStream();
        await using var error = new StringWriter();
        var code = await CommandLine.RunAsync(
            [.. args, .. args.Any(a => a.StartsWith("--ConnectionStrings", StringComparison.Ordinal)) ? [] : (string[])[$"--ConnectionStrings:Market=Data Source={Database}"], $"--Ledger:Checkpoints={Path.Combine(folder, "checkpoints.jsonl")}"], output, error, _ => null, ct);
        return new Ran(code, Encoding.UTF8.GetString(output.ToArray()), error.ToString());
    }

    private sealed record Ran(int Code, string Out, string Error)
    {
        public (int, string) Result() => (Code, Out);
    }
}
