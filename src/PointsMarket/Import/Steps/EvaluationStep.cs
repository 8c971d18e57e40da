using System.Globalization;
using Microsoft.EntityFrameworkCore;
using PointsMarket.Assessments;
using PointsMarket.Data;

namespace PointsMarket.Import.Steps;

internal sealed record EvaluationRow(DateOnly Month, string Rater, string Member, int Reporting, int Mediation, int Order, int Duty, int Feedback, int Manner) : ImportRow
{
    /// <summary>A rater may rate a member once a month: that is the key.</summary>
    public override string Reference => string.Create(CultureInfo.InvariantCulture, $"{Month:yyyy-MM}/{Rater}/{Member}");

    public override IReadOnlyList<object?> Values => [Month, Rater, Member, Reporting, Mediation, Order, Duty, Feedback, Manner];
}

/// <summary>Monthly marks. A month that is published keeps its assessment whatever is imported afterwards.</summary>
internal sealed class EvaluationStep : ImportStep<EvaluationRow>
{
    public override ImportFile File => ImportFile.Evaluations;

    public override IReadOnlyList<string> Columns { get; } = ["month", "rater", "member", "reporting", "mediation", "order", "duty", "feedback", "manner"];

    protected override EvaluationRow Parse(Cells cells)
    {
        var row = new EvaluationRow(
            cells.Month("month"), cells.Code("rater"), cells.Code("member"), cells.Number("reporting", 1, 5), cells.Number("mediation", 1, 5),
            cells.Number("order", 1, 5), cells.Number("duty", 1, 5), cells.Number("feedback", 1, 5), cells.Number("manner", 1, 5));
        if (!cells.Failed && row.Rater == row.Member) cells.Refuse("rater", ImportReason.Oneself, row.Rater);
        return row;
    }

    protected override async Task<List<EvaluationRow>> StoredAsync(MarketDb db, IReadOnlyList<string> references, CancellationToken ct)
    {
        // Three lists find a little more than was asked for; what nobody asks for is passed over.
        var parts = references.Select(r => r.Split('/')).ToList();
        var months = parts.Select(p => DateOnly.ParseExact(p[0], "yyyy-MM", CultureInfo.InvariantCulture)).Distinct().ToList();
        var raters = parts.Select(p => p[1]).Distinct().ToList();
        var members = parts.Select(p => p[2]).Distinct().ToList();
        return await db.Evaluations.Where(e => months.Contains(e.Month) && raters.Contains(e.Rater!.Code) && members.Contains(e.Member.Code))
            .Select(e => new EvaluationRow(e.Month, e.Rater!.Code, e.Member.Code, e.Reporting, e.Mediation, e.Order, e.Duty, e.Feedback, e.Manner))
            .ToListAsync(ct);
    }

    protected override async Task WriteAsync(ImportRun run, IReadOnlyList<EvaluationRow> rows, CancellationToken ct)
    {
        var made = new List<Evaluation>(rows.Count);
        foreach (var row in rows)
        {
            var (rater, member) = (run.Member(row, "rater", row.Rater), run.Member(row, "member", row.Member));
            if (rater is null || member is null) continue;
            if (rater.Area.Station != member.Area.Station) run.Refuse(row, "rater", ImportReason.OtherStation, row.Rater);
            else made.Add(new Evaluation
            {
                Month = row.Month, RaterId = rater.Id, MemberId = member.Id, Reporting = row.Reporting, Mediation = row.Mediation,
                Order = row.Order, Duty = row.Duty, Feedback = row.Feedback, Manner = row.Manner,
            });
        }
        if (!run.Writing) return;
        await run.SaveAsync(made, ct);
    }
}
