using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Template;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using PointsMarket.Accounts;
using PointsMarket.Browser.Kit;
using PointsMarket.Web.Shared;

namespace PointsMarket.Browser;

/// <summary>The demo station as a newcomer finds it after <c>scripts/run</c>.</summary>
public sealed class DemoSite : Site
{
    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        base.ConfigureWebHost(builder);
        builder.UseSetting("Demo:Load", "true");
    }

    protected override Task FillAsync() => Task.CompletedTask; // the site fills itself
}

/// <summary>
/// Follows every link of the demo station as every role and looks at each page once: axe, targets, no scrolling sideways, no
/// script error, no broken link. Every entry of the desk's menu must have been reached by somebody. Pages that come in the course of
/// a POST, a scan or a shift have tests of their own.
/// </summary>
[Collection("demo")]
public sealed class EveryPageTests(DemoSite site)
{
    /// <summary>Where a visitor starts beside the start page; each role starts at its own home.</summary>
    private static readonly string[] Doors = ["/", "/account/login"];

    private readonly List<(TemplateMatcher Matcher, decimal Precedence, string Page)> routes = [.. site.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
        .Where(e => e.Metadata.GetMetadata<PageActionDescriptor>() is not null)
        .Select(e => (new RouteTemplate(e.RoutePattern), Page: e.Metadata.GetMetadata<PageActionDescriptor>()!.ViewEnginePath))
        .Select(r => (new TemplateMatcher(r.Item1, []), RoutePrecedence.ComputeInbound(r.Item1), r.Page)).OrderBy(r => r.Item2)];

    private readonly HashSet<string> seen = [];
    private readonly List<string> wrong = [];

    [Theory, InlineData("desk", "zh-CN", ""), InlineData("phone", "en", "xl")]
    public async Task Page_ReachedByLinks_LooksRight(string screen, string culture, string size)
    {
        await WalkAsync(screen, culture, size, null);
        foreach (var (role, user, _) in DemoAccounts.All.OrderBy(a => a.Role == Roles.Administrator)) await WalkAsync(screen, culture, size, user);

        Assert.True(wrong.Count == 0, string.Join("\n\n", wrong));
        Assert.Equal("", string.Join(" ", DeskMenu.Entries.Where(e => !seen.Contains(PageOf(e.Href)!)).Select(e => e.Href)));
    }

    private async Task WalkAsync(string screen, string culture, string size, string? user)
    {
        await using var page = await site.OpenAsync(Screens.Named(screen), user is null ? "/" : "/account/login", culture, size);
        var (waiting, asked) = (new Queue<(string Path, string From)>(), new HashSet<string>());
        if (user is null)
        {
            foreach (var door in Doors) waiting.Enqueue((door, "here"));
        }
        else
        {
            await page.Page.FillAsync("#Input_Name", user);
            await page.Page.FillAsync("#Input_Password", DemoAccounts.Password);
            await page.Page.Keyboard.PressAsync("Enter");
            await Assertions.Expect(page.Page).Not.ToHaveURLAsync(new Regex("login"));
            waiting.Enqueue((new Uri(page.Page.Url).PathAndQuery, "signing in"));
            foreach (var link in await LinksAsync(page)) waiting.Enqueue((link, new Uri(page.Page.Url).AbsolutePath));
        }
        while (waiting.TryDequeue(out var next))
        {
            // One of each kind of page: the first report stands for all reports.
            var (path, from) = next;
            if (PageOf(path) is not { } found || !asked.Add(found) || found is "/Account/Logout") continue;
            if (await OpenAsync(page, path, from) is not { } shown) continue;
            // A kiosk's pages have a screen of their own, and tests on it.
            if (seen.Add(shown) && !shown.StartsWith("/Kiosk/", StringComparison.Ordinal)) await LookAsync(page, screen, culture + size, shown); // another one than was asked for, where a page redirects
            foreach (var link in await LinksAsync(page)) waiting.Enqueue((link, new Uri(page.Page.Url).AbsolutePath));
        }
    }

    /// <summary>Opens a path; the page that came, or null for a file.</summary>
    private async Task<string?> OpenAsync(Watched page, string path, string from)
    {
        try
        {
            var answer = await page.Page.GotoAsync(site.Url + path);
            if (answer?.Status >= 400) wrong.Add($"{path}, linked from {from}: {answer.Status}");
            return answer?.Headers.GetValueOrDefault("content-type")?.StartsWith("text/html", StringComparison.Ordinal) == true ? PageOf(new Uri(page.Page.Url).PathAndQuery) : null;
        }
        catch (PlaywrightException e) when (e.Message.Contains("Download is starting", StringComparison.Ordinal))
        {
            return null;
        }
    }

    private async Task LookAsync(Watched page, string screen, string words, string found)
    {
        await page.ShotAsync($"every{found.Replace('/', '-')}-{screen}-{words}");
        try
        {
            await page.LooksRightAsync(24);
        }
        catch (Xunit.Sdk.XunitException e)
        {
            wrong.Add(e.Message);
        }
    }

    /// <summary>The links of the page that is open, within the site, without those that only change how a list is shown or download it.</summary>
    private static async Task<string[]> LinksAsync(Watched page) => await page.Page.EvaluateAsync<string[]>(
        "() => [...document.querySelectorAll('a[href]')].map(a => new URL(a.href)).filter(u => u.origin === location.origin && !u.searchParams.has('handler')).map(u => u.pathname + u.search)");

    private string? PageOf(string path)
    {
        var only = path.Split('?', '#')[0];
        return routes.Where(r => r.Matcher.TryMatch(Uri.UnescapeDataString(only), [])).Select(r => r.Page).FirstOrDefault();
    }
}

/// <summary>The tests that look at the demo station.</summary>
[CollectionDefinition("demo")]
public sealed class OneDemo : ICollectionFixture<DemoSite>;
