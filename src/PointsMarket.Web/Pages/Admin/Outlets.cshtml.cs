using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using PointsMarket.Data;
using PointsMarket.Market;
using PointsMarket.Web.Accounts;
using PointsMarket.Web.Shared;
using PointsMarket.Web.Text;

namespace PointsMarket.Web.Pages.Admin;

/// <summary>The outlets: list, add, change. <c>?edit=3</c> opens one in the form.</summary>
public sealed class OutletsModel(MarketDb db, SaveOutlet save, CurrentUser user, Choices choices, IStringLocalizer<Texts> texts) : PageModel
{
    public sealed record Row(int Id, string Code, string Name, string Area, int AreaId, int Kiosks, int Open);

    public sealed class OutletInput
    {
        [Display(Name = "Admin.Outlets.Code"), StringLength(40)]
        public string? Code { get; set; }

        [Display(Name = "Admin.Outlets.Name"), Required, StringLength(100)]
        public string Name { get; set; } = "";

        [Display(Name = "Admin.Outlets.Area"), Required]
        public int? AreaId { get; set; }
    }

    [BindProperty]
    public OutletInput Input { get; set; } = new();

    [BindProperty(SupportsGet = true)]
    public int? Edit { get; set; }

    public IReadOnlyList<Row> Rows { get; private set; } = [];

    public IReadOnlyList<SelectListItem> Areas { get; private set; } = [];

    public Row? Edited => Rows.FirstOrDefault(r => r.Id == Edit);

    public async Task<IActionResult> OnGetAsync()
    {
        await LoadAsync();
        if (Edit is null) return Page();
        if (Edited is not { } row) return NotFound();
        Input = new OutletInput { Name = row.Name, AreaId = row.AreaId };
        return Page();
    }

    public async Task<IActionResult> OnPostAsync()
    {
        if (ModelState.IsValid)
        {
            var outcome = await save.ExecuteAsync(new SaveOutlet.Input
            {
                OutletId = Edit, Code = Input.Code?.Trim().ToUpperInvariant(), Name = Input.Name.Trim(), AreaId = Input.AreaId!.Value, Actor = user.Actor, AreaPath = user.AreaPath,
            });
            switch (outcome)
            {
                case SaveOutlet.Outcome.Saved:
                    TempData.Say("Desk.List.Saved");
                    return RedirectToPage(new { edit = (int?)null });
                case SaveOutlet.Outcome.NoSuchOutlet:
                    return NotFound();
                case SaveOutlet.Outcome.CodeTaken:
                    ModelState.AddModelError("Input.Code", texts["Desk.Valid.CodeTaken"]);
                    break;
                case SaveOutlet.Outcome.CodeNotValid:
                    ModelState.AddModelError("Input.Code", texts["Desk.Valid.Code"]);
                    break;
                default:
                    ModelState.AddModelError("Input.AreaId", texts["Desk.Valid.Area"]);
                    break;
            }
        }

        await LoadAsync();
        return Page();
    }

    private async Task LoadAsync()
    {
        var path = user.AreaPath;
        Areas = await choices.AreasAsync();
        Rows = await db.Outlets.Where(o => o.Area.Path.StartsWith(path)).OrderBy(o => o.Code).Select(o => new Row(o.Id, o.Code, o.Name, o.Area.Name, o.AreaId,
            db.KioskDevices.Count(k => k.OutletId == o.Id && k.RetiredAt == null && k.PairedAt != null), db.Redemptions.Count(r => r.OutletId == o.Id && r.State == RedemptionState.Held))).ToListAsync();
    }
}
