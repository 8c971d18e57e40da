using Microsoft.EntityFrameworkCore;
using PointsMarket.Data;
using PointsMarket.Tasks;

namespace PointsMarket.Rules;

/// <summary>
/// "What if": a month's verified reports worked out once by the rule book as it stands and once as if the proposed rule had been in
/// force all month. Both are recomputed, so that only the rule makes the difference, and nothing is written. Room that a reversed
/// report left under a cap is filled in both.
/// </summary>
public sealed record RulePreview
{
    /// <summary>One verified report.</summary>
    /// <param name="MemberId">Whose.</param>
    /// <param name="Category">Its category.</param>
    /// <param name="Day">The station day it happened.</param>
    public sealed record Done(int MemberId, string Category, DateOnly Day);

    /// <summary>A category's points by the book and by the proposal.</summary>
    public sealed record Line(string Category, int Reports, long Now, long Then);

    /// <summary>The category whose rule is proposed.</summary>
    public required string Category { get; init; }

    /// <summary>The categories reported in the month, in the order of the rule book, and the proposed one in any case.</summary>
    public required IReadOnlyList<Line> Lines { get; init; }

    /// <summary>Members who would have more, and who would have less.</summary>
    public required int More { get; init; }

    /// <inheritdoc cref="More"/>
    public required int Less { get; init; }

    /// <summary>All points by the book.</summary>
    public long Now => Lines.Sum(l => l.Now);

    /// <summary>All points by the proposal.</summary>
    public long Then => Lines.Sum(l => l.Then);

    /// <summary>Members whose month would be another.</summary>
    public int Touched => More + Less;

    /// <summary>Works it out.</summary>
    /// <param name="book">The whole rule book.</param>
    /// <param name="proposed">The rule, taken to be in force on every day.</param>
    /// <param name="reports">Verified reports of one month, in order of filing.</param>
    /// <param name="order">The categories in the order of the rule book.</param>
    public static RulePreview Of(IReadOnlyCollection<ScoringRule> book, ScoringRule proposed, IEnumerable<Done> reports, IEnumerable<string> order)
    {
        ArgumentNullException.ThrowIfNull(book);
        ArgumentNullException.ThrowIfNull(proposed);
        ArgumentNullException.ThrowIfNull(reports);
        ArgumentNullException.ThrowIfNull(order);
        var always = new ScoringRule
        {
            Category = proposed.Category, From = DateOnly.MinValue, Points = proposed.Points,
            ReportsPerDay = proposed.ReportsPerDay, PointsPerMonth = proposed.PointsPerMonth, Evidence = proposed.Evidence, Retired = proposed.Retired,
        };
        var (now, then) = (new ReportPoints(book), new ReportPoints([.. book.Where(r => r.Category != proposed.Category), always]));
        var lines = new Dictionary<string, Line>(StringComparer.Ordinal) { [proposed.Category] = new(proposed.Category, 0, 0, 0) };
        var changes = new Dictionary<int, long>();
        foreach (var r in reports)
        {
            // Nothing was in force that day: it could not have been verified.
            if (now.RuleOn(r.Category, r.Day) is null) continue;
            var (before, after) = (now.Next(r.MemberId, r.Category, r.Day), then.RuleOn(r.Category, r.Day) is null ? 0 : then.Next(r.MemberId, r.Category, r.Day));
            var line = lines.GetValueOrDefault(r.Category) ?? new Line(r.Category, 0, 0, 0);
            lines[r.Category] = line with { Reports = line.Reports + 1, Now = line.Now + before, Then = line.Then + after };
            changes[r.MemberId] = changes.GetValueOrDefault(r.MemberId) + after - before;
        }
        return new RulePreview
        {
            Category = proposed.Category,
            Lines = [.. order.Append(proposed.Category).Distinct().Where(lines.ContainsKey).Select(c => lines[c])],
            More = changes.Values.Count(c => c > 0), Less = changes.Values.Count(c => c < 0),
        };
    }

    /// <summary>Reads the month's verified reports of an area and works it out. A few thousand rows of three columns at most.</summary>
    public static async Task<RulePreview> ReadAsync(MarketDb db, string areaPath, DateOnly month, ScoringRule proposed, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        var next = month.AddMonths(1);
        var reports = await db.TaskReports
            .Where(r => r.Outcome == ReportOutcome.Verified && r.HappenedDay >= month && r.HappenedDay < next && r.Area.Path.StartsWith(areaPath))
            .OrderBy(r => r.FiledAt).ThenBy(r => r.Reference).Select(r => new Done(r.MemberId, r.Category, r.HappenedDay)).ToListAsync(ct);
        return Of(await db.ScoringRules.AsNoTracking().ToListAsync(ct), proposed, reports, await TaskCategory.CodesAsync(db, ct));
    }
}
