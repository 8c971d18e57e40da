using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using PointsMarket.Data;
using PointsMarket.Sponsors;
using PointsMarket.Web.Accounts;
using PointsMarket.Web.Shared;
using PointsMarket.Web.Sponsors;
using PointsMarket.Web.Text;

namespace PointsMarket.Web.Pages.Desk.Sponsors;

/// <summary>One firm: its name, its pledges, and its deliveries with their receipts, as far as they concern the user's outlets.</summary>
[Authorize(Policy = Access.ApproveRead)]
public sealed class ShowModel(MarketDb db, SaveSponsor save, CurrentUser user, IStringLocalizer<Texts> texts) : PageModel
{
    private const int MostPledges = 20;

    [BindProperty, Display(Name = "Sponsor.Desk.Name"), Required, StringLength(SaveSponsor.MostName)]
    public string Name { get; set; } = "";

    public string Firm { get; private set; } = "";

    public string Code { get; private set; } = "";

    public IReadOnlyList<PledgeRow> Pledges { get; private set; } = [];

    public IReadOnlyList<ReceiptSheet> Deliveries { get; private set; } = [];

    public Pager Pager { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(int id, CancellationToken ct)
    {
        if (!await LoadAsync(id, ct)) return NotFound();
        Name = Firm;
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(int id, CancellationToken ct)
    {
        if (!await LoadAsync(id, ct)) return NotFound();
        if (!ModelState.IsValid) return Page();
        if (await save.ExecuteAsync(new SaveSponsor.Input { SponsorId = id, Name = Name, Actor = user.Actor }, ct) is SaveSponsor.Saved)
        {
            TempData.Say("Sponsor.Desk.Saved", Name);
            return RedirectToPage(new { id });
        }

        ModelState.AddModelError(nameof(Name), texts["Sponsor.Desk.NameNotValid"]);
        return Page();
    }

    private async Task<bool> LoadAsync(int id, CancellationToken ct)
    {
        var firm = await db.Sponsors.Where(s => s.Id == id).Select(s => new { s.Code, s.Name }).SingleOrDefaultAsync(ct);
        if (firm is null) return false;
        (Firm, Code) = (firm.Name, firm.Code);
        var (path, list) = (user.AreaPath, ListQuery.From(Request));
        Pledges = await PledgeRow.Of(db, db.Pledges.Where(p => p.SponsorId == id && p.Outlet.Area.Path.StartsWith(path)).OrderByDescending(p => p.Id)).Take(MostPledges).ToListAsync(ct);
        var found = db.Deliveries.Where(d => d.SponsorId == id && d.Outlet.Area.Path.StartsWith(path));
        Pager = new Pager(list, await found.CountAsync(ct));
        Deliveries = await ReceiptSheet.Of(db, found.OrderByDescending(d => d.Date).ThenByDescending(d => d.Id)).Skip(list.Skip).Take(list.Size).ToListAsync(ct);
        return true;
    }
}
