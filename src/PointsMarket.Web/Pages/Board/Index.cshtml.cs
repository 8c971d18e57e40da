using System.Linq.Expressions;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using PointsMarket.Areas;
using PointsMarket.Cases;
using PointsMarket.Data;
using PointsMarket.Web.Shared;

namespace PointsMarket.Web.Pages.Board;

/// <summary>The board that everybody may read: what is asked, where, for how many points. Never who.</summary>
public sealed class IndexModel(MarketDb db, TimeProvider clock) : PageModel
{
    public const string Taken = "taken", Settled = "settled";

    public sealed record Card(string Number, string Title, string? Wanted, string Kind, string Area, string? OfferedTo, int Reward, long MoneyFen, int Days, DateOnly? ClaimBy, CaseState State, DateTime? ClosedAt, int InLine);

    public sealed record Place(int Id, string Name);

    [BindProperty(SupportsGet = true)]
    public string? Show { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Kind { get; set; }

    [BindProperty(SupportsGet = true)]
    public int? Area { get; set; }

    public ListQuery List { get; private set; } = null!;

    public IReadOnlyList<Card> Cards { get; private set; } = [];

    public IReadOnlyList<Place> Places { get; private set; } = [];

    public int Total { get; private set; }

    public IReadOnlyList<(string? Show, string Text, int Count)> Tabs { get; private set; } = [];

    public bool Filtered => List.Q.Length > 0 || Kind is { Length: > 0 } || Area is not null;

    public DateOnly Today { get; private set; }

    public async Task OnGetAsync(CancellationToken ct)
    {
        Today = StationTime.Day(clock.GetUtcNow().UtcDateTime);
        List = ListQuery.From(Request, "-opened", "reward", "deadline");
        if (Show is not (Taken or Settled)) Show = null;
        Places = await db.Areas.Where(a => a.Kind == AreaKind.Village).OrderBy(a => a.Path).Select(a => new Place(a.Id, a.Name)).ToListAsync(ct);
        var found = await FoundAsync(ct);
        Tabs =
        [
            (null, "Cases.Board.Open", await found.CountAsync(Is(null), ct)), (Taken, "Cases.Board.Taken", await found.CountAsync(Is(Taken), ct)), (Settled, "Cases.Board.Settled", await found.CountAsync(Is(Settled), ct)),
        ];
        var shown = found.Where(Is(Show));
        Total = Tabs.Single(t => t.Show == Show).Count;
        Cards = await Sorted(shown).Skip(List.Skip).Take(List.Size).Select(c => new Card(
            c.Number, c.Title, c.Wanted, c.Kind, c.Area.Name, c.OfferedTo == null ? null : c.OfferedTo.Name, c.Reward, c.MoneyFen, c.Days, c.ClaimBy, c.State, c.ClosedAt,
            db.Claims.Count(x => x.CaseId == c.Id && (x.State == ClaimState.Asked || x.State == ClaimState.Waiting)))).ToListAsync(ct);
    }

    private Expression<Func<Case, bool>> Is(string? show)
    {
        var (today, since) = (Today, StationTime.StartOf(Today.AddDays(-90)));
        return show switch
        {
            Taken => c => c.State == CaseState.Claimed || c.State == CaseState.Submitted,
            Settled => c => c.State == CaseState.Closed && c.ClosedAt >= since,
            _ => c => c.State == CaseState.Open && (c.ClaimBy == null || c.ClaimBy >= today),
        };
    }

    private async Task<IQueryable<Case>> FoundAsync(CancellationToken ct)
    {
        var found = db.Cases.AsQueryable();
        if (Kind is { Length: > 0 } kind) found = found.Where(c => c.Kind == kind);
        if (Area is { } area)
        {
            var path = await db.Areas.Where(a => a.Id == area).Select(a => a.Path).SingleOrDefaultAsync(ct) ?? Areas.Area.Nowhere;
            found = found.Where(c => c.Area.Path.StartsWith(path));
        }
        if (List.Q.Length == 0) return found;
        var (q, number) = (List.Q, List.Q.ToUpperInvariant());
        return found.Where(c => c.Number == number || c.Title.Contains(q) || (c.Wanted != null && c.Wanted.Contains(q)));
    }

    private IOrderedQueryable<Case> Sorted(IQueryable<Case> cases) => (Show, List.Sort, List.Descending) switch
    {
        (_, "reward", true) => cases.OrderByDescending(c => c.Reward).ThenByDescending(c => c.Id),
        (_, "reward", false) => cases.OrderBy(c => c.Reward).ThenByDescending(c => c.Id),
        (_, "deadline", true) => cases.OrderByDescending(c => c.ClaimBy).ThenByDescending(c => c.Id),
        (_, "deadline", false) => cases.OrderBy(c => c.ClaimBy == null).ThenBy(c => c.ClaimBy).ThenByDescending(c => c.Id),
        (Settled, _, _) => cases.OrderByDescending(c => c.ClosedAt).ThenByDescending(c => c.Id),
        (_, _, false) => cases.OrderBy(c => c.OpenedAt).ThenBy(c => c.Id),
        _ => cases.OrderByDescending(c => c.OpenedAt).ThenByDescending(c => c.Id),
    };
}
