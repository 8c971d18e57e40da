using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Options;
using PointsMarket.Accounts;
using PointsMarket.Data;
using PointsMarket.Web.Accounts;
using PointsMarket.Web.Shared;
using PointsMarket.Web.Text;

namespace PointsMarket.Web.Pages.Account.Security;

/// <summary>Turns two-step sign-in on (scan, then prove it with a code) or off (with the password).</summary>
public sealed class TwoStepModel(
    OfferTwoStep offer, TurnOnTwoStep turnOn, TurnOffTwoStep turnOff, SigningIn signIn, CurrentUser user, MarketDb db,
    IOptions<Brand> brand, IStringLocalizer<Texts> texts) : PageModel
{
    /// <summary>Where the new recovery codes wait, encrypted in a cookie, for the one page that shows them.</summary>
    internal const string CodesSlot = "codes";

    [BindProperty]
    public InputModel Input { get; set; } = new();

    /// <summary>The key to scan or type, in groups of four; null when two-step sign-in is on.</summary>
    public string? Key { get; private set; }

    /// <summary>What the QR code says.</summary>
    public string Uri { get; private set; } = "";

    public bool Must => User.HasClaim(Claims.First, Claims.SetTwoStep);

    public sealed class InputModel
    {
        [Display(Name = "Account.TwoStep.Code"), StringLength(12)]
        public string? Code { get; set; }

        [Display(Name = "Account.Password.Present"), StringLength(PasswordRules.MaxLength), DataType(DataType.Password)]
        public string? Password { get; set; }
    }

    public async Task OnGetAsync(CancellationToken ct)
    {
        if (await offer.ExecuteAsync(user.Id, ct) is not { } key) return;
        var name = await db.Users.Where(u => u.Id == user.Id).Select(u => u.UserName!).SingleAsync(ct);
        (Key, Uri) = (string.Join(' ', key.Chunk(4).Select(c => new string(c))), Totp.Uri(brand.Value.Full, name, key));
    }

    public async Task<IActionResult> OnPostOnAsync(CancellationToken ct)
    {
        var code = Input.Code?.Replace(" ", "", StringComparison.Ordinal) ?? "";
        if (ModelState.IsValid && await turnOn.ExecuteAsync(user.Id, code, ct) is { } codes)
        {
            await signIn.RefreshAsync(user.Id);
            TempData[CodesSlot] = string.Join(' ', codes);
            return RedirectToPage("/Account/Security/Codes");
        }

        ModelState.AddModelError("Input.Code", texts["Account.TwoStep.Wrong"]);
        await OnGetAsync(ct);
        return Page();
    }

    public async Task<IActionResult> OnPostOffAsync(CancellationToken ct)
    {
        if (ModelState.IsValid && await turnOff.ExecuteAsync(user.Id, Input.Password ?? "", ct))
        {
            await signIn.RefreshAsync(user.Id);
            TempData.Say("Account.Security.TurnedOff");
            return RedirectToPage("/Account/Security/Index");
        }

        ModelState.AddModelError("Input.Password", texts["Account.Password.Wrong", TryCount.LockAfter, (int)TryCount.Rest.TotalMinutes]);
        return Page();
    }
}
