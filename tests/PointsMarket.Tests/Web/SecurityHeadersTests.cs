using System.Net;

namespace PointsMarket.Tests.Web;

public sealed class SecurityHeadersTests(ShellSite site) : IClassFixture<ShellSite>
{
    [Theory]
    [InlineData("/")]
    [InlineData("/?boom=1")]
    [InlineData("/no-such-page")]
    [InlineData("/css/app.css")]
    [InlineData("/health")]
    [InlineData("/language?to=en&back=/")]
    public async Task Answer_OfAnyKind_CarriesTheSafetyHeaders(string path)
    {
        using var answer = await site.Visitor().GetAsync(path);

        string Header(string name) => Assert.Single(answer.Headers.GetValues(name));
        var policy = Header("Content-Security-Policy");
        Assert.StartsWith("default-src 'self';", policy);
        Assert.DoesNotContain("unsafe", policy);
        Assert.DoesNotContain("*", policy);
        Assert.Contains("frame-ancestors 'none'", policy);
        Assert.Equal("nosniff", Header("X-Content-Type-Options"));
        Assert.Equal("DENY", Header("X-Frame-Options"));
        Assert.Equal("same-origin", Header("Referrer-Policy"));
        Assert.Contains("camera=()", Header("Permissions-Policy"));
        Assert.False(answer.Headers.Contains("Server"));
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/no-such-page")]
    public async Task Page_OnASharedScreen_IsNotKept(string path)
    {
        using var answer = await site.Visitor().GetAsync(path);
        Assert.True(answer.Headers.CacheControl?.NoStore);
    }

    [Theory]
    [InlineData("/", "/")]
    [InlineData("/desk/members?q=a&p=2", "/desk/members?q=a&p=2")]
    [InlineData("//evil.example", "/")]
    [InlineData("/\\evil.example", "/")]
    [InlineData("https://evil.example/", "/")]
    [InlineData("~/x", "/")]
    [InlineData("javascript:alert(1)", "/")]
    [InlineData("", "/")]
    public async Task Preference_WithAWayBack_LeadsOnlyWithinTheSite(string back, string expected)
    {
        foreach (var path in new[] { "/language?to=en", "/text-size?to=l" })
        {
            using var answer = await site.Visitor().GetAsync($"{path}&back={Uri.EscapeDataString(back)}");
            Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
            Assert.Equal(expected, answer.Headers.Location?.OriginalString);
        }
    }

    [Theory]
    [InlineData("/language?to=en&back=/", "<html lang=\"en\"")]
    [InlineData("/text-size?to=xl&back=/", "data-size=\"xl\"")]
    public async Task Preference_Chosen_HoldsOnTheNextPage(string choice, string expected)
    {
        using var visitor = site.CreateClient();
        Assert.DoesNotContain(expected, await visitor.GetStringAsync("/"));
        Assert.Contains(expected, await visitor.GetStringAsync(choice));
        Assert.Contains(expected, await visitor.GetStringAsync("/"));
    }

    [Theory]
    [InlineData("/language?to=klingon&back=/")]
    [InlineData("/text-size?to=%22onload%3D&back=/")]
    [InlineData("/text-size")]
    public async Task Preference_Unknown_SetsNothing(string choice)
    {
        using var visitor = site.CreateClient();
        var before = await visitor.GetStringAsync("/");
        Assert.Equal(before, await visitor.GetStringAsync(choice));
    }

    [Theory]
    [InlineData("/alive")]
    [InlineData("/health")]
    public async Task Health_OfARunningSite_IsGood(string path) =>
        Assert.Equal("Healthy", await site.Visitor().GetStringAsync(path));
}
