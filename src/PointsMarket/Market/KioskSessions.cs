using Microsoft.EntityFrameworkCore;
using PointsMarket.Data;

namespace PointsMarket.Market;

/// <summary>
/// Finds, touches and ends the session of somebody at a kiosk. The server's clock decides: a session that was not touched for
/// <see cref="KioskSession.Idle"/> is over, whatever the screen shows.
/// </summary>
public sealed class KioskSessions(MarketContexts contexts, MarketWrites writes, TimeProvider clock)
{
    /// <summary>A touch this recent is not written again.</summary>
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(5);

    /// <summary>A live session: whose (a member's or a voucher's), where, and its basket's key.</summary>
    public sealed record Live(Guid Id, int? MemberId, int? VoucherId, int DeviceId, int OutletId, Guid BasketKey)
    {
        /// <summary>The redemptions of the same owner.</summary>
        public IQueryable<Redemption> Redemptions(MarketDb db)
        {
            ArgumentNullException.ThrowIfNull(db);
            return VoucherId is { } voucher ? db.Redemptions.Where(r => r.VoucherId == voucher) : db.Redemptions.Where(r => r.MemberId == MemberId);
        }
    }

    /// <summary>The live session with this token on this kiosk, touched now; null when it is over or never was.</summary>
    public async Task<Live?> TouchAsync(int deviceId, string token, CancellationToken ct = default)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var hash = Secrets.Hash(token);
        await using var db = contexts.Read();
        var found = await db.KioskSessions
            .Where(s => s.TokenHash == hash && s.DeviceId == deviceId && s.EndedAt == null && s.Device.RetiredAt == null && s.TouchedAt > now - KioskSession.Idle)
            .Select(s => new { s.TouchedAt, Live = new Live(s.Id, s.MemberId, s.VoucherId, s.DeviceId, s.Device.OutletId, s.BasketKey) }).SingleOrDefaultAsync(ct);
        if (found is null) return null;
        if (now - found.TouchedAt >= Fresh)
            await writes.RunAsync(w => w.KioskSessions.Where(s => s.Id == found.Live.Id).ExecuteUpdateAsync(s => s.SetProperty(x => x.TouchedAt, now)), ct);
        return found.Live;
    }

    /// <summary>Ends the session with this token, if it is not over already.</summary>
    public Task EndAsync(string token, CancellationToken ct = default)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var hash = Secrets.Hash(token);
        return writes.RunAsync(db => db.KioskSessions.Where(s => s.TokenHash == hash && s.EndedAt == null).ExecuteUpdateAsync(s => s.SetProperty(x => x.EndedAt, now)), ct);
    }
}
