using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using PointsMarket.Web.Accounts;

namespace PointsMarket.Web.Pages.Account;

/// <summary>
/// The step after signing in, with the new cookie: what must be done first, else where they were going. A page of its own
/// because the request that signs in is not yet theirs.
/// </summary>
public sealed class ArrivedModel(Landing landing) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public string? ReturnUrl { get; set; }

    public async Task<IActionResult> OnGetAsync() => User.FindFirst(Claims.First)?.Value switch
    {
        Claims.SetPassword => RedirectToPage("/Account/Security/Password"),
        Claims.SetTwoStep => RedirectToPage("/Account/Security/TwoStep"),
        _ => LocalRedirect(await landing.ForAsync(ReturnUrl, User, Url)),
    };
}
