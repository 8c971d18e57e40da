using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using PointsMarket.Areas;
using PointsMarket.Assessments;
using PointsMarket.Data;
using PointsMarket.Web.Accounts;
using PointsMarket.Web.Shared;
using PointsMarket.Web.Text;

namespace PointsMarket.Web.Pages.Desk.Assessments;

/// <summary>A month compared by village and by level: how many, the mean, and how the grades spread. Groups under five are not told.</summary>
[Authorize(Policy = Access.ApproveRead)]
public sealed class CompareModel(MarketDb db, CurrentUser user, TimeProvider clock, IStringLocalizer<Texts> texts) : AssessmentPage(db, user, clock)
{
    /// <summary>A smaller group would tell of people.</summary>
    public const int LeastGroup = 5;

    /// <summary>A group; <see cref="Mean"/> in hundredths over those with a score, null when too few have one.</summary>
    public sealed record Group(string Name, int Count, int? Mean, int Excellent, int Competent, int NotCompetent, int None)
    {
        public bool TooFew => Count < LeastGroup;

        public IReadOnlyList<(string Grade, int Count)> Grades => [(nameof(Grade.Excellent), Excellent), (nameof(Grade.Competent), Competent), (nameof(Grade.NotCompetent), NotCompetent), (nameof(Grade.None), None)];
    }

    private readonly MarketDb db = db;

    public IReadOnlyList<Group> Villages { get; private set; } = [];

    public IReadOnlyList<Group> Kinds { get; private set; } = [];

    public Task OnGetAsync(string? month, CancellationToken ct) => LoadAsync(month, ct);

    public async Task<IActionResult> OnGetCsvAsync(string? month, CancellationToken ct)
    {
        await LoadAsync(month, ct);
        return new Csv<Group>($"assessment-compare-{MonthText}.csv", Villages.Concat(Kinds).ToAsyncEnumerable(),
            (texts["Assess.Compare.Group"], g => g.Name), (texts["Assess.Compare.Count"], g => g.Count), (texts["Assess.Compare.Mean"], g => g.TooFew ? null : AssessmentWords.Score(g.Mean)),
            (texts["Enum.Grade.Excellent"], g => g.TooFew ? null : g.Excellent), (texts["Enum.Grade.Competent"], g => g.TooFew ? null : g.Competent),
            (texts["Enum.Grade.NotCompetent"], g => g.TooFew ? null : g.NotCompetent), (texts["Enum.Grade.None"], g => g.TooFew ? null : g.None));
    }

    private async Task LoadAsync(string? month, CancellationToken ct)
    {
        await FindAsync(month, ct);
        var lines = await HeldAsync(ct);
        var villages = await db.Areas.Where(a => a.Kind == AreaKind.Village).OrderBy(a => a.Code).Select(a => new { a.Name, a.Path }).ToListAsync(ct);
        Villages = [.. villages.Select(v => GroupOf(v.Name, lines.Where(l => l.Line.Member.Area.Path.StartsWith(v.Path, StringComparison.Ordinal)).Select(l => l.Holds))).Where(g => g.Count > 0)];
        Kinds = [.. lines.GroupBy(l => l.Line.Member.Kind).OrderBy(g => g.Key).Select(g => GroupOf(texts[$"Assess.Kind.{g.Key}"], g.Select(l => l.Holds)))];
    }

    private static Group GroupOf(string name, IEnumerable<HeldLine> lines)
    {
        var all = lines.ToList();
        var scores = all.Select(l => l.Score).OfType<int>().ToList();
        int Of(Grade grade) => all.Count(l => l.Grade == grade);
        var mean = scores.Count < LeastGroup ? (int?)null : (int)(((2L * scores.Sum(s => (long)s)) + scores.Count) / (2L * scores.Count));
        return new Group(name, all.Count, mean, Of(Grade.Excellent), Of(Grade.Competent), Of(Grade.NotCompetent), Of(Grade.None));
    }
}
