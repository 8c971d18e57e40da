using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using PointsMarket.Accounts;
using PointsMarket.Web.Accounts;
using PointsMarket.Web.Shared;
using PointsMarket.Web.Text;

namespace PointsMarket.Web.Pages.Account.Security;

/// <summary>A new password of one's own; the first thing to do with one that was handed out.</summary>
public sealed class PasswordModel(ChangePassword change, SigningIn signIn, CurrentUser user, IStringLocalizer<Texts> texts) : PageModel
{
    [BindProperty]
    public InputModel Input { get; set; } = new();

    public bool OneTime => User.HasClaim(Claims.First, Claims.SetPassword);

    public sealed class InputModel
    {
        [Display(Name = "Account.Password.Present"), Required, StringLength(PasswordRules.MaxLength), DataType(DataType.Password)]
        public string Present { get; set; } = "";

        [Display(Name = "Account.Password.Wanted"), Required, StringLength(PasswordRules.MaxLength, MinimumLength = PasswordRules.MinLength), DataType(DataType.Password)]
        public string Wanted { get; set; } = "";

        [Display(Name = "Account.Password.Again"), Required, Compare(nameof(Wanted)), DataType(DataType.Password)]
        public string Again { get; set; } = "";
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        if (!ModelState.IsValid) return Page();
        switch (await change.ExecuteAsync(user.Id, Input.Present, Input.Wanted, ct))
        {
            case ChangePassword.Outcome.Changed:
                await signIn.RefreshAsync(user.Id);
                TempData.Say("Account.Password.Changed");
                return RedirectToPage("/Account/Arrived", new { ReturnUrl = "/account/security" });
            case ChangePassword.Outcome.WrongPassword:
                ModelState.AddModelError("Input.Present", texts["Account.Password.Wrong", TryCount.LockAfter, (int)TryCount.Rest.TotalMinutes]);
                return Page();
            case ChangePassword.Outcome.SameAsBefore:
                ModelState.AddModelError("Input.Wanted", texts["Account.Password.Same"]);
                return Page();
            default:
                ModelState.AddModelError("Input.Wanted", texts["Account.Password.TooWeak", PasswordRules.MinLength, PasswordRules.MinDifferent]);
                return Page();
        }
    }
}
