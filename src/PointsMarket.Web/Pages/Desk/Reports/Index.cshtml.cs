using System.Globalization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using PointsMarket.Areas;
using PointsMarket.Data;
using PointsMarket.Members;
using PointsMarket.Routing;
using PointsMarket.Tasks;
using PointsMarket.Web.Accounts;
using PointsMarket.Web.Reports;
using PointsMarket.Web.Shared;
using PointsMarket.Web.Text;

namespace PointsMarket.Web.Pages.Desk.Reports;

/// <summary>The approver's desk: what waits to be verified, one by one or many at once.</summary>
[Authorize(Policy = Access.ApproveRead)]
public sealed class IndexModel(MarketDb db, CurrentUser user, DeskReports reports, VerifyReports verify, CategoryWords categories, IStringLocalizer<Texts> texts) : PageModel
{
    private const string Everything = "All", MyTurn = "Mine";

    private ReportPoints? book;
    private RouteBook? routes;
    private IReadOnlyDictionary<int, IReadOnlyList<ReportDoubt>> doubts = new Dictionary<int, IReadOnlyList<ReportDoubt>>();

    public sealed record AreaChoice(int Id, string Name);

    [BindProperty(SupportsGet = true)]
    public string? State { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Category { get; set; }

    [BindProperty(SupportsGet = true)]
    public int? Area { get; set; }

    [BindProperty(SupportsGet = true)]
    public DateOnly? From { get; set; }

    [BindProperty(SupportsGet = true)]
    public DateOnly? To { get; set; }

    public ListQuery List { get; private set; } = null!;

    /// <summary>The tab shown: a state, or everything.</summary>
    public string Tab => State is Everything or MyTurn || Shown is not null ? State! : nameof(ReportOutcome.Pending);

    /// <summary>Photos larger than this are not drawn in the list, only on their page.</summary>
    public const int SmallPhoto = 1_500_000;

    public IReadOnlyList<(string State, int Count)> Tabs { get; private set; } = [];

    public IReadOnlyList<AreaChoice> Areas { get; private set; } = [];

    public IReadOnlyList<DeskReports.Row> Rows { get; private set; } = [];

    public int Total { get; private set; }

    /// <summary>Where the count of this tab stops.</summary>
    public int MostTotal => Tab is MyTurn or nameof(ReportOutcome.Pending) ? DeskReports.MostWaiting : DeskReports.MostCounted;

    /// <summary>How many one action over the whole filter takes.</summary>
    public int AtOnce => Math.Min(Total, Judgement.Most);

    public bool MayJudge => Access.Works(User) && Tab is MyTurn or nameof(ReportOutcome.Pending) && Rows.Any(r => !IsOwn(r));

    public bool Filtered => List.Q.Length > 0 || Category is { Length: > 0 } || Area is not null || From is not null || To is not null;

    private ReportOutcome? Shown => Enum.TryParse<ReportOutcome>(State, out var state) && Enum.IsDefined(state) ? state : null;

    private DeskReports.Filter Filter => new(State == Everything ? null : Shown ?? ReportOutcome.Pending, Category, Area, From, To);

    public bool IsOwn(DeskReports.Row row) => reports.IsOwn(row);

    public IReadOnlyList<ReportDoubt> DoubtsOf(DeskReports.Row row) => doubts.TryGetValue(row.Id, out var own) ? own : [];

    /// <summary>Whose turn a waiting report is, and why; null for one that does not wait.</summary>
    public Standing? StandingOf(DeskReports.Row row) => row.State == ReportOutcome.Pending ? routes?.LevelAt(Matter.Report, row.Category, row.FiledAt, reports.Now) : null;

    /// <summary>Who was to act first.</summary>
    public MemberKind FirstOf(DeskReports.Row row) => routes!.Of(Matter.Report, row.Category)[0].Level;

    /// <summary>The moment of this page.</summary>
    public DateTime Now => reports.Now;

    /// <summary>What the rule of that day says, before any cap.</summary>
    public int WorthOf(DeskReports.Row row) => book?.RuleOn(row.Category, row.HappenedDay)?.Points ?? 0;

    public async Task OnGetAsync(CancellationToken ct)
    {
        List = ReadList();
        var path = user.AreaPath;
        Areas = await db.Areas.Where(a => a.Path.StartsWith(path) && (a.Kind == AreaKind.Village || a.Kind == AreaKind.Grid)).OrderBy(a => a.Path)
            .Select(a => new AreaChoice(a.Id, a.Kind == AreaKind.Grid ? "\u3000" + a.Name : a.Name)).ToListAsync(ct);
        var found = await reports.FoundAsync(Filter, List.Q, ct);
        var tabs = new List<(string, int)> { (MyTurn, await (await reports.MyTurnAsync(found, ct)).Take(DeskReports.MostOnTab).CountAsync(ct)) };
        foreach (var state in Enum.GetValues<ReportOutcome>())
            tabs.Add((state.ToString(), await found.Where(r => r.Outcome == state).Take(DeskReports.MostOnTab).CountAsync(ct)));
        tabs.Add((Everything, Math.Min(DeskReports.MostOnTab, tabs.Skip(1).Sum(t => t.Item2))));
        Tabs = tabs;
        var shown = await OfTabAsync(found, ct);
        Total = await shown.Take(MostTotal).CountAsync(ct);
        Rows = await reports.PageAsync(shown, List, From is not null || To is not null, ct);
        var waiting = Rows.Where(r => r.State == ReportOutcome.Pending).Select(r => r.Id).ToList();
        if (waiting.Count == 0) return;
        routes = await reports.RoutesAsync(ct);
        book = new ReportPoints(await db.ScoringRules.AsNoTracking().ToListAsync(ct));
        doubts = await ReportDoubts.ForAsync(db, waiting, ct);
    }

    public async Task<IActionResult> OnGetCsvAsync(CancellationToken ct)
    {
        List = ReadList();
        var rows = DeskReports.Read(DeskReports.Sorted(await OfTabAsync(await reports.FoundAsync(Filter, List.Q, ct), ct), List));
        return new Csv<DeskReports.Row>("reports.csv", rows.AsAsyncEnumerable(),
            (texts["Reports.Desk.Reference"], r => r.Reference), (texts["Reports.Desk.Code"], r => r.Code), (texts["Reports.Desk.Member"], r => r.Who),
            (texts["Reports.Desk.Category"], r => categories.Name(r.Category)), (texts["Reports.Desk.Area"], r => r.Area),
            (texts["Reports.Desk.Happened"], r => $"{Ui.Local(r.HappenedAt):yyyy-MM-dd HH:mm}"), (texts["Reports.Desk.Filed"], r => $"{Ui.Local(r.FiledAt):yyyy-MM-dd HH:mm}"),
            (texts["Reports.Desk.What"], r => r.Text), (texts["Reports.Desk.Photos"], r => r.Photos.Count), (texts["Reports.Desk.State"], r => texts[TaskWords.State(r.State)].Value),
            (texts["Reports.Desk.Points"], r => r.Points), (texts["Reports.Desk.Reason"], r => r.Reason));
    }

    /// <summary>The button of one row, or the bar's for all that are ticked.</summary>
    public Task<IActionResult> OnPostVerifyAsync(int? one, int[] id, CancellationToken ct) => VerifyAsync(one is { } only ? [only] : id, ct);

    /// <summary>Everything the filter finds, oldest first, at most <see cref="Judgement.Most"/> in one action.</summary>
    public async Task<IActionResult> OnPostVerifyAllAsync(CancellationToken ct)
    {
        List = ReadList();
        var (member, actor) = (user.MemberId, user.Actor.Code);
        var waiting = await reports.FoundAsync(Filter, List.Q, ct);
        if (Tab == MyTurn) waiting = await reports.MyTurnAsync(waiting, ct);
        var found = waiting.Where(r => r.Outcome == ReportOutcome.Pending && r.MemberId != member && (r.FiledBy == null || r.FiledBy != actor));
        return await VerifyAsync(await found.OrderBy(r => r.FiledAt).ThenBy(r => r.Id).Take(Judgement.Most).Select(r => r.Id).ToArrayAsync(ct), ct);
    }

    /// <summary>Words are asked for on a page of their own.</summary>
    public IActionResult OnPostChoose(string to, int? one, int[] id)
    {
        if (one is null && id.Length == 0) return Nothing();
        return RedirectToPage("/Desk/Reports/Judge", new { to, id = one is { } only ? [only] : id });
    }

    private async Task<IActionResult> VerifyAsync(int[] ids, CancellationToken ct)
    {
        if (ids.Length == 0) return Nothing();
        var judged = await verify.ExecuteAsync(new Judgement
        {
            ReportIds = [.. ids.Distinct().Take(Judgement.Most)], Actor = user.Actor, ActorMemberId = user.MemberId, AreaPath = user.AreaPath,
        }, ct);
        var (done, points, left) = (Ui.Points(judged.Done.Count), Ui.Points(judged.Points), Ui.Points(judged.Left.Count));
        var capped = judged.Done.Count(d => d.Cap is not null).ToString(CultureInfo.InvariantCulture);
        var closed = judged.Left.Where(l => l.Value == LeftAlone.MonthClosed).Select(l => l.Key).Take(MostNamed).ToList();
        if (closed.Count > 0)
        {
            var named = await reports.Mine().Where(r => closed.Contains(r.Id)).OrderBy(r => r.Reference).Select(r => r.Reference).ToListAsync(ct);
            TempData.Warn("Reports.Desk.SomeClosed", done, points, left, string.Join(texts["Kiosk.Slip.And"], named));
        }
        else if (judged.Done.Count == 0) TempData.Refuse("Reports.Desk.NoneVerified", left);
        else if (judged.Left.Count > 0) TempData.Warn("Reports.Desk.SomeVerified", done, points, left);
        else if (capped != "0") TempData.Say("Reports.Desk.VerifiedWithCaps", done, points, capped);
        else TempData.Say("Reports.Desk.Verified", done, points);
        return Back();
    }

    /// <summary>So many references of reports in closed months are named in one sentence.</summary>
    private const int MostNamed = 8;

    private RedirectResult Nothing()
    {
        TempData.Refuse("Reports.Desk.NothingChosen");
        return Back();
    }

    private RedirectResult Back() => Redirect("/desk/reports" + ReadList().Link("handler", null));

    private ListQuery ReadList() => ListQuery.From(Request, "-filed", "happened", "member", "points");

    private async Task<IQueryable<TaskReport>> OfTabAsync(IQueryable<TaskReport> found, CancellationToken ct) =>
        Tab == MyTurn ? await reports.MyTurnAsync(found, ct) : Filter.State is { } state ? found.Where(r => r.Outcome == state) : found;
}
