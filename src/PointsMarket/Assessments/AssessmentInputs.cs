using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using PointsMarket.Areas;
using PointsMarket.Data;
using PointsMarket.Ledger;
using PointsMarket.Members;
using PointsMarket.Tasks;

namespace PointsMarket.Assessments;

/// <summary>One member's month, worked out.</summary>
internal sealed record AssessedMember(int MemberId, AssessmentMeasures Measures, AssessmentResult Result);

/// <summary>
/// Reads what a station's members did in a month. The month's rewards stream by and are summed; what stays is one row for each
/// member, however many entries the ledger has.
/// </summary>
internal static class AssessmentInputs
{
    private const string Prefix = "member:";

    // By hand: CROSS JOIN makes SQLite begin with the month's transactions, where it would read the book's entries of all years by
    // account; reversals are few, and begin with themselves. The others order joins as they like.
    private const string Given = """
        SELECT e."Account", e."Amount" FROM "LedgerTransactions" AS t CROSS JOIN "LedgerEntries" AS e
        WHERE t."BookId" = @p0 AND t."HappenedAt" >= @p1 AND t."HappenedAt" < @p2 AND t."Kind" IN (@p3, @p4)
          AND e."BookId" = t."BookId" AND e."Sequence" = t."Sequence" AND e."Amount" > 0
        """;

    private const string TakenBack = """
        SELECT e."Account", e."Amount" FROM "LedgerTransactions" AS r CROSS JOIN "LedgerTransactions" AS t CROSS JOIN "LedgerEntries" AS e
        WHERE r."BookId" = @p0 AND r."RelatedSequence" > 0 AND r."Relation" = 'Reverses' AND t."BookId" = r."BookId" AND t."Sequence" = r."RelatedSequence"
          AND t."HappenedAt" >= @p1 AND t."HappenedAt" < @p2 AND t."Kind" IN (@p3, @p4)
          AND e."BookId" = t."BookId" AND e."Sequence" = t."Sequence" AND e."Amount" > 0
        """;

    /// <summary>Every member active on the month's last day, in one snapshot. The context must be a reading one without a transaction.</summary>
    public static async Task<IReadOnlyList<AssessedMember>> AllAsync(MarketDb db, int bookId, DateOnly month, CancellationToken ct)
    {
        await using var snapshot = await db.BeginSnapshotAsync(ct);
        return await ReadAsync(db, bookId, month, ct);
    }

    /// <summary>The same within a transaction that is there already.</summary>
    internal static async Task<IReadOnlyList<AssessedMember>> ReadAsync(MarketDb db, int bookId, DateOnly month, CancellationToken ct)
    {
        var policy = await AssessmentPolicies.OfAsync(db, month, ct);
        var next = month.AddMonths(1);
        var points = await PointsAsync(db, bookId, month, ct);
        var reports = await ReportsAsync(db, bookId, month, next, ct);
        var marks = await db.Evaluations.Where(e => e.Month == month && e.Member.Area.BookId == bookId).GroupBy(e => e.MemberId)
            .Select(g => new { g.Key, Raters = g.Count(), Sum = g.Sum(e => e.Reporting + e.Mediation + e.Order + e.Duty + e.Feedback + e.Manner) })
            .ToDictionaryAsync(e => e.Key, e => (e.Raters, e.Sum), ct);
        var members = db.Members.Where(m => m.Area.BookId == bookId && m.Joined < next && (m.Left == null || m.Left >= next))
            .Select(m => new { m.Id, m.Code, m.Kind }).AsAsyncEnumerable();
        var all = new List<AssessedMember>();
        await foreach (var m in members.WithCancellation(ct))
        {
            var (verified, rejected) = reports.GetValueOrDefault(m.Id);
            var (raters, sum) = marks.GetValueOrDefault(m.Id);
            var measures = new AssessmentMeasures(policy.TargetOf(m.Kind), points.GetValueOrDefault(AccountCode.Member(m.Code).Value), verified, rejected, raters, sum);
            all.Add(new AssessedMember(m.Id, measures, AssessmentScore.Of(measures, policy)));
        }
        return all;
    }

    /// <summary>
    /// Points from tasks and cases that happened in the month, by the code of the account; a reward that was reversed was not earned.
    /// </summary>
    private static async Task<Dictionary<string, long>> PointsAsync(MarketDb db, int bookId, DateOnly month, CancellationToken ct)
    {
        var sums = await SumsAsync(db, bookId, month, ct);
        var code = Prefix;
        var asset = Asset.Points.Code;
        var points = new Dictionary<string, long>(StringComparer.Ordinal);
        var accounts = db.LedgerAccounts.Where(a => a.BookId == bookId && a.Asset == asset && a.Code.StartsWith(code)).Select(a => new { a.Number, a.Code });
        await foreach (var a in accounts.AsAsyncEnumerable().WithCancellation(ct))
        {
            if (sums.GetValueOrDefault(a.Number) is var sum and not 0) points[a.Code] = sum;
        }
        return points;
    }

    /// <summary>What the rewards gave, by account number: a reward's destination is the member, its source only ever gives.</summary>
    private static async Task<Dictionary<int, long>> SumsAsync(MarketDb db, int bookId, DateOnly month, CancellationToken ct)
    {
        var (from, to) = StationTime.Month(month);
        var sums = new Dictionary<int, long>();
        foreach (var (sql, sign) in new[] { (Given, 1), (TakenBack, -1) })
        {
            await using var command = db.Database.GetDbConnection().CreateCommand();
#pragma warning disable CA2100 // the constants above
            command.CommandText = sql;
#pragma warning restore CA2100
            command.Transaction = db.Database.CurrentTransaction!.GetDbTransaction();
            command.CommandTimeout = 0;
            foreach (var (value, i) in new object[] { bookId, LedgerTime.ToMilliseconds(from), LedgerTime.ToMilliseconds(to), TransactionKinds.TaskReward, TransactionKinds.CaseReward }.Select((v, i) => (v, i)))
            {
                var parameter = command.CreateParameter();
                (parameter.ParameterName, parameter.Value) = (FormattableString.Invariant($"@p{i}"), value);
                command.Parameters.Add(parameter);
            }
            await using var rows = await command.ExecuteReaderAsync(ct);
            while (await rows.ReadAsync(ct))
            {
                var account = rows.GetInt32(0);
                sums[account] = sums.GetValueOrDefault(account) + (sign * rows.GetInt64(1));
            }
        }
        return sums;
    }

    private static async Task<Dictionary<int, (int Verified, int Rejected)>> ReportsAsync(MarketDb db, int bookId, DateOnly month, DateOnly next, CancellationToken ct)
    {
        var counts = await db.TaskReports
            .Where(r => r.HappenedDay >= month && r.HappenedDay < next && r.Outcome != ReportOutcome.Pending && r.Member.Area.BookId == bookId)
            .GroupBy(r => new { r.MemberId, r.Outcome }).Select(g => new { g.Key.MemberId, g.Key.Outcome, Count = g.Count() }).ToListAsync(ct);
        var reports = new Dictionary<int, (int Verified, int Rejected)>();
        foreach (var c in counts)
        {
            var (verified, rejected) = reports.GetValueOrDefault(c.MemberId);
            reports[c.MemberId] = c.Outcome == ReportOutcome.Verified ? (verified + c.Count, rejected) : (verified, rejected + c.Count);
        }
        return reports;
    }
}
