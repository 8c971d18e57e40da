using Microsoft.Extensions.DependencyInjection;

namespace PointsMarket.Routing;

/// <summary>Registers the operations on routes.</summary>
internal static class RoutingServices
{
    public static IServiceCollection AddRoutes(this IServiceCollection services) => services.AddSingleton<SaveRoute>();
}
