using System.Text;
using Microsoft.Data.Sqlite;
using PointsMarket.Data;
using PointsMarket.Tests.Kit;
using PointsMarket.Web.Commands;

namespace PointsMarket.Tests.Backups;

/// <summary>The three commands as they are typed: backup, restore, copy-to.</summary>
public sealed class BackupCommandTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("pointsmarket-command-").FullName;

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        Directory.Delete(folder, recursive: true);
    }

    [SkippableFact]
    public async Task Commands_FromBackupToAnotherDatabase_SayWhatTheyDidAndRefuseInWords()
    {
        Assert.Equal(0, (await RunAsync("one", "demo", "load")).Code);
        var backup = Path.Combine(folder, "night.zip");
        var (code, said, error) = await RunAsync("one", "backup", backup);
        Assert.Equal(0, code);
        Assert.Contains("已备份到", said, StringComparison.Ordinal);
        Assert.Contains("不在备份里", error, StringComparison.Ordinal);

        using (DatabaseUse.Share(new MarketStorage { ConnectionString = $"Data Source={File("two")}" }))
        {
            (code, _, error) = await RunAsync("two", "restore", backup);
            Assert.Equal(1, code);
            Assert.Contains("先停掉", error, StringComparison.Ordinal);
        }
        (code, said, _) = await RunAsync("two", "restore", backup);
        Assert.Equal(0, code);
        Assert.Contains("已恢复到", said, StringComparison.Ordinal);
        Assert.Equal((await RunAsync("one", "balances", "--csv")).Out, (await RunAsync("two", "balances", "--csv")).Out);
        Assert.Equal(0, (await RunAsync("two", "verify")).Code);
        (code, said, _) = await RunAsync("two", "restore", backup);
        Assert.Equal(0, code);
        Assert.Contains("before-restore", said, StringComparison.Ordinal);

        await using var server = await TestDatabase.CreateAsync(DatabaseProvider.Postgres);
        (code, said, error) = await RunAsync("two", "copy-to", "postgres", $"--ConnectionStrings:Target={server.Storage.ConnectionString}");
        Assert.True(code == 0, error);
        Assert.Contains("两边核验都通过", said, StringComparison.Ordinal);
        Assert.Contains("Photos:Folder=", said, StringComparison.Ordinal);
        (code, _, error) = await RunAsync("two", "copy-to", "postgres", $"--ConnectionStrings:Target={server.Storage.ConnectionString}");
        Assert.Equal(1, code);
        Assert.Contains("不是空的", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2, "没有这个文件", "restore", "none.zip")]
    [InlineData(2, "请写明复制到哪种数据库", "copy-to", "Oracle")]
    [InlineData(2, "请写明复制到哪种数据库", "copy-to", "Postgres")]
    [InlineData(2, "用法", "backup")]
    [InlineData(2, "用法", "restore", "a", "b")]
    public async Task Commands_UsedWrongly_SaySo(int expected, string words, params string[] args)
    {
        var (code, said, error) = await RunAsync("one", args);
        Assert.Equal((expected, ""), (code, said));
        Assert.Contains(words, error, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(folder, "*.db"));
    }

    private string File(string name) => Path.Combine(folder, name + ".db");

    private async Task<(int Code, string Out, string Error)> RunAsync(string name, params string[] args)
    {
        using var output = new MemoryStream();
        await using var error = new StringWriter();
        var code = await CommandLine.RunAsync(
            [.. args, $"--ConnectionStrings:Market=Data Source={File(name)}", $"--Ledger:Checkpoints={Path.Combine(folder, name + ".checkpoints")}", $"--Photos:Folder={Path.Combine(folder, name + ".photos")}", $"--Seal:KeyFile={Path.Combine(folder, "seal.key")}"],
            output, error, _ => null, CancellationToken.None);
        return (code, Encoding.UTF8.GetString(output.ToArray()), error.ToString());
    }
}
