using PointsMarket.Accounts;
using PointsMarket.Data;
using PointsMarket.Demo;
using PointsMarket.Ledger;

namespace PointsMarket.Web.Setup;

/// <summary>
/// The demo station at the start of the site, in Development only and into an empty database only; <c>Demo:Load</c> = false
/// leaves it out. The demo's accounts, whose password is known to all, come with it and never without it.
/// </summary>
internal static class DemoSetup
{
    public static async Task LoadDemoAsync(this WebApplication app)
    {
        if (!app.Environment.IsDevelopment()) return;
        if (app.Configuration.GetValue("Demo:Load", true))
            await app.Services.GetRequiredService<LoadDemo>().ExecuteAsync(new LoadDemo.Input { Actor = Actor.System("demo") });
        await using var db = app.Services.GetRequiredService<MarketContexts>().Read();
        if (!await LoadDemo.IsLoadedAsync(db)) return;
        await app.Services.GetRequiredService<DemoAccounts>().ExecuteAsync();
        await app.Services.GetRequiredService<DemoInbox>().ExecuteAsync();
        await app.Services.GetRequiredService<DemoTips>().ExecuteAsync();
    }
}
