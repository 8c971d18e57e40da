using Microsoft.EntityFrameworkCore;
using PointsMarket.Areas;
using PointsMarket.Data;
using PointsMarket.Ledger;
using PointsMarket.Members;

namespace PointsMarket.Notices;

/// <summary>
/// A month's public leaderboard (红榜), village by village. Names are masked; informants and members who do not want to stand
/// there are left out, of the sums too; a village where fewer than <see cref="LeastNamed"/> could stand there is named without
/// anybody in it (DESIGN 4: reports hide groups under five).
/// </summary>
public sealed record Leaderboard(IReadOnlyList<Leaderboard.Village> Villages)
{
    /// <summary>How many of a village stand there.</summary>
    public const int Top = 10;

    /// <summary>With fewer to choose from, a masked name is no mask.</summary>
    public const int LeastNamed = 5;

    private const string Prefix = "member:";

    /// <summary>A village's board.</summary>
    /// <param name="Code">Its code.</param>
    /// <param name="Name">Its name.</param>
    /// <param name="Members">How many in service could stand there.</param>
    /// <param name="Points">What they earned in the month, all together.</param>
    /// <param name="Rows">The first ten; empty where the village is too small to name anybody.</param>
    public sealed record Village(string Code, string Name, int Members, long Points, IReadOnlyList<Row> Rows)
    {
        /// <summary>True when there are enough to choose from.</summary>
        public bool Named => Members >= LeastNamed;
    }

    /// <summary>One member. Whoever earned the same has the same rank.</summary>
    public sealed record Row(int Rank, string Name, MemberKind Kind, long Points);

    private sealed record Earned(string Village, string Code, string Name, MemberKind Kind, long Points);

    /// <summary>
    /// Reads a station's month. Points are those of verified reports and closed cases that happened in it, as the assessment
    /// counts them (DESIGN 7); what was taken back was not earned. One grouped query sums; a second counts who could stand there.
    /// </summary>
    /// <param name="db">A context.</param>
    /// <param name="bookId">The station's book.</param>
    /// <param name="month">The first day of the month.</param>
    /// <param name="today">The station day: who has left by it is not shown.</param>
    /// <param name="ct">Gives up.</param>
    public static async Task<Leaderboard> ReadAsync(MarketDb db, int bookId, DateOnly month, DateOnly today, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        var (start, end) = StationTime.Month(month);
        var prefix = Prefix;
        var asset = Asset.Points.Code;
        var may = db.Members.Where(m => m.Area.BookId == bookId && m.Kind != MemberKind.Informant && !m.OffLeaderboard && m.Joined <= today && (m.Left == null || m.Left > today));
        var villages = db.Areas.Where(a => a.BookId == bookId && a.Kind == AreaKind.Village);
        var sums = await (
            from t in db.LedgerTransactions
            where t.BookId == bookId && t.HappenedAt >= start && t.HappenedAt < end && (t.Kind == TransactionKinds.TaskReward || t.Kind == TransactionKinds.CaseReward)
                && !db.LedgerTransactions.Any(r => r.BookId == bookId && r.RelatedSequence == t.Sequence && r.Relation == Relation.Reverses)
            join e in db.LedgerEntries on new { t.BookId, t.Sequence } equals new { e.BookId, e.Sequence }
            where e.Amount > 0
            join a in db.LedgerAccounts on new { e.BookId, Number = e.Account } equals new { a.BookId, a.Number }
            where a.Asset == asset
            join m in may on a.Code equals prefix + m.Code
            from v in villages
            where m.Area.Path.StartsWith(v.Path)
            group e.Amount by new { Village = v.Code, m.Code, m.Name, m.Kind } into g
            select new Earned(g.Key.Village, g.Key.Code, g.Key.Name, g.Key.Kind, g.Sum())).ToListAsync(ct);
        var counts = await villages.OrderBy(v => v.Path).Select(v => new { v.Code, v.Name, Members = may.Count(m => m.Area.Path.StartsWith(v.Path)) }).ToListAsync(ct);
        var byVillage = sums.ToLookup(s => s.Village, StringComparer.Ordinal);
        return new Leaderboard([.. counts.Select(v => new Village(v.Code, v.Name, v.Members, byVillage[v.Code].Sum(s => s.Points), v.Members < LeastNamed ? [] : Ranked(byVillage[v.Code])))]);
    }

    private static List<Row> Ranked(IEnumerable<Earned> earned)
    {
        var rows = new List<Row>(Top);
        foreach (var e in earned.OrderByDescending(e => e.Points).ThenBy(e => e.Code, StringComparer.Ordinal).Take(Top))
        {
            var rank = rows is [.., { } before] && before.Points == e.Points ? before.Rank : rows.Count + 1;
            rows.Add(new Row(rank, MemberNames.Masked(e.Kind, e.Code, e.Name), e.Kind, e.Points));
        }
        return rows;
    }
}
