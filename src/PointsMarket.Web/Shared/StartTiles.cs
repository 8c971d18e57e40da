using System.Security.Claims;
using Microsoft.AspNetCore.Authorization;
using PointsMarket.Web.Accounts;

namespace PointsMarket.Web.Shared;

/// <summary>A way in from the start page.</summary>
/// <param name="Icon">Name in the lucide sprite.</param>
/// <param name="Tone">Colour of the icon: empty (pine), g (gold), b (blue), r (red).</param>
/// <param name="Text">Key of its words.</param>
/// <param name="Hint">Key of the line below.</param>
/// <param name="Href">Path of the page; also the home that error pages below it lead back to.</param>
/// <param name="Kind">Layout kind of the pages below it.</param>
/// <param name="Policy">Who may open it; a visitor sees every tile and signs in on the way.</param>
public sealed record StartTile(string Icon, string Tone, string Text, string Hint, string Href, string Kind, string Policy = Access.Anybody);

/// <summary>
/// The start page's tiles. A tile shows as soon as a page answers at its path, so nothing has to be switched on here:
/// add <c>Pages/Kiosk/Index.cshtml</c> and 自助兑换机 is there. A new audience is a new line.
/// </summary>
public static class StartTiles
{
    public static readonly IReadOnlyList<StartTile> All =
    [
        new("shopping-basket", "", "Shell.Start.Kiosk", "Shell.Start.KioskHint", "/kiosk", "kiosk"),
        new("user", "g", "Shell.Start.Me", "Shell.Start.MeHint", "/me", "phone", Access.Me),
        new("clipboard-list", "r", "Shell.Start.Board", "Shell.Start.BoardHint", "/board", "public"),
        new("megaphone", "g", "Notices.Page.Title", "Notices.Page.Hint", "/notices", "public"),
        new("trending-up", "b", "Effects.Page.Title", "Effects.Page.Hint", "/effects", "public"),
        new("shield-check", "", "Tips.Start.Tile", "Tips.Start.TileHint", "/tip", "public"),
        new("layout-dashboard", "b", "Shell.Start.Desk", "Shell.Start.DeskHint", "/desk", "public", Access.Desk),
    ];

    /// <summary>
    /// The tiles for somebody: all of them for a visitor, and for who is signed in those they may open. Whose home is neither the
    /// desk nor the member's pages (finance, a sponsor) finds it behind the desk's tile.
    /// </summary>
    public static async Task<IReadOnlyList<StartTile>> ForAsync(ClaimsPrincipal user, EndpointDataSource endpoints, IAuthorizationService authorization, Landing landing)
    {
        var served = Served(endpoints);
        if (user.Identity?.IsAuthenticated != true) return served;
        var (open, home) = (new List<StartTile>(), await landing.HomeAsync(user));
        foreach (var tile in served)
        {
            if (tile.Policy == Access.Anybody || (await authorization.AuthorizeAsync(user, tile.Policy)).Succeeded) open.Add(tile);
            else if (tile.Policy == Access.Desk && served.All(t => t.Href != home) && home != "/") open.Add(tile with { Href = home });
        }

        return open;
    }

    /// <summary>The tiles whose page exists.</summary>
    public static IReadOnlyList<StartTile> Served(EndpointDataSource endpoints)
    {
        var routes = endpoints.Endpoints.OfType<RouteEndpoint>()
            .Select(e => "/" + e.RoutePattern.RawText?.Trim('/'))
            .ToHashSet(StringComparer.OrdinalIgnoreCase);
        return [.. All.Where(t => routes.Contains(t.Href))];
    }
}
