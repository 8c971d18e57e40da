using Microsoft.EntityFrameworkCore;
using PointsMarket.Data;
using PointsMarket.Sealing;

namespace PointsMarket.Market;

/// <summary>
/// Somebody steps up to a kiosk with a voucher's number instead of a card. Nobody is asked who they are. A try is counted on the
/// screen before the number is looked at; after <see cref="FreeTries"/> wrong ones the screen's next try must wait, longer each time.
/// </summary>
public sealed class PresentVoucher(MarketContexts contexts, MarketWrites writes, Seal seal, IdentifyAtKiosk identify, TimeProvider clock)
{
    /// <summary>Wrong numbers a screen may be given in a row before it waits.</summary>
    public const int FreeTries = 5;

    /// <summary>What <see cref="Seal.Marks"/> mixes in, so that a mark of a voucher is no mark of anything else.</summary>
    internal const string Use = "voucher";

    /// <summary>What came of it.</summary>
    public abstract record Outcome;

    /// <summary>Known: the token for the session cookie.</summary>
    public sealed record Welcome(string Token) : Outcome;

    /// <summary>The digits do not fit together: mistyped. Not counted.</summary>
    public sealed record Mistyped : Outcome;

    /// <summary>There is no such voucher at this station.</summary>
    public sealed record Unknown : Outcome;

    /// <summary>Too soon after wrong ones.</summary>
    public sealed record Wait(TimeSpan For) : Outcome;

    /// <summary>Looks for the voucher and begins a visit.</summary>
    public async Task<Outcome> ExecuteAsync(int deviceId, string typed, CancellationToken ct = default)
    {
        if (VoucherNumbers.Read(typed) is not { } digits) return new Mistyped();
        if (await writes.RunAsync(db => CountAsync(db, deviceId), ct) is { } wait) return new Wait(wait);
        if (await FindAsync(deviceId, digits, ct) is not { } voucher) return new Unknown();
        await writes.RunAsync(db => db.KioskDevices.Where(d => d.Id == deviceId)
            .ExecuteUpdateAsync(s => s.SetProperty(d => d.VoucherFailures, 0).SetProperty(d => d.VoucherWaitUntil, (DateTime?)null)), CancellationToken.None);
        return new Welcome(await identify.BeginAsync(deviceId, null, voucher, ct));
    }

    /// <summary>How long to wait after so many wrong ones: nothing up to five, then 10 s, 20 s, 40 s, … at most 15 minutes.</summary>
    internal static TimeSpan DelayAfter(int failures) =>
        failures < FreeTries ? TimeSpan.Zero : TimeSpan.FromSeconds(Math.Min(900, 10 * Math.Pow(2, failures - FreeTries)));

    private async Task<int?> FindAsync(int deviceId, string digits, CancellationToken ct)
    {
        var marks = seal.Marks(digits, Use);
        await using var db = contexts.Read();
        var book = db.KioskDevices.Where(d => d.Id == deviceId).Select(d => d.Outlet.Area.BookId);
        return await db.Vouchers.Where(v => marks.Contains(v.Mark) && v.Replaced == null && book.Contains(v.BookId)).Select(v => (int?)v.Id).FirstOrDefaultAsync(ct);
    }

    private async Task<TimeSpan?> CountAsync(MarketDb db, int deviceId)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var device = await db.KioskDevices.AsNoTracking().Where(d => d.Id == deviceId).Select(d => new { d.VoucherFailures, d.VoucherWaitUntil }).SingleAsync();
        if (device.VoucherWaitUntil > now) return device.VoucherWaitUntil.Value - now;
        var failures = device.VoucherFailures + 1;
        var counted = await db.KioskDevices.Where(d => d.Id == deviceId && d.VoucherFailures == device.VoucherFailures)
            .ExecuteUpdateAsync(s => s.SetProperty(d => d.VoucherFailures, failures).SetProperty(d => d.VoucherWaitUntil, now + DelayAfter(failures)));
        // Another try was counted between the two statements (server databases only): this one comes too soon.
        return counted == 1 ? null : TimeSpan.FromSeconds(1);
    }
}
