using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using PointsMarket.Areas;
using PointsMarket.Data;
using PointsMarket.Market;
using PointsMarket.Members;
using PointsMarket.Web.Accounts;
using PointsMarket.Web.Shared;
using PointsMarket.Web.Text;

namespace PointsMarket.Web.Pages.Desk.Redemptions;

/// <summary>Every redemption at the user's outlets.</summary>
public sealed class IndexModel(MarketDb db, CurrentUser user, Choices choices, IStringLocalizer<Texts> texts) : PageModel
{
    public sealed record Row(string Reference, string Code, string Name, MemberKind? Kind, string Outlet, RedemptionState State, int Points, int Pieces, DateTime At, DateTime? EndedAt)
    {
        /// <summary>The name; an informant's code; a voucher's code.</summary>
        public string Who => Kind is { } kind ? MemberNames.Shown(kind, Code, Name) : Code;
    }

    [BindProperty(SupportsGet = true)]
    public RedemptionState? State { get; set; }

    [BindProperty(SupportsGet = true)]
    public int? Outlet { get; set; }

    [BindProperty(SupportsGet = true)]
    public DateOnly? From { get; set; }

    [BindProperty(SupportsGet = true)]
    public DateOnly? To { get; set; }

    public ListQuery List { get; private set; } = null!;

    public IReadOnlyList<Row> Rows { get; private set; } = [];

    public IReadOnlyList<Choices.OutletChoice> Outlets { get; private set; } = [];

    public int Total { get; private set; }

    public long TotalPoints { get; private set; }

    public async Task OnGetAsync()
    {
        Outlets = await choices.OutletsAsync();
        var found = Found();
        Total = await found.CountAsync();
        TotalPoints = await found.SumAsync(r => (long)r.Points);
        Rows = await Read(Sorted(found)).Skip(List.Skip).Take(List.Size).ToListAsync();
    }

    public IActionResult OnGetCsv() => new Csv<Row>("redemptions.csv", Read(Sorted(Found())).AsAsyncEnumerable(),
        (texts["Desk.Slips.Reference"], r => r.Reference), (texts["Desk.Slips.At"], r => $"{Ui.Local(r.At):yyyy-MM-dd HH:mm}"), (texts["Desk.Members.Code"], r => r.Code),
        (texts["Desk.Slips.Member"], r => r.Who), (texts["Desk.Counter.Outlet"], r => r.Outlet), (texts["Desk.Slips.State"], r => texts[$"Desk.State.{r.State}"].Value),
        (texts["Desk.Slips.Pieces"], r => r.Pieces), (texts["Desk.Slips.Points"], r => r.Points), (texts["Desk.Slips.Ended"], r => r.EndedAt is { } at ? $"{Ui.Local(at):yyyy-MM-dd HH:mm}" : ""));

    private IQueryable<Redemption> Found()
    {
        List = ListQuery.From(Request, "-at", "points", "reference");
        var path = user.AreaPath;
        var found = db.Redemptions.Where(r => r.Outlet.Area.Path.StartsWith(path));
        if (State is { } state) found = found.Where(r => r.State == state);
        if (Outlet is { } outlet) found = found.Where(r => r.OutletId == outlet);
        found = found.Within(r => r.HappenedAt, From, To);

        if (List.Q.Length == 0) return found;
        var q = List.Q.ToUpperInvariant();
        var pickup = CardNumbers.PickupCode(q);
        return found.Where(r => r.Reference.StartsWith(q) || (r.Member != null && (r.Member.Code == q || r.Member.Number == q)) || (r.Voucher != null && r.Voucher.Code == q) || (pickup != null && r.PickupCode == pickup));
    }

    private IQueryable<Redemption> Sorted(IQueryable<Redemption> found) => (List.Sort, List.Descending) switch
    {
        ("points", true) => found.OrderByDescending(r => r.Points).ThenBy(r => r.Id),
        ("points", false) => found.OrderBy(r => r.Points).ThenBy(r => r.Id),
        ("reference", true) => found.OrderByDescending(r => r.Reference),
        ("reference", false) => found.OrderBy(r => r.Reference),
        (_, false) => found.OrderBy(r => r.HappenedAt).ThenBy(r => r.Id),
        _ => found.OrderByDescending(r => r.HappenedAt).ThenByDescending(r => r.Id),
    };

    private static IQueryable<Row> Read(IQueryable<Redemption> found) => found.Select(r =>
        new Row(r.Reference, r.Member == null ? r.Voucher!.Code : r.Member.Code, r.Member == null ? "" : r.Member.Name, r.Member == null ? null : r.Member.Kind, r.Outlet.Name, r.State, r.Points, r.Lines.Sum(l => l.Quantity), r.HappenedAt, r.EndedAt));
}
