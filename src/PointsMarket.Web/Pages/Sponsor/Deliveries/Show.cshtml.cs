using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using PointsMarket.Data;
using PointsMarket.Web.Accounts;
using PointsMarket.Web.Sponsors;

namespace PointsMarket.Web.Pages.Sponsor.Deliveries;

/// <summary>One delivery of the firm's: what was accepted and what not, and where its pieces are.</summary>
public sealed class ShowModel(MarketDb db, CurrentUser user) : PageModel
{
    public ReceiptSheet Delivery { get; private set; } = null!;

    public IReadOnlyList<BecameRow> Became { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(string reference, CancellationToken ct)
    {
        if (user.SponsorId is not { } firm) return NotFound();
        if (await ReceiptSheet.Of(db, db.Deliveries.Where(d => d.Reference == reference && d.SponsorId == firm)).SingleOrDefaultAsync(ct) is not { } delivery) return NotFound();
        Delivery = delivery;
        if (!delivery.TakenBack) Became = await BecameRow.ReadAsync(db, firm, delivery.DeliveryId, ct);
        return Page();
    }
}
