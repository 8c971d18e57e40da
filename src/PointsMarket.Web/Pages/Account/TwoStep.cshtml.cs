using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Localization;
using PointsMarket.Web.Accounts;
using PointsMarket.Web.Setup;
using PointsMarket.Web.Shared;
using PointsMarket.Web.Text;

namespace PointsMarket.Web.Pages.Account;

/// <summary>The second step: a code of the authenticator app, or a recovery code.</summary>
[AllowAnonymous, EnableRateLimiting(AccountsSetup.Tries)]
public sealed class TwoStepModel(SigningIn signIn, IStringLocalizer<Texts> texts) : PageModel
{
    private const int FewCodes = 3;

    [BindProperty]
    public InputModel Input { get; set; } = new();

    [BindProperty(SupportsGet = true)]
    public string? ReturnUrl { get; set; }

    public sealed class InputModel
    {
        [Display(Name = "Account.TwoStep.Code"), Required, StringLength(20)]
        public string Code { get; set; } = "";
    }

    public async Task<IActionResult> OnGetAsync() => await signIn.HalfWayAsync() is null ? RedirectToPage("/Account/Login", new { ReturnUrl }) : Page();

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        if (!ModelState.IsValid) return Page();
        switch (await signIn.CodeAsync(Input.Code.Trim(), ct))
        {
            case SigningIn.Outcome.Done done:
                if (done.RecoveryCodesLeft is <= FewCodes and { } left) TempData.Warn("Account.TwoStep.FewCodes", left.ToString(CultureInfo.InvariantCulture));
                return RedirectToPage("/Account/Arrived", new { ReturnUrl });
            case SigningIn.Outcome.StartAgain:
                TempData.Warn("Account.TwoStep.TooLate");
                return RedirectToPage("/Account/Login", new { ReturnUrl });
            case SigningIn.Outcome.Locked locked:
                ModelState.AddModelError("", LoginModel.LockedWords(texts, locked));
                return Page();
            default:
                ModelState.AddModelError("Input.Code", texts["Account.TwoStep.Wrong"]);
                return Page();
        }
    }
}
