using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using PointsMarket.Data;
using PointsMarket.Unsealing;
using PointsMarket.Web.Accounts;
using PointsMarket.Web.Shared;

namespace PointsMarket.Web.Pages.Desk.Unsealings;

/// <summary>Requests to see an informant's name, in the user's area.</summary>
[Authorize(Policy = Access.Approve)]
public sealed class IndexModel(MarketDb db, CurrentUser user, Actors actors, TimeProvider clock) : PageModel
{
    public sealed record Row(int Id, string Code, UnsealState State, int AskedBy, DateTime AskedAt);

    public ListQuery List { get; private set; } = null!;

    public IReadOnlyList<Row> Rows { get; private set; } = [];

    public int Total { get; private set; }

    public IReadOnlyDictionary<string, string> Names { get; private set; } = null!;

    /// <summary>True for one that was never decided and no longer can be.</summary>
    public bool IsOver(Row row) => row.State == UnsealState.Asked && row.AskedAt + UnsealRequest.Waits <= clock.GetUtcNow().UtcDateTime;

    public bool WaitsForMe(Row row) => row.State == UnsealState.Asked && row.AskedBy != user.Id && !IsOver(row);

    public async Task OnGetAsync(CancellationToken ct)
    {
        List = ListQuery.From(Request);
        var path = user.AreaPath;
        var found = db.UnsealRequests.Where(r => r.Member.Area.Path.StartsWith(path));
        if (List.Q.ToUpperInvariant() is { Length: > 0 } q) found = found.Where(r => r.Member.Code == q);
        Total = await found.CountAsync(ct);
        Rows = await found.OrderByDescending(r => r.Id).Skip(List.Skip).Take(List.Size).Select(r => new Row(r.Id, r.Member.Code, r.State, r.AskedBy, r.AskedAt)).ToListAsync(ct);
        Names = await actors.NamesAsync(Rows.Select(r => $"user:{r.AskedBy}"), ct);
    }
}
