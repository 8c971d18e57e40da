using Microsoft.AspNetCore.Http.Features;
using PointsMarket.Web.Shared;

namespace PointsMarket.Web.Setup;

/// <summary>The process: container checks, address, limits of the socket, options read at start.</summary>
internal static class Hosting
{
    /// <summary>Where the site listens when neither configuration nor the command line says otherwise.</summary>
    public const string DefaultUrl = "http://localhost:5080";

    /// <summary>The largest request body in bytes: an import file or a few photographs.</summary>
    public const long LargestBody = 20 * 1024 * 1024;

    // Each of these names an address; UseUrls would silently win over the last two.
    private static readonly string[] AddressKeys = ["urls", "http_ports", "https_ports"];

    public static void AddHosting(this WebApplicationBuilder builder)
    {
        builder.Host.UseDefaultServiceProvider(o => o.ValidateOnBuild = o.ValidateScopes = true);
        builder.Services.AddOptions<Brand>().BindConfiguration(Brand.Section).ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddSingleton(TimeProvider.System);

        var configuration = builder.Configuration;
        if (AddressKeys.All(k => string.IsNullOrEmpty(configuration[k])) && !configuration.GetSection("Kestrel:Endpoints").Exists())
        {
            builder.WebHost.UseUrls(DefaultUrl);
        }

        builder.WebHost.ConfigureKestrel(o =>
        {
            o.AddServerHeader = false;
            o.Limits.MaxRequestBodySize = LargestBody;
            o.Limits.MaxRequestHeadersTotalSize = 16 * 1024;
            o.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(15);
            o.Limits.KeepAliveTimeout = TimeSpan.FromMinutes(2);
        });
        builder.Services.Configure<FormOptions>(o =>
        {
            o.ValueCountLimit = 2048; // a bulk action over the longest page, with room
            o.MultipartBodyLengthLimit = LargestBody;
        });
    }

    /// <summary>Prints the address for a person to click; the log says it too, but in JSON.</summary>
    public static void PrintAddress(this WebApplication app) =>
        app.Lifetime.ApplicationStarted.Register(() =>
        {
            foreach (var url in app.Urls)
            {
                Console.WriteLine($"PointsMarket: {url}");
            }
        });
}
