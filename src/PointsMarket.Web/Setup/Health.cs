using Microsoft.AspNetCore.Diagnostics.HealthChecks;

namespace PointsMarket.Web.Setup;

/// <summary><c>/alive</c>: the process answers. <c>/health</c>: and so does what it stands on (features add their checks).</summary>
internal static class Health
{
    public static void AddHealth(this WebApplicationBuilder builder) => builder.Services.AddHealthChecks();

    public static void MapHealth(this WebApplication app)
    {
        app.MapHealthChecks("/alive", new HealthCheckOptions { Predicate = _ => false }).AllowAnonymous();
        app.MapHealthChecks("/health").AllowAnonymous();
    }
}
