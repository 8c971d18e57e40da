using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using PointsMarket.Web.Accounts;
using PointsMarket.Web.Shared;

namespace PointsMarket.Web.Pages.Account;

/// <summary>Signing out, by a form only: a link could be followed by somebody else's page.</summary>
[AllowAnonymous]
public sealed class LogoutModel(SigningIn signIn) : PageModel
{
    public IActionResult OnGet() => User.Identity?.IsAuthenticated == true ? Page() : RedirectToPage("/Account/Login");

    public async Task<IActionResult> OnPostAsync()
    {
        await signIn.OutAsync();
        TempData.Say("Account.Logout.Done");
        return RedirectToPage("/Account/Login");
    }
}
