using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using PointsMarket.Areas;
using PointsMarket.Data;
using PointsMarket.Reconciliations;
using PointsMarket.Web.Accounts;
using PointsMarket.Web.Documents;
using PointsMarket.Web.Reconciling;
using PointsMarket.Web.Shared;
using PointsMarket.Web.Text;

namespace PointsMarket.Web.Pages.Finance.Reconciliation;

/// <summary>The reconciliation on paper: what was compared, what was off and what became of it, the cover, and room for the signatures.</summary>
public sealed class PrintModel(MarketDb db, CurrentUser user, Actors actors, PrintSheet print, IStringLocalizer<Texts> texts) : PageModel
{
    /// <summary>Path of the partial that draws it, on screen and on paper.</summary>
    public const string Drawn = "/Pages/Finance/Reconciliation/_Sheet.cshtml";

    /// <summary>What stands in it.</summary>
    public sealed record Sheet(
        PointsMarket.Reconciliations.Reconciliation Run, IReadOnlyList<FollowUp> Items, CoverPace Pace, MonthClosing? Closing, IReadOnlyDictionary<string, string> Names, IReadOnlySet<int> Asked, FollowUpNames Called);

    public Sheet Shown { get; private set; } = null!;

    /// <summary>True when the server prints; else the print button is the browser's own.</summary>
    public bool HasPdf => print.IsPossible;

    /// <summary>True when the server was asked and could not.</summary>
    public bool Failed { get; private set; }

    public async Task<IActionResult> OnGetAsync(int id, CancellationToken ct) => await LoadAsync(id, ct) ? Page() : NotFound();

    public async Task<IActionResult> OnGetPdfAsync(int id, CancellationToken ct)
    {
        if (!await LoadAsync(id, ct)) return NotFound();
        var month = StationMonth.Text(Shown.Run.Month);
        if (await print.ExecuteAsync(this, Drawn, Shown, texts["Recon.Show.Title", month], $"reconciliation-{month}.pdf", ct) is { } pdf) return pdf;
        Failed = print.IsPossible;
        return Page();
    }

    private async Task<bool> LoadAsync(int id, CancellationToken ct)
    {
        var book = await ReconReads.BookAsync(db, user, ct);
        var run = await db.Reconciliations.AsNoTracking().Include(r => r.Discrepancies.OrderBy(d => d.Position)).SingleOrDefaultAsync(r => r.Id == id && r.BookId == book, ct);
        if (run is null) return false;
        var items = await db.FollowUps.AsNoTracking().Where(f => f.ReconciliationId == id).OrderBy(f => f.Position == null).ThenBy(f => f.Position).ThenBy(f => f.Id).ToListAsync(ct);
        if (items.Count < run.Discrepancies.Count)
            items = run.Discrepancies.ConvertAll(d => new FollowUp { Kind = d.Kind, Place = d.Place, Item = d.Item, Outside = d.Outside, Book = d.Book }); // of a time before things were followed
        var closing = await db.MonthClosings.AsNoTracking().SingleOrDefaultAsync(c => c.BookId == book && c.Month == run.Month && c.Past == 0 && c.ClosedAt != null, ct);
        Shown = new Sheet(run, items, await CoverBook.PaceAsync(db, run, ct), closing, await actors.NamesAsync(items.Select(i => i.Owner).Concat([run.RunBy, closing?.AskedBy, closing?.ClosedBy]), ct), await ReconReads.AskedAsync(db, items, ct), await ReconReads.NamesAsync(db, run.BookId, items, ct));
        return true;
    }
}
