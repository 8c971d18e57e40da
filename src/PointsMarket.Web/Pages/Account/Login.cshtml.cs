using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Localization;
using PointsMarket.Accounts;
using PointsMarket.Web.Accounts;
using PointsMarket.Web.Setup;
using PointsMarket.Web.Text;

namespace PointsMarket.Web.Pages.Account;

/// <summary>Signing in with user name or member number, and password.</summary>
[AllowAnonymous, EnableRateLimiting(AccountsSetup.Tries)]
public sealed class LoginModel(SigningIn signIn, CreateFirstAdministrator first, Landing landing, IStringLocalizer<Texts> texts) : PageModel
{
    [BindProperty]
    public InputModel Input { get; set; } = new();

    [BindProperty(SupportsGet = true)]
    public string? ReturnUrl { get; set; }

    /// <summary>A fresh site: the page leads to the one that makes its first administrator.</summary>
    public bool NoAdministrator { get; private set; }

    public sealed class InputModel
    {
        [Display(Name = "Account.Login.Name"), Required, StringLength(64)]
        public string Name { get; set; } = "";

        [Display(Name = "Account.Login.Password"), Required, StringLength(PasswordRules.MaxLength), DataType(DataType.Password)]
        public string Password { get; set; } = "";

        [Display(Name = "Account.Login.Keep")]
        public bool Keep { get; set; }
    }

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        if (User.Identity?.IsAuthenticated == true) return LocalRedirect(await landing.ForAsync(ReturnUrl, User, Url));
        NoAdministrator = await first.IsOpenAsync(ct);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        if (!ModelState.IsValid) return Page();
        switch (await signIn.PasswordAsync(Input.Name.Trim(), Input.Password, Input.Keep, ct))
        {
            case SigningIn.Outcome.Done:
                return RedirectToPage("/Account/Arrived", new { ReturnUrl });
            case SigningIn.Outcome.CodeDue:
                return RedirectToPage("/Account/TwoStep", new { ReturnUrl });
            case SigningIn.Outcome.Locked locked:
                ModelState.AddModelError("", LockedWords(texts, locked));
                return Page();
            default:
                ModelState.AddModelError("", texts["Account.Login.Wrong", TryCount.LockAfter, (int)TryCount.Rest.TotalMinutes]);
                return Page();
        }
    }

    internal static string LockedWords(IStringLocalizer<Texts> texts, SigningIn.Outcome.Locked locked) =>
        locked.Wait is { } wait ? texts["Account.Login.Resting", Math.Max(1, (int)Math.Ceiling(wait.TotalMinutes))] : texts["Account.Login.Locked"];
}
