using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using PointsMarket.Areas;
using PointsMarket.Data;
using PointsMarket.Import;
using PointsMarket.Ledger;
using PointsMarket.Reconciliations;
using PointsMarket.Tests.Import;
using PointsMarket.Tests.Kit;

namespace PointsMarket.Tests.Reconciliations;

/// <summary>The month of Xinggu against its bank statement and stocktake.</summary>
public sealed class ReconcileMonthTests
{
    private const string BankFile = "bank-2026-09.csv";
    private const string StockFile = "stocktake-2026-09.csv";

    private static readonly DateOnly September = new(2026, 9, 1);

    public static TheoryData<DatabaseProvider> Databases => TestDatabase.All;

    [SkippableTheory, MemberData(nameof(Databases))]
    public async Task Reconcile_Xinggu_FindsWhatIsExpectedInOrderAndKeepsItOnce(DatabaseProvider provider)
    {
        await using var market = await StartAsync(provider);
        var expected = JsonDocument.Parse(Xinggu.Expected("reconciliation-2026-09.json")).RootElement;

        var found = await FoundAsync(market);
        Assert.Equal(expected.GetProperty("matched").GetInt32(), found.Matched);
        Assert.Equal(
            expected.GetProperty("money").EnumerateArray().Select(e => (e.GetProperty("kind").GetString(), e.GetProperty("fund").GetString(), e.GetProperty("reference").GetString(), Number(e, "bank"), Number(e, "ledger"))),
            Money(found).Select(d => ((string?)d.Kind.Word(), (string?)d.Place, (string?)d.Item, d.Outside, d.Book)));
        Assert.Equal(
            expected.GetProperty("goods").EnumerateArray().Select(e => (e.GetProperty("outlet").GetString(), e.GetProperty("sku").GetString(), Number(e, "book"), Number(e, "counted"), Number(e, "difference"))),
            found.Discrepancies.Where(d => d.Kind == DiscrepancyKind.CountDiffers).Select(d => ((string?)d.Place, (string?)d.Item, d.Book, d.Outside, (long?)d.Difference)));
        Assert.Equal([("CARD100", -1L), ("CARD50", 2L)], found.Discrepancies.Where(d => d.Kind == DiscrepancyKind.CardsDiffer).Select(d => (d.Item, d.Difference)));
        Assert.DoesNotContain(found.Discrepancies, d => d.Kind == DiscrepancyKind.LedgerFault);

        market.Clock.Advance(TimeSpan.FromDays(1));
        Assert.Equal(found.Id, (await FoundAsync(market)).Id);
        Assert.Equal(1, await market.ReadAsync(db => db.Reconciliations.CountAsync()));
    }

    [SkippableTheory, MemberData(nameof(Databases))]
    public async Task Reconcile_Xinggu_CoversThePointsWithMoneyGoodsAndCards(DatabaseProvider provider)
    {
        await using var market = await StartAsync(provider);
        var cover = (await FoundAsync(market)).Cover;
        // The same, added up here entry by entry.
        var numbers = await market.ReadAsync(db => db.LedgerAccounts.AsNoTracking().ToDictionaryAsync(a => a.Number));
        var then = (await market.ReadAsync(db => db.LedgerTransactions.AsNoTracking().ToListAsync())).Where(t => t.HappenedAt < StationTime.StartOf(new DateOnly(2026, 10, 1))).Select(t => t.Sequence).ToHashSet();
        var balances = (await market.ReadAsync(db => db.LedgerEntries.AsNoTracking().ToListAsync())).Where(e => then.Contains(e.Sequence))
            .Select(e => (numbers[e.Account].Code, numbers[e.Account].Asset, Balance: e.Amount)).ToList();
        var values = await market.ReadAsync(db => db.Goods.ToDictionaryAsync(g => g.Asset.Code, g => (g.ValueFen, g.Kind)));
        Assert.Equal(balances.Where(a => a.Code.StartsWith("cash:", StringComparison.Ordinal)).Sum(a => a.Balance), cover.CashFen);
        Assert.Equal(balances.Where(a => a.Code.StartsWith("shelf:", StringComparison.Ordinal)).Sum(a => a.Balance * values[a.Asset].ValueFen), cover.GoodsFen + cover.CardsFen);
        Assert.Equal(balances.Where(a => a.Code.StartsWith("shelf:", StringComparison.Ordinal) && a.Asset.StartsWith("CARD/", StringComparison.Ordinal)).Sum(a => a.Balance * values[a.Asset].ValueFen), cover.CardsFen);
        Assert.Equal(balances.Where(a => a.Code.StartsWith("member:", StringComparison.Ordinal)).Sum(a => a.Balance), cover.Points);
        Assert.Equal(cover.AssetsFen * 10_000 / (cover.Points * 100), cover.Ratio);
    }

