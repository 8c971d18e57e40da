using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using PointsMarket.Accounts;

namespace PointsMarket.Web.Accounts;

/// <summary>
/// Signing in, in one step or two. The library checks and counts; here are only the cookies. Between the steps a cookie of its
/// own says who is half way, which opens nothing.
/// </summary>
public sealed class SigningIn(
    CheckPassword password, CheckTwoStep twoStep, SignInManager<AppUser> manager, UserManager<AppUser> users, TimeProvider clock, IHttpContextAccessor http)
{
    private static readonly TimeSpan Kept = TimeSpan.FromDays(30);

    /// <summary>How far it came.</summary>
    public abstract record Outcome
    {
        /// <summary>Signed in; with how many recovery codes are left when one was used.</summary>
        public sealed record Done(int? RecoveryCodesLeft = null) : Outcome;

        /// <summary>The password was right; a code is due at <c>/account/two-step</c>.</summary>
        public sealed record CodeDue : Outcome;

        /// <summary>Wrong name, password or code.</summary>
        public sealed record Wrong : Outcome;

        /// <summary>Resting after too many tries; how long still, or null when an administrator locked it.</summary>
        public sealed record Locked(TimeSpan? Wait) : Outcome;

        /// <summary>The first step was too long ago.</summary>
        public sealed record StartAgain : Outcome;
    }

    private HttpContext Http => http.HttpContext ?? throw new InvalidOperationException("Signing in needs a request.");

    /// <summary>The first step.</summary>
    /// <param name="name">User name or member number.</param>
    /// <param name="secret">The password.</param>
    /// <param name="keep">Stay signed in on this device; heard for accounts that are a member's and nothing else.</param>
    /// <param name="ct">Gives up.</param>
    public async Task<Outcome> PasswordAsync(string name, string secret, bool keep, CancellationToken ct)
    {
        switch (await password.ExecuteAsync(name, secret, ct))
        {
            case CheckPassword.Outcome.Right { TwoStep: true } right:
                var half = new ClaimsIdentity([new Claim(ClaimTypes.Name, right.UserId.ToString(CultureInfo.InvariantCulture))], IdentityConstants.TwoFactorUserIdScheme);
                await Http.SignInAsync(IdentityConstants.TwoFactorUserIdScheme, new ClaimsPrincipal(half));
                return new Outcome.CodeDue();
            case CheckPassword.Outcome.Right right:
                await FinishAsync(right.UserId, keep, "pwd");
                return new Outcome.Done();
            case CheckPassword.Outcome.Locked locked:
                return LockedUntil(locked.Until);
            default:
                return new Outcome.Wrong();
        }
    }

    /// <summary>The second step: a code of the app, or a recovery code.</summary>
    public async Task<Outcome> CodeAsync(string code, CancellationToken ct)
    {
        if (await HalfWayAsync() is not { } userId) return new Outcome.StartAgain();
        switch (await twoStep.ExecuteAsync(userId, code, ct))
        {
            case CheckTwoStep.Outcome.Right right:
                await Http.SignOutAsync(IdentityConstants.TwoFactorUserIdScheme);
                await FinishAsync(userId, keep: false, "mfa");
                return new Outcome.Done(right.RecoveryCodesLeft);
            case CheckTwoStep.Outcome.Locked locked:
                return LockedUntil(locked.Until);
            default:
                return new Outcome.Wrong();
        }
    }

    /// <summary>Who has given the right password and not yet a code; null when nobody, or too long ago.</summary>
    public async Task<int?> HalfWayAsync()
    {
        var half = await Http.AuthenticateAsync(IdentityConstants.TwoFactorUserIdScheme);
        return int.TryParse(half.Principal?.FindFirstValue(ClaimTypes.Name), NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;
    }

    /// <summary>Writes the cookie anew after the account changed, so that its own session goes on while its others end.</summary>
    public async Task RefreshAsync(int userId) => await manager.RefreshSignInAsync(await UserAsync(userId));

    /// <summary>Ends it.</summary>
    public Task OutAsync() => manager.SignOutAsync();

    private async Task FinishAsync(int userId, bool keep, string method)
    {
        var user = await UserAsync(userId);
        var stays = keep && await users.GetRolesAsync(user) is [Roles.Member];
        var properties = new AuthenticationProperties { IsPersistent = stays, ExpiresUtc = stays ? clock.GetUtcNow() + Kept : null };
        await manager.SignInWithClaimsAsync(user, properties, [new Claim("amr", method)]);
    }

    private async Task<AppUser> UserAsync(int id) =>
        await users.FindByIdAsync(id.ToString(CultureInfo.InvariantCulture)) ?? throw new InvalidOperationException($"Account {id} is gone.");

    private Outcome.Locked LockedUntil(DateTimeOffset until) => new(TryCount.IsForever(until) ? null : until - clock.GetUtcNow());
}
