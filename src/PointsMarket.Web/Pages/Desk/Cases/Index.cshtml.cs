using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using PointsMarket.Areas;
using PointsMarket.Cases;
using PointsMarket.Data;
using PointsMarket.Members;
using PointsMarket.Routing;
using PointsMarket.Web.Accounts;
using PointsMarket.Web.Board;
using PointsMarket.Web.Shared;
using PointsMarket.Web.Text;

namespace PointsMarket.Web.Pages.Desk.Cases;

/// <summary>The desk's cases: what waits for a decision first, then by state.</summary>
public sealed class IndexModel(MarketDb db, CurrentUser user, CaseReads reads, TimeProvider clock, IStringLocalizer<Texts> texts) : PageModel
{
    public const string ToDo = "ToDo", MyTurn = "Mine", Revisit = "Revisit", All = "All";

    private static readonly string[] Tabbed = [MyTurn, ToDo, nameof(CaseState.Open), nameof(CaseState.Claimed), nameof(CaseState.Submitted), Revisit, nameof(CaseState.Closed), nameof(CaseState.Draft), nameof(CaseState.Withdrawn), All];

    public sealed record Row(int Id, string Number, string Title, string Kind, string Area, int Reward, int Days, CaseState State, DateTime OpenedAt, DateOnly? ClaimBy, DateTime? ClosedAt, bool? Satisfied, int InLine, DateTime? DueAt, bool More, bool Signed, ClaimPlace? First, int Others, CaseWait? WaitsFor, DateTime? WaitsSince);

    public sealed record AreaChoice(int Id, string Name);

