using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using PointsMarket.Areas;
using PointsMarket.Data;
using PointsMarket.Members;
using PointsMarket.Web.Accounts;
using PointsMarket.Web.Shared;
using PointsMarket.Web.Text;

namespace PointsMarket.Web.Pages.Desk.People;

/// <summary>The members of the user's area. Informants are found and shown by code only.</summary>
public sealed class IndexModel(MarketDb db, CurrentUser user, Choices choices, TimeProvider clock, IStringLocalizer<Texts> texts) : PageModel
{
    public sealed record Row(int Id, string Code, string Number, string Name, MemberKind Kind, string Area, DateOnly Joined, DateOnly? Left, long Points, bool HasCard, bool HasPin, bool PinLocked)
    {
        public string Shown => MemberNames.Shown(Kind, Code, Name);
    }

    [BindProperty(SupportsGet = true)]
    public MemberKind? Kind { get; set; }

    [BindProperty(SupportsGet = true)]
    public int? Area { get; set; }

    /// <summary>in, left, locked or all.</summary>
    [BindProperty(SupportsGet = true)]
    public string Service { get; set; } = "in";

    public ListQuery List { get; private set; } = null!;

    public IReadOnlyList<Row> Rows { get; private set; } = [];

    public IReadOnlyList<SelectListItem> Areas { get; private set; } = [];

    public int Total { get; private set; }

    public DateOnly Today => StationTime.Day(clock.GetUtcNow().UtcDateTime);

    public async Task OnGetAsync()
    {
        List = ListQuery.From(Request, "code", "-points", "joined", "number");
        Areas = await choices.AreasAsync();
        var found = await FoundAsync();
        Total = await found.CountAsync();
        Rows = await Read(Sorted(found)).Skip(List.Skip).Take(List.Size).ToListAsync();
    }

    public async Task<IActionResult> OnGetCsvAsync()
    {
        List = ListQuery.From(Request, "code", "-points", "joined", "number");
        var rows = Read(Sorted(await FoundAsync())).AsAsyncEnumerable();
        return new Csv<Row>("members.csv", rows,
            (texts["Desk.Members.Code"], r => r.Code), (texts["Desk.Members.Number"], r => r.Number), (texts["Desk.Members.Name"], r => r.Shown),
            (texts["Desk.Members.Kind"], r => texts[$"Desk.MemberKind.{r.Kind}"].Value), (texts["Desk.Members.Area"], r => r.Area),
            (texts["Desk.Members.Joined"], r => $"{r.Joined:yyyy-MM-dd}"), (texts["Desk.Members.Left"], r => $"{r.Left:yyyy-MM-dd}"), (texts["Desk.Members.Points"], r => r.Points));
    }

    /// <summary>Whom the filters find: the cards page asks the same.</summary>
    public static IQueryable<Member> Find(MarketDb db, string areaPath, string q, MemberKind? kind, string? below, string service, DateOnly today)
    {
        var members = db.Members.Where(m => m.Area.Path.StartsWith(areaPath));
        if (kind is { } k) members = members.Where(m => m.Kind == k);
        if (below is not null) members = members.Where(m => m.Area.Path.StartsWith(below));
        members = service switch
        {
            "left" => members.Where(m => m.Left != null && m.Left <= today),
            "locked" => members.Where(m => m.PinLocked),
            "all" => members,
            _ => members.Where(m => m.Left == null || m.Left > today),
        };
        if (q.Length == 0) return members;
        var code = q.ToUpperInvariant();
        return CardNumbers.IsValid(q)
            ? members.Where(m => m.CardNumber == q)
            : members.Where(m => m.Code.StartsWith(code) || m.Number.StartsWith(q) || (m.Kind != MemberKind.Informant && m.Name.Contains(q)));
    }

    private async Task<IQueryable<Member>> FoundAsync()
    {
        var below = Area is { } id ? await db.Areas.Where(a => a.Id == id).Select(a => a.Path).SingleOrDefaultAsync() ?? PointsMarket.Areas.Area.Nowhere : null;
        return Find(db, user.AreaPath, List.Q, Kind, below, Service, Today);
    }

    private IQueryable<Member> Sorted(IQueryable<Member> members) => (List.Sort, List.Descending) switch
    {
        ("points", true) => members.OrderByDescending(m => db.LedgerAccounts.Where(a => a.BookId == m.Area.BookId && a.Code == "member:" + m.Code && a.Asset == "PTS").Select(a => a.Balance).FirstOrDefault()).ThenBy(m => m.Code),
        ("points", false) => members.OrderBy(m => db.LedgerAccounts.Where(a => a.BookId == m.Area.BookId && a.Code == "member:" + m.Code && a.Asset == "PTS").Select(a => a.Balance).FirstOrDefault()).ThenBy(m => m.Code),
        ("joined", true) => members.OrderByDescending(m => m.Joined).ThenBy(m => m.Code),
        ("joined", false) => members.OrderBy(m => m.Joined).ThenBy(m => m.Code),
        ("number", true) => members.OrderByDescending(m => m.Number),
        ("number", false) => members.OrderBy(m => m.Number),
        (_, true) => members.OrderByDescending(m => m.Code),
        _ => members.OrderBy(m => m.Code),
    };

    private IQueryable<Row> Read(IQueryable<Member> members) => members.Select(m => new Row(
        m.Id, m.Code, m.Number, m.Name, m.Kind, m.Area.Name, m.Joined, m.Left,
        db.LedgerAccounts.Where(a => a.BookId == m.Area.BookId && a.Code == "member:" + m.Code && a.Asset == "PTS").Select(a => a.Balance).FirstOrDefault(),
        m.CardNumber != null, m.PinHash != null, m.PinLocked));
}
