using System.Globalization;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Localization;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Options;
using PointsMarket.Web.Shared;
using PointsMarket.Web.Text;

namespace PointsMarket.Web.Setup;

/// <summary>Chinese and English, and the two choices a visitor keeps on a device: language and text size.</summary>
internal static class Languages
{
    public const string LanguageCookie = "pm.language";
    private static readonly string[] Names = ["zh-CN", "en"];

    public static void AddLanguages(this WebApplicationBuilder builder)
    {
        builder.Services.AddLocalization();
        builder.Services.AddSingleton<IStringLocalizer<Texts>, CountedTexts>();
        builder.Services.Configure<RequestLocalizationOptions>(o =>
        {
            o.SetDefaultCulture(Names[0]).AddSupportedCultures(Names).AddSupportedUICultures(Names);
            // Not the browser's Accept-Language: kiosks and office machines here often run an English system
            // for people who read Chinese. English is one visible tap away on every page.
            o.RequestCultureProviders =
            [
                new QueryStringRequestCultureProvider { Options = o },
                new CustomRequestCultureProvider(OfRefused),
                new CookieRequestCultureProvider { Options = o, CookieName = LanguageCookie },
            ];
        });
    }

    public static void UseLanguages(this WebApplication app) =>
        app.UseRequestLocalization(app.Services.GetRequiredService<IOptions<RequestLocalizationOptions>>().Value);

    /// <summary>The page of a refusal speaks as the refused one did: the tip pages keep the language in their address, which is another one by then.</summary>
    private static Task<ProviderCultureResult?> OfRefused(HttpContext http) => Task.FromResult(
        http.Features.Get<IStatusCodeReExecuteFeature>()?.OriginalQueryString is { Length: > 0 } query && QueryHelpers.ParseQuery(query).TryGetValue("culture", out var name)
            && Array.Find(Names, n => n == name) is { } known ? new ProviderCultureResult(known) : null);

    /// <summary>
    /// <c>/language?to=en&amp;back=/path</c> and <c>/text-size?to=l&amp;back=/path</c>: plain links, so that both work without
    /// script. An unknown choice changes nothing; a way back that is not on this site leads to the start page.
    /// </summary>
    public static void MapPreferences(this WebApplication app)
    {
        app.MapGet("/language", (HttpContext http, string? to, string? back) =>
        {
            if (Array.Find(Names, n => n == to) is { } name)
            {
                var culture = new RequestCulture(CultureInfo.GetCultureInfo(name));
                http.Response.Cookies.Append(LanguageCookie, CookieRequestCultureProvider.MakeCookieValue(culture), Kept(http));
            }

            return Back(back);
        }).AllowAnonymous();

        app.MapGet("/text-size", (HttpContext http, string? to, string? back) =>
        {
            if (TextSize.Steps.Contains(to ?? ""))
            {
                http.Response.Cookies.Append(TextSize.Cookie, to ?? "", Kept(http));
            }

            return Back(back);
        }).AllowAnonymous();
    }

    private static RedirectHttpResult Back(string? back) =>
        TypedResults.LocalRedirect(RedirectHttpResult.IsLocalUrl(back) && !back!.StartsWith('~') ? back : "/");

    // Readable by script, which changes the text size without loading the page again (js/app.js).
    private static CookieOptions Kept(HttpContext http) => new()
    {
        MaxAge = TimeSpan.FromDays(365),
        SameSite = SameSiteMode.Lax,
        Secure = http.Request.IsHttps,
        IsEssential = true,
    };
}
