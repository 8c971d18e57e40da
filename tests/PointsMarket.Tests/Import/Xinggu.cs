using System.Text;
using Microsoft.EntityFrameworkCore;
using PointsMarket.Import;
using PointsMarket.Ledger;
using PointsMarket.Members;
using PointsMarket.Tests.Kit;

namespace PointsMarket.Tests.Import;

/// <summary>The acceptance files, and small changes to them.</summary>
internal static class Xinggu
{
    public static string Folder { get; } = Path.Combine(AppContext.BaseDirectory, "Data", "xinggu");

    public static IReadOnlyList<ImportSource> Sources => ImportSource.FromPath(Folder, out _);

    public static string Text(string file) => File.ReadAllText(Path.Combine(Folder, file));

    public static string Expected(string file) => Text(Path.Combine("expected", file));

    public static ImportSource Source(string name, string text) => Source(name, Encoding.UTF8.GetBytes(text));

    public static ImportSource Source(string name, byte[] bytes) => new(name, () => new MemoryStream(bytes));

    /// <summary>All files, this one with another text.</summary>
    public static IReadOnlyList<ImportSource> With(string file, string text) => With(file, Encoding.UTF8.GetBytes(text));

    public static IReadOnlyList<ImportSource> With(string file, byte[] bytes) => [.. Sources.Select(s => s.Name == file ? Source(file, bytes) : s)];

    public static Task<ImportOutcome> ImportAsync(this TestMarket market, IReadOnlyList<ImportSource> sources, IProgress<ImportProgress>? progress = null, CancellationToken ct = default) =>
        market.Get<ImportFiles>().ExecuteAsync(new ImportFiles.Input { Sources = sources, Actor = Actor.System("import"), Progress = progress }, ct);

    public static Task<ImportOutcome> PreviewAsync(this TestMarket market, IReadOnlyList<ImportSource> sources) =>
        market.Get<PreviewImport>().ExecuteAsync(new ImportFiles.Input { Sources = sources, Actor = Actor.System("import") });

    /// <summary>How many rows each table has, and the ledger's heads: equal before and after when nothing changed.</summary>
    public static Task<string> StateAsync(this TestMarket market) => market.ReadAsync(async db =>
    {
        var text = new StringBuilder();
        foreach (var book in await db.LedgerBooks.AsNoTracking().OrderBy(b => b.Id).ToListAsync())
            text.Append($"{book.Code} {book.Sequence} {book.Accounts} {Convert.ToHexString(book.Head)}\n");
        int[] counts =
        [
            await db.Areas.CountAsync(), await db.Members.CountAsync(), await db.Goods.CountAsync(), await db.Sponsors.CountAsync(),
            await db.Outlets.CountAsync(), await db.Deliveries.CountAsync(), await db.FundMovements.CountAsync(), await db.TaskReports.CountAsync(),
            await db.Cases.CountAsync(), await db.ClaimShares.CountAsync(), await db.Redemptions.CountAsync(), await db.RedemptionLines.CountAsync(), await db.Evaluations.CountAsync(),
            await db.LedgerBooks.CountAsync(), await db.LedgerAccounts.CountAsync(), await db.LedgerTransactions.CountAsync(), await db.LedgerEntries.CountAsync(),
        ];
        return text.AppendJoin(' ', counts).ToString();
    });

    /// <summary>What <c>balances --csv</c> says.</summary>
    public static Task<string> BalancesCsvAsync(this TestMarket market) => market.ReadAsync(async db =>
        "member,points\n" + string.Concat((await MemberBalances.AllAsync(db)).Select(b => $"{b.Code},{b.Points}\n")));

    /// <summary>For messages: what was wrong.</summary>
    public static string Words(this ImportOutcome outcome) => string.Join('\n', outcome.Problems.Take(20));
}
