using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using PointsMarket.Web.Shared;

namespace PointsMarket.Tests.Web;

public sealed class DeskMenuTests(ShellSite site) : IClassFixture<ShellSite>
{
    [Fact]
    public async Task Entry_OfTheMenu_LeadsToAPageAndNamesAPolicy()
    {
        var routes = site.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Select(e => "/" + e.RoutePattern.RawText?.Trim('/')).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var policies = site.Services.GetRequiredService<IAuthorizationPolicyProvider>();
        foreach (var entry in DeskMenu.Entries)
        {
            Assert.Contains(entry.Href, routes);
            Assert.NotNull(await policies.GetPolicyAsync(entry.Policy));
        }
    }

    [Fact]
    public async Task Tile_WithoutItsPage_IsNotShown()
    {
        var page = await site.Visitor().GetStringAsync("/");
        var served = StartTiles.Served(site.Services.GetRequiredService<EndpointDataSource>());
        Assert.All(StartTiles.All, t => Assert.Equal(served.Contains(t), page.Contains($"href=\"{t.Href}\"", StringComparison.Ordinal)));
    }
}
