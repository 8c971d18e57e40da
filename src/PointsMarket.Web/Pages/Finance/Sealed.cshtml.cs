using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using PointsMarket.Areas;
using PointsMarket.Data;
using PointsMarket.Tips;
using PointsMarket.Unsealing;
using PointsMarket.Web.Accounts;
using PointsMarket.Web.Shared;

namespace PointsMarket.Web.Pages.Finance;

/// <summary>Who asked for, approved and saw a sealed name, and who opened which tip: the record for the auditor. Never a name, never a word.</summary>
[Authorize(Policy = Access.Audit)]
public sealed class SealedModel(MarketDb db, CurrentUser user, Actors actors, TimeProvider clock) : PageModel
{
    private const int MostTips = 50;

    public sealed record UnsealRow(DateTime At, string Actor, UnsealStep Step, string Code, string Reason);

    public sealed record TipRow(DateOnly Day, string Actor, TipStep Step, string Reference, int Points);

    public ListQuery List { get; private set; } = null!;

    public int Total { get; private set; }

    public IReadOnlyList<UnsealRow> Unsealings { get; private set; } = [];

    public IReadOnlyList<TipRow> Tips { get; private set; } = [];

    public TipFigures.Result Figures { get; private set; } = null!;

    public IReadOnlyDictionary<string, string> Names { get; private set; } = null!;

    public async Task OnGetAsync(CancellationToken ct)
    {
        List = ListQuery.From(Request);
        var path = user.AreaPath;
        var events = db.UnsealEvents.Where(e => e.Request.Member.Area.Path.StartsWith(path));
        Total = await events.CountAsync(ct);
        Unsealings = await events.OrderByDescending(e => e.Id).Skip(List.Skip).Take(List.Size)
            .Select(e => new UnsealRow(e.At, e.Actor, e.Step, e.Request.Member.Code, e.Request.Reason)).ToListAsync(ct);
        Tips = await db.TipEvents.Where(e => e.Tip.Area.Path.StartsWith(path)).OrderByDescending(e => e.Day).ThenByDescending(e => e.Id).Take(MostTips)
            .Select(e => new TipRow(e.Day, e.Actor, e.Step, e.Tip.Reference, e.Tip.RewardPoints)).ToListAsync(ct);
        Figures = await TipFigures.ReadAsync(db, path, StationTime.Day(clock.GetUtcNow().UtcDateTime), ct);
        Names = await actors.NamesAsync(Unsealings.Select(u => u.Actor).Concat(Tips.Select(t => t.Actor)), ct);
    }
}
