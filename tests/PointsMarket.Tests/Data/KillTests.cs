using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using PointsMarket.Data;
using PointsMarket.Ledger;
using PointsMarket.Market;
using PointsMarket.Members;
using PointsMarket.Tests.Kit;
using Xunit.Abstractions;

namespace PointsMarket.Tests.Data;

/// <summary>
/// Processes that redeem are killed (SIGKILL) at every step of the write path and at random moments, on one growing database.
/// Every answered redemption is there exactly once with its ledger transactions, nothing is there by half, the ledger verifies.
/// 171 kills on SQLite and 32 on PostgreSQL in CI, fewer on a laptop.
/// </summary>
public sealed class KillTests(ITestOutputHelper output)
{
    private const int KiosksEach = 3;
    private const long Plenty = 10_000_000;
    private static readonly bool InCi = Environment.GetEnvironmentVariable("CI") is not null;

    private static readonly string[] SqliteSteps =
    [
        "before|BEGIN", "after|BEGIN", "before|SAVEPOINT", "after|SAVEPOINT",
        "before|INSERT INTO \"LedgerTransactions\"", "after|INSERT INTO \"LedgerTransactions\"", "after|INSERT INTO \"LedgerAccounts\"",
        "after|INSERT INTO \"LedgerEntries\"", "after|UPDATE \"LedgerAccounts\"", "before|UPDATE \"LedgerBooks\"", "after|UPDATE \"LedgerBooks\"",
        "before|INSERT INTO \"Redemptions\"", "after|INSERT INTO \"Redemptions\"", "after|INSERT INTO \"RedemptionLines\"", "after|UPDATE \"Redemptions\"", "after|UPDATE \"KioskSessions\"",
        "before|RELEASE", "after|RELEASE", "before|COMMIT", "inside|COMMIT", "after|COMMIT",
    ];

    private static readonly string[] PostgresSteps =
    [
        "after|BEGIN", "after|SELECT \"Code\", \"Sequence\"", "after|INSERT INTO \"LedgerTransactions\"", "after|INSERT INTO \"LedgerEntries\"",
        "after|UPDATE \"LedgerAccounts\"", "after|UPDATE \"LedgerBooks\"", "after|INSERT INTO \"Redemptions\"", "after|INSERT INTO \"WriteReceipts\"",
        "before|COMMIT", "after|COMMIT",
    ];

    [Fact]
    public async Task Kill_AtEveryStepOnSqlite_LeavesEveryAnsweredRedemptionOnce()
    {
        await using var market = await TestMarket.StartAsync();
        await KillAsync(market, Plan(SqliteSteps, InCi ? 6 : 1, random: InCi ? 45 : 11));
    }

    [SkippableFact]
    public async Task Kill_AtEveryStepOnPostgres_LeavesEveryAnsweredRedemptionOnce()
    {
        await using var market = await TestMarket.StartAsync(DatabaseProvider.Postgres);
        await KillAsync(market, Plan(PostgresSteps, InCi ? 2 : 1, random: InCi ? 12 : 2));
    }

    /// <summary>Two sites on one file, as when a command runs beside the site: they take turns, and nothing is lost or done twice.</summary>
    [Fact]
    public async Task Run_TwoProcessesOnOneFile_TakeTurnsAndEndExact()
    {
        await using var market = await TestMarket.StartAsync();
        var kiosks = await BuildAsync(market, 2 * KiosksEach);

        var both = await Task.WhenAll(kiosks.Chunk(KiosksEach).Select(async part =>
        {
            using var process = new KilledProcess(market.Storage, part, rounds: 12);
            var said = await process.RunAsync();
            Assert.True(process.ExitCode == 0, process.Errors);
            return said;
        }));

        var lines = both.SelectMany(l => l).ToList();
        Assert.Equal(2 * KiosksEach * 12, lines.Count(l => l.StartsWith("ended", StringComparison.Ordinal)));
        Assert.Equal(2 * KiosksEach * 12, await market.ReadAsync(db => db.Redemptions.CountAsync()));
        await JudgeAsync(market, lines);
    }

    private static List<string?> Plan(string[] steps, int times, int random)
    {
        var dice = new Random(7);
        IEnumerable<string?> named = steps.SelectMany(s => Enumerable.Range(0, times).Select(i => s.Replace("|", $"|{dice.Next(1, 1 + 8 * (i + 1))}|", StringComparison.Ordinal)));
        return [.. named.Concat(Enumerable.Repeat<string?>(null, random)).OrderBy(_ => dice.Next())];
    }

    /// <summary>Two processes at a time, so that one dies while the other writes; each kill is judged before the next process on its kiosks.</summary>
    private async Task KillAsync(TestMarket market, List<string?> plan)
    {
        var kiosks = await BuildAsync(market, 2 * KiosksEach);
        var left = new ConcurrentQueue<string?>(plan);
        var heard = new ConcurrentQueue<string>();
        var killed = 0;
        await Task.WhenAll(kiosks.Chunk(KiosksEach).Select(part => Task.Run(async () =>
        {
            while (left.TryDequeue(out var point))
            {
                using var process = new KilledProcess(market.Storage, part, point);
                foreach (var line in await process.RunAsync(point is null ? TimeSpan.FromMilliseconds(Random.Shared.Next(0, 120)) : null)) heard.Enqueue(line);
                Assert.True(process.ExitCode == 137, $"{point ?? "random"}: exit code {process.ExitCode}\n{process.Errors}");
                if (Interlocked.Increment(ref killed) % 25 == 0) await CleanAsync(market);
            }
        })));

        var lines = heard.ToList();
        await JudgeAsync(market, lines);
        output.WriteLine($"{killed} kills; {lines.Count(l => l.StartsWith("answered", StringComparison.Ordinal))} redemptions answered, {await AskAgainAsync(market, lines)} asked again");
        await JudgeAsync(market, lines);
        Assert.Equal(plan.Count, killed);
    }

