using Deque.AxeCore.Commons;
using Microsoft.Playwright;

namespace PointsMarket.Browser.Kit;

/// <summary>
/// A page that fails its test, when disposed, on any script error, console error (so any breach of the content security
/// policy), answer of 400 or more, or request that leaves this host.
/// </summary>
public sealed class Watched : IAsyncDisposable
{
    // Run by ourselves: the package's RunAxe opens an extra page for each call.
    private static readonly string AxeScript = ReadAxe();

    private readonly Site _site;
    private readonly IBrowserContext _context;
    private readonly List<string> _bad = [];

    internal Watched(Site site, IBrowserContext context, IPage page, int allowed)
    {
        (_site, _context, Page) = (site, context, page);
        page.PageError += (_, e) => _bad.Add("script: " + e);
        page.Console += (_, m) =>
        {
            // Chromium writes a console error of its own for the status that the test expects.
            if (m.Type == "error" && !(allowed >= 400 && m.Text.Contains($"status of {allowed}", StringComparison.Ordinal)))
            {
                _bad.Add("console: " + m.Text);
            }
        };
        page.Request += (_, r) =>
        {
            if (!r.Url.StartsWith(site.Url, StringComparison.Ordinal) && !r.Url.StartsWith("data:", StringComparison.Ordinal))
            {
                _bad.Add("leaves the host: " + r.Url);
            }
        };
        page.Response += (_, r) =>
        {
            if (r.Status >= 400 && r.Status != allowed)
            {
                _bad.Add($"{r.Status} {r.Url}");
            }
        };
    }

    public IPage Page { get; }

    public async Task GoAsync(string path) => await Page.GotoAsync(_site.Url + path);

    /// <summary>A picture for looking at, <c>$SHOTS/name.png</c>; nothing is written when SHOTS is not set.</summary>
    public async Task ShotAsync(string name)
    {
        if (Environment.GetEnvironmentVariable("SHOTS") is { Length: > 0 } folder)
        {
            await Page.ScreenshotAsync(new() { Path = Path.Combine(folder, name + ".png") });
        }
    }

    /// <summary>What every page must pass: no violation found by axe, targets large enough, no scrolling sideways.</summary>
    /// <param name="target">Smallest side of a control in CSS pixels: 60 on the kiosk, 44 on the phone, 24 on the desk.</param>
    public async Task LooksRightAsync(int target)
    {
        await AxeAsync();
        await TargetsAsync(target);
        // Not innerWidth: on a phone it grows with the page.
        var over = await Page.EvaluateAsync<int>("document.documentElement.scrollWidth") - Page.ViewportSize!.Width;
        if (over <= 0) return;
        var wide = await Page.EvaluateAsync<string[]>(
            "width => [...document.querySelectorAll('body *')].filter(e => e.getBoundingClientRect().right > width + 1 && !e.closest('.tbl,pre')).slice(0, 6).map(e => e.tagName + '.' + (e.getAttribute('class') || '') + ' ' + e.textContent.trim().slice(0, 30))",
            Page.ViewportSize.Width);
        Assert.Fail($"{Page.Url} scrolls sideways by {over}: {string.Join(" | ", wide)}");
    }

    public async Task AxeAsync()
    {
        await Page.EvaluateAsync(AxeScript + ";0"); // not stopped by the page's content security policy
        var violations = await Page.EvaluateAsync<string[]>(
            """
            async () => (await axe.run(document, { resultTypes: ['violations'], runOnly: { type: 'tag',
                values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] } }))
              .violations.flatMap(v => v.nodes.map(n => `${v.impact} ${v.id}: ${n.html.slice(0, 160)} | ${n.failureSummary}`))
            """);
        Assert.True(violations.Length == 0, Page.Url + "\n" + string.Join('\n', violations));
    }

    public async Task TargetsAsync(int target)
    {
        var small = await Page.EvaluateAsync<string[]>(
            """
            target => [...document.querySelectorAll('a[href],button,input:not([type=hidden]),select,textarea,summary')].filter(e => {
              if (e.closest('.skip,.sr,p,.trace') || e.matches('.skip') || e.disabled) return false;
              // a file field is pressed through its label only where the field itself is hidden
              const byLabel = e.matches('[type=radio],[type=checkbox]') || e.matches('[type=file]') && e.getBoundingClientRect().width < 2;
              const shown = (byLabel && e.labels[0]) || e, b = shown.getBoundingClientRect();
              return b.width > 0 && b.height > 0 && (b.width < target - .5 || b.height < target - .5);
            }).map(e => `${e.tagName} ${e.getAttribute('aria-label') || e.textContent.trim().slice(0, 20)} `
              + `${Math.round(e.getBoundingClientRect().width)}x${Math.round(e.getBoundingClientRect().height)}`)
            """,
            target);
        Assert.True(small.Length == 0, Page.Url + "\n" + string.Join('\n', small));
    }

    public async ValueTask DisposeAsync()
    {
        await _context.CloseAsync();
        Assert.True(_bad.Count == 0, string.Join('\n', _bad));
    }

    private static string ReadAxe()
    {
        var assembly = typeof(AxeResult).Assembly;
        var name = assembly.GetManifestResourceNames().Single(n => n.EndsWith("axe.min.js", StringComparison.Ordinal));
        using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }
}
