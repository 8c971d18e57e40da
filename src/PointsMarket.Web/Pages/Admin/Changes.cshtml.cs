using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using PointsMarket.Data;
using PointsMarket.Web.Shared;
using PointsMarket.Web.Text;

namespace PointsMarket.Web.Pages.Admin;

/// <summary>Who changed what. A change record has no area of its own, so it is for administrators only.</summary>
public sealed class ChangesModel(MarketDb db, Actors actors, IStringLocalizer<Texts> texts) : PageModel
{
    public sealed record Row(DateTime At, string Actor, string Action, string Subject, string? Detail);

    [BindProperty(SupportsGet = true)]
    public string? What { get; set; }

    [BindProperty(SupportsGet = true)]
    public DateOnly? From { get; set; }

    [BindProperty(SupportsGet = true)]
    public DateOnly? To { get; set; }

    public ListQuery List { get; private set; } = null!;

    public IReadOnlyList<Row> Rows { get; private set; } = [];

    public IReadOnlyList<string> Actions { get; private set; } = [];

    public IReadOnlyDictionary<string, string> Names { get; private set; } = null!;

    public int Total { get; private set; }

    /// <summary>In words, or as it is stored when nobody has worded it yet.</summary>
    public string Words(string action) => texts[$"Admin.Change.{action.Replace('.', '-')}"] is { ResourceNotFound: false } known ? known : action;

    public async Task OnGetAsync()
    {
        var found = Found();
        Actions = await db.ChangeRecords.Select(c => c.Action).Distinct().OrderBy(a => a).ToListAsync();
        Total = await found.CountAsync();
        Rows = await Read(found).Skip(List.Skip).Take(List.Size).ToListAsync();
        Names = await actors.NamesAsync(Rows.Select(r => r.Actor));
    }

    public async Task<IActionResult> OnGetCsvAsync()
    {
        var names = await actors.NamesAsync(await Found().Select(c => c.Actor).Distinct().ToListAsync());
        return new Csv<Row>("changes.csv", Read(Found()).AsAsyncEnumerable(),
            (texts["Desk.Entries.When"], r => $"{Ui.Local(r.At):yyyy-MM-dd HH:mm:ss}"), (texts["Desk.Entries.Who"], r => names.GetValueOrDefault(r.Actor, r.Actor)),
            (texts["Admin.Changes.What"], r => Words(r.Action)), (texts["Admin.Changes.Subject"], r => r.Subject), (texts["Admin.Changes.Detail"], r => r.Detail));
    }

    private IQueryable<ChangeRecord> Found()
    {
        List = ListQuery.From(Request);
        IQueryable<ChangeRecord> found = db.ChangeRecords;
        if (!string.IsNullOrEmpty(What)) found = found.Where(c => c.Action == What);
        if (List.Q.Length > 0) found = found.Where(c => c.Subject == List.Q || (c.Detail != null && c.Detail.Contains(List.Q)));
        found = found.Within(c => c.At, From, To);

        return found;
    }

    private static IQueryable<Row> Read(IQueryable<ChangeRecord> found) =>
        found.OrderByDescending(c => c.At).ThenByDescending(c => c.Id).Select(c => new Row(c.At, c.Actor, c.Action, c.Subject, c.Detail));
}
