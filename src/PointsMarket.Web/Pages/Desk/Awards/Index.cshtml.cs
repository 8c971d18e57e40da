using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using PointsMarket.Areas;
using PointsMarket.Awards;
using PointsMarket.Web.Accounts;
using PointsMarket.Web.Awards;
using PointsMarket.Web.Shared;
using PointsMarket.Web.Text;

namespace PointsMarket.Web.Pages.Desk.Awards;

/// <summary>Every round of awards of the user's area, and the ways to begin one.</summary>
[Authorize(Policy = Access.ApproveRead)]
public sealed class IndexModel(AwardReads reads, TimeProvider clock, IStringLocalizer<Texts> texts) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public AwardKind? Kind { get; set; }

    [BindProperty(SupportsGet = true)]
    public AwardState? State { get; set; }

    [BindProperty(SupportsGet = true)]
    public int? Year { get; set; }

    public ListQuery List { get; private set; } = null!;

    public IReadOnlyList<AwardReads.Row> Rows { get; private set; } = [];

    public IReadOnlyList<int> Years { get; private set; } = [];

    public int Total { get; private set; }

    /// <summary>For how many days a ranked list is on public notice, as set today.</summary>
    public long NoticeDays { get; private set; }

    public async Task OnGetAsync(CancellationToken ct)
    {
        var found = Found();
        Total = await found.CountAsync(ct);
        NoticeDays = await reads.NoticeDaysAsync(StationTime.Day(clock.GetUtcNow().UtcDateTime), ct);
        Years = await reads.Cycles().Select(c => c.Year).Distinct().OrderByDescending(y => y).ToListAsync(ct);
        Rows = await reads.Rows(Sorted(found).Skip(List.Skip).Take(List.Size)).ToListAsync(ct);
    }

    public IActionResult OnGetCsv() => new Csv<AwardReads.Row>("awards.csv", reads.Rows(Sorted(Found())).AsAsyncEnumerable(),
        (texts["Awards.List.Year"], r => r.Year), (texts["Awards.List.Kind"], r => texts[$"Awards.Kind.{r.Kind}"].Value), (texts["Awards.Form.Title"], r => r.Title),
        (texts["Awards.Form.Area"], r => r.Area), (texts["Awards.List.Named"], r => r.Named), (texts["Awards.Form.Quota"], r => r.Quota), (texts["Awards.List.State"], r => texts[$"Awards.State.{r.State}"].Value),
        (texts["Awards.List.NoticeTo"], r => $"{r.NoticeTo:yyyy-MM-dd}"));

    private IQueryable<AwardCycle> Found()
    {
        List = ListQuery.From(Request, "-year", "title", "state");
        var found = reads.Cycles();
        if (Kind is { } kind) found = found.Where(c => c.Kind == kind);
        if (State is { } state) found = found.Where(c => c.State == state);
        if (Year is { } year) found = found.Where(c => c.Year == year);
        return List.Q.Length == 0 ? found : found.Where(c => c.Title.Contains(List.Q) || c.Area.Name.Contains(List.Q));
    }

    private IQueryable<AwardCycle> Sorted(IQueryable<AwardCycle> found) => (List.Sort, List.Descending) switch
    {
        ("title", false) => found.OrderBy(c => c.Title).ThenBy(c => c.Id),
        ("title", true) => found.OrderByDescending(c => c.Title).ThenBy(c => c.Id),
        ("state", false) => found.OrderBy(c => c.State).ThenByDescending(c => c.Id),
        ("state", true) => found.OrderByDescending(c => c.State).ThenByDescending(c => c.Id),
        (_, false) => found.OrderBy(c => c.Year).ThenBy(c => c.Id),
        _ => found.OrderByDescending(c => c.Year).ThenByDescending(c => c.Id),
    };
}
