using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Localization;
using PointsMarket.Accounts;
using PointsMarket.Web.Accounts;
using PointsMarket.Web.Setup;
using PointsMarket.Web.Shared;
using PointsMarket.Web.Text;

namespace PointsMarket.Web.Pages;

/// <summary>The first run: makes the first administrator, and is gone as soon as there is one.</summary>
[AllowAnonymous, EnableRateLimiting(AccountsSetup.Tries)]
public sealed class SetupModel(CreateFirstAdministrator create, SetupCode code, IStringLocalizer<Texts> texts) : PageModel
{
    [BindProperty]
    public InputModel Input { get; set; } = new();

    public bool AsksCode => code.IsAsked;

    public sealed class InputModel
    {
        [Display(Name = "Account.Setup.Code"), StringLength(20)]
        public string? Code { get; set; }

        [Display(Name = "Account.Setup.DisplayName"), Required, StringLength(60)]
        public string DisplayName { get; set; } = "";

        [Display(Name = "Account.Setup.UserName"), Required, StringLength(AccountNames.MaxLength)]
        public string UserName { get; set; } = "";

        [Display(Name = "Account.Setup.Password"), Required, StringLength(PasswordRules.MaxLength, MinimumLength = PasswordRules.MinLength), DataType(DataType.Password)]
        public string Password { get; set; } = "";

        [Display(Name = "Account.Password.Again"), Required, Compare(nameof(Password)), DataType(DataType.Password)]
        public string Again { get; set; } = "";
    }

    public async Task<IActionResult> OnGetAsync(CancellationToken ct) => await create.IsOpenAsync(ct) ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        if (!await create.IsOpenAsync(ct)) return NotFound();
        if (!code.Accepts(Input.Code)) ModelState.AddModelError("Input.Code", texts["Account.Setup.CodeWrong"]);
        if (!ModelState.IsValid) return Page();
        var outcome = await create.ExecuteAsync(new() { UserName = Input.UserName.Trim(), DisplayName = Input.DisplayName.Trim(), Password = Input.Password }, ct);
        switch (outcome)
        {
            case CreateFirstAdministrator.Outcome.Created:
                TempData.Say("Account.Setup.Created");
                return RedirectToPage("/Account/Login");
            case CreateFirstAdministrator.Outcome.NotTheFirst:
                return NotFound();
            case CreateFirstAdministrator.Outcome.BadUserName:
                ModelState.AddModelError("Input.UserName", texts["Account.Setup.UserNameBad"]);
                return Page();
            case CreateFirstAdministrator.Outcome.NameTaken:
                ModelState.AddModelError("Input.UserName", texts["Account.Setup.UserNameTaken"]);
                return Page();
            default:
                ModelState.AddModelError("Input.Password", texts["Account.Password.TooWeak", PasswordRules.MinLength, PasswordRules.MinDifferent]);
                return Page();
        }
    }
}
