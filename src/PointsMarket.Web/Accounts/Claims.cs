using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using PointsMarket.Accounts;
using PointsMarket.Areas;
using PointsMarket.Data;

namespace PointsMarket.Web.Accounts;

/// <summary>
/// What is written into the cookie at sign-in, so that a page needs no query to know whose it is. A change of role or area
/// changes the security stamp, and the cookie is written anew or refused within a minute.
/// </summary>
public sealed class Claims(
    UserManager<AppUser> users, RoleManager<IdentityRole<int>> roles, IOptions<IdentityOptions> options, MarketDb db, IOptions<AccountSettings> settings)
    : UserClaimsPrincipalFactory<AppUser, IdentityRole<int>>(users, roles, options)
{
    /// <summary>The path of the area their authority covers; missing when they have none.</summary>
    public const string Area = "pm.area";

    /// <summary>The member they are.</summary>
    public const string Member = "pm.member";

    /// <summary>The firm they act for.</summary>
    public const string Sponsor = "pm.sponsor";

    /// <summary>What they must do before anything else: <see cref="SetPassword"/> or <see cref="SetTwoStep"/>.</summary>
    public const string First = "pm.first";

    /// <summary>Value of <see cref="First"/>: the password was handed out and is to be replaced.</summary>
    public const string SetPassword = "password";

    /// <summary>Value of <see cref="First"/>: staff sign in with two steps, and these have not set it up.</summary>
    public const string SetTwoStep = "two-step";

    /// <summary>True for somebody who must first set a password or two-step sign-in.</summary>
    public static bool IsHeldBack(ClaimsPrincipal user) => user.HasClaim(c => c.Type == First);

    /// <inheritdoc/>
    protected override async Task<ClaimsIdentity> GenerateClaimsAsync(AppUser user)
    {
        ArgumentNullException.ThrowIfNull(user);
        var identity = await base.GenerateClaimsAsync(user);
        // The name on screen is the person's; what they sign in with is nobody else's business.
        if (identity.FindFirst(identity.NameClaimType) is { } login) identity.RemoveClaim(login);
        identity.AddClaim(new Claim(identity.NameClaimType, user.DisplayName));
        if (await AreaPathAsync(user, identity) is { } path) identity.AddClaim(new Claim(Area, path));
        if (user.MemberId is { } member) identity.AddClaim(new Claim(Member, member.ToString(CultureInfo.InvariantCulture)));
        if (user.SponsorId is { } sponsor) identity.AddClaim(new Claim(Sponsor, sponsor.ToString(CultureInfo.InvariantCulture)));
        if (user.PasswordIsOneTime) identity.AddClaim(new Claim(First, SetPassword));
        else if (settings.Value.RequireTwoStep && !user.TwoFactorEnabled && Roles.Staff.Any(r => identity.HasClaim(identity.RoleClaimType, r)))
            identity.AddClaim(new Claim(First, SetTwoStep));
        return identity;
    }

    private async Task<string?> AreaPathAsync(AppUser user, ClaimsIdentity identity)
    {
        if (user.AreaId is { } id) return await db.Areas.Where(a => a.Id == id).Select(a => a.Path).SingleAsync();
        if (!identity.HasClaim(identity.RoleClaimType, Roles.Administrator)) return null;
        // The first administrator is there before the first area. With one station it is theirs; with more, somebody must say which.
        var stations = await db.Areas.Where(a => a.Kind == AreaKind.Station).Select(a => a.Path).Take(2).ToListAsync();
        return stations is [var only] ? only : null;
    }
}
