using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using PointsMarket.Areas;
using PointsMarket.Data;
using PointsMarket.Web.Accounts;
using PointsMarket.Web.Shared;
using PointsMarket.Web.Text;

namespace PointsMarket.Web.Pages.Admin;

/// <summary>The tree of areas with its counts. <c>?edit=3</c> opens one in the form, <c>?below=3</c> adds one below it.</summary>
public sealed class AreasModel(MarketDb db, SaveArea save, CurrentUser user, TimeProvider clock, IStringLocalizer<Texts> texts) : PageModel
{
    /// <summary>One area; its counts are those of everything below it, and its own.</summary>
    public sealed record Row(int Id, string Code, string Name, AreaKind Kind, string Path, int OwnHouseholds, int OwnResidents, int Households, int Residents, int Members);

    public sealed class AreaInput
    {
        [Display(Name = "Admin.Areas.Code"), StringLength(40)]
        public string? Code { get; set; }

        [Display(Name = "Admin.Areas.Name"), Required, StringLength(100)]
        public string Name { get; set; } = "";

        [Display(Name = "Admin.Areas.Households"), Required, Range(0, SaveArea.Most)]
        public int? Households { get; set; } = 0;

        [Display(Name = "Admin.Areas.Residents"), Required, Range(0, SaveArea.Most)]
        public int? Residents { get; set; } = 0;

        [Display(Name = "Admin.Areas.Below")]
        public int? ParentId { get; set; }
    }

    [BindProperty]
    public AreaInput Input { get; set; } = new();

    [BindProperty(SupportsGet = true)]
    public int? Edit { get; set; }

    [BindProperty(SupportsGet = true)]
    public int? Below { get; set; }

    public IReadOnlyList<Row> Rows { get; private set; } = [];

    public IEnumerable<SelectListItem> Parents =>
        Rows.Where(r => r.Kind != AreaKind.Grid).Select(r => new SelectListItem(new string('\u3000', Depth(r)) + r.Name, r.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)));

    public Row? Edited => Rows.FirstOrDefault(r => r.Id == Edit);

    public int Depth(Row row) => Rows.Count == 0 ? 0 : row.Kind - Rows.Min(r => r.Kind);

    public async Task<IActionResult> OnGetAsync()
    {
        await LoadAsync();
        Input.ParentId = Below;
        if (Edit is null) return Page();
        if (Edited is not { } row) return NotFound();
        Input = new AreaInput { Name = row.Name, Households = row.OwnHouseholds, Residents = row.OwnResidents };
        return Page();
    }

    public async Task<IActionResult> OnPostAsync()
    {
        if (ModelState.IsValid)
        {
            var outcome = await save.ExecuteAsync(new SaveArea.Input
            {
                AreaId = Edit, Code = Input.Code?.Trim().ToUpperInvariant(), ParentId = Input.ParentId, Name = Input.Name.Trim(),
                Households = Input.Households!.Value, Residents = Input.Residents!.Value, Actor = user.Actor, AreaPath = user.AreaPath,
            });
            switch (outcome)
            {
                case SaveArea.Outcome.Saved:
                    TempData.Say("Desk.List.Saved");
                    return RedirectToPage(new { edit = (int?)null, below = (int?)null });
                case SaveArea.Outcome.NoSuchArea when Edit is not null:
                    return NotFound();
                case SaveArea.Outcome.NoSuchArea:
                    ModelState.AddModelError("Input.ParentId", texts["Desk.Valid.Area"]);
                    break;
                case SaveArea.Outcome.CodeTaken:
                    ModelState.AddModelError("Input.Code", texts["Desk.Valid.CodeTaken"]);
                    break;
                default:
                    ModelState.AddModelError("Input.Code", texts["Desk.Valid.Code"]);
                    break;
            }
        }

        await LoadAsync();
        return Page();
    }

    private async Task LoadAsync()
    {
        var path = user.AreaPath;
        var today = StationTime.Day(clock.GetUtcNow().UtcDateTime);
        var areas = await db.Areas.AsNoTracking().Where(a => a.Path.StartsWith(path)).OrderBy(a => a.Path).ToListAsync();
        var members = await db.Members.Where(m => m.Area.Path.StartsWith(path) && (m.Left == null || m.Left > today)).GroupBy(m => m.AreaId).ToDictionaryAsync(g => g.Key, g => g.Count());
        Rows = [.. areas.Select(a =>
        {
            var within = areas.Where(x => x.Path.StartsWith(a.Path, StringComparison.Ordinal)).ToList();
            return new Row(a.Id, a.Code, a.Name, a.Kind, a.Path, a.Households, a.Residents, within.Sum(x => x.Households), within.Sum(x => x.Residents), within.Sum(x => members.GetValueOrDefault(x.Id)));
        })];
    }
}
