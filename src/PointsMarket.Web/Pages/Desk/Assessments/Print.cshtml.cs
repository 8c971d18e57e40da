using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;
using PointsMarket.Assessments;
using PointsMarket.Data;
using PointsMarket.Members;
using PointsMarket.Web.Accounts;
using PointsMarket.Web.Documents;
using PointsMarket.Web.Text;

namespace PointsMarket.Web.Pages.Desk.Assessments;

/// <summary>The month's assessment on paper: for the wall with masked names and an informant's code, or for the files with names.</summary>
[Authorize(Policy = Access.ApproveRead)]
public sealed class PrintModel(MarketDb db, CurrentUser user, TimeProvider clock, PrintSheet print, IStringLocalizer<Texts> texts) : AssessmentPage(db, user, clock)
{
    /// <summary>Path of the partial that draws it, on screen and on paper.</summary>
    public const string Drawn = "/Pages/Desk/Assessments/_Sheet.cshtml";

    public sealed record Line(string Code, string Who, string Area, MemberKind Kind, int? Score, Grade Grade, int Bonus, bool Corrected);

    /// <summary>What stands on it.</summary>
    public sealed record Sheet(DateOnly Month, bool Named, bool Draft, DateTime? PublishedAt, IReadOnlyList<Line> Lines)
    {
        public int Of(Grade grade) => Lines.Count(l => l.Grade == grade);
    }

    [BindProperty(SupportsGet = true)]
    public bool Names { get; set; }

    public Sheet Document { get; private set; } = null!;

    public bool HasPdf => print.IsPossible;

    public bool Failed { get; private set; }

    public async Task<IActionResult> OnGetAsync(string? month, CancellationToken ct) => await LoadAsync(month, ct) ? Page() : NotFound();

    public async Task<IActionResult> OnGetPdfAsync(string? month, CancellationToken ct)
    {
        if (!await LoadAsync(month, ct)) return NotFound();
        if (await print.ExecuteAsync(this, Drawn, Document, $"{texts["Assess.Sheet.Title"].Value} {MonthText}", $"assessment-{MonthText}.pdf", ct) is { } pdf) return pdf;
        Failed = print.IsPossible;
        return Page();
    }

    private async Task<bool> LoadAsync(string? month, CancellationToken ct)
    {
        await FindAsync(month, ct);
        if (Found is not { } found || !IsShown) return false;
        var lines = (await HeldAsync(ct)).Select(l => LineOf(l.Line, l.Holds)).OrderBy(l => l.Kind).ThenBy(l => l.Code, StringComparer.Ordinal).ToList();
        Document = new Sheet(Month, Names, found.State == AssessmentState.Draft, found.PublishedAt, lines);
        return true;
    }

    private Line LineOf(AssessmentLine line, HeldLine holds)
    {
        var m = line.Member;
        return new Line(m.Code, Names ? MemberNames.Shown(m.Kind, m.Code, m.Name) : MemberNames.Masked(m.Kind, m.Code, m.Name), m.Area.Name, m.Kind, holds.Score, holds.Grade, holds.Bonus, holds.Corrected);
    }
}
