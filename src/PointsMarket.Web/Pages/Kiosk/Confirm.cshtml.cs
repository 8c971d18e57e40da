using Microsoft.AspNetCore.Mvc;
using PointsMarket.Data;
using PointsMarket.Market;
using PointsMarket.Web.Kiosk;
using PointsMarket.Web.Shared;

namespace PointsMarket.Web.Pages.Kiosk;

/// <summary>Is this right? The answer carries the basket's key and its points, so that nothing else than what was shown is redeemed.</summary>
public sealed class ConfirmModel(KioskScreen screen, MarketDb db, ReadShop readShop, RedeemAtKiosk redeem) : KioskVisitPage(screen)
{
    [BindProperty]
    public InputModel Input { get; set; } = new();

    public Shop Shop { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        if (await readShop.ExecuteAsync(db, Visit.Id, ct) is not { } shop) return await OverAsync();
        Shop = shop;
        return shop.Chosen.Count > 0 && shop.Remaining >= 0 && !shop.Chosen.Any(o => o.TooMany) ? Page() : LocalRedirect("/kiosk/shop");
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        if (!ModelState.IsValid) return Again("Kiosk.Confirm.Changed");
        var outcome = await redeem.ExecuteAsync(
            new RedeemAtKiosk.Input { SessionId = Visit.Id, BasketKey = Input.BasketKey, ExpectedPoints = Input.ExpectedPoints }, ct);
        switch (outcome)
        {
            case RedeemAtKiosk.Redeemed:
                return LocalRedirect("/kiosk/slip");
            case RedeemAtKiosk.OutOfStock gone:
                return await ShopAsync(gone.Left > 0 ? "Kiosk.Confirm.FewLeft" : "Kiosk.Confirm.SoldOut", gone.Sku, gone.Left, ct);
            case RedeemAtKiosk.OverLimit over:
                return await ShopAsync("Kiosk.Confirm.OverLimit", over.Sku, over.Allowed, ct);
            case RedeemAtKiosk.NotEnoughPoints few:
                TempData.Refuse("Kiosk.Confirm.NotEnough", Ui.Points(few.Missing));
                return LocalRedirect("/kiosk/shop");
            case RedeemAtKiosk.NothingChosen:
                return LocalRedirect("/kiosk/shop");
            case RedeemAtKiosk.BasketChanged:
                return Again("Kiosk.Confirm.Changed");
            default:
                return await OverAsync();
        }
    }

    private LocalRedirectResult Again(string key)
    {
        TempData.Warn(key);
        return LocalRedirect("/kiosk/confirm");
    }

    private async Task<LocalRedirectResult> ShopAsync(string key, string sku, long left, CancellationToken ct)
    {
        var offer = (await readShop.ExecuteAsync(db, Visit.Id, ct))?.Chosen.FirstOrDefault(o => o.Sku == sku);
        TempData.Refuse(key, offer is null ? sku : GoodsNames.Shown(offer.NameZh, offer.NameEn), Ui.Points(left));
        return LocalRedirect("/kiosk/shop");
    }

    public sealed class InputModel
    {
        public Guid BasketKey { get; set; }

        public long ExpectedPoints { get; set; }
    }
}
