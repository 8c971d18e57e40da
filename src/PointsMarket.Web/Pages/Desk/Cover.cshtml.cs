using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using PointsMarket.Areas;
using PointsMarket.Data;
using PointsMarket.Reconciliations;
using PointsMarket.Web.Accounts;
using PointsMarket.Web.Reconciling;
using PointsMarket.Web.Shared;

namespace PointsMarket.Web.Pages.Desk;

/// <summary>What stands behind the points, for those who promise new ones: whether case rewards are stopped, and letting them go on with a reason.</summary>
[Authorize(Policy = Access.ApproveRead)]
public sealed class CoverModel(MarketDb db, CurrentUser user, Actors actors, OverrideCoverStop go, TimeProvider clock) : PageModel
{
    public sealed class InputModel
    {
        [Display(Name = "Recon.Step.Words"), Required, StringLength(500)]
        public string? Words { get; set; }
    }

    [BindProperty]
    public InputModel Input { get; set; } = new();

    public PointsMarket.Reconciliations.Reconciliation? Last { get; private set; }

    public CoverPace? Pace { get; private set; }

    public (long Warn, long Stop) Limits { get; private set; }

    public bool IsStopped { get; private set; }

    /// <summary>Only somebody whose area is the whole station lets rewards go on.</summary>
    public bool MayOverride { get; private set; }

    public IReadOnlyList<CoverOverride> Past { get; private set; } = [];

    public IReadOnlyDictionary<string, string> Names { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        await LoadAsync(ct);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        await LoadAsync(ct);
        if (!ModelState.IsValid) return Page();
        var outcome = await go.ExecuteAsync(new OverrideCoverStop.Input { Reason = Input.Words!, Actor = user.Actor, AreaPath = user.AreaPath }, ct);
        if (outcome == OverrideCoverStop.Outcome.Done) TempData.Say("Recon.Cover.Done");
        else TempData.Refuse($"Recon.Cover.{outcome}");
        return Redirect("/desk/cover");
    }

    private async Task LoadAsync(CancellationToken ct)
    {
        var path = user.AreaPath;
        var today = StationTime.Day(clock.GetUtcNow().UtcDateTime);
        var books = await db.Areas.Where(a => a.Path.StartsWith(path)).Select(a => a.BookId).Distinct().OrderBy(b => b).Take(2).ToListAsync(ct);
        Limits = await CoverBook.LimitsAsync(db, today, ct);
        Names = new Dictionary<string, string>();
        if (books is not [var book]) return;
        MayOverride = Access.Works(User) && await ReconReads.BookAsync(db, user, ct) == book;
        Last = await db.Reconciliations.AsNoTracking().Where(r => r.BookId == book).OrderByDescending(r => r.Month).ThenByDescending(r => r.Id).FirstOrDefaultAsync(ct);
        IsStopped = await CoverBook.StopAsync(db, book, today, ct) is not null;
        if (Last is not null) Pace = await CoverBook.PaceAsync(db, Last, ct);
        Past = await db.CoverOverrides.AsNoTracking().Where(o => o.BookId == book).OrderByDescending(o => o.Month).Take(24).ToListAsync(ct);
        Names = await actors.NamesAsync(Past.Select(p => p.By), ct);
    }
}
