using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;
using PointsMarket.Web.Accounts;
using PointsMarket.Web.Documents;
using PointsMarket.Web.Effects;
using PointsMarket.Web.Text;

namespace PointsMarket.Web.Pages.Desk.Effects;

/// <summary>The effects on one sheet for the village's notice board, A4 or A3.</summary>
public sealed class PrintModel(EffectsPages pages, CurrentUser user, PrintSheet print, IStringLocalizer<Texts> texts) : EffectsPage(pages, user, "/desk/effects/print")
{
    /// <summary>Paths of the partials that draw it, on screen and on paper.</summary>
    public const string Small = "/Pages/Desk/Effects/_Board.cshtml", Large = "/Pages/Desk/Effects/_BoardA3.cshtml";

    /// <summary>a4 or a3.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Size { get; set; }

    public bool IsLarge => Size == "a3";

    public string Drawn => IsLarge ? Large : Small;

    public bool HasPdf => print.IsPossible;

    public bool Failed { get; private set; }

    public async Task<IActionResult> OnGetAsync(string? period, string? area, CancellationToken ct) => await LoadAsync(period, area, ct) && View is not null ? Page() : NotFound();

    public async Task<IActionResult> OnGetPdfAsync(string? period, string? area, CancellationToken ct)
    {
        if (!await LoadAsync(period, area, ct) || View is not { } view) return NotFound();
        var text = view.Report.Period.Text;
        if (await print.ExecuteAsync(this, Drawn, view, $"{texts["Effects.Sheet.Title"].Value} {text}", $"effects-{text}.pdf", ct) is { } pdf) return pdf;
        Failed = print.IsPossible;
        return Page();
    }
}
