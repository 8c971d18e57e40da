using System.Net;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Playwright;
using PointsMarket.Tests.Kit;

// Two at a time: a browser and its site keep about one core busy.
[assembly: CollectionBehavior(MaxParallelThreads = 2)]

namespace PointsMarket.Browser.Kit;

/// <summary>
/// One site on a free port and one Chromium (<c>CHROMIUM</c>, else /usr/bin/chromium) for a collection of tests, on a database of its own;
/// a new browser context for each test. A test class says <c>[Collection("site")]</c> or <c>[Collection("desk")]</c> and takes a Site.
/// </summary>
public class Site : WebApplicationFactory<Program>, IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("pointsmarket-browser-");
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public Site() => UseKestrel(o => o.Listen(IPAddress.Loopback, 0));

    /// <summary>The station that the pages show.</summary>
    public TestVillage Village { get; private set; } = null!;

    public string Url => ClientOptions.BaseAddress.ToString().TrimEnd('/');

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseEnvironment("Development");
        builder.UseSetting("Demo:Load", "false"); // tests make the station they need
        builder.UseSetting("Database:Provider", "Sqlite");
        builder.UseSetting("Jobs:Run", "false"); // the tests of the schedule start one
        builder.UseSetting("Kiosk:TriesPerMinute", "10000"); // all tests come from one address
        builder.UseSetting("ConnectionStrings:Market", $"Data Source={Path.Combine(_folder.FullName, "market.db")}");
        builder.UseSetting("Ledger:Checkpoints", Path.Combine(_folder.FullName, "checkpoints.jsonl"));
        builder.UseSetting("Accounts:TriesPerMinute", "10000"); // every test here signs in from one address
    }

    public async Task InitializeAsync()
    {
        StartServer();
        await FillAsync();
        Assertions.SetDefaultExpectTimeout(15_000);
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Environment.GetEnvironmentVariable("CHROMIUM") ?? "/usr/bin/chromium",
            Headless = true,
            Args =
            [
                "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
                "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage", "--font-render-hinting=none",
            ],
        });
    }

    /// <summary>Puts a station into the empty database.</summary>
    protected virtual async Task FillAsync() => Village = await TestVillage.BuildAsync(Services);

    public new async Task DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.CloseAsync();
        }

        _playwright?.Dispose();
        await base.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    /// <summary>Opens a path on a screen in a new context; the page fails its test on whatever <see cref="Watched"/> watches.</summary>
    /// <param name="screen">One of <see cref="Screens"/>, or a copy with changes.</param>
    /// <param name="path">Path from the root.</param>
    /// <param name="culture">zh-CN or en.</param>
    /// <param name="size">Text size: empty, l or xl.</param>
    /// <param name="allowed">Status of the page itself when it is meant to be an error page.</param>
    /// <param name="cookie">One more cookie to come with.</param>
    public async Task<Watched> OpenAsync(BrowserNewContextOptions screen, string path, string culture = "zh-CN", string size = "", int allowed = 200, Microsoft.Playwright.Cookie? cookie = null)
    {
        var context = await _browser!.NewContextAsync(new(screen) { Locale = culture });
        await context.AddCookiesAsync(
        [
            new() { Name = "pm.language", Value = Uri.EscapeDataString($"c={culture}|uic={culture}"), Url = Url },
            new() { Name = "pm.size", Value = size, Url = Url },
        ]);
        if (cookie is not null)
        {
            await context.AddCookiesAsync([cookie]);
        }

        context.SetDefaultTimeout(20_000); // two run at a time
        var page = new Watched(this, context, await context.NewPageAsync(), allowed);
        await page.GoAsync(path);
        return page;
    }
}

/// <summary>All classes of this collection share one <see cref="Site"/>: what villagers see.</summary>
[CollectionDefinition("site")]
public sealed class OneSite : ICollectionFixture<Site>;

/// <summary>All classes of this collection share one <see cref="Site"/>, beside the other one: what the desk sees.</summary>
[CollectionDefinition("desk")]
public sealed class OneDesk : ICollectionFixture<Site>;
