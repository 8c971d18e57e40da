using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using PointsMarket.Data;
using PointsMarket.Market;
using PointsMarket.Members;
using PointsMarket.Web.Kiosk;
using PointsMarket.Web.Text;

namespace PointsMarket.Web.Pages.Kiosk;

/// <summary>
/// The slip of the basket at hand. Which one it is, the visit says, never the address: a reload, Back or a second tap shows the same.
/// </summary>
public sealed class SlipModel(KioskScreen screen, MarketDb db, ReadShop readShop, RateRedemption rate, IStringLocalizer<Texts> texts) : KioskVisitPage(screen)
{
    [BindProperty]
    public InputModel Input { get; set; } = new();

    public Slip Slip { get; private set; } = null!;

    public string Who { get; private set; } = "";

    /// <summary>Points left now.</summary>
    public long Balance { get; private set; }

    private IQueryable<Redemption> Mine => Visit.Redemptions(db).Where(r => r.BasketKey == Visit.BasketKey);

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        if (await Mine.Select(Slip.Of).SingleOrDefaultAsync(ct) is not { } slip) return LocalRedirect("/kiosk/shop");
        if (await readShop.ExecuteAsync(db, Visit.Id, ct) is not { } shop) return await OverAsync();
        Slip = slip;
        Who = shop.Kind is { } kind ? MemberNames.Masked(kind, shop.Code, shop.Name) : texts["Kiosk.Voucher.Holder"];
        Balance = shop.Balance;
        return Page();
    }

    /// <summary>An answer that is none changes nothing.</summary>
    public async Task<IActionResult> OnPostRateAsync(CancellationToken ct)
    {
        if (ModelState.IsValid && await Mine.Select(r => (int?)r.Id).SingleOrDefaultAsync(ct) is { } id)
            await rate.ExecuteAsync(id, Visit, Input.Satisfaction, ct);
        return LocalRedirect("/kiosk/slip");
    }

    public sealed class InputModel
    {
        /// <summary>3 satisfied, 2 so-so, 1 not.</summary>
        public int Satisfaction { get; set; }
    }
}
