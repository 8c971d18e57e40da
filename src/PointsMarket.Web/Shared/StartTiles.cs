namespace PointsMarket.Web.Shared;

/// <summary>A way in from the start page.</summary>
/// <param name="Icon">Name in the lucide sprite.</param>
/// <param name="Tone">Colour of the icon: empty (pine), g (gold), b (blue), r (red).</param>
/// <param name="Text">Key of its words.</param>
/// <param name="Hint">Key of the line below.</param>
/// <param name="Href">Path of the page; also the home that error pages below it lead back to.</param>
/// <param name="Kind">Layout kind of the pages below it.</param>
public sealed record StartTile(string Icon, string Tone, string Text, string Hint, string Href, string Kind);

/// <summary>
/// The start page's tiles. A tile shows as soon as a page answers at its path, so nothing has to be switched on here:
/// add <c>Pages/Kiosk/Index.cshtml</c> and 自助兑换机 is there. A new audience is a new line.
/// </summary>
public static class StartTiles
{
    public static readonly IReadOnlyList<StartTile> All =
    [
        new("shopping-basket", "", "Shell.Start.Kiosk", "Shell.Start.KioskHint", "/kiosk", "kiosk"),
        new("user", "g", "Shell.Start.Me", "Shell.Start.MeHint", "/me", "phone"),
        new("clipboard-list", "r", "Shell.Start.Board", "Shell.Start.BoardHint", "/board", "public"),
        new("layout-dashboard", "b", "Shell.Start.Desk", "Shell.Start.DeskHint", "/desk", "public"),
    ];

    /// <summary>The tiles whose page exists.</summary>
    public static IReadOnlyList<StartTile> Served(EndpointDataSource endpoints)
    {
        var routes = endpoints.Endpoints.OfType<RouteEndpoint>()
            .Select(e => "/" + e.RoutePattern.RawText?.Trim('/'))
            .ToHashSet(StringComparer.OrdinalIgnoreCase);
        return [.. All.Where(t => routes.Contains(t.Href))];
    }
}
