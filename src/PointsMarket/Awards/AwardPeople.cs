using Microsoft.EntityFrameworkCore;
using PointsMarket.Accounts;
using PointsMarket.Data;
using PointsMarket.Notices;

namespace PointsMarket.Awards;

/// <summary>Who is told of what, and who decides.</summary>
internal static class AwardPeople
{
    /// <summary>The roles that decide.</summary>
    public static readonly string[] Deciding = [Roles.Approver, Roles.Administrator];

    /// <summary>Where a cycle is looked at.</summary>
    public static string HrefOf(int cycleId) => $"/desk/awards/{cycleId}";

    /// <summary>Tells those who may take the next step, but not who took this one.</summary>
    public static async Task TellDesksAsync(MarketDb db, AwardCycle cycle, string kind, DateTime at, int? butUserId, CancellationToken ct)
    {
        var path = await db.Areas.Where(a => a.Id == cycle.AreaId).Select(a => a.Path).SingleAsync(ct);
        await Inbox.TellStaffAsync(db, Deciding, path, kind, cycle.Title, HrefOf(cycle.Id), at, butUserId, ct);
    }

    /// <summary>Tells members, and the accounts of firms, of their certificates.</summary>
    public static async Task TellHoldersAsync(MarketDb db, IReadOnlyCollection<Certificate> certificates, string kind, DateTime at, CancellationToken ct)
    {
        Inbox.TellMembers(db, kind, at, certificates.Where(c => c.MemberId is not null).Select(c => (c.MemberId!.Value, c.Number, "/me/certificates")));
        var firms = certificates.Where(c => c.SponsorId is not null).ToLookup(c => c.SponsorId!.Value);
        if (firms.Count == 0) return;
        var ids = firms.Select(f => f.Key).ToList();
        foreach (var user in await db.Users.Where(u => u.SponsorId != null && ids.Contains(u.SponsorId.Value)).Select(u => new { u.Id, SponsorId = u.SponsorId!.Value }).ToListAsync(ct))
        {
            foreach (var c in firms[user.SponsorId]) Inbox.TellAccount(db, user.Id, kind, c.Number, "/sponsor/certificates", at);
        }
    }
}
