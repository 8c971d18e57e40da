using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using PointsMarket.Areas;
using PointsMarket.Data;
using PointsMarket.Loops;
using PointsMarket.Web.Accounts;
using PointsMarket.Web.Shared;

namespace PointsMarket.Web.Pages.Me;

/// <summary>What the member found and what became of it; and what was given to the member to do.</summary>
public sealed class LoopsModel(CurrentUser user, MarketDb db, TimeProvider clock) : PageModel
{
    public sealed record Row(string Reference, LoopKind Kind, LoopState State, string Place, string Area, string Text, DateTime OpenedAt, DateOnly? DueDay, DateTime? EndedAt, int? FirstPhoto);

    /// <summary>True for what was given to the member.</summary>
    [BindProperty(SupportsGet = true)]
    public bool Given { get; set; }

    public ListQuery List { get; private set; } = null!;

    public IReadOnlyList<Row> Rows { get; private set; } = [];

    public int Total { get; private set; }

    /// <summary>How many that were given to the member are open.</summary>
    public int Waiting { get; private set; }

    public DateOnly Today { get; private set; }

    /// <summary>The drafts that the device may forget, now that the form has arrived; empty when none has.</summary>
    public string DraftName { get; private set; } = "";

    public async Task OnGetAsync(CancellationToken ct)
    {
        List = ListQuery.From(Request);
        Today = StationTime.Day(clock.GetUtcNow().UtcDateTime);
        if (TempData[LoopNewModel.HasArrived] is string kind) DraftName = LoopNewModel.DraftOf(user, kind);
        var member = user.MemberId;
        Waiting = await db.Loops.CountAsync(l => l.OwnerMemberId == member && l.EndedAt == null, ct);
        var mine = Given ? db.Loops.Where(l => l.OwnerMemberId == member) : db.Loops.Where(l => l.FoundById == member);
        Total = await mine.CountAsync(ct);
        mine = Given ? mine.OrderBy(l => l.DueDay == null).ThenBy(l => l.DueDay).ThenByDescending(l => l.Id) : mine.OrderByDescending(l => l.OpenedAt).ThenByDescending(l => l.Id);
        Rows = await mine.Skip(List.Skip).Take(List.Size).Select(l => new Row(
            l.Reference, l.Kind, l.State, l.Place, l.Area.Name, l.Text, l.OpenedAt, l.DueDay, l.EndedAt,
            l.Steps.SelectMany(s => s.Photos).OrderBy(p => p.Id).Select(p => (int?)p.Id).FirstOrDefault())).ToListAsync(ct);
    }
}