    [SkippableTheory, MemberData(nameof(Databases))]
    public async Task Reconcile_MadeToAgree_IsBalanced(DatabaseProvider provider)
    {
        await using var market = await StartAsync(provider);
        var bank = "fund,date,reference,amount_fen,description\n" + string.Concat(Xinggu.Text("funds.csv").Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1)
            .Select(l => l.Split(',')).Where(c => c[1].StartsWith("2026-09", StringComparison.Ordinal))
            .Select(c => $"{c[2]},{c[1]},{c[0]},{(c[3] == "grant" ? "" : "-")}{c[4]},\"一,二\"\r\n"));
        var stock = "outlet,sku,counted\n" + string.Concat((await market.ReadAsync(db => db.LedgerAccounts.AsNoTracking().ToListAsync()))
            .Where(a => a.Code.StartsWith("shelf:", StringComparison.Ordinal)).Select(a => $"{a.Code[6..]},{Asset.Parse(a.Asset).Sku},{a.Balance}\n"));

        var found = Assert.IsType<ReconcileMonth.Reconciled>(await RunAsync(market, Xinggu.Source("bank.csv", bank), Xinggu.Source("stock.csv", stock))).Found;
        Assert.Empty(found.Discrepancies);
        Assert.Equal(found.BankLines, found.Matched);

