using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using PointsMarket.Areas;
using PointsMarket.Data;
using PointsMarket.Web.Accounts;
using PointsMarket.Web.Documents;
using PointsMarket.Web.Sponsors;
using PointsMarket.Web.Text;

namespace PointsMarket.Web.Pages.Sponsor;

/// <summary>The letter of thanks for a year in which something of the firm's came.</summary>
public sealed class ThanksModel(MarketDb db, CurrentUser user, PrintSheet print, TimeProvider clock, IStringLocalizer<Texts> texts) : PageModel
{
    public ThanksSheet Letter { get; private set; } = null!;

    /// <summary>True when the server prints; else the print button is the browser's own.</summary>
    public bool HasPdf => print.IsPossible;

    /// <summary>True when the server was asked and could not.</summary>
    public bool Failed { get; private set; }

    public async Task<IActionResult> OnGetAsync(int year, CancellationToken ct) => await LoadAsync(year, ct) ? Page() : NotFound();

    public async Task<IActionResult> OnGetPdfAsync(int year, CancellationToken ct)
    {
        if (!await LoadAsync(year, ct)) return NotFound();
        if (await print.ExecuteAsync(this, ThanksSheet.Drawn, Letter, $"{texts["Sponsor.Thanks.Title"].Value} {year}", $"thanks-{year}.pdf", ct) is { } pdf) return pdf;
        Failed = print.IsPossible;
        return Page();
    }

    private async Task<bool> LoadAsync(int year, CancellationToken ct)
    {
        if (user.SponsorId is not { } firm) return false;
        Letter = (await ThanksSheet.ReadAsync(db, firm, year, StationTime.Day(clock.GetUtcNow().UtcDateTime), ct))!;
        return Letter is not null;
    }
}
