using System.ComponentModel.DataAnnotations;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Mvc.ApplicationModels;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Options;

namespace PointsMarket.Web.Setup;

/// <summary>Configuration section <c>Tips</c>, read and checked at start.</summary>
public sealed class TipSettings
{
    public const string Section = "Tips";

    /// <summary>
    /// The host name that the tip pages answer on, and no other, such as <c>tips.example.org</c>: there no cookie of the rest of the
    /// site is sent along. Empty: below <c>/tip</c> on every host.
    /// </summary>
    [StringLength(200)]
    public string? Host { get; set; }

    /// <summary>How many forms of the tip pages are taken in a minute, from everybody together.</summary>
    [Range(1, 100_000)]
    public int FormsPerMinute { get; set; } = 120;
}

/// <summary>The pages for people who stay unknown.</summary>
internal static class TipSetup
{
    /// <summary>The path below which they lie.</summary>
    public const string Path = "/tip";

    /// <summary>Rate limiting policy of their forms.</summary>
    public const string Forms = "tip-forms";

    public static void AddTipPages(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<TipSettings>().BindConfiguration(TipSettings.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<RateLimiterOptions>().Configure<IOptions<TipSettings>>((o, s) => o.AddPolicy(Forms, http => Brake(http, s.Value)));
        // The framework logs addresses of requests, with whatever stands behind the question mark, when it is asked to be talkative.
        builder.Logging.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.Warning);
    }

    /// <summary>Binds the pages to <see cref="TipSettings.Host"/> where there is one: on other hosts nothing answers.</summary>
    public static void KeepToHost(PageConventionCollection pages, IConfiguration configuration)
    {
        if (configuration[$"{TipSettings.Section}:{nameof(TipSettings.Host)}"] is not { Length: > 0 } host) return;
        pages.AddFolderRouteModelConvention("/Tip", page =>
        {
            foreach (var selector in page.Selectors) selector.EndpointMetadata.Add(new HostAttribute(host));
        });
    }

    // One count for everybody: a count for each address would have to know the address.
    private static RateLimitPartition<string> Brake(HttpContext http, TipSettings settings) =>
        HttpMethods.IsPost(http.Request.Method)
            ? RateLimitPartition.GetFixedWindowLimiter("everybody", _ => new FixedWindowRateLimiterOptions { PermitLimit = settings.FormsPerMinute, Window = TimeSpan.FromMinutes(1) })
            : RateLimitPartition.GetNoLimiter("looking");
}
