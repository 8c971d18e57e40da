using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using PointsMarket.Areas;
using PointsMarket.Data;
using PointsMarket.Reconciliations;
using PointsMarket.Web.Accounts;
using PointsMarket.Web.Shared;
using PointsMarket.Web.Text;

namespace PointsMarket.Web.Pages.Finance.Reconciliation;

/// <summary>One month's reconciliation: balanced, or exactly what is not, side by side.</summary>
public sealed class ShowModel(MarketDb db, CurrentUser user, IStringLocalizer<Texts> texts) : PageModel
{
    public PointsMarket.Reconciliations.Reconciliation Found { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(int id) => await LoadAsync(id) ? Page() : NotFound();

    public async Task<IActionResult> OnGetCsvAsync(int id)
    {
        if (!await LoadAsync(id)) return NotFound();
        var words = new DiscrepancyText(texts);
        return new Csv<Discrepancy>($"reconciliation-{StationMonth.Text(Found.Month)}.csv", Found.Discrepancies.ToAsyncEnumerable(),
            (texts["Recon.Part.What"], words.Kind), (texts["Recon.Part.Place"], d => d.Kind == DiscrepancyKind.LedgerFault ? "" : d.Place), (texts["Recon.Part.Item"], d => d.Item),
            (texts["Recon.Part.Outside"], d => d.Outside), (texts["Recon.Part.Book"], d => d.Book), (texts["Recon.Part.Difference"], d => d.Kind == DiscrepancyKind.LedgerFault ? null : d.Difference));
    }

    private async Task<bool> LoadAsync(int id)
    {
        var path = user.AreaPath;
        var found = await db.Reconciliations.AsNoTracking().Include(r => r.Discrepancies.OrderBy(d => d.Position))
            .SingleOrDefaultAsync(r => r.Id == id && db.Areas.Any(a => a.Kind == AreaKind.Station && a.Path == path && a.BookId == r.BookId));
        if (found is not null) Found = found;
        return found is not null;
    }
}
