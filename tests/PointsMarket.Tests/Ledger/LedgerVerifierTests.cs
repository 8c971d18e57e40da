using Microsoft.EntityFrameworkCore;
using PointsMarket.Data;
using PointsMarket.Ledger;
using PointsMarket.Tests.Kit;

namespace PointsMarket.Tests.Ledger;

/// <summary>Each invariant broken on purpose, behind the triggers' back, is found and named.</summary>
public sealed class LedgerVerifierTests
{
    private static readonly AccountCode Issue = AccountCode.Issue("task");

    public static TheoryData<DatabaseProvider> Databases => TestDatabase.All;

    /// <summary>Statement → the fault it must raise, and the first bad transaction.</summary>
    public static TheoryData<string, LedgerFault, long> Faults => new()
    {
        { """UPDATE "LedgerEntries" SET "Amount" = "Amount" * 2 WHERE "Sequence" = 3""", LedgerFault.ContentChanged, 3 },
        { """UPDATE "LedgerEntries" SET "Amount" = 11 WHERE "Sequence" = 3 AND "Line" = 1""", LedgerFault.Unbalanced, 3 },
        { """DELETE FROM "LedgerEntries" WHERE "Sequence" = 4 AND "Line" = 0""", LedgerFault.Unbalanced, 4 },
        { """UPDATE "LedgerEntries" SET "Version" = 900 WHERE "Sequence" = 5 AND "Line" = 1""", LedgerFault.VersionGap, 5 },
        { """UPDATE "LedgerTransactions" SET "Subject" = 'x' WHERE "Sequence" = 2""", LedgerFault.ContentChanged, 2 },
        { """UPDATE "LedgerTransactions" SET "Actor" = 'user:99' WHERE "Sequence" = 6""", LedgerFault.ChainBroken, 6 },
        { """UPDATE "LedgerTransactions" SET "RecordedAt" = "RecordedAt" + 1 WHERE "Sequence" = 6""", LedgerFault.ChainBroken, 6 },
        { """UPDATE "LedgerTransactions" SET "Key" = 'other' WHERE "Sequence" = 1""", LedgerFault.ChainBroken, 1 },
        { """DELETE FROM "LedgerEntries" WHERE "Sequence" = 4; DELETE FROM "LedgerTransactions" WHERE "Sequence" = 4""", LedgerFault.SequenceGap, 4 },
        { """DELETE FROM "LedgerEntries" WHERE "Sequence" = 7; DELETE FROM "LedgerTransactions" WHERE "Sequence" = 7""", LedgerFault.HeadWrong, 7 },
        { """UPDATE "LedgerAccounts" SET "Balance" = "Balance" + 1 WHERE "Code" = 'member:M1'""", LedgerFault.BalanceWrong, 0 },
        { """UPDATE "LedgerAccounts" SET "Floor" = -50 WHERE "Code" = 'member:M1'""", LedgerFault.AccountWrong, 0 },
        { """UPDATE "LedgerAccounts" SET "Code" = 'member:M9' WHERE "Code" = 'member:M1'""", LedgerFault.ContentChanged, 1 },
        { """UPDATE "LedgerTransactions" SET "RelatedSequence" = 9 WHERE "Sequence" = 7""", LedgerFault.RelationWrong, 7 },
    };

    [SkippableTheory, MemberData(nameof(Databases))]
    public async Task Verify_UntouchedBook_IsClean(DatabaseProvider provider)
    {
        await using var market = await SevenAsync(provider);
        var report = Assert.Single(await VerifyAsync(market));
        Assert.Empty(report.Findings);
        Assert.Equal((7, 14), (report.Transactions, report.Entries));
        Assert.Equal(70, report.Outstanding["PTS"]);
    }

    [Theory, MemberData(nameof(Faults))]
    public async Task Verify_TamperedRow_NamesTheFaultAndTheFirstBadTransaction(string statement, LedgerFault fault, long firstBad)
    {
        await using var market = await SevenAsync(DatabaseProvider.Sqlite);
        await Tampering.BehindTheBackAsync(market, statement);
        var report = Assert.Single(await VerifyAsync(market));
        Assert.Contains(report.Findings, f => f.Fault == fault);
        Assert.Equal(firstBad == 0 ? null : firstBad, report.FirstBad);
    }

    [Fact]
    public async Task Verify_WholeChainRewritten_IsFoundAgainstTheCheckpoint()
    {
        await using var market = await SevenAsync(DatabaseProvider.Sqlite);
        var checkpoints = market.Get<CheckpointFile>();
        await market.ReadAsync(async db =>
        {
            await checkpoints.AppendHeadsAsync(db, DateTime.UnixEpoch);
            return 0;
        });
        await using var forged = await SevenAsync(DatabaseProvider.Sqlite, amount: 500);
        File.Copy(market.Storage.CheckpointPath, forged.Storage.CheckpointPath);

        Assert.True(Assert.Single(await VerifyAsync(market)).IsClean);
        var report = Assert.Single(await VerifyAsync(forged));
        Assert.Equal(LedgerFault.CheckpointDiffers, Assert.Single(report.Findings).Fault);
        Assert.Equal(7, report.FirstBad);
    }

    [Fact]
    public async Task Verify_BookThatOnlyACheckpointKnows_IsFound()
    {
        await using var market = await SevenAsync(DatabaseProvider.Sqlite);
        market.Get<CheckpointFile>().Append(new Checkpoint("OLD", 3, new string('A', 64), DateTime.UnixEpoch));
        var reports = await VerifyAsync(market);
        Assert.Equal([("STA", true), ("OLD", false)], reports.Select(r => (r.Book, r.IsClean)));
        Assert.Equal(LedgerFault.BookMissing, Assert.Single(reports[1].Findings).Fault);
    }

    [Fact]
    public async Task Verify_BookCutBehindACheckpoint_IsFound()
    {
        await using var market = await SevenAsync(DatabaseProvider.Sqlite);
        market.Get<CheckpointFile>().Append(new Checkpoint("STA", 9, new string('A', 64), DateTime.UnixEpoch));
        Assert.Contains(Assert.Single(await VerifyAsync(market)).Findings, f => f is { Fault: LedgerFault.CheckpointDiffers, Sequence: 9 });
    }

    private static Task<IReadOnlyList<LedgerReport>> VerifyAsync(TestMarket market) => market.ReadAsync(db => market.Get<LedgerVerifier>().VerifyAsync(db));

    private static async Task<TestMarket> SevenAsync(DatabaseProvider provider, long amount = 10)
    {
        var market = await TestMarket.StartAsync(provider);
        var book = await market.OpenBookAsync();
        for (var i = 1; i <= 7; i++) await market.PostAsync(market.Request(book, $"key-{i}", new Posting(Issue, AccountCode.Member($"M{i % 3}"), Asset.Points, amount)));
        return market;
    }
}
