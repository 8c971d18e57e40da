using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using PointsMarket.Data;
using PointsMarket.Members;
using PointsMarket.Web.Accounts;
using PointsMarket.Web.Shared;
using PointsMarket.Web.Text;

namespace PointsMarket.Web.Pages.Desk.People;

/// <summary>What is kept of a member. An informant's name and level are not on this page.</summary>
[Authorize(Policy = Access.Admin)]
public sealed class EditModel(MarketDb db, EditMember edit, CurrentUser user, Choices choices, IStringLocalizer<Texts> texts) : PageModel
{
    public sealed class MemberInput
    {
        [Display(Name = "Desk.Members.Name"), StringLength(60)]
        public string? Name { get; set; }

        [Display(Name = "Desk.Members.Kind"), Required]
        public MemberKind? Kind { get; set; }

        [Display(Name = "Desk.Members.Area"), Required]
        public int? AreaId { get; set; }

        [Display(Name = "Desk.Members.Left")]
        public DateOnly? Left { get; set; }
    }

    [BindProperty]
    public MemberInput Input { get; set; } = new();

    public string Code { get; private set; } = "";

    public int Id { get; private set; }

    public bool IsSealed { get; private set; }

    public IReadOnlyList<SelectListItem> Areas { get; private set; } = [];

    public IEnumerable<SelectListItem> Kinds => Enum.GetValues<MemberKind>().Select(k => new SelectListItem(texts[$"Desk.MemberKind.{k}"], k.ToString()));

    public async Task<IActionResult> OnGetAsync(int id)
    {
        if (await LoadAsync(id) is not { } member) return NotFound();
        Input = new MemberInput { Name = IsSealed ? null : member.Name, Kind = member.Kind, AreaId = member.AreaId, Left = member.Left };
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(int id)
    {
        if (await LoadAsync(id) is null) return NotFound();
        if (!ModelState.IsValid) return Page();
        var outcome = await edit.ExecuteAsync(new EditMember.Input
        {
            MemberId = id, Name = Input.Name?.Trim(), Kind = Input.Kind!.Value, AreaId = Input.AreaId!.Value, Left = Input.Left, Actor = user.Actor, AreaPath = user.AreaPath,
        });
        switch (outcome)
        {
            case EditMember.Outcome.Saved:
                TempData.Say("Desk.List.Saved");
                return RedirectToPage("Detail", new { id });
            case EditMember.Outcome.NoSuchMember:
                return NotFound();
            case EditMember.Outcome.NoSuchArea:
                ModelState.AddModelError("Input.AreaId", texts["Desk.Valid.Area"]);
                break;
            case EditMember.Outcome.NameMissing:
                ModelState.AddModelError("Input.Name", texts["Desk.Member.NameMissing"]);
                break;
            case EditMember.Outcome.LeftTooEarly:
                ModelState.AddModelError("Input.Left", texts["Desk.Member.LeftTooEarly"]);
                break;
            case EditMember.Outcome.NoSealKey:
                ModelState.AddModelError("", texts["Unseal.Key.CannotSeal"]);
                break;
            default:
                ModelState.AddModelError("Input.Kind", texts["Desk.Member.Sealed"]);
                break;
        }

        return Page();
    }

    private async Task<Member?> LoadAsync(int id)
    {
        var path = user.AreaPath;
        var member = await db.Members.AsNoTracking().SingleOrDefaultAsync(m => m.Id == id && m.Area.Path.StartsWith(path));
        if (member is null) return null;
        (Id, Code, IsSealed) = (id, member.Code, member.Kind == MemberKind.Informant);
        Areas = await choices.AreasAsync();
        return member;
    }
}
