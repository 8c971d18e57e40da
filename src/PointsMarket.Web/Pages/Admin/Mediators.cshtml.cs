using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using PointsMarket.Data;
using PointsMarket.Loops;
using PointsMarket.Members;
using PointsMarket.Web.Accounts;
using PointsMarket.Web.Loops;
using PointsMarket.Web.Shared;
using PointsMarket.Web.Text;

namespace PointsMarket.Web.Pages.Admin;

/// <summary>Who mediates which disputes where. <c>?edit=3</c> opens a line in the form.</summary>
public sealed class MediatorsModel(MarketDb db, SaveMediator save, CurrentUser user, Choices choices, LoopChoices loops, IStringLocalizer<Texts> texts) : PageModel
{
    public sealed record Row(int Id, int AreaId, string Area, DisputeType Type, string Office, string? Code, string? Name, MemberKind Kind)
    {
        public string? Member => Code is null ? null : MemberNames.Shown(Kind, Code, Name!);
    }

    public sealed class MediatorInput
    {
        [Display(Name = "Loops.Mediators.Area"), Required]
        public int? AreaId { get; set; }

        [Display(Name = "Loops.Mediators.Type"), Required]
        public DisputeType? Type { get; set; }

        [Display(Name = "Loops.Mediators.Office"), Required, StringLength(Loop.MostWho)]
        public string? Office { get; set; }

        [Display(Name = "Loops.Mediators.Member"), StringLength(40)]
        public string? MemberCode { get; set; }
    }

    [BindProperty]
    public MediatorInput Input { get; set; } = new();

    [BindProperty(SupportsGet = true)]
    public int? Edit { get; set; }

    public IReadOnlyList<Row> Rows { get; private set; } = [];

    public IReadOnlyList<SelectListItem> Areas { get; private set; } = [];

    public IReadOnlyList<SelectListItem> Types { get; private set; } = [];

    public Row? Edited => Rows.FirstOrDefault(r => r.Id == Edit);

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        await LoadAsync(ct);
        if (Edit is null) return Page();
        if (Edited is not { } row) return NotFound();
        Input = new MediatorInput { AreaId = row.AreaId, Type = row.Type, Office = row.Office, MemberCode = row.Code };
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        if (ModelState.IsValid)
        {
            var outcome = await save.ExecuteAsync(new SaveMediator.Input
            {
                AreaId = Input.AreaId!.Value, Type = Input.Type!.Value, Office = Input.Office, MemberCode = Input.MemberCode, Actor = user.Actor, AreaPath = user.AreaPath,
            }, ct);
            switch (outcome)
            {
                case SaveMediator.Outcome.Saved:
                    TempData.Say("Loops.Mediators.Saved");
                    return Redirect("/admin/mediators");
                case SaveMediator.Outcome.NoSuchMember:
                    ModelState.AddModelError("Input.MemberCode", texts["Loops.Problem.UnknownMember"]);
                    break;
                case SaveMediator.Outcome.OfficeNotValid:
                    ModelState.AddModelError("Input.Office", texts["Loops.Mediators.OfficeNotValid"]);
                    break;
                default:
                    ModelState.AddModelError("Input.AreaId", texts["Desk.Valid.Area"]);
                    break;
            }
        }

        await LoadAsync(ct);
        return Page();
    }

    public async Task<IActionResult> OnPostRemoveAsync(int id, CancellationToken ct)
    {
        await LoadAsync(ct);
        if (Rows.FirstOrDefault(r => r.Id == id) is not { } row) return NotFound();
        await save.ExecuteAsync(new SaveMediator.Input { AreaId = row.AreaId, Type = row.Type, Office = null, Actor = user.Actor, AreaPath = user.AreaPath }, ct);
        TempData.Say("Loops.Mediators.Removed");
        return Redirect("/admin/mediators");
    }

    private async Task LoadAsync(CancellationToken ct)
    {
        var path = user.AreaPath;
        Areas = await choices.AreasAsync(ct);
        Types = loops.Types();
        Rows = await db.Mediators.Where(m => m.Area.Path.StartsWith(path)).OrderBy(m => m.Area.Path).ThenBy(m => m.Type).Select(m => new Row(
            m.Id, m.AreaId, m.Area.Name, m.Type, m.Office, m.Member == null ? null : m.Member.Code, m.Member == null ? null : m.Member.Name, m.Member == null ? default : m.Member.Kind)).ToListAsync(ct);
    }
}
