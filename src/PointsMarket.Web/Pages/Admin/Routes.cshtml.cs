using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.Extensions.Localization;
using PointsMarket.Data;
using PointsMarket.Members;
using PointsMarket.Routing;
using PointsMarket.Web.Accounts;
using PointsMarket.Web.Shared;
using PointsMarket.Web.Text;

namespace PointsMarket.Web.Pages.Admin;

/// <summary>Which level acts first on what, and where it climbs. <c>?matter=Report&amp;kind=dispute</c> opens one in the form.</summary>
public sealed class RoutesModel(MarketDb db, SaveRoute save, CurrentUser user, Reports.CategoryWords categories, IStringLocalizer<Texts> texts) : PageModel
{
    public sealed record Row(Matter Matter, string Kind, IReadOnlyList<Rung> Rungs);

    public sealed class RungInput
    {
        [Display(Name = "Routes.Form.Level")]
        public MemberKind? Level { get; set; }

        [Display(Name = "Routes.Form.Days"), Range(1, Escalation.MostDays)]
        public int? Days { get; set; }
    }

    public sealed class InputModel
    {
        public RungInput First { get; set; } = new();

        public RungInput Second { get; set; } = new();

        public RungInput Third { get; set; } = new();

        public IEnumerable<RungInput> All => [First, Second, Third];
    }

    [BindProperty]
    public InputModel Input { get; set; } = new();

    [BindProperty(SupportsGet = true)]
    public Matter? Matter { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Kind { get; set; }

    public IReadOnlyList<Row> Rows { get; private set; } = [];

    /// <summary>The one in the form.</summary>
    public Row? Edited => Matter is { } matter ? Rows.FirstOrDefault(r => r.Matter == matter && r.Kind == (Kind ?? RouteStep.AnyKind)) : null;

    /// <summary>The levels that act, and none.</summary>
    public IReadOnlyList<SelectListItem> Levels =>
        [new(texts["Routes.Form.None"], ""), .. Escalation.Levels.Select(l => new SelectListItem(texts[$"Desk.MemberKind.{l}"], l.ToString()))];

    /// <summary>The name of a kind: a report's category, a case's kind, or all the rest.</summary>
    public string NameOf(Row row) => row.Kind == RouteStep.AnyKind ? texts["Routes.List.Rest"]
        : row.Matter == PointsMarket.Routing.Matter.Report ? categories.Name(row.Kind)
        : texts[$"Routes.CaseKind.{row.Kind}"] is { ResourceNotFound: false } known ? known : row.Kind;

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        await LoadAsync(ct);
        if (Matter is null) return Page();
        if (Edited is not { } row) return NotFound();
        foreach (var (rung, input) in row.Rungs.Zip(Input.All)) (input.Level, input.Days) = (rung.Level, rung.Days);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        await LoadAsync(ct);
        if (Edited is not { } row) return NotFound();
        var asked = Input.All.Where(r => r.Level is not null).ToList();
        if (asked.Any(r => r.Days is null)) ModelState.AddModelError("", texts["Routes.Problem.BadDays", Escalation.MostDays]);
        if (!ModelState.IsValid) return Page();
        var outcome = await save.ExecuteAsync(new SaveRoute.Input
        {
            Matter = row.Matter, Kind = row.Kind, Rungs = [.. asked.Select(r => new Rung(r.Level!.Value, r.Days!.Value))], Actor = user.Actor, AreaPath = user.AreaPath,
        }, ct);
        if (outcome == SaveRoute.Outcome.NoSuchRoute) return NotFound();
        if (outcome == SaveRoute.Outcome.Saved)
        {
            TempData.Say("Desk.List.Saved");
            return Redirect("/admin/routes");
        }

        ModelState.AddModelError("", texts[$"Routes.Problem.{outcome}", Escalation.MostDays]);
        return Page();
    }

    private async Task LoadAsync(CancellationToken ct)
    {
        var book = await RouteBook.ReadAsync(db, ct);
        var order = categories.Codes.ToList();
        Rows =
        [
            .. book.Written.OrderBy(k => k.Matter).ThenBy(k => k.Kind == RouteStep.AnyKind).ThenBy(k => order.IndexOf(k.Kind)).ThenBy(k => k.Kind, StringComparer.Ordinal)
                .Select(k => new Row(k.Matter, k.Kind, book.Of(k.Matter, k.Kind))),
        ];
    }
}
