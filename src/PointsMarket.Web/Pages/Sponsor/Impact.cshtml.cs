using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using PointsMarket.Data;
using PointsMarket.Sponsors;
using PointsMarket.Web.Accounts;
using PointsMarket.Web.Shared;
using PointsMarket.Web.Sponsors;
using PointsMarket.Web.Text;

namespace PointsMarket.Web.Pages.Sponsor;

/// <summary>What became of every piece the firm gave, and for which kind of deeds; never for whom.</summary>
public sealed class ImpactModel(MarketDb db, CurrentUser user, TimeProvider clock, IStringLocalizer<Texts> texts) : PageModel
{
    public IReadOnlyList<BecameRow> Articles { get; private set; } = [];

    public DeedShares Deeds { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        if (user.SponsorId is not { } firm) return NotFound();
        Articles = await BecameRow.ReadAsync(db, firm, null, ct);
        Deeds = await SponsorImpact.DeedsAsync(db, firm, clock.GetUtcNow().UtcDateTime, ct);
        return Page();
    }

    public async Task<IActionResult> OnGetCsvAsync(CancellationToken ct) => user.SponsorId is not { } firm ? NotFound()
        : new Csv<BecameRow>("impact.csv", (await BecameRow.ReadAsync(db, firm, null, ct)).ToAsyncEnumerable(),
            (texts["Desk.Goods.Sku"], r => r.Sku), (texts["Desk.Goods.Article"], r => GoodsText.Name(r.NameZh, r.NameEn)), (texts["Desk.Goods.Unit"], r => r.Unit), (texts["Sponsor.Impact.Received"], r => r.Given.Received),
            (texts["Sponsor.Home.HandedOut"], r => r.Given.HandedOut), (texts["Sponsor.Home.OnShelf"], r => r.Given.OnShelf), (texts["Sponsor.Home.Reserved"], r => r.Given.Reserved),
            (texts["Sponsor.Impact.InTransit"], r => r.Given.InTransit), (texts["Sponsor.Home.WrittenOff"], r => r.Given.WrittenOff));

    /// <summary>The share of a kind in hundredths, half up.</summary>
    public long Percent(DeedShare kind) => Deeds.Points == 0 ? 0 : ((kind.Points * 200) + Deeds.Points) / (Deeds.Points * 2);
}
