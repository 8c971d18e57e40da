using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using PointsMarket.Accounts;
using PointsMarket.Web.Accounts;
using PointsMarket.Web.Text;

namespace PointsMarket.Web.Pages.Admin.Accounts;

/// <summary>A new account; the next page shows its one-time password, once.</summary>
public sealed class AddModel(CreateAccount create, AccountChoices choices, CurrentUser user, IStringLocalizer<Texts> texts) : PageModel
{
    [BindProperty]
    public InputModel Input { get; set; } = new();

    public sealed class InputModel : AccountForm
    {
        [Display(Name = "Admin.Accounts.UserName"), Required, StringLength(AccountNames.MaxLength)]
        public string UserName { get; set; } = "";
    }

    public Task OnGetAsync(CancellationToken ct) => ShowAsync(ct);

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        if (ModelState.IsValid)
        {
            switch (await create.ExecuteAsync(new() { UserName = Input.UserName.Trim(), Spec = Input.Spec(), Actor = user.Actor, AreaPath = user.AreaPath }, ct))
            {
                case AccountOutcome.Done done:
                    TempData[DetailModel.PasswordSlot] = done.OneTimePassword;
                    return RedirectToPage("Detail", new { id = done.UserId });
                case AccountOutcome.Refused refused:
                    ModelState.AddModelError(AccountWords.FieldOf(refused.Why), texts[$"Admin.Refused.{refused.Why}"]);
                    break;
            }
        }

        await ShowAsync(ct);
        return Page();
    }

    private async Task ShowAsync(CancellationToken ct) =>
        (ViewData["Areas"], ViewData["Sponsors"]) = (await choices.AreasAsync(ct), await choices.SponsorsAsync(ct));
}
