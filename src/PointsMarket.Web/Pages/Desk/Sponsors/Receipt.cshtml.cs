using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using PointsMarket.Data;
using PointsMarket.Web.Accounts;
using PointsMarket.Web.Documents;
using PointsMarket.Web.Sponsors;
using PointsMarket.Web.Text;

namespace PointsMarket.Web.Pages.Desk.Sponsors;

/// <summary>The receipt of a delivery, for the desk that stamps it.</summary>
[Authorize(Policy = Access.ApproveRead)]
public sealed class ReceiptModel(MarketDb db, CurrentUser user, PrintSheet print, IStringLocalizer<Texts> texts) : PageModel
{
    public ReceiptSheet Receipt { get; private set; } = null!;

    public int FirmId { get; private set; }

    /// <summary>True when the server prints; else the print button is the browser's own.</summary>
    public bool HasPdf => print.IsPossible;

    /// <summary>True when the server was asked and could not.</summary>
    public bool Failed { get; private set; }

    public async Task<IActionResult> OnGetAsync(string reference, CancellationToken ct) => await LoadAsync(reference, ct) ? Page() : NotFound();

    public async Task<IActionResult> OnGetPdfAsync(string reference, CancellationToken ct)
    {
        if (!await LoadAsync(reference, ct)) return NotFound();
        if (await print.ExecuteAsync(this, ReceiptSheet.Drawn, Receipt, $"{texts["Sponsor.Receipt.Title"].Value} {Receipt.Number}", $"receipt-{Receipt.Number}.pdf", ct) is { } pdf) return pdf;
        Failed = print.IsPossible;
        return Page();
    }

    private async Task<bool> LoadAsync(string reference, CancellationToken ct)
    {
        var path = user.AreaPath;
        var found = db.Deliveries.Where(d => d.Reference == reference && d.Outlet.Area.Path.StartsWith(path));
        Receipt = (await ReceiptSheet.Of(db, found).SingleOrDefaultAsync(ct))!;
        FirmId = await found.Select(d => d.SponsorId ?? 0).SingleOrDefaultAsync(ct);
        return Receipt is { TakenBack: false };
    }
}
