using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using PointsMarket.Data;
using PointsMarket.Sponsors;
using PointsMarket.Web.Accounts;
using PointsMarket.Web.Shared;
using PointsMarket.Web.Sponsors;
using PointsMarket.Web.Text;

namespace PointsMarket.Web.Pages.Desk.Sponsors;

/// <summary>A pledge at the desk: accepted, or declined with a reason.</summary>
[Authorize(Policy = Access.ApproveRead)]
public sealed class PledgeModel(MarketDb db, DecidePledge decide, CurrentUser user, IStringLocalizer<Texts> texts) : PageModel
{
    [BindProperty, Display(Name = "Sponsor.Pledge.Answer"), StringLength(MakePledge.MostWords)]
    public string? Answer { get; set; }

    [BindProperty, Display(Name = "Sponsor.Decide.Goods")]
    public int? GoodsId { get; set; }

    public PledgeRow Pledge { get; private set; } = null!;

    public IReadOnlyList<ComingRow> Coming { get; private set; } = [];

    public IReadOnlyList<SelectListItem> Goods { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(string reference, CancellationToken ct) => await LoadAsync(reference, ct) ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(string reference, bool accept, CancellationToken ct)
    {
        if (!await LoadAsync(reference, ct)) return NotFound();
        if (!ModelState.IsValid) return Page();
        switch (await decide.ExecuteAsync(new DecidePledge.Input { Reference = reference, Accept = accept, Answer = Answer, GoodsId = GoodsId, Actor = user.Actor, AreaPath = user.AreaPath }, ct))
        {
            case PledgeOutcome.Done:
                TempData.Say(accept ? "Sponsor.Decide.Accepted" : "Sponsor.Decide.Declined", reference);
                return RedirectToPage("Index");
            case PledgeOutcome.Over:
                TempData.Refuse("Sponsor.Pledge.Over", reference);
                return LocalRedirect($"/desk/sponsors/pledges/{reference}");
            case PledgeOutcome.ReasonMissing:
                ModelState.AddModelError(nameof(Answer), texts["Sponsor.Decide.ReasonMissing"]);
                return Page();
            case PledgeOutcome.NoSuchGoods:
                ModelState.AddModelError(nameof(GoodsId), texts["Sponsor.Problem.NoSuchGoods"]);
                return Page();
            default:
                return NotFound();
        }
    }

    private async Task<bool> LoadAsync(string reference, CancellationToken ct)
    {
        var path = user.AreaPath;
        if (await PledgeRow.Of(db, db.Pledges.Where(p => p.Reference == reference && p.Outlet.Area.Path.StartsWith(path))).SingleOrDefaultAsync(ct) is not { } pledge) return false;
        Pledge = pledge;
        Coming = await ComingRow.Of(db.Announcements.Where(a => a.PledgeId == pledge.Id).OrderByDescending(a => a.Id)).ToListAsync(ct);
        if (pledge.GoodsId is not null) return true;
        var goods = await db.Goods.AsNoTracking().OrderByDescending(g => g.Offered).ThenBy(g => g.Sku).ToListAsync(ct);
        Goods = [new SelectListItem(texts["Sponsor.Decide.AsWords"], ""), .. goods.Select(g => new SelectListItem($"{GoodsText.Name(g.NameZh, g.NameEn)} ({g.Sku})", g.Id.ToString(CultureInfo.InvariantCulture)))];
        return true;
    }
}