    /// <summary>A station of one outlet with plenty, and members who each have a kiosk to themselves. Returns DEVICE:MEMBER of each.</summary>
    private static async Task<List<string>> BuildAsync(TestMarket market, int kiosks)
    {
        var station = await TestStation.BuildAsync(market);
        var devices = await market.Writes.RunAsync(async db =>
        {
            var outlet = await db.Outlets.Include(o => o.Area).SingleAsync(o => o.Code == "O1");
            var pairs = Enumerable.Range(1, kiosks).Select(i => (
                Device: new KioskDevice { Name = $"K{i}", Outlet = outlet, TokenHash = Secrets.Hash(Secrets.NewToken()), PairedAt = market.Clock.GetUtcNow().UtcDateTime },
                Member: new Member { Code = $"G1{i:000}", Number = $"20000{i}", Name = "王五", Kind = MemberKind.GridMember, Area = outlet.Area, Joined = new(2025, 1, 1), CardNumber = CardNumbers.Of(100 + i) })).ToList();
            db.AddRange(pairs.Select(p => p.Device));
            db.AddRange(pairs.Select(p => p.Member));
            db.Add(new Goods { Sku = "SALT", NameZh = "食盐", NameEn = "Salt", Unit = "袋", Points = 2, ValueFen = 200, Kind = GoodsKind.Goods, Section = "daily", Picture = "g-soap" });
            await db.SaveChangesAsync();
            return pairs.ConvertAll(p => (p.Device.Id, p.Member.Code, Member: p.Member.Id));
        });
        foreach (var member in devices) await station.EarnAsync(member.Code, Plenty);
        await station.StockAsync("O1", Asset.Goods("SOAP"), Plenty);
        await station.StockAsync("O1", Asset.Goods("SALT"), Plenty);
        return devices.ConvertAll(d => $"{d.Id}:{d.Member}");
    }

    private static async Task CleanAsync(TestMarket market)
    {
        var report = Assert.Single(await market.ReadAsync(db => market.Get<LedgerVerifier>().VerifyAsync(db)));
        Assert.True(report.IsClean, string.Join('\n', report.Findings));
    }

    private static IEnumerable<string[]> Said(IEnumerable<string> lines, string what) =>
        lines.Select(l => l.Split(' ')).Where(w => w[0] == what);

    private static async Task JudgeAsync(TestMarket market, List<string> lines)
    {
        var redemptions = await market.ReadAsync(db => db.Redemptions.AsNoTracking().Include(r => r.Lines).ToListAsync());
        var byKey = redemptions.ToDictionary(r => r.BasketKey!.Value); // throws where a basket was redeemed twice
        var byId = redemptions.ToDictionary(r => r.Id);
        foreach (var said in Said(lines, "answered"))
            Assert.Equal(int.Parse(said[2], CultureInfo.InvariantCulture), byKey[Guid.Parse(said[1])].Id);
        foreach (var said in Said(lines, "ended"))
            Assert.Equal(said[2], byId[int.Parse(said[1], CultureInfo.InvariantCulture)].State.ToString());

        // No redemption without its transactions, and the reverse.
        var transactions = await market.ReadAsync(db => db.LedgerTransactions.AsNoTracking().Where(t => t.Kind != "test").ToDictionaryAsync(t => t.Sequence));
        foreach (var r in redemptions)
        {
            Assert.Equal(2, r.Lines.Count);
            Assert.True(transactions.Remove(r.HoldSequence!.Value, out var hold) && hold.Key == $"basket:{r.BasketKey:N}");
            Assert.Equal(r.State == RedemptionState.Held, r.EndSequence is null);
            if (r.EndSequence is { } end) Assert.True(transactions.Remove(end, out var ended) && ended.RelatedSequence == r.HoldSequence);
        }
        Assert.Empty(transactions);

        // What flowed is what the slips say.
        var taken = redemptions.Where(r => r.State == RedemptionState.HandedOver).Sum(r => (long)r.Points);
        var book = await market.ReadAsync(db => db.LedgerBooks.Select(b => b.Id).SingleAsync());
        Assert.Equal(taken, await market.ReadAsync(db => db.BalanceAsync(book, AccountCode.Redeemed, Asset.Points)));
        await CleanAsync(market);
    }

    /// <summary>Whoever had no answer asks again: one slip, old or new.</summary>
    private static async Task<int> AskAgainAsync(TestMarket market, List<string> lines)
    {
        var answered = Said(lines, "answered").Select(w => w[1]).ToHashSet(StringComparer.Ordinal);
        var open = Said(lines, "asked").Where(w => !answered.Contains(w[2])).ToList();
        foreach (var asked in open)
        {
            var again = new RedeemAtKiosk.Input { SessionId = Guid.Parse(asked[1]), BasketKey = Guid.Parse(asked[2]), ExpectedPoints = long.Parse(asked[3], CultureInfo.InvariantCulture) };
            var slip = Assert.IsType<RedeemAtKiosk.Redeemed>(await market.Get<RedeemAtKiosk>().ExecuteAsync(again));
            lines.Add($"answered {asked[2]} {slip.RedemptionId}");
        }
        return open.Count;
    }
}
