using Microsoft.Extensions.DependencyInjection;

namespace PointsMarket.Sponsors;

/// <summary>Registers the operations on what sponsors give.</summary>
internal static class SponsorServices
{
    public static IServiceCollection AddSponsors(this IServiceCollection services) => services
        .AddSingleton<CountIn>()
        .AddSingleton<TakeBackDelivery>()
        .AddSingleton<GiveLots>()
        .AddSingleton<SaveSponsor>()
        .AddSingleton<MakePledge>()
        .AddSingleton<DecidePledge>()
        .AddSingleton<WithdrawPledge>()
        .AddSingleton<AnnounceDelivery>()
        .AddSingleton<CallOffDelivery>();
}
