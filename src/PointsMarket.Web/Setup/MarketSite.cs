using PointsMarket.Data;
using PointsMarket.Web.Jobs;

namespace PointsMarket.Web.Setup;

/// <summary>The site put together, so that Program.cs, commands and tests share one list.</summary>
internal static class MarketSite
{
    /// <summary>Everything the site is made of. A command that needs no pages takes <see cref="DatabaseSetup.AddDatabase"/> alone.</summary>
    public static void AddMarketSite(this WebApplicationBuilder builder)
    {
        builder.AddHosting();
        builder.AddDatabase();
        builder.AddLanguages();
        builder.AddSafety();
        builder.AddAccounts();
        builder.AddKiosk();
        builder.AddTipPages();
        builder.AddAwardPages();
        builder.AddPages();
        builder.AddHealth();
        builder.AddJobs();
    }

    /// <summary>What a request passes through, in order, and what answers it.</summary>
    public static void UseMarketSite(this WebApplication app)
    {
        app.UseErrorPages();
        app.UseSafety();
        app.UseLanguages();
        app.UseRouting();
        app.UseUnknownPaths();
        app.UseRateLimiter();
        app.UseAuthentication();
        app.UseAuthorization();
        app.UseWordedLimit(); // after it: strangers are sent away at once
        app.MapPages();
        app.MapPreferences();
        app.MapHealth();
    }

    /// <summary>Starts, or says on the error output why not. Returns the process's exit code.</summary>
    public static async Task<int> RunMarketSiteAsync(this WebApplication app)
    {
        using var use = DatabaseUse.Share(app.Services.GetRequiredService<MarketStorage>());
        if (use is null)
        {
            await Console.Error.WriteLineAsync("The database is being restored or copied. Start the site when that is done.");
            return 1;
        }

        if (await app.Services.PrepareDatabaseAsync() is { } refusal)
        {
            await Console.Error.WriteLineAsync(refusal);
            return 1;
        }

        await app.LoadDemoAsync();
        app.PrintAddress();
        await app.PrintSetupCodeAsync();
        await app.RunAsync();
        return 0;
    }

    /// <summary>
    /// Nothing answers there: say so. Without this, the policy for pages that name none would send everybody who mistyped an
    /// address to the sign-in page.
    /// </summary>
    private static void UseUnknownPaths(this WebApplication app) => app.Use((http, next) =>
    {
        if (http.GetEndpoint() is not null) return next(http);
        http.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    });
}
