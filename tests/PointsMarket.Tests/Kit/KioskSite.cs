using System.Net;
using AngleSharp.Dom;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PointsMarket.Market;

namespace PointsMarket.Tests.Kit;

/// <summary>The site with the village on it, and screens that are paired with its outlets.</summary>
public sealed class KioskSite : IAsyncDisposable
{
    private KioskSite(SiteHost host, TestVillage village) => (Host, Village) = (host, village);

    public SiteHost Host { get; }

    public TestVillage Village { get; }

    public static async Task<KioskSite> StartAsync(params (string Key, string Value)[] settings)
    {
        var host = await SiteHost.StartAsync(settings: [("Kiosk:TriesPerMinute", "10000"), .. settings]);
        return new KioskSite(host, await TestVillage.BuildAsync(host.Services));
    }

    /// <summary>A screen that is not paired yet.</summary>
    public PageClient Screen() => new(Host.CreateClient(new() { AllowAutoRedirect = false }), follow: true);

    /// <summary>A screen at an outlet, paired through the form, at its start page.</summary>
    public async Task<PageClient> ScreenAsync(string outlet = "O1")
    {
        var offer = await Village.OfferAsync(outlet);
        var screen = Screen();
        await screen.GetAsync("/kiosk");
        Assert.Equal("/kiosk/pair", screen.Path);
        await screen.PostAsync(("Input.Code", offer.Code));
        Assert.Equal("/kiosk", screen.Path);
        return screen;
    }

    /// <summary>A screen with somebody in front of it, by card.</summary>
    public async Task<PageClient> StepUpAsync(string member = TestVillage.Zhang, string outlet = "O1")
    {
        var screen = await ScreenAsync(outlet);
        await screen.PostAsync(("Input.Code", TestVillage.CardOf(member)));
        Assert.Equal("/kiosk/shop", screen.Path);
        return screen;
    }

    public T Get<T>()
        where T : notnull => Host.Services.GetRequiredService<T>();

    public ValueTask DisposeAsync() => Host.DisposeAsync();
}

/// <summary>What a person does at a screen, through its forms.</summary>
public static class KioskSteps
{
    /// <summary>Taps plus (or minus) of an article in the shop that is open.</summary>
    public static Task<PageClient> TapAsync(this PageClient screen, string sku, int change = 1) =>
        screen.PostAsync($"[data-good={sku}] form", ("Input.Change", change.ToString()));

    /// <summary>Chooses articles, one tap each, and goes to the confirm page.</summary>
    public static async Task<PageClient> ChooseAsync(this PageClient screen, params string[] skus)
    {
        await screen.GetAsync("/kiosk/shop");
        foreach (var sku in skus) await screen.TapAsync(sku);
        await screen.GetAsync("/kiosk/confirm");
        Assert.Equal("/kiosk/confirm", screen.Path);
        return screen;
    }

    /// <summary>Confirms what the confirm page shows.</summary>
    public static Task<PageClient> ConfirmAsync(this PageClient screen) => screen.PostAsync("form[data-once]");

    /// <summary>The six digits on the slip that is open.</summary>
    public static string Code(this PageClient screen)
    {
        Assert.Equal(HttpStatusCode.OK, screen.Status);
        return screen.Page.QuerySelector(".k-ticket .code")!.TextContent.Replace(" ", "");
    }

    /// <summary>The sentence that says what went wrong, or null.</summary>
    public static string? Said(this PageClient screen) => screen.Page.QuerySelector(".k-err")?.TextContent.Trim();

    /// <summary>A value of a hidden field.</summary>
    public static string Value(this PageClient screen, string name) => screen.Page.QuerySelector($"input[name='{name}']")!.GetAttribute("value")!;

    /// <summary>How many redemptions there are.</summary>
    public static Task<List<Redemption>> RedemptionsAsync(this KioskSite site) =>
        site.Village.ReadAsync(db => db.Redemptions.ToListAsync());
}
