using Microsoft.Extensions.DependencyInjection;
using PointsMarket.Data;
using PointsMarket.Ledger;
using PointsMarket.Market;

namespace PointsMarket.Killed;

/// <summary>One kiosk's day: step up, choose, confirm, and at the counter hand over or cancel.</summary>
internal sealed class Redeeming(IServiceProvider services, int device, string card)
{
    private static readonly string[] Wanted = ["SOAP", "SALT"];

    public async Task RunAsync(int rounds)
    {
        for (var round = 0; round < rounds; round++)
        {
            var id = await RedeemAsync();
            var to = round % 3 == 2 ? RedemptionState.Cancelled : RedemptionState.HandedOver;
            Check(EndRedemption.Outcome.Done, await Get<EndRedemption>().ExecuteAsync(new() { RedemptionId = id, To = to, Actor = Actor.System("test"), AreaPath = "" }));
            Victim.Say($"ended {id} {to}");
        }
    }

    private async Task<int> RedeemAsync()
    {
        var welcome = (IdentifyAtKiosk.Welcome)await Get<IdentifyAtKiosk>().ExecuteAsync(new() { DeviceId = device, Code = card });
        var session = (await Get<KioskSessions>().TouchAsync(device, welcome.Token))!;
        foreach (var sku in Wanted)
            Check(ChooseGoods.Outcome.Changed, await Get<ChooseGoods>().ExecuteAsync(new() { SessionId = session.Id, Sku = sku, Change = 1 }));
        await using var db = Get<MarketContexts>().Read();
        var shop = (await Get<ReadShop>().ExecuteAsync(db, session.Id))!;

        Victim.Say($"asked {session.Id} {shop.BasketKey} {shop.Total}");
        var outcome = await Get<RedeemAtKiosk>().ExecuteAsync(new() { SessionId = session.Id, BasketKey = shop.BasketKey, ExpectedPoints = shop.Total });
        var id = ((RedeemAtKiosk.Redeemed)outcome).RedemptionId;
        Victim.Say($"answered {shop.BasketKey} {id}");
        return id;
    }

    private T Get<T>()
        where T : notnull => services.GetRequiredService<T>();

    private static void Check<T>(T expected, T outcome)
    {
        if (!Equals(expected, outcome)) throw new InvalidOperationException($"Answered {outcome} instead of {expected}.");
    }
}
