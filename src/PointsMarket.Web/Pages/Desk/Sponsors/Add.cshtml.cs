using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using PointsMarket.Sponsors;
using PointsMarket.Web.Accounts;
using PointsMarket.Web.Shared;
using PointsMarket.Web.Text;

namespace PointsMarket.Web.Pages.Desk.Sponsors;

/// <summary>A new firm. Its people get their access from the station's administrator.</summary>
[Authorize(Policy = Access.Approve)]
public sealed class AddModel(SaveSponsor save, CurrentUser user, IStringLocalizer<Texts> texts) : PageModel
{
    [BindProperty, Display(Name = "Sponsor.Desk.Code"), Required, StringLength(40)]
    public string Code { get; set; } = "";

    [BindProperty, Display(Name = "Sponsor.Desk.Name"), Required, StringLength(SaveSponsor.MostName)]
    public string Name { get; set; } = "";

    public void OnGet()
    {
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        if (!ModelState.IsValid) return Page();
        switch (await save.ExecuteAsync(new SaveSponsor.Input { Code = Code.Trim(), Name = Name, Actor = user.Actor }, ct))
        {
            case SaveSponsor.Saved saved:
                TempData.Say("Sponsor.Desk.Saved", Name);
                return RedirectToPage("Show", new { id = saved.SponsorId });
            case SaveSponsor.CodeTaken:
                ModelState.AddModelError(nameof(Code), texts["Sponsor.Desk.CodeTaken"]);
                return Page();
            case SaveSponsor.CodeNotValid:
                ModelState.AddModelError(nameof(Code), texts["Sponsor.Desk.CodeNotValid"]);
                return Page();
            default:
                ModelState.AddModelError(nameof(Name), texts["Sponsor.Desk.NameNotValid"]);
                return Page();
        }
    }
}
