using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.Extensions.Localization;
using PointsMarket.Areas;
using PointsMarket.Members;
using PointsMarket.Web.Accounts;
using PointsMarket.Web.Shared;
using PointsMarket.Web.Text;

namespace PointsMarket.Web.Pages.Desk.People;

/// <summary>A new member.</summary>
[Authorize(Policy = Access.Admin)]
public sealed class AddModel(AddMember add, CurrentUser user, Choices choices, TimeProvider clock, IStringLocalizer<Texts> texts) : PageModel
{
    public sealed class MemberInput
    {
        [Display(Name = "Desk.Members.Code"), Required, StringLength(40)]
        public string Code { get; set; } = "";

        [Display(Name = "Desk.Members.Name"), Required, StringLength(60)]
        public string Name { get; set; } = "";

        [Display(Name = "Desk.Members.Kind"), Required]
        public MemberKind? Kind { get; set; }

        [Display(Name = "Desk.Members.Area"), Required]
        public int? AreaId { get; set; }

        [Display(Name = "Desk.Members.Joined"), Required]
        public DateOnly? Joined { get; set; }
    }

    [BindProperty]
    public MemberInput Input { get; set; } = new();

    public IReadOnlyList<SelectListItem> Areas { get; private set; } = [];

    public IEnumerable<SelectListItem> Kinds => Enum.GetValues<MemberKind>().Select(k => new SelectListItem(texts[$"Desk.MemberKind.{k}"], k.ToString()));

    public async Task OnGetAsync()
    {
        Input.Joined = StationTime.Day(clock.GetUtcNow().UtcDateTime);
        Input.Kind = MemberKind.Volunteer;
        Areas = await choices.AreasAsync();
    }

    public async Task<IActionResult> OnPostAsync()
    {
        if (ModelState.IsValid)
        {
            var outcome = await add.ExecuteAsync(new AddMember.Input
            {
                Code = Input.Code.Trim().ToUpperInvariant(), Name = Input.Name.Trim(), Kind = Input.Kind!.Value, AreaId = Input.AreaId!.Value, Joined = Input.Joined!.Value,
                Actor = user.Actor, AreaPath = user.AreaPath,
            });
            switch (outcome)
            {
                case AddMember.Added added:
                    TempData.Say("Desk.Member.Added", added.Number);
                    return RedirectToPage("Detail", new { id = added.MemberId });
                case AddMember.CodeTaken:
                    ModelState.AddModelError("Input.Code", texts["Desk.Member.CodeTaken"]);
                    break;
                case AddMember.CodeNotValid:
                    ModelState.AddModelError("Input.Code", texts["Desk.Valid.Code"]);
                    break;
                case AddMember.NoSealKey:
                    ModelState.AddModelError("", texts["Unseal.Key.CannotSeal"]);
                    break;
                default:
                    ModelState.AddModelError("Input.AreaId", texts["Desk.Valid.Area"]);
                    break;
            }
        }

        Areas = await choices.AreasAsync();
        return Page();
    }
}
