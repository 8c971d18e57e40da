using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using PointsMarket.Areas;
using PointsMarket.Data;
using PointsMarket.Settings;
using PointsMarket.Web.Shared;

namespace PointsMarket.Web.Pages.Settings;

/// <summary>One setting: what it was from which day, by whose proposal and whose word.</summary>
public sealed class HistoryModel(MarketDb db, Actors actors, TimeProvider clock) : PageModel
{
    public Setting Setting { get; private set; } = null!;

    /// <summary>The latest first; without the default, which holds before all of them.</summary>
    public IReadOnlyList<(SettingValue Value, SettingProposal From)> Rows { get; private set; } = [];

    public IReadOnlyDictionary<string, string> Names { get; private set; } = null!;

    public DateOnly Today { get; private set; }

    public async Task<IActionResult> OnGetAsync(string key, CancellationToken ct)
    {
        if (SettingList.Find(key) is not { } setting) return NotFound();
        (Setting, Today) = (setting, StationTime.Day(clock.GetUtcNow().UtcDateTime));
        var rows = await (
            from v in db.SettingValues.AsNoTracking()
            join p in db.SettingProposals.AsNoTracking() on v.ProposalId equals p.Id
            where v.Setting == setting.Key
            orderby v.From descending
            select new { v, p }).ToListAsync(ct);
        Rows = [.. rows.Select(r => (r.v, r.p))];
        Names = await actors.NamesAsync(Rows.SelectMany(r => new[] { r.From.ProposedBy, r.From.DecidedBy }), ct);
        return Page();
    }
}
