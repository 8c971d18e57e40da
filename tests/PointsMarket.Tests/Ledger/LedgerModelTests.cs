using FsCheck;
using FsCheck.Fluent;
using Microsoft.EntityFrameworkCore;
using PointsMarket.Data;
using PointsMarket.Ledger;
using PointsMarket.Tests.Kit;
using Xunit.Abstractions;

namespace PointsMarket.Tests.Ledger;

/// <summary>
/// Random programs against <see cref="LedgerModel"/>: every answer, balance and version must be the model's. 100,000 steps in CI,
/// 20,000 elsewhere, or POINTSMARKET_TEST_OPERATIONS; repeat a run with POINTSMARKET_TEST_SEED.
/// </summary>
public sealed class LedgerModelTests(ITestOutputHelper output)
{
    private int run;
    private int steps;

    public static TheoryData<DatabaseProvider> Databases => TestDatabase.All;

    [SkippableTheory, MemberData(nameof(Databases))]
    public async Task Ledger_RandomPrograms_DoesWhatTheModelDoes(DatabaseProvider provider)
    {
        await using var market = await TestMarket.StartAsync(provider);
        var wanted = Operations() / (provider == DatabaseProvider.Sqlite ? 1 : 10); // the statements are the same; a server only takes longer
        var seed = Environment.GetEnvironmentVariable("POINTSMARKET_TEST_SEED") is { Length: > 0 } given ? ulong.Parse(given) : (ulong)Random.Shared.NextInt64();
        output.WriteLine($"POINTSMARKET_TEST_SEED={seed}");
        var config = Config.QuickThrowOnFailure.WithMaxTest(wanted / (LedgerProgram.Length * 9 / 10) + 1).WithReplay(seed, 0x9E3779B97F4A7C15);

        try
        {
            Check.One(config, Prop.ForAll(LedgerProgram.Arbitrary, program => RunAsync(market, program).GetAwaiter().GetResult()));
        }
        catch (Exception e)
        {
            throw new InvalidOperationException($"POINTSMARKET_TEST_SEED={seed} repeats this failure.", e);
        }

        Assert.True(steps >= wanted, $"Only {steps} of {wanted} steps were run.");
        var reports = await market.ReadAsync(db => market.Get<LedgerVerifier>().VerifyAsync(db));
        Assert.All(reports, r => Assert.True(r.IsClean, string.Join('\n', r.Findings)));
        output.WriteLine($"{steps} steps in {run} books, {reports.Sum(r => r.Transactions)} transactions, {reports.Sum(r => r.Entries)} entries: all as the model has it.");
    }

    private static int Operations() =>
        int.TryParse(Environment.GetEnvironmentVariable("POINTSMARKET_TEST_OPERATIONS"), out var n) ? n
        : Environment.GetEnvironmentVariable("CI") is null ? 20_000 : 100_000;

    /// <summary>One program in a book of its own: a batch inside the door up to each fate, then everything compared.</summary>
    private async Task RunAsync(TestMarket market, Move[] program)
    {
        var number = Interlocked.Increment(ref run);
        var book = await market.OpenBookAsync($"B{number}");
        var model = new LedgerModel();
        var keys = 0;
        for (var at = 0; at < program.Length;)
        {
            var end = Array.FindIndex(program, at, m => LedgerProgram.IsFate(m.Step));
            if (end < 0) end = program.Length;
            var batch = program[at..end];
            var fate = end < program.Length ? program[end].Step : Step.Commit;
            var before = model.Copy();
            var first = keys;
            try
            {
                await market.Writes.RunAsync(async db =>
                {
                    (model, keys) = (before.Copy(), first); // the door may run a batch again
                    foreach (var move in batch) await StepAsync(market, db, book, model, move, $"k{keys++}");
                    return fate switch { Step.RollBack => db.RollBack(0), Step.Throw => throw new InvalidDataException("thrown on purpose"), _ => 0 };
                });
            }
            catch (InvalidDataException) when (fate == Step.Throw)
            {
                // as the program wanted
            }
            if (fate != Step.Commit) model = before;
            steps += batch.Length;
            at = end + 1;
        }
        await CompareAsync(market, book, model);
    }

