using Microsoft.EntityFrameworkCore;
using PointsMarket.Data;

namespace PointsMarket.Tasks;

/// <summary>What an approver should look at twice.</summary>
public enum DoubtKind
{
    /// <summary>The rule asks for a photo, and none came.</summary>
    NoPhoto,

    /// <summary>Another report has the very same photo.</summary>
    SamePhoto,

    /// <summary>The same member filed many in a short time.</summary>
    Burst,

    /// <summary>The same member filed nearly the same words within days.</summary>
    NearText,
}

/// <summary>Something about a report that an approver should look at twice.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Other">The reference of the other report, for a same photo or near words.</param>
/// <param name="OtherDay">The station day on which the other one happened.</param>
public sealed record ReportDoubt(DoubtKind Kind, string? Other = null, DateOnly? OtherDay = null);

/// <summary>Finds the doubts about the reports of one screen. They advise and decide nothing.</summary>
public static class ReportDoubts
{
    /// <summary>So many reports of one member…</summary>
    public const int BurstReports = 5;

    /// <summary>Words are near when they share this part of their letter pairs.</summary>
    public const double Near = 0.8;

    /// <summary>Words are compared with those filed this long before and after.</summary>
    public static readonly TimeSpan NearWithin = TimeSpan.FromDays(3);

    /// <summary>…within so long are a burst.</summary>
    public static readonly TimeSpan BurstWithin = TimeSpan.FromMinutes(30);

    private sealed record Neighbour(int Id, int MemberId, string Reference, DateTime FiledAt, DateOnly HappenedDay, string Text);

    /// <summary>The doubts about the given reports, by key; a report without any is not in it.</summary>
    public static async Task<IReadOnlyDictionary<int, IReadOnlyList<ReportDoubt>>> ForAsync(MarketDb db, IReadOnlyCollection<int> reportIds, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        var reports = await db.TaskReports.Where(r => reportIds.Contains(r.Id))
            .Select(r => new { r.Id, r.MemberId, r.Category, r.FiledAt, r.HappenedDay, r.Text, r.Reference, Photos = r.Photos.Count }).ToListAsync(ct);
        if (reports.Count == 0) return new Dictionary<int, IReadOnlyList<ReportDoubt>>();
        var rules = new ReportPoints(await db.ScoringRules.AsNoTracking().ToListAsync(ct));
        var (from, to) = (reports.Min(r => r.FiledAt) - NearWithin, reports.Max(r => r.FiledAt) + NearWithin);
        var members = reports.Select(r => r.MemberId).Distinct().ToList();
        var neighbours = (await db.TaskReports.Where(r => members.Contains(r.MemberId) && r.FiledAt >= from && r.FiledAt <= to)
            .Select(r => new Neighbour(r.Id, r.MemberId, r.Reference, r.FiledAt, r.HappenedDay, r.Text)).ToListAsync(ct)).ToLookup(n => n.MemberId);
        var samePhotos = (await db.Set<ReportPhoto>().Where(p => reportIds.Contains(p.ReportId))
            .Join(db.Set<ReportPhoto>(), p => p.Hash, o => o.Hash, (p, o) => new { p.ReportId, Other = o.ReportId, o.Report.Reference, o.Report.HappenedDay })
            .Where(x => x.Other != x.ReportId).ToListAsync(ct)).ToLookup(x => x.ReportId);

        var doubts = new Dictionary<int, IReadOnlyList<ReportDoubt>>();
        foreach (var r in reports)
        {
            var own = new List<ReportDoubt>();
            if (r.Photos == 0 && rules.RuleOn(r.Category, r.HappenedDay)?.Evidence == Evidence.Photo) own.Add(new(DoubtKind.NoPhoto));
            if (samePhotos[r.Id].OrderBy(x => x.Other).FirstOrDefault() is { } same) own.Add(new(DoubtKind.SamePhoto, same.Reference, same.HappenedDay));
            var near = neighbours[r.MemberId].Where(n => n.Id != r.Id).ToList();
            if (IsBurst([.. near.Select(n => n.FiledAt).Append(r.FiledAt).Order()], r.FiledAt)) own.Add(new(DoubtKind.Burst));
            if (near.Where(n => (n.FiledAt - r.FiledAt).Duration() <= NearWithin).OrderBy(n => (n.FiledAt - r.FiledAt).Duration())
                .FirstOrDefault(n => Likeness(n.Text, r.Text) >= Near) is { } twin) own.Add(new(DoubtKind.NearText, twin.Reference, twin.HappenedDay));
            if (own.Count > 0) doubts.Add(r.Id, own);
        }
        return doubts;
    }

    /// <summary>True when a run of <see cref="BurstReports"/> within <see cref="BurstWithin"/> has this moment in it.</summary>
    private static bool IsBurst(List<DateTime> moments, DateTime at)
    {
        for (var i = 0; i + BurstReports <= moments.Count; i++)
        {
            var (first, last) = (moments[i], moments[i + BurstReports - 1]);
            if (last - first <= BurstWithin && first <= at && at <= last) return true;
        }
        return false;
    }

    /// <summary>How alike two texts are, 0 to 1: twice the letter pairs they share, over all they have (Dice). Only letters and digits count.</summary>
    public static double Likeness(string one, string other)
    {
        ArgumentNullException.ThrowIfNull(one);
        ArgumentNullException.ThrowIfNull(other);
        var (a, b) = (Letters(one), Letters(other));
        if (a == b) return 1;
        if (a.Length < 2 || b.Length < 2) return 0;
        var pairs = new Dictionary<(char, char), int>();
        for (var i = 1; i < a.Length; i++) pairs[(a[i - 1], a[i])] = pairs.GetValueOrDefault((a[i - 1], a[i])) + 1;
        var shared = 0;
        for (var i = 1; i < b.Length; i++)
        {
            if (!pairs.TryGetValue((b[i - 1], b[i]), out var left) || left == 0) continue;
            pairs[(b[i - 1], b[i])] = left - 1;
            shared++;
        }
        return 2.0 * shared / (a.Length + b.Length - 2);
    }

    private static string Letters(string text) => new([.. text.Where(char.IsLetterOrDigit).Select(char.ToUpperInvariant)]);
}
