using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using PointsMarket.Loops;
using PointsMarket.Web.Loops;
using PointsMarket.Web.Shared;
using PointsMarket.Web.Text;

namespace PointsMarket.Web.Pages.Desk.Loops;

/// <summary>Hazards, disputes and opinions: what is due, what is late, whose turn it is.</summary>
public sealed class IndexModel(DeskLoops loops, LoopChoices choices, IStringLocalizer<Texts> texts) : PageModel
{
    public sealed record Tab(LoopKind Kind, int Count, int Late);

    [BindProperty(SupportsGet = true)]
    public LoopKind Kind { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Show { get; set; }

    [BindProperty(SupportsGet = true)]
    public int? Area { get; set; }

    public ListQuery List { get; private set; } = null!;

    public IReadOnlyList<Tab> Tabs { get; private set; } = [];

    public IReadOnlyList<SelectListItem> Areas { get; private set; } = [];

    public IReadOnlyList<DeskLoops.Row> Rows { get; private set; } = [];

    public int Total { get; private set; }

    public DateOnly Today => loops.Today;

    public bool Filtered => List.Q.Length > 0 || Area is not null || Show is { Length: > 0 } and not DeskLoops.Open;

    public async Task OnGetAsync(CancellationToken ct)
    {
        var found = await FoundAsync(ct);
        var today = Today;
        Areas = await choices.AreasAsync(ct);
        var counts = await found.GroupBy(l => l.Kind).Select(g => new { g.Key, Count = g.Count(), Late = g.Count(l => l.DueDay < today) }).ToListAsync(ct);
        Tabs = [.. Enum.GetValues<LoopKind>().Select(k => new Tab(k, counts.SingleOrDefault(c => c.Key == k)?.Count ?? 0, counts.SingleOrDefault(c => c.Key == k)?.Late ?? 0))];
        var shown = found.Where(l => l.Kind == Kind);
        Total = await shown.CountAsync(ct);
        Rows = await DeskLoops.Read(DeskLoops.Sorted(shown, List).Skip(List.Skip).Take(List.Size)).ToListAsync(ct);
    }

    public async Task<IActionResult> OnGetCsvAsync(CancellationToken ct)
    {
        var rows = DeskLoops.Read(DeskLoops.Sorted((await FoundAsync(ct)).Where(l => l.Kind == Kind), List));
        var today = Today;
        return new Csv<DeskLoops.Row>("loops.csv", rows.AsAsyncEnumerable(),
            (texts["Loops.List.Reference"], r => r.Reference), (texts["Loops.List.Kind"], r => texts[$"Loops.Kind.{r.Kind}"].Value),
            (texts["Loops.List.State"], r => texts[$"Loops.State.{r.State}"].Value), (texts["Loops.List.Area"], r => r.Area), (texts["Loops.List.Place"], r => r.Place),
            (texts["Loops.List.What"], r => r.Text), (texts["Loops.List.Owner"], r => r.Owner), (texts["Loops.List.Side"], r => r.Side),
            (texts["Loops.List.Due"], r => $"{r.DueDay:yyyy-MM-dd}"), (texts["Loops.List.LateDays"], r => r.Late(today)),
            (texts["Loops.List.Opened"], r => $"{Ui.Local(r.OpenedAt):yyyy-MM-dd HH:mm}"), (texts["Loops.List.Ended"], r => r.EndedAt is { } at ? $"{Ui.Local(at):yyyy-MM-dd HH:mm}" : ""));
    }

    private Task<IQueryable<Loop>> FoundAsync(CancellationToken ct)
    {
        List = ListQuery.From(Request, "due", "opened", "area");
        return loops.FoundAsync(Show, Area, List.Q, ct);
    }
}
