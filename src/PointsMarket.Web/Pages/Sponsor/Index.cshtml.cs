using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using PointsMarket.Data;
using PointsMarket.Sponsors;
using PointsMarket.Stock;
using PointsMarket.Web.Accounts;
using PointsMarket.Web.Sponsors;

namespace PointsMarket.Web.Pages.Sponsor;

/// <summary>A firm's first page: what it gave, what is open, what is short, what came last.</summary>
public sealed class IndexModel(MarketDb db, StockOutlook outlook, CurrentUser user) : PageModel
{
    private const int MostShown = 5;

    public string Firm { get; private set; } = "";

    public IReadOnlyList<GivenArticle> Given { get; private set; } = [];

    /// <summary>Pledges that wait or were accepted.</summary>
    public IReadOnlyList<PledgeRow> Open { get; private set; } = [];

    public IReadOnlyList<ComingRow> Coming { get; private set; } = [];

    public IReadOnlyList<StockLine> Wishes { get; private set; } = [];

    public IReadOnlyList<ReceiptSheet> Lately { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        if (user.SponsorId is not { } id) return NotFound();
        Firm = await db.Sponsors.Where(s => s.Id == id).Select(s => s.Name).SingleAsync(ct);
        Given = await SponsorImpact.ArticlesAsync(db, id, null, ct);
        Open = await PledgeRow.Of(db, db.Pledges.Where(p => p.SponsorId == id && (p.State == PledgeState.Waiting || p.State == PledgeState.Accepted)).OrderBy(p => p.Day).ThenBy(p => p.Id)).Take(MostShown).ToListAsync(ct);
        Coming = await ComingRow.Of(db.Announcements.Where(a => a.Pledge.SponsorId == id && a.State == AnnouncementState.Announced).OrderBy(a => a.Day)).ToListAsync(ct);
        Wishes = [.. WishesModel.Wished(await outlook.LinesAsync(db, "", ct: ct)).Take(MostShown)];
        Lately = await ReceiptSheet.Of(db, db.Deliveries.Where(d => d.SponsorId == id).OrderByDescending(d => d.Date).ThenByDescending(d => d.Id)).Take(MostShown).ToListAsync(ct);
        return Page();
    }
}
