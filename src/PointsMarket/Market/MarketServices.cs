using Microsoft.Extensions.DependencyInjection;
using PointsMarket.Areas;
using PointsMarket.Members;

namespace PointsMarket.Market;

/// <summary>Registers the market's and the members' operations.</summary>
internal static class MarketServices
{
    public static IServiceCollection AddMarket(this IServiceCollection services) => services
        .AddSingleton<PinHasher>()
        .AddSingleton<CheckPin>()
        .AddSingleton<SetPin>()
        .AddSingleton<UnlockPin>()
        .AddSingleton<AddMember>()
        .AddSingleton<EditMember>()
        .AddSingleton<ReplaceCard>()
        .AddSingleton<SealInformants>()
        .AddSingleton<SaveGoods>()
        .AddSingleton<SaveOutlet>()
        .AddSingleton<LotBook>()
        .AddSingleton<CheckLots>()
        .AddSingleton<SaveArea>()
        .AddSingleton<OfferPairing>()
        .AddSingleton<PairKiosk>()
        .AddSingleton<RetireKiosk>()
        .AddSingleton<IdentifyAtKiosk>()
        .AddSingleton<PresentVoucher>()
        .AddSingleton<KioskSessions>()
        .AddSingleton<ReadShop>()
        .AddSingleton<ChooseGoods>()
        .AddSingleton<RedeemAtKiosk>()
        .AddSingleton<EndRedemption>()
        .AddSingleton<ExpireRedemptions>()
        .AddSingleton<RateRedemption>()
        .AddSingleton<EnterCards>()
        .AddSingleton<MarkCard>()
        .AddSingleton<SignCard>();
}
