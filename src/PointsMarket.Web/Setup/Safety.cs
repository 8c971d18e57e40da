using Microsoft.AspNetCore.Mvc;

namespace PointsMarket.Web.Setup;

/// <summary>What every answer carries so that a browser refuses what we never send.</summary>
internal static class Safety
{
    /// <summary>Everything from this host, nothing inline. Widen it never; move the script or style into a file instead.</summary>
    public const string ContentSecurityPolicy =
        "default-src 'self'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'; object-src 'none'";

    public static void AddSafety(this WebApplicationBuilder builder)
    {
        builder.Services.AddAntiforgery(o =>
        {
            o.Cookie.Name = "pm.form";
            o.Cookie.HttpOnly = true;
            o.Cookie.SameSite = SameSiteMode.Strict;
            o.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            o.SuppressXFrameOptionsHeader = true; // set below, stricter
        });
        builder.Services.Configure<CookieTempDataProviderOptions>(o =>
        {
            o.Cookie.Name = "pm.said";
            o.Cookie.SameSite = SameSiteMode.Strict;
            o.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            o.Cookie.IsEssential = true;
        });
        builder.Services.AddHsts(o => o.MaxAge = TimeSpan.FromDays(180));
    }

    public static void UseSafety(this WebApplication app)
    {
        if (!app.Environment.IsDevelopment())
        {
            app.UseHsts(); // says nothing on plain http, which a kiosk on a local network may use
        }

        // Set when the answer starts: the error pages clear the headers that were there before them.
        app.Use((http, next) =>
        {
            http.Response.OnStarting(() => { Write(http.Response); return Task.CompletedTask; });
            return next(http);
        });
    }

    private static void Write(HttpResponse response)
    {
        var headers = response.Headers;
        headers.ContentSecurityPolicy = ContentSecurityPolicy;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(), microphone=(), geolocation=(), payment=(), usb=()";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        // A page may show one person's points on a shared screen: Back after leaving must not bring it up again.
        if (response.ContentType?.StartsWith("text/html", StringComparison.Ordinal) == true)
        {
            headers.CacheControl = "no-store";
        }
    }
}
