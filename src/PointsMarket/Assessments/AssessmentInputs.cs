using Microsoft.EntityFrameworkCore;
using PointsMarket.Areas;
using PointsMarket.Data;
using PointsMarket.Ledger;
using PointsMarket.Members;
using PointsMarket.Tasks;

namespace PointsMarket.Assessments;

/// <summary>One member's month, worked out.</summary>
internal sealed record AssessedMember(int MemberId, AssessmentMeasures Measures, AssessmentResult Result);

/// <summary>
/// Reads what a station's members did in a month. The database sums; what comes here is one row for each member at most, however
/// many entries the ledger has.
/// </summary>
internal static class AssessmentInputs
{
    private const string Prefix = "member:";

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
        var (start, end) = StationTime.Month(month);
        var rewards = db.LedgerTransactions.Where(t => t.BookId == bookId && t.HappenedAt >= start && t.HappenedAt < end
            && (t.Kind == TransactionKinds.TaskReward || t.Kind == TransactionKinds.CaseReward));
        // Reversals are rare: they are summed apart, so that the many rewards need no second look each.
        var reversed =
            from r in db.LedgerTransactions
            join t in rewards on new { r.BookId, Sequence = r.RelatedSequence } equals new { t.BookId, Sequence = (long?)t.Sequence }
            where r.BookId == bookId && r.Relation == Relation.Reverses
            select t;
        var earned = await SumsAsync(db, rewards, ct);
        var taken = await SumsAsync(db, reversed, ct);
        var code = Prefix;
        var asset = Asset.Points.Code;
        var points = new Dictionary<string, long>(StringComparer.Ordinal);
        var accounts = db.LedgerAccounts.Where(a => a.BookId == bookId && a.Asset == asset && a.Code.StartsWith(code)).Select(a => new { a.Number, a.Code });
        await foreach (var a in accounts.AsAsyncEnumerable().WithCancellation(ct))
        {
            if (earned.GetValueOrDefault(a.Number) - taken.GetValueOrDefault(a.Number) is var sum and not 0) points[a.Code] = sum;
        }
        return points;
    }

    /// <summary>What the transactions gave, by account number: a reward's destination is the member, its source only ever gives.</summary>
    private static Task<Dictionary<int, long>> SumsAsync(MarketDb db, IQueryable<LedgerTransaction> transactions, CancellationToken ct) => (
        from t in transactions
        join e in db.LedgerEntries on new { t.BookId, t.Sequence } equals new { e.BookId, e.Sequence }
        where e.Amount > 0
        group e.Amount by e.Account into g
        select new { g.Key, Sum = g.Sum() }).ToDictionaryAsync(g => g.Key, g => g.Sum, ct);

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
