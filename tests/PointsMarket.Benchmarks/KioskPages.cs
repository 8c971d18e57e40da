using System.Diagnostics;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using PointsMarket.Tests.Kit;

namespace PointsMarket.Benchmarks;

/// <summary>
/// The kiosk over the wire against an endpoint of the same process that answers one word before anything of the site is asked:
/// Kestrel on the loopback, one request after another, in turns one by one.
/// </summary>
internal sealed class KioskPages : WebApplicationFactory<Program>
{
    private const string Word = "/plaintext";

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("pointsmarket-bench-");

    private KioskPages() => UseKestrel(o => o.Listen(IPAddress.Loopback, 0));

    public static async Task RunAsync(bool quick)
    {
        await using var site = new KioskPages();
        var table = Console.Out;
        Console.SetOut(TextWriter.Null); // the site announces itself
        site.StartServer();
        Console.SetOut(table);
        var village = await TestVillage.BuildAsync(site.Services);
        await village.StockAsync("O1", "EGGS", 1_000_000);
        var card = TestVillage.CardOf(await village.NewcomerAsync(10_000_000));
        using var wire = new SocketsHttpHandler { AllowAutoRedirect = false }; // its own: the factory's client follows redirects inside the timed POST
        using var screen = new PageClient(new HttpClient(wire) { BaseAddress = site.ClientOptions.BaseAddress }, follow: true);
        var offer = await village.OfferAsync("O1");
        await screen.GetAsync("/kiosk");
        await screen.PostAsync(("Input.Code", offer.Code));
        var (rounds, each) = quick ? (2, 3) : (15, 20);

        await StepUpAsync(screen, card);
        Table.Row("Sqlite: kiosk shop page to plaintext of the same process, p50", await RatiosAsync(screen, rounds, each, () => TimeAsync(screen, "/kiosk/shop")));
        Table.Row("Sqlite: redemption POST to plaintext of the same process, p50", await RatiosAsync(screen, rounds, each, () => RedeemAsync(screen, card)));
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        SqliteConnection.ClearAllPools();
        folder.Delete(recursive: true);
        GC.SuppressFinalize(this);
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseContentRoot(AppContext.BaseDirectory);
        builder.UseEnvironment("Production");
        builder.UseSetting("Database:Provider", "Sqlite");
        builder.UseSetting("ConnectionStrings:Market", $"Data Source={Path.Combine(folder.FullName, "market.db")}");
        builder.UseSetting("Ledger:Checkpoints", Path.Combine(folder.FullName, "checkpoints.jsonl"));
        builder.UseSetting("Photos:Folder", Path.Combine(folder.FullName, "photos"));
        builder.UseSetting("Protection:Keys", Path.Combine(folder.FullName, "keys"));
        builder.UseSetting("Kiosk:TriesPerMinute", "10000");
        builder.UseSetting("Jobs:Run", "false");
        builder.ConfigureLogging(logging => logging.ClearProviders());
        builder.ConfigureServices(services => services.AddSingleton<IStartupFilter>(new AnswerOneWord()));
    }

    /// <summary>Per round, the median of the timed request over the median of the plaintext one.</summary>
    private static async Task<List<double>> RatiosAsync(PageClient screen, int rounds, int each, Func<Task<double>> timed)
    {
        var ratios = new List<double>();
        for (var round = -1; round < rounds; round++) // the round before the first one warms up
        {
            var (ours, floor) = (new List<double>(), new List<double>());
            for (var i = 0; i < each; i++)
            {
                floor.Add(await TimeAsync(screen, Word));
                ours.Add(await timed());
            }
            if (round >= 0) ratios.Add(Table.Median([.. ours.Order()]) / Table.Median([.. floor.Order()]));
        }
        return ratios;
    }

    private static async Task StepUpAsync(PageClient screen, string card)
    {
        await screen.GetAsync("/kiosk");
        await screen.PostAsync(("Input.Code", card));
        if (screen.Path != "/kiosk/shop") throw new InvalidOperationException($"The card led to {screen.Path}: {screen.Text}");
    }

    private static async Task<double> TimeAsync(PageClient screen, string path)
    {
        var start = Stopwatch.GetTimestamp();
        using var answer = await screen.Http.GetAsync(path);
        await answer.Content.ReadAsByteArrayAsync();
        var took = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        return answer.StatusCode == HttpStatusCode.OK ? took : throw new InvalidOperationException($"{path} answered {answer.StatusCode}.");
    }

    /// <summary>Somebody steps up, takes a box of eggs and confirms; the time is that of the confirming POST alone, to its answer.</summary>
    private static async Task<double> RedeemAsync(PageClient screen, string card)
    {
        await screen.GetAsync("/kiosk/leave");
        await StepUpAsync(screen, card);
        await screen.PostAsync("[data-good=EGGS] form", ("Input.Change", "1"));
        await screen.GetAsync("/kiosk/confirm");
        var form = screen.Page.QuerySelector("form[data-once]") ?? throw new InvalidOperationException($"Nothing to confirm at {screen.Path}: {screen.Text}");
        using var fields = new FormUrlEncodedContent(form.QuerySelectorAll("input").Select(i => KeyValuePair.Create(i.GetAttribute("name")!, i.GetAttribute("value") ?? "")));

        var start = Stopwatch.GetTimestamp();
        using var answer = await screen.Http.PostAsync("/kiosk/confirm", fields);
        var took = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        var slip = answer.Headers.Location?.OriginalString;
        if (slip?.StartsWith("/kiosk/slip", StringComparison.Ordinal) != true) throw new InvalidOperationException($"Confirming answered {answer.StatusCode} {slip}.");
        await screen.GetAsync(slip);
        return took;
    }

    private sealed class AnswerOneWord : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.Map(Word, word => word.Run(http => http.Response.WriteAsync("ok")));
            next(app);
        };
    }
}
