using System.Threading.RateLimiting;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Options;
using PointsMarket.Web.Kiosk;

namespace PointsMarket.Web.Setup;

/// <summary>The kiosk: its settings, its cookies, the brake on its tries.</summary>
internal static class KioskSetup
{
    /// <summary>Rate limiting policy of the kiosk's forms that take a card, a PIN or a pairing code.</summary>
    public const string Tries = "kiosk-tries";

    public static void AddKiosk(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<KioskSettings>().BindConfiguration(KioskSettings.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddScoped<KioskScreen>();
        services.AddScoped<PointsMarket.Web.Me.PointsHistory>();
        services.AddOptions<RateLimiterOptions>().Configure<IOptions<KioskSettings>>((o, s) => o.AddPolicy(Tries, http => Brake(http, s.Value)));
    }

    // By address and not by cookie: a cookie is whatever the other end says. Looking at the form is free.
    private static RateLimitPartition<string> Brake(HttpContext http, KioskSettings settings) =>
        HttpMethods.IsPost(http.Request.Method)
            ? RateLimitPartition.GetFixedWindowLimiter(
                http.Connection.RemoteIpAddress?.ToString() ?? "",
                _ => new FixedWindowRateLimiterOptions { PermitLimit = settings.TriesPerMinute, Window = TimeSpan.FromMinutes(1) })
            : RateLimitPartition.GetNoLimiter("looking");
}
