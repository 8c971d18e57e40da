using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using PointsMarket.Areas;
using PointsMarket.Data;
using PointsMarket.Members;
using PointsMarket.Web.Accounts;
using PointsMarket.Web.Shared;

namespace PointsMarket.Web.Pages.Desk.People;

/// <summary>
/// Cards to print and cut, ten to an A4 page: the ticked members, or all that the list's filters find. Who holds a card can
/// shop with it, so attendants do not print them.
/// </summary>
[Authorize(Policy = Access.Approve)]
public sealed class CardsModel(MarketDb db, CurrentUser user, TimeProvider clock) : PageModel
{
    /// <summary>Cards at once: thirty sheets.</summary>
    public const int Most = 300;

    public const int PerSheet = 10;

    public sealed record Card(string Code, string Number, string Name, MemberKind Kind, string CardNumber)
    {
        public string Shown => MemberNames.Shown(Kind, Code, Name);
    }

    public IReadOnlyList<Card[]> Sheets { get; private set; } = [];

    public int Total { get; private set; }

    public async Task OnGetAsync(int[] id, bool all, MemberKind? kind, int? area, string service = "in")
    {
        var path = user.AreaPath;
        var below = area is { } a ? await db.Areas.Where(x => x.Id == a).Select(x => x.Path).SingleOrDefaultAsync() ?? Area.Nowhere : null;
        var today = StationTime.Day(clock.GetUtcNow().UtcDateTime);
        var members = all
            ? IndexModel.Find(db, path, ListQuery.From(Request).Q, kind, below, service, today)
            : db.Members.Where(m => id.Contains(m.Id) && m.Area.Path.StartsWith(path));
        members = members.Where(m => m.CardNumber != null);
        Total = await members.CountAsync();
        var cards = await members.OrderBy(m => m.Area.Path).ThenBy(m => m.Code).Take(Most).Select(m => new Card(m.Code, m.Number, m.Name, m.Kind, m.CardNumber!)).ToListAsync();
        Sheets = [.. cards.Chunk(PerSheet)];
    }
}
