using System.Globalization;
using System.Security.Claims;
using PointsMarket.Areas;
using PointsMarket.Ledger;

namespace PointsMarket.Web.Accounts;

/// <summary>Who makes the request, from the cookie. Throws where nobody is signed in; a page that is guarded never meets that.</summary>
public sealed class CurrentUser(IHttpContextAccessor http)
{
    /// <summary>The claims.</summary>
    public ClaimsPrincipal Principal => http.HttpContext?.User ?? new ClaimsPrincipal();

    /// <summary>Key of the account.</summary>
    public int Id => Number(ClaimTypes.NameIdentifier) ?? throw new InvalidOperationException("Nobody is signed in.");

    /// <summary>For the ledger and the change record.</summary>
    public Actor Actor => Actor.User(Id);

    /// <summary>
    /// The path of the area their authority covers, for <c>Path.StartsWith(user.AreaPath)</c>. Without an area it is
    /// <see cref="Area.Nowhere"/>, with which nothing begins.
    /// </summary>
    public string AreaPath => Principal.FindFirstValue(Claims.Area) is { Length: > 0 } path ? path : Area.Nowhere;

    /// <summary>The member they are, or null.</summary>
    public int? MemberId => Number(Claims.Member);

    /// <summary>The firm they act for, or null.</summary>
    public int? SponsorId => Number(Claims.Sponsor);

    /// <summary>True when they have this one of <see cref="PointsMarket.Accounts.Roles"/>.</summary>
    public bool Is(string role) => Principal.IsInRole(role);

    private int? Number(string claim) =>
        int.TryParse(Principal.FindFirstValue(claim), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
