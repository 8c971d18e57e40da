using Microsoft.EntityFrameworkCore;
using PointsMarket.Areas;
using PointsMarket.Data;
using PointsMarket.Ledger;
using PointsMarket.Tasks;

namespace PointsMarket.Import.Steps;

internal sealed record ReportRow(
    string Code, string Member, string Category, DateTime HappenedAt, DateTime FiledAt, string Area, string Text, ReportOutcome Outcome, string? Reason) : ImportRow
{
    public override string Reference => Code;

    public override IReadOnlyList<object?> Values => [Code, Member, Category, HappenedAt, FiledAt, Area, Text, Outcome, Reason];
}

/// <summary>Task reports. The points of the verified ones are worked out here by the rule book, never read from the file.</summary>
internal sealed class ReportStep : ImportStep<ReportRow>
{
    private static readonly IReadOnlyDictionary<string, ReportOutcome> Outcomes = FileWords.Small<ReportOutcome>()
        .Where(o => o.Value is ReportOutcome.Verified or ReportOutcome.Rejected or ReportOutcome.Pending).ToDictionary(StringComparer.Ordinal);

    public override ImportFile File => ImportFile.Reports;

    public override IReadOnlyList<string> Columns { get; } = ["reference", "member", "category", "happened_at", "filed_at", "area", "text", "outcome", "reason"];

    protected override ReportRow Parse(Cells cells)
    {
        var row = new ReportRow(
            cells.Code("reference"), cells.Code("member"), cells.Code("category"), cells.Time("happened_at"), cells.Time("filed_at"),
            cells.Code("area"), cells.Text("text", 2000), cells.OneOf("outcome", Outcomes), cells.TextOrNull("reason", 500));
        if (!cells.Failed && row.FiledAt < row.HappenedAt) cells.Refuse("filed_at", ImportReason.TooEarly, null, "happened_at");
        return row;
    }

    protected override Task<List<ReportRow>> StoredAsync(MarketDb db, IReadOnlyList<string> references, CancellationToken ct) => db.TaskReports
        .Where(r => references.Contains(r.Reference))
        .Select(r => new ReportRow(r.Reference, r.Member.Code, r.Category, r.HappenedAt, r.FiledAt, r.Area.Code, r.Text, r.Outcome, r.Reason))
        .ToListAsync(ct);

    protected override async Task WriteAsync(ImportRun run, IReadOnlyList<ReportRow> rows, CancellationToken ct)
    {
        if (rows.Count == 0) return;
        var days = rows.Select(r => StationTime.Day(r.HappenedAt)).ToList();
        var points = await ReportTally.LoadAsync(run.Db, days.Min(), days.Max(), ct: ct);
        var made = new List<(ReportRow Row, TaskReport Entity, KnownMember Member)>(rows.Count);
        foreach (var row in rows.OrderBy(r => r.FiledAt).ThenBy(r => r.Reference, StringComparer.Ordinal))
        {
            if (Resolve(run, row, points) is { } report) made.Add(report);
        }
        if (!run.Writing) return;
        await run.SaveAsync(made.Select(m => m.Entity), ct);
        foreach (var (row, report, member) in made)
        {
            if (report.Points > 0) await run.PostAsync(row, "member", Request(run, row, report, member), ct);
            run.Advance(1, ct);
        }
    }

    private static (ReportRow, TaskReport, KnownMember)? Resolve(ImportRun run, ReportRow row, ReportPoints points)
    {
        var member = run.Member(row, "member", row.Member);
        var area = run.Area(row, "area", row.Area);
        if (!run.Categories.Contains(row.Category)) run.Refuse(row, "category", ImportReason.BadChoice, row.Category, string.Join(", ", run.Categories));
        if (member is null || area is null || !run.Categories.Contains(row.Category)) return null;
        if (area.Station != member.Area.Station)
        {
            run.Refuse(row, "area", ImportReason.OtherStation, row.Area);
            return null;
        }
        var report = new TaskReport
        {
            Reference = row.Reference, MemberId = member.Id, Category = row.Category, HappenedAt = row.HappenedAt, FiledAt = row.FiledAt,
            HappenedDay = StationTime.Day(row.HappenedAt), AreaId = area.Id, Text = row.Text, Outcome = row.Outcome, Reason = row.Reason,
        };
        if (row.Outcome != ReportOutcome.Verified) return (row, report, member);
        if (points.RuleOn(row.Category, report.HappenedDay) is null)
        {
            run.Refuse(row, "category", ImportReason.NoRule, row.Category);
            return null;
        }
        // Without ids there is nothing to tell members apart by; nothing is written either.
        if (run.Writing) (report.Points, report.Cap) = points.Judge(member.Id, row.Category, report.HappenedDay);
        return (row, report, member);
    }

    private static TransactionRequest Request(ImportRun run, ReportRow row, TaskReport report, KnownMember member) => new()
    {
        BookId = member.Area.Book, Key = $"task:{row.Reference}", Kind = TransactionKinds.TaskReward, Subject = row.Reference,
        HappenedAt = row.HappenedAt, Actor = run.Actor,
        Postings = [new Posting(AccountCode.Issue("task"), AccountCode.Member(row.Member), Asset.Points, report.Points)],
    };
}
