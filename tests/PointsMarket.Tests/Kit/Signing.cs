using Microsoft.EntityFrameworkCore;
using PointsMarket.Ledger;
using PointsMarket.Market;
using PointsMarket.Sponsors;
using PointsMarket.Stock;

namespace PointsMarket.Tests.Kit;

/// <summary>The second person's answer to what waits for one.</summary>
internal static class Signing
{
    /// <summary>Signs or refuses what waits about a subject: a move's or delivery's reference, or a card's key.</summary>
    public static async Task<SignatureOutcome> AnswerAsync(this TestMarket market, string subject, int user, bool sign = true, string areaPath = "STA/")
    {
        var waiting = await market.ReadAsync(db => db.SecondSignatures.OrderByDescending(s => s.Id).FirstAsync(s => s.Subject == subject));
        var step = new SignatureStep { SignatureId = waiting.Id, Sign = sign, Actor = Actor.User(user), AreaPath = areaPath };
        return waiting.Kind switch
        {
            SignatureKind.MoveLacks => await market.Get<SignMove>().ExecuteAsync(step),
            SignatureKind.DeliveryBack => await market.Get<TakeBackDelivery>().AnswerAsync(step),
            _ => await market.Get<SignCard>().ExecuteAsync(step),
        };
    }
}
