using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Options;
using PointsMarket.Accounts;
using PointsMarket.Data;
using PointsMarket.Web.Accounts;

namespace PointsMarket.Web.Setup;

/// <summary>Signing in: Identity on <see cref="MarketDb"/>, its cookies, the policies, the brake on tries.</summary>
internal static class AccountsSetup
{
    /// <summary>Rate limiting policy of the forms that take a password or a code.</summary>
    public const string Tries = "tries";

    /// <summary>How long staff stay signed in without doing anything.</summary>
    public static readonly TimeSpan Stay = TimeSpan.FromHours(8);

    public static void AddAccounts(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<AccountSettings>().BindConfiguration(AccountSettings.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddHttpContextAccessor();
        services.AddScoped<CurrentUser>();
        services.AddScoped<SigningIn>();
        services.AddScoped<Landing>();
        services.AddScoped<AccountChoices>();
        services.AddSingleton<SetupCode>();
        services.AddIdentity<AppUser, IdentityRole<int>>(o =>
            {
                // Length is what counts; composition rules make people write passwords on the screen.
                o.Password = new PasswordOptions
                {
                    RequiredLength = PasswordRules.MinLength, RequiredUniqueChars = PasswordRules.MinDifferent,
                    RequireDigit = false, RequireLowercase = false, RequireUppercase = false, RequireNonAlphanumeric = false,
                };
                o.User.RequireUniqueEmail = false;
            })
            .AddEntityFrameworkStores<MarketDb>()
            .AddClaimsPrincipalFactory<Claims>()
            .AddDefaultTokenProviders();
        services.Configure<SecurityStampValidatorOptions>(o => o.ValidationInterval = TimeSpan.FromMinutes(1));
        services.ConfigureApplicationCookie(Cookie);
        services.Configure<CookieAuthenticationOptions>(IdentityConstants.TwoFactorUserIdScheme, o => (o.Cookie.Name, o.ExpireTimeSpan) = ("pm.half", TimeSpan.FromMinutes(5)));
        services.AddAuthorization(Access.AddPolicies);
        services.AddRateLimiter(o => o.RejectionStatusCode = StatusCodes.Status429TooManyRequests);
        services.AddOptions<RateLimiterOptions>().Configure<IOptions<AccountSettings>>((o, s) => o.AddPolicy(Tries, http => Brake(http, s.Value)));
    }

    /// <summary>Tells whoever started a site without an administrator how to make one.</summary>
    public static async Task PrintSetupCodeAsync(this WebApplication app)
    {
        var code = app.Services.GetRequiredService<SetupCode>();
        if (code.IsAsked && await app.Services.GetRequiredService<CreateFirstAdministrator>().IsOpenAsync())
            Console.WriteLine($"PointsMarket: there is no administrator yet. Open /setup and type this code: {code.Code}");
    }

    private static void Cookie(CookieAuthenticationOptions o)
    {
        o.Cookie.Name = "pm.user";
        o.Cookie.HttpOnly = true;
        o.Cookie.SameSite = SameSiteMode.Lax; // Strict would sign people out who come by a link from a message
        o.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        o.ExpireTimeSpan = Stay;
        o.SlidingExpiration = true;
        o.LoginPath = "/account/login";
        o.LogoutPath = "/account/logout";
        o.ReturnUrlParameter = "returnUrl";
        o.Events.OnRedirectToAccessDenied = context =>
        {
            // A refusal is answered where it happened, in words; who only has something to do first is led to it.
            switch (context.HttpContext.User.FindFirst(Claims.First)?.Value)
            {
                case Claims.SetPassword:
                    context.Response.Redirect("/account/security/password");
                    break;
                case Claims.SetTwoStep:
                    context.Response.Redirect("/account/security/two-step");
                    break;
                default:
                    context.Response.StatusCode = StatusCodes.Status403Forbidden;
                    break;
            }

            return Task.CompletedTask;
        };
    }

    // Looking at the form is free. The address is kept in memory for a minute and written nowhere.
    private static RateLimitPartition<string> Brake(HttpContext http, AccountSettings settings) =>
        HttpMethods.IsPost(http.Request.Method)
            ? RateLimitPartition.GetFixedWindowLimiter(
                http.Connection.RemoteIpAddress?.ToString() ?? "",
                _ => new FixedWindowRateLimiterOptions { PermitLimit = settings.TriesPerMinute, Window = TimeSpan.FromMinutes(1) })
            : RateLimitPartition.GetNoLimiter("reading");
}
