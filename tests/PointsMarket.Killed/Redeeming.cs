using Microsoft.Extensions.DependencyInjection;
using PointsMarket.Data;
using PointsMarket.Ledger;
using PointsMarket.Market;

namespace PointsMarket.Killed;

/// <summary>One kiosk's day: a basket is confirmed, and at the counter handed over or cancelled.</summary>
internal sealed class Redeeming(IServiceProvider services, int device, int member)
{
    /// <summary>What everybody takes, and its points in the tests' station.</summary>
    private const string Wanted = "SOAP:1;SALT:1";
    private const int Cost = 5;

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
        // Stepping up and choosing, in one write: the process lives for a moment only, and this is not what it is killed in.
        var session = new KioskSession
        {
            Id = Guid.CreateVersion7(), TokenHash = Secrets.Hash(Secrets.NewToken()), DeviceId = device, MemberId = member, TouchedAt = DateTime.UtcNow, BasketKey = Guid.NewGuid(), Basket = Wanted,
        };
        await Get<MarketWrites>().RunAsync(db =>
        {
            db.Add(session);
            return db.SaveChangesAsync();
        });

        Victim.Say($"asked {session.Id} {session.BasketKey} {Cost}");
        var outcome = await Get<RedeemAtKiosk>().ExecuteAsync(new() { SessionId = session.Id, BasketKey = session.BasketKey, ExpectedPoints = Cost });
        var id = ((RedeemAtKiosk.Redeemed)outcome).RedemptionId;
        Victim.Say($"answered {session.BasketKey} {id}");
        return id;
    }

    private T Get<T>()
        where T : notnull => services.GetRequiredService<T>();

    private static void Check<T>(T expected, T outcome)
    {
        if (!Equals(expected, outcome)) throw new InvalidOperationException($"Answered {outcome} instead of {expected}.");
    }
}