        // What happens later does not change the month's end; an article that is not counted is not taken for counted.
        market.Clock.Advance(TimeSpan.FromDays(2));
        await market.PostAsync(market.Request(1, "later", new Posting(AccountCode.Shelf("O1"), AccountCode.WrittenOff, Asset.Goods("SOAP"), 5)));
        Assert.Empty(Assert.IsType<ReconcileMonth.Reconciled>(await RunAsync(market, Xinggu.Source("bank.csv", bank), Xinggu.Source("stock.csv", stock))).Found.Discrepancies);
        var less = string.Concat(stock.Split('\n').Where(l => !l.StartsWith("O1,SOAP", StringComparison.Ordinal)).Select(l => l + "\n")).Trim() + "\n";
        var missing = Assert.Single(Assert.IsType<ReconcileMonth.Reconciled>(await RunAsync(market, Xinggu.Source("bank.csv", bank), Xinggu.Source("stock.csv", less))).Found.Discrepancies);
        Assert.Equal((DiscrepancyKind.CountDiffers, "O1", "SOAP", null), (missing.Kind, missing.Place, missing.Item, missing.Outside));
    }

    [Fact]
    public async Task Reconcile_LedgerTamperedWith_NamesTheFault()
    {
        await using var market = await StartAsync(DatabaseProvider.Sqlite);
        await market.Writes.RunAsync(db => db.Database.ExecuteSqlRawAsync("""UPDATE "LedgerAccounts" SET "Balance" = "Balance" + 1, "Version" = "Version" + 1 WHERE "Code" = 'member:G0001'"""));
        var fault = (await FoundAsync(market)).Discrepancies[0];
        Assert.Equal((DiscrepancyKind.LedgerFault, nameof(LedgerFault.BalanceWrong)), (fault.Kind, fault.Place));
        Assert.Contains("member:G0001", fault.Item);
    }

    [Fact]
    public async Task Reconcile_Preview_KeepsNothing()
    {
        await using var market = await StartAsync(DatabaseProvider.Sqlite);
        Assert.Equal(0, (await FoundAsync(market, keep: false)).Id);
        Assert.Equal(0, await market.ReadAsync(db => db.Reconciliations.CountAsync()));
    }

    public static TheoryData<string, string, int, string?, ImportReason> Bad => new()
    {
        { BankFile, "fund,date,reference,amount_fen,description\nnobody,2026-09-01,,1,\n", 2, "fund", ImportReason.UnknownCode },
        { BankFile, "fund,date,reference,amount_fen,description\nbravery-fund,2026-08-31,,1,\n", 2, "date", ImportReason.OtherMonth },
        { BankFile, "fund,date,reference,amount_fen,description\nbravery-fund,2026-09-31,,1,\n", 2, "date", ImportReason.BadDate },
        { BankFile, "fund,date,reference,amount_fen,description\nbravery-fund,2026-09-01,,0,\n", 2, "amount_fen", ImportReason.OutOfRange },
        { BankFile, "fund,date,reference,amount_fen,description\nbravery-fund,2026-09-01,,1.5,\n", 2, "amount_fen", ImportReason.BadNumber },
        { BankFile, "fund,date,reference,amount_fen,description\nbravery-fund,2026-09-01,,99999999999999999999,\n", 2, "amount_fen", ImportReason.OutOfRange },
        { BankFile, "fund,date,reference,amount_fen\n", 1, "description", ImportReason.MissingColumn },
        { BankFile, "", 0, null, ImportReason.EmptyFile },
        { "bank-2026-10.csv", "fund,date,reference,amount_fen,description\n", 0, null, ImportReason.OtherMonth },
        { StockFile, "outlet,sku,counted\nO9,SOAP,1\n", 2, "outlet", ImportReason.UnknownCode },
        { StockFile, "outlet,sku,counted\nO1,GOLD,1\n", 2, "sku", ImportReason.UnknownCode },
        { StockFile, "outlet,sku,counted\nO1,SOAP,-1\n", 2, "counted", ImportReason.OutOfRange },
        { StockFile, "outlet,sku,counted\nO1,SOAP,1\nO1,SOAP,1\n", 3, "sku", ImportReason.CountedTwice },
        { "stocktake-2026-08.csv", "outlet,sku,counted\n", 0, null, ImportReason.OtherMonth },
    };

    [Theory, MemberData(nameof(Bad))]
    public async Task Reconcile_BadFile_NamesItAndKeepsNothing(string name, string text, int row, string? column, ImportReason reason)
    {
        await using var market = await StartAsync(DatabaseProvider.Sqlite);
        var (bank, stock) = name.StartsWith("bank", StringComparison.Ordinal) ? (Xinggu.Source(name, text), Source(StockFile)) : (Source(BankFile), Xinggu.Source(name, text));
        var problem = Assert.IsType<ReconcileMonth.Refused>(await RunAsync(market, bank, stock)).Problems[0];
        Assert.Equal((name, row, column, reason), (problem.File, problem.Row, problem.Column, problem.Reason));
        Assert.Equal(0, await market.ReadAsync(db => db.Reconciliations.CountAsync()));
    }

    [Fact]
    public async Task Reconcile_MutatedFiles_NeverThrows()
    {
        await using var market = await StartAsync(DatabaseProvider.Sqlite);
        var random = new Random(7);
        for (var i = 0; i < 150; i++)
        {
            byte[][] files = [System.Text.Encoding.UTF8.GetBytes(Xinggu.Text(BankFile)), System.Text.Encoding.UTF8.GetBytes(Xinggu.Text(StockFile))];
            for (var hits = random.Next(1, 8); hits > 0; hits--) files[i % 2][random.Next(files[i % 2].Length)] = (byte)random.Next(256);
            var outcome = await RunAsync(market, Xinggu.Source(BankFile, files[0]), Xinggu.Source(StockFile, files[1]), keep: false);
            Assert.True(outcome is ReconcileMonth.Reconciled or ReconcileMonth.Refused);
        }
    }

    private static ImportSource Source(string file) => Xinggu.Source(file, Xinggu.Text(file));

    private static async Task<TestMarket> StartAsync(DatabaseProvider provider)
    {
        var market = await TestMarket.StartAsync(provider);
        Assert.False((await market.ImportAsync(Xinggu.Sources)).Refused);
        return market;
    }

    private static Task<ReconcileMonth.Outcome> RunAsync(TestMarket market, ImportSource bank, ImportSource stock, bool keep = true) => market.Get<ReconcileMonth>().ExecuteAsync(
        new ReconcileMonth.Input { Month = September, Bank = bank, Stocktake = stock, Actor = Actor.User(1), AreaPath = "STA/", Keep = keep });

    private static async Task<Reconciliation> FoundAsync(TestMarket market, bool keep = true) =>
        Assert.IsType<ReconcileMonth.Reconciled>(await RunAsync(market, Source(BankFile), Source(StockFile), keep)).Found;

    private static IEnumerable<Discrepancy> Money(Reconciliation found) =>
        found.Discrepancies.Where(d => d.Kind is DiscrepancyKind.AmountDiffers or DiscrepancyKind.BankOnly or DiscrepancyKind.LedgerOnly);

    private static long? Number(JsonElement e, string name) => e.GetProperty(name) is { ValueKind: JsonValueKind.Number } n ? n.GetInt64() : null;
}
