using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using PointsMarket.Data;
using PointsMarket.Members;
using PointsMarket.Web.Accounts;
using PointsMarket.Web.Shared;
using PointsMarket.Web.Text;

namespace PointsMarket.Web.Pages.Desk.People;

/// <summary>A new PIN: typed twice by the member, or made up and shown once.</summary>
[Authorize(Policy = Access.Approve)]
public sealed class PinModel(MarketDb db, SetPin setPin, CurrentUser user, IStringLocalizer<Texts> texts) : PageModel
{
    public sealed class PinInput
    {
        [Display(Name = "Desk.Pin.New"), Required, DataType(DataType.Password)]
        public string Pin { get; set; } = "";

        [Display(Name = "Desk.Pin.Again"), Required, Compare(nameof(Pin)), DataType(DataType.Password)]
        public string Again { get; set; } = "";
    }

    [BindProperty]
    public PinInput Input { get; set; } = new();

    public int Id { get; private set; }

    public string Shown { get; private set; } = "";

    [TempData]
    public string? NewPin { get; set; }

    public async Task<IActionResult> OnGetAsync(int id) => await LoadAsync(id) ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(int id)
    {
        if (!await LoadAsync(id)) return NotFound();
        if (!ModelState.IsValid) return Page();
        switch (await SetAsync(id, Input.Pin))
        {
            case SetPin.Outcome.Set:
                TempData.Say("Desk.Pin.Set");
                return RedirectToPage("Detail", new { id });
            case SetPin.Outcome.NoSuchMember:
                return NotFound();
            case SetPin.Outcome.TooEasy:
                ModelState.AddModelError("Input.Pin", texts["Desk.Pin.TooEasy"]);
                break;
            default:
                ModelState.AddModelError("Input.Pin", texts["Desk.Pin.NotDigits"]);
                break;
        }

        return Page();
    }

    public async Task<IActionResult> OnPostSuggestAsync(int id)
    {
        var pin = SetPin.Suggest();
        if (await SetAsync(id, pin) != SetPin.Outcome.Set) return NotFound();
        NewPin = pin; // in an encrypted cookie until the next page has shown it
        return RedirectToPage("Detail", new { id });
    }

    private Task<SetPin.Outcome> SetAsync(int id, string pin) => setPin.ExecuteAsync(new SetPin.Input { MemberId = id, Pin = pin, Actor = user.Actor, AreaPath = user.AreaPath });

    private async Task<bool> LoadAsync(int id)
    {
        var path = user.AreaPath;
        var member = await db.Members.Where(m => m.Id == id && m.Area.Path.StartsWith(path)).Select(m => new { m.Kind, m.Code, m.Name }).SingleOrDefaultAsync();
        if (member is null) return false;
        (Id, Shown) = (id, MemberNames.Shown(member.Kind, member.Code, member.Name));
        return true;
    }
}