    [BindProperty(SupportsGet = true)]
    public string? Tab { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Kind { get; set; }

    [BindProperty(SupportsGet = true)]
    public int? Area { get; set; }

    public ListQuery List { get; private set; } = null!;

    public IReadOnlyList<(string Tab, int Count)> Tabs { get; private set; } = [];

    public IReadOnlyList<AreaChoice> Areas { get; private set; } = [];

    public IReadOnlyList<Row> Rows { get; private set; } = [];

    public int Total { get; private set; }

    public DateTime Now { get; private set; }

    private RouteBook routes = null!;

    private MemberKind level;

    /// <summary>Whose turn a case is, and why; null for one that waits for nobody here.</summary>
    public Turn? TurnOf(Row row) => row.WaitsSince is { } since && since <= Now
        ? new Turn(routes.LevelAt(Matter.Case, row.Kind, since, Now), routes.Of(Matter.Case, row.Kind)[0].Level, since, Now)
        : null;

    public bool MayDecide => user.Is(PointsMarket.Accounts.Roles.Approver) || user.Is(PointsMarket.Accounts.Roles.Administrator);

    public bool Filtered => List.Q.Length > 0 || Kind is { Length: > 0 } || Area is not null;

    public async Task OnGetAsync(CancellationToken ct)
    {
        var path = user.AreaPath;
        Areas = await db.Areas.Where(a => a.Path.StartsWith(path) && (a.Kind == AreaKind.Village || a.Kind == AreaKind.Grid)).OrderBy(a => a.Path)
            .Select(a => new AreaChoice(a.Id, a.Kind == AreaKind.Grid ? "\u3000" + a.Name : a.Name)).ToListAsync(ct);
        var found = await FoundAsync(ct);
        var tabs = new List<(string, int)>();
        foreach (var tab in Tabbed) tabs.Add((tab, await Of(found, tab).CountAsync(ct)));
        Tabs = tabs;
        Total = tabs.Single(t => t.Item1 == Tab).Item2;
        Rows = await Read(Sorted(Of(found, Tab!))).Skip(List.Skip).Take(List.Size).ToListAsync(ct);
    }

    public async Task<IActionResult> OnGetCsvAsync(CancellationToken ct)
    {
        var rows = Read(Sorted(Of(await FoundAsync(ct), Tab!)));
        return new Csv<Row>("cases.csv", rows.AsAsyncEnumerable(),
            (texts["Cases.Desk.Number"], r => r.Number), (texts["Cases.Desk.Case"], r => r.Title), (texts["Cases.Board.Kind"], r => CaseWords.Kind(texts, r.Kind)),
            (texts["Cases.Board.Area"], r => r.Area), (texts["Cases.Board.Reward"], r => r.Reward), (texts["Cases.Board.Days"], r => r.Days),
            (texts["Cases.Desk.State"], r => texts[$"Cases.State.{r.State}"].Value), (texts["Cases.Desk.Opened"], r => $"{Ui.Local(r.OpenedAt):yyyy-MM-dd HH:mm}"),
            (texts["Cases.Desk.Who"], r => r.First?.Shown), (texts["Cases.Desk.Due"], r => r.DueAt is { } due ? $"{Ui.Local(due):yyyy-MM-dd HH:mm}" : null),
            (texts["Cases.Desk.Closed"], r => r.ClosedAt is { } closed ? $"{Ui.Local(closed):yyyy-MM-dd HH:mm}" : null));
    }

    private async Task<IQueryable<Case>> FoundAsync(CancellationToken ct)
    {
        Now = clock.GetUtcNow().UtcDateTime;
        List = ListQuery.From(Request, "-opened", "number", "reward", "due");
        if (!Tabbed.Contains(Tab)) Tab = ToDo;
        (routes, level) = (await RouteBook.ReadAsync(db, ct), await RouteBook.LevelOfAsync(db, user.MemberId, ct));
        var found = reads.Mine();
        if (Kind is { Length: > 0 } kind) found = found.Where(c => c.Kind == kind);
        if (Area is { } area)
        {
            var path = await db.Areas.Where(a => a.Id == area).Select(a => a.Path).SingleOrDefaultAsync(ct) ?? PointsMarket.Areas.Area.Nowhere;
            found = found.Where(c => c.Area.Path.StartsWith(path));
        }
        if (List.Q.Length == 0) return found;
        var (q, code) = (List.Q, List.Q.ToUpperInvariant());
        // An informant is not found by name: the list would say whose code it is.
        return found.Where(c => c.Number == code || c.Title.Contains(q)
            || c.Claimants.Any(s => s.Member.Code == code || (s.Member.Kind != MemberKind.Informant && s.Member.Name.Contains(q))));
    }

    private IQueryable<Case> Of(IQueryable<Case> found, string tab) => tab switch
    {
        All => found,
        MyTurn => TellClimbedCases.Waiting(found, routes, level, Now),
        ToDo => found.Where(c => c.WaitsSince <= Now),
        Revisit => found.Where(c => c.WaitsFor == CaseWait.Revisit),
        _ => Enum.Parse<CaseState>(tab) is var state ? found.Where(c => c.State == state) : found,
    };

    private IOrderedQueryable<Case> Sorted(IQueryable<Case> cases) => (List.Sort, List.Descending) switch
    {
        ("number", true) => cases.OrderByDescending(c => c.Number),
        ("number", false) => cases.OrderBy(c => c.Number),
        ("reward", true) => cases.OrderByDescending(c => c.Reward).ThenByDescending(c => c.Id),
        ("reward", false) => cases.OrderBy(c => c.Reward).ThenByDescending(c => c.Id),
        ("due", true) => cases.OrderByDescending(c => db.Claims.Where(x => x.CaseId == c.Id && x.State == ClaimState.Held).Max(x => x.DueAt)).ThenByDescending(c => c.Id),
        ("due", false) => cases.OrderBy(c => db.Claims.Where(x => x.CaseId == c.Id && x.State == ClaimState.Held).Max(x => x.DueAt)).ThenByDescending(c => c.Id),
        (_, false) => cases.OrderBy(c => c.OpenedAt).ThenBy(c => c.Id),
        _ => cases.OrderByDescending(c => c.OpenedAt).ThenByDescending(c => c.Id),
    };

    private IQueryable<Row> Read(IQueryable<Case> cases) => cases.Select(c => new Row(
        c.Id, c.Number, c.Title, c.Kind, c.Area.Name, c.Reward, c.Days, c.State, c.OpenedAt, c.ClaimBy, c.ClosedAt, c.Satisfied,
        db.Claims.Count(x => x.CaseId == c.Id && (x.State == ClaimState.Asked || x.State == ClaimState.Waiting)),
        db.Claims.Where(x => x.CaseId == c.Id && x.State == ClaimState.Held).Max(x => x.DueAt),
        db.Claims.Any(x => x.CaseId == c.Id && x.State == ClaimState.Held && x.Extension == Extension.Asked),
        db.Claims.Any(x => x.CaseId == c.Id && x.State == ClaimState.Held && x.HandOvers.Any(h => h.State == HandOverState.Signed)),
        c.Claimants.OrderBy(s => s.Position).Select(s => new ClaimPlace(s.MemberId, s.Member.Kind, s.Member.Code, s.Member.Name, s.Share, true)).FirstOrDefault(), c.Claimants.Count - 1, c.WaitsFor, c.WaitsSince));
}
