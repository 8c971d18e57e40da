using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using PointsMarket.Accounts;
using PointsMarket.Data;
using PointsMarket.Web.Accounts;
using PointsMarket.Web.Shared;
using PointsMarket.Web.Text;

namespace PointsMarket.Web.Pages.Admin.Accounts;

/// <summary>One account: what it is, and what an administrator can do for the person.</summary>
public sealed class DetailModel(
    MarketDb db, ChangeAccount change, ResetPassword resetPassword, ResetTwoStep resetTwoStep, LockAccount lockAccount, UnlockAccount unlock,
    AccountChoices choices, CurrentUser user, TimeProvider clock, IStringLocalizer<Texts> texts) : PageModel
{
    /// <summary>Where a new one-time password waits, encrypted in a cookie, for the one page that shows it.</summary>
    internal const string PasswordSlot = "one-time";

    [BindProperty(SupportsGet = true)]
    public int Id { get; set; }

    [BindProperty]
    public AccountForm Input { get; set; } = new();

    public Seen Account { get; private set; } = null!;

    public string? OneTimePassword { get; private set; }

    public bool Locked => Account.LockoutEnd > clock.GetUtcNow();

    public bool Own => Id == user.Id;

    /// <summary>What the page shows of the account.</summary>
    public sealed record Seen(string UserName, string DisplayName, int? AreaId, string? MemberNumber, int? SponsorId, bool TwoStep, bool OneTime, DateTimeOffset? LockoutEnd);

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        if (!await ReadAsync(ct)) return NotFound();
        Input = new AccountForm
        {
            DisplayName = Account.DisplayName, AreaId = Account.AreaId, MemberNumber = Account.MemberNumber, SponsorId = Account.SponsorId,
            Roles = await db.UserRoles.Where(r => r.UserId == Id).Join(db.Roles, r => r.RoleId, r => r.Id, (_, r) => r.Name!).ToListAsync(ct),
        };
        OneTimePassword = TempData[PasswordSlot] as string;
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        if (ModelState.IsValid)
        {
            switch (await change.ExecuteAsync(new() { UserId = Id, Spec = Input.Spec(), Actor = user.Actor, AreaPath = user.AreaPath }, ct))
            {
                case AccountOutcome.Done:
                    TempData.Say("Admin.Accounts.Saved");
                    return RedirectToPage();
                case AccountOutcome.Refused { Why: AccountRefusal.NoSuchAccount }:
                    return NotFound();
                case AccountOutcome.Refused refused:
                    ModelState.AddModelError(AccountWords.FieldOf(refused.Why), texts[$"Admin.Refused.{refused.Why}"]);
                    break;
            }
        }

        return await ReadAsync(ct) ? Page() : NotFound();
    }

    public async Task<IActionResult> OnPostPasswordAsync(CancellationToken ct) => Answer(await resetPassword.ExecuteAsync(Action(), ct), "Admin.Accounts.PasswordReset");

    public async Task<IActionResult> OnPostTwoStepAsync(CancellationToken ct) => Answer(await resetTwoStep.ExecuteAsync(Action(), ct), "Admin.Accounts.TwoStepReset");

    public async Task<IActionResult> OnPostLockAsync(CancellationToken ct) => Answer(await lockAccount.ExecuteAsync(Action(), ct), "Admin.Accounts.NowLocked");

    public async Task<IActionResult> OnPostUnlockAsync(CancellationToken ct) => Answer(await unlock.ExecuteAsync(Action(), ct), "Admin.Accounts.NowUnlocked");

    private AccountAction Action() => new() { UserId = Id, Actor = user.Actor, AreaPath = user.AreaPath };

    private IActionResult Answer(AccountOutcome outcome, string said)
    {
        switch (outcome)
        {
            case AccountOutcome.Refused { Why: AccountRefusal.NoSuchAccount }:
                return NotFound();
            case AccountOutcome.Refused refused:
                TempData.Refuse($"Admin.Refused.{refused.Why}");
                break;
            case AccountOutcome.Done done:
                TempData.Say(said);
                if (done.OneTimePassword is { } password) TempData[PasswordSlot] = password;
                break;
        }

        return RedirectToPage();
    }

    private async Task<bool> ReadAsync(CancellationToken ct)
    {
        var found = await AccountScope.Within(db, user.AreaPath).Where(u => u.Id == Id)
            .Select(u => new Seen(u.UserName!, u.DisplayName, u.AreaId, u.Member!.Number, u.SponsorId, u.TwoFactorEnabled, u.PasswordIsOneTime, u.LockoutEnd)).SingleOrDefaultAsync(ct);
        if (found is null) return false;
        Account = found;
        (ViewData["Areas"], ViewData["Sponsors"]) = (await choices.AreasAsync(ct), await choices.SponsorsAsync(ct));
        return true;
    }
}
