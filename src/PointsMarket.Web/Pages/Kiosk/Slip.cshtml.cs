using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using PointsMarket.Data;
using PointsMarket.Ledger;
using PointsMarket.Market;
using PointsMarket.Members;
using PointsMarket.Web.Kiosk;

namespace PointsMarket.Web.Pages.Kiosk;

/// <summary>
/// The slip of the basket at hand. Which one it is, the visit says, never the address: a reload, Back or a second tap shows the same.
/// </summary>
public sealed class SlipModel(KioskScreen screen, MarketDb db, RateRedemption rate) : KioskVisitPage(screen)
{
    [BindProperty]
    public InputModel Input { get; set; } = new();

    public Slip Slip { get; private set; } = null!;

    public string Who { get; private set; } = "";

    /// <summary>Points left now.</summary>
    public long Balance { get; private set; }

    private IQueryable<Redemption> Mine => db.Redemptions.Where(r => r.MemberId == Visit.MemberId && r.BasketKey == Visit.BasketKey);

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        if (await Mine.Select(Slip.Of).SingleOrDefaultAsync(ct) is not { } slip) return LocalRedirect("/kiosk/shop");
        var member = await db.Members.Where(m => m.Id == Visit.MemberId).Select(m => new { m.Code, m.Kind, m.Name, m.Area.BookId }).SingleAsync(ct);
        Slip = slip;
        Who = MemberNames.Masked(member.Kind, member.Code, member.Name);
        Balance = await db.BalanceAsync(member.BookId, AccountCode.Member(member.Code), Asset.Points, ct);
        return Page();
    }

    /// <summary>An answer that is none changes nothing.</summary>
    public async Task<IActionResult> OnPostRateAsync(CancellationToken ct)
    {
        if (ModelState.IsValid && await Mine.Select(r => (int?)r.Id).SingleOrDefaultAsync(ct) is { } id)
            await rate.ExecuteAsync(id, Visit.MemberId, Input.Satisfaction, ct);
        return LocalRedirect("/kiosk/slip");
    }

    public sealed class InputModel
    {
        /// <summary>3 satisfied, 2 so-so, 1 not.</summary>
        public int Satisfaction { get; set; }
    }
}
