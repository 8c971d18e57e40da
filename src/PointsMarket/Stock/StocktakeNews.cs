using Microsoft.EntityFrameworkCore;
using PointsMarket.Accounts;
using PointsMarket.Data;
using PointsMarket.Ledger;
using PointsMarket.Notices;

namespace PointsMarket.Stock;

/// <summary>Tells who can sign that a stocktake waits for it.</summary>
internal static class StocktakeNews
{
    public static async Task TellAsync(MarketDb db, Stocktake stocktake, Actor actor, DateTime now)
    {
        var path = await db.Outlets.Where(o => o.Id == stocktake.OutletId).Select(o => o.Area.Path).SingleAsync();
        await Inbox.TellStaffAsync(db, [Roles.Approver], path, InboxKinds.StocktakeWaits, stocktake.Number, $"/desk/stocktakes/{stocktake.Id}", now, SecondPair.AccountOf(actor.Code));
    }
}