    private static async Task StepAsync(TestMarket market, MarketDb db, int book, LedgerModel model, Move move, string key)
    {
        var fresh = market.Request(book, key, LedgerProgram.Postings(move));
        var earlier = model.Posted.Count == 0 ? 0 : move.B % model.Posted.Count + 1;
        switch (move.Step)
        {
            case Step.Reverse when earlier > 0:
                await ReverseAsync(market, db, book, model, earlier);
                return;
            case Step.Hold:
                fresh = fresh with { Postings = [new Posting(AccountCode.Member("G0001"), AccountCode.Held(key), Asset.Points, move.Amount % 20 + 1), new Posting(AccountCode.Shelf("O1"), AccountCode.Reserved(key), Asset.Goods("rice"), 1)] };
                break;
            case Step.EndHold when earlier > 0:
                fresh = fresh with { Related = new RelatedTo(Relation.Ends, earlier), Postings = [.. model.Posted[earlier - 1].Postings.Select(p => p.Reversed())] };
                break;
            case Step.Replay when earlier > 0:
                fresh = model.Posted[earlier - 1];
                break;
            case Step.ReuseKey when earlier > 0:
                fresh = LedgerProgram.Changed(model.Posted[earlier - 1], move.A);
                break;
            case Step.RelateToNothing:
                fresh = fresh with { Related = new RelatedTo(Relation.Ends, move.A % 2 == 0 ? 0 : model.Posted.Count + 1) };
                break;
        }
        await PostAsync(market, db, model, fresh);
    }

    private static async Task PostAsync(TestMarket market, MarketDb db, LedgerModel model, TransactionRequest request)
    {
        if (request.Related is { } r && (r.Sequence < 1 || r.Sequence > model.Posted.Count))
        {
            Assert.Throws<ArgumentException>(() => model.Post(request));
            await Assert.ThrowsAsync<ArgumentException>(() => market.Journal.PostAsync(db, request));
            return;
        }
        var (expected, below) = model.Post(request);
        var result = await market.Journal.PostAsync(db, request);
        Assert.Equal(expected, result with { Short = null });
        if (expected.Outcome == PostOutcome.BelowFloor) Assert.Contains(result.Short!, below);
        else Assert.Null(result.Short);
    }

    private static async Task ReverseAsync(TestMarket market, MarketDb db, int book, LedgerModel model, int earlier)
    {
        var input = new ReverseTransaction.Input { BookId = book, Sequence = earlier, Actor = Actor.System("test"), Reason = "again" };
        var before = model.Posted[earlier - 1];
        var result = await market.Get<ReverseTransaction>().ExecuteAsync(db, input);
        var (expected, _) = model.Post(market.Request(book, $"reversal:{earlier}", [.. before.Postings.Reverse().Select(p => p.Reversed())]) with
        {
            Kind = TransactionKinds.Reversal, Subject = before.Subject, Reason = "again", Related = new RelatedTo(Relation.Reverses, earlier),
        });
        Assert.Equal(expected, result with { Short = null });
    }

    private static async Task CompareAsync(TestMarket market, int book, LedgerModel model)
    {
        var stored = await market.ReadAsync(db => db.LedgerAccounts.Where(a => a.BookId == book).Select(a => new { a.Code, a.Asset, a.Balance, a.Version }).ToListAsync());
        Assert.Equal(
            model.Accounts.OrderBy(a => a.Code, StringComparer.Ordinal).ThenBy(a => a.Asset, StringComparer.Ordinal),
            stored.Select(a => (a.Code, a.Asset, a.Balance, a.Version)).OrderBy(a => a.Code, StringComparer.Ordinal).ThenBy(a => a.Asset, StringComparer.Ordinal));
        var keys = await market.ReadAsync(db => db.LedgerTransactions.Where(t => t.BookId == book).OrderBy(t => t.Sequence).Select(t => t.Key).ToListAsync());
        Assert.Equal(model.Posted.Select(p => p.Key), keys);
    }
}
