using System.Security.Claims;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace PointsMarket.Web.Accounts;

/// <summary>Where somebody goes after signing in: where they were going, else to the first page that is theirs.</summary>
public sealed class Landing(EndpointDataSource endpoints, IAuthorizationService authorization)
{
    private static readonly (string Path, string Policy)[] Homes =
        [("/desk", Access.Desk), ("/finance", Access.Finance), ("/sponsor", Access.Sponsor), ("/me", Access.Me)];

    /// <summary>A path on this site. A way back that is not on it is not followed.</summary>
    /// <param name="wanted">The <c>returnUrl</c> of the address, as typed by anyone.</param>
    /// <param name="user">Whom it is for.</param>
    /// <param name="url">Judges the former.</param>
    public async Task<string> ForAsync(string? wanted, ClaimsPrincipal user, IUrlHelper url)
    {
        return url.IsLocalUrl(wanted) && !wanted!.StartsWith('~') ? wanted : await HomeAsync(user);
    }

    /// <summary>The first page that is theirs; the start page when there is none.</summary>
    public async Task<string> HomeAsync(ClaimsPrincipal user)
    {
        var served = endpoints.Endpoints.OfType<RouteEndpoint>().Select(e => "/" + e.RoutePattern.RawText?.Trim('/')).ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach (var (path, policy) in Homes)
        {
            if (served.Contains(path) && (await authorization.AuthorizeAsync(user, policy)).Succeeded) return path;
        }

        return "/";
    }
}
