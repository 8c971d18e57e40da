using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace PointsMarket.Web.Pages.Account.Security;

/// <summary>The recovery codes, once: a reload finds them gone.</summary>
public sealed class CodesModel : PageModel
{
    public IReadOnlyList<string> Codes { get; private set; } = [];

    public IActionResult OnGet()
    {
        if (TempData[TwoStepModel.CodesSlot] is not string codes) return RedirectToPage("/Account/Security/Index");
        Codes = codes.Split(' ');
        return Page();
    }
}
