using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using PointsMarket.Data;
using PointsMarket.Tips;
using PointsMarket.Web.Accounts;
using PointsMarket.Web.Shared;

namespace PointsMarket.Web.Pages.Desk.Tips;

/// <summary>The tips of the user's area: what they are about, where they stand, the day. Never a word of them, and no export.</summary>
[Authorize(Policy = Access.Approve)]
public sealed class IndexModel(MarketDb db, CurrentUser user) : PageModel
{
    public sealed record Row(string Reference, TipKind Kind, TipState State, string Area, DateOnly Day, bool News, TipRewardState Reward, int Points);

    /// <summary>What waits for somebody, or a state; null for all.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Show { get; set; }

    [BindProperty(SupportsGet = true)]
    public TipKind? Kind { get; set; }

    public ListQuery List { get; private set; } = null!;

    public IReadOnlyList<(string Show, int Count)> Tabs { get; private set; } = [];

    public IReadOnlyList<Row> Rows { get; private set; } = [];

    public int Total { get; private set; }

    public string Tab => Show is "open" or "closed" or "all" ? Show : "waiting";

    public bool Filtered => Kind is not null || List.Q.Length > 0;

    public async Task OnGetAsync(CancellationToken ct)
    {
        List = ListQuery.From(Request, "-day", "kind");
        var path = user.AreaPath;
        var found = db.Tips.Where(t => t.Area.Path.StartsWith(path));
        if (Kind is { } kind) found = found.Where(t => t.Kind == kind);
        if (List.Q.ToUpperInvariant() is { Length: > 0 } q) found = found.Where(t => t.Reference.Contains(q));
        var tabs = new List<(string, int)>();
        foreach (var tab in (string[])["waiting", "open", "closed", "all"]) tabs.Add((tab, await Of(found, tab).CountAsync(ct)));
        Tabs = tabs;
        var shown = Of(found, Tab);
        Total = await shown.CountAsync(ct);
        // By reference within a day: the order in which they came is not shown.
        var sorted = (List.Sort, List.Descending) switch
        {
            ("kind", false) => shown.OrderBy(t => t.Kind).ThenByDescending(t => t.Day).ThenBy(t => t.Reference),
            ("kind", true) => shown.OrderByDescending(t => t.Kind).ThenByDescending(t => t.Day).ThenBy(t => t.Reference),
            (_, false) => shown.OrderBy(t => t.Day).ThenBy(t => t.Reference),
            _ => shown.OrderByDescending(t => t.Day).ThenBy(t => t.Reference),
        };
        Rows = await sorted.Skip(List.Skip).Take(List.Size)
            .Select(t => new Row(t.Reference, t.Kind, t.State, t.Area.Name, t.Day, t.HasNews, t.Reward, t.RewardPoints)).ToListAsync(ct);
    }

    private IQueryable<PointsMarket.Tips.Tip> Of(IQueryable<PointsMarket.Tips.Tip> tips, string tab)
    {
        var me = user.Id;
        return tab switch
        {
            "waiting" => tips.Where(t => t.HasNews || (t.Reward == TipRewardState.Proposed && t.ProposedBy != me)),
            "open" => tips.Where(t => t.State == TipState.Received || t.State == TipState.Read),
            "closed" => tips.Where(t => t.State == TipState.Useful || t.State == TipState.NotUseful),
            _ => tips,
        };
    }
}
