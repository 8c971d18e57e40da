using Microsoft.EntityFrameworkCore;
using PointsMarket.Accounts;
using PointsMarket.Data;
using PointsMarket.Notices;

namespace PointsMarket.Sponsors;

/// <summary>Tells the desk of what firms do, and a firm's people of what became of it.</summary>
internal static class SponsorNews
{
    /// <summary>Tells everybody with access for the firm, except who did it.</summary>
    public static async Task TellFirmAsync(MarketDb db, int sponsorId, string kind, string subject, string href, DateTime at, Ledger.Actor by)
    {
        var people = await db.Users.Where(u => u.SponsorId == sponsorId).Select(u => u.Id).ToListAsync();
        foreach (var id in people.Where(id => Ledger.Actor.User(id).Code != by.Code)) Inbox.TellAccount(db, id, kind, subject, href, at);
    }

    /// <summary>Tells those who decide at the outlet.</summary>
    public static Task TellDeskAsync(MarketDb db, string areaPath, string kind, string subject, string href, DateTime at) =>
        Inbox.TellStaffAsync(db, [Roles.Approver], areaPath, kind, subject, href, at);

    /// <summary>Tells those who decide and those who count at the outlet.</summary>
    public static Task TellCountersAsync(MarketDb db, string areaPath, string kind, string subject, string href, DateTime at) =>
        Inbox.TellStaffAsync(db, [Roles.Approver, Roles.Attendant], areaPath, kind, subject, href, at);
}
