using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using PointsMarket.Data;
using PointsMarket.Market;
using PointsMarket.Members;
using PointsMarket.Web.Kiosk;
using PointsMarket.Web.Shared;
using PointsMarket.Web.Text;

namespace PointsMarket.Web.Pages.Kiosk;

/// <summary>The shelf and the basket. A tap is a form; htmx only spares the reload.</summary>
public sealed class ShopModel(KioskScreen screen, MarketDb db, ReadShop readShop, ChooseGoods choose, IStringLocalizer<Texts> texts) : KioskVisitPage(screen)
{
    /// <summary>From this many pieces on, nobody needs to hurry.</summary>
    private const int Plenty = 6;

    [BindProperty]
    public InputModel Input { get; set; } = new();

    /// <summary>The shelf shown: food, daily, card; null for all.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Section { get; set; }

    public Shop Shop { get; private set; } = null!;

    /// <summary>How the person is called on a screen that others may see.</summary>
    public string Who { get; private set; } = "";

    /// <summary>True when goods wait for this person at a counter.</summary>
    public bool Waiting { get; private set; }

    /// <summary>The shelves that have something on them.</summary>
    public IReadOnlyList<string> Sections { get; private set; } = [];

    public IEnumerable<Offer> Shown => Shop.Offers.Where(o => Section is null || o.Section == Section);

    public static bool IsFew(Offer offer) => offer.Left < Plenty;

    /// <summary>How many more of it the month's limit allows; null without a limit.</summary>
    public static int? StillAllowed(Offer offer) => offer.Allowed is { } most ? Math.Max(0, most - offer.Chosen) : null;

    public async Task<IActionResult> OnGetAsync(CancellationToken ct) => await LoadAsync(ct) ? Page() : await OverAsync();

    /// <summary>The screen was touched without asking for anything; that it answered at all keeps the visit alive.</summary>
    public NoContentResult OnGetTouch() => new();

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        var outcome = ModelState.IsValid && Input.Sku is { } sku
            ? await choose.ExecuteAsync(new ChooseGoods.Input { SessionId = Visit.Id, Sku = sku, Change = Input.Change }, ct)
            : ChooseGoods.Outcome.NotOffered;
        if (outcome == ChooseGoods.Outcome.NoSession || !await LoadAsync(ct)) return await OverAsync();
        if (outcome == ChooseGoods.Outcome.NotOffered) TempData.Refuse("Kiosk.Shop.NotOffered");
        if (outcome == ChooseGoods.Outcome.NoMore) SayWhy(Shop.Offers.Single(o => o.Sku == Input.Sku));
        return ForSwap ? Page() : LocalRedirect(Section is null ? "/kiosk/shop" : "/kiosk/shop?section=" + Section);
    }

    public override void OnPageHandlerSelected(PageHandlerSelectedContext context)
    {
        // An unknown shelf is all of them; what is left is safe to put into an address.
        if (Section is not ("food" or "daily" or "card")) Section = null;
    }

    private void SayWhy(Offer offer)
    {
        var name = GoodsNames.Shown(offer.NameZh, offer.NameEn);
        if (offer.Chosen >= offer.Left) TempData.Refuse("Kiosk.Shop.OnlyLeft", name, Ui.Points(offer.Left));
        else if (StillAllowed(offer) == 0) TempData.Refuse("Kiosk.Shop.OnlyAllowed", name, Ui.Points(offer.Allowed ?? 0));
        else if (Shop.Remaining < offer.Points) TempData.Refuse("Kiosk.Shop.PointsShort", name, Ui.Points(offer.Points - Shop.Remaining));
        else TempData.Refuse("Kiosk.Shop.Most", name, Basket.MostPieces.ToString(CultureInfo.InvariantCulture));
    }

    private async Task<bool> LoadAsync(CancellationToken ct)
    {
        if (await readShop.ExecuteAsync(db, Visit.Id, ct) is not { } shop) return false;
        Shop = shop;
        Who = shop.Kind is { } kind ? MemberNames.Masked(kind, shop.Code, shop.Name) : texts["Kiosk.Voucher.Holder"];
        Sections = [.. shop.Offers.Select(o => o.Section).Where(s => s is "food" or "daily" or "card").Distinct()];
        Waiting = await Visit.Redemptions(db).AnyAsync(r => r.State == RedemptionState.Held, ct);
        return true;
    }

    public sealed class InputModel
    {
        public string? Sku { get; set; }

        /// <summary>+1 or −1.</summary>
        public int Change { get; set; }
    }
}
