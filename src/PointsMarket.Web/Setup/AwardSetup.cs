using System.Threading.RateLimiting;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Options;
using PointsMarket.Web.Awards;

namespace PointsMarket.Web.Setup;

/// <summary>Awards and certificates: their settings, their printing, the brake on looking certificates up.</summary>
internal static class AwardSetup
{
    /// <summary>Rate limiting policy of the public page.</summary>
    public const string Checks = "certificate-checks";

    public static void AddAwardPages(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<CertificateSettings>().BindConfiguration(CertificateSettings.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<IValidateOptions<CertificateSettings>, SigningFileCheck>();
        services.AddSingleton<PrintCertificates>().AddSingleton<PrintRuns>().AddScoped<AwardReads>().AddSingleton<CycleSteps>();
        services.AddOptions<RateLimiterOptions>().Configure<IOptions<CertificateSettings>>((o, s) => o.AddPolicy(Checks, http => Brake(http, s.Value)));
    }

    // Looking is what is braked here: a code is in the address. The sender's address is kept in memory for a minute and written nowhere.
    private static RateLimitPartition<string> Brake(HttpContext http, CertificateSettings settings) => RateLimitPartition.GetFixedWindowLimiter(
        http.Connection.RemoteIpAddress?.ToString() ?? "", _ => new FixedWindowRateLimiterOptions { PermitLimit = settings.ChecksPerMinute, Window = TimeSpan.FromMinutes(1) });
}
