using Microsoft.EntityFrameworkCore;
using PointsMarket.Data;
using PointsMarket.Ledger;

namespace PointsMarket.Market;

/// <summary>An administrator adds a kiosk to an outlet, or asks for a new pairing code for one; codes live ten minutes.</summary>
public sealed class OfferPairing(MarketWrites writes, TimeProvider clock)
{
    /// <summary>How long a pairing code works.</summary>
    public static readonly TimeSpan CodeLives = TimeSpan.FromMinutes(10);

    /// <summary>For which kiosk.</summary>
    public sealed record Input
    {
        /// <summary>The outlet.</summary>
        public required int OutletId { get; init; }

        /// <summary>What the kiosk is called.</summary>
        public required string Name { get; init; }

        /// <summary>An existing kiosk to pair again; null for a new one.</summary>
        public int? DeviceId { get; init; }

        /// <summary>Who offers it.</summary>
        public required Actor Actor { get; init; }

        /// <summary>The path of the area the actor may act in.</summary>
        public required string AreaPath { get; init; }
    }

    /// <summary>The kiosk and its code, shown once; null when the outlet or kiosk is not in the actor's area.</summary>
    public sealed record Offer(int DeviceId, string Code, DateTime Until);

    /// <summary>Makes the offer. A kiosk that is paired stays so until the new code is used.</summary>
    public Task<Offer?> ExecuteAsync(Input input, CancellationToken ct = default) => writes.RunAsync(async db =>
    {
        ArgumentNullException.ThrowIfNull(input);
        var now = clock.GetUtcNow().UtcDateTime;
        var outlet = await db.Outlets.SingleOrDefaultAsync(o => o.Id == input.OutletId && o.Area.Path.StartsWith(input.AreaPath));
        if (outlet is null) return null;
        var device = input.DeviceId is { } id ? await db.KioskDevices.SingleOrDefaultAsync(d => d.Id == id && d.OutletId == outlet.Id && d.RetiredAt == null) : db.Add(new KioskDevice { Name = input.Name, OutletId = outlet.Id }).Entity;
        if (device is null) return null;
        var code = Secrets.NewCode();
        while (await db.KioskDevices.AnyAsync(d => d.PairingHash == Secrets.Hash(code))) code = Secrets.NewCode();
        (device.Name, device.PairingHash, device.PairingUntil) = (input.Name, Secrets.Hash(code), now + CodeLives);
        db.ChangeRecords.Add(new ChangeRecord { At = now, Actor = input.Actor.Code, Action = "kiosk.pairing-offered", Subject = outlet.Code, Detail = input.Name });
        await db.SaveChangesAsync();
        return new Offer(device.Id, code, device.PairingUntil.Value);
    }, ct);
}

/// <summary>A screen is paired: the code is used up and the device gets a token for its cookie.</summary>
public sealed class PairKiosk(MarketWrites writes, TimeProvider clock)
{
    /// <summary>The token for the device's cookie, or null when the code is wrong, used or too old.</summary>
    public Task<string?> ExecuteAsync(string code, CancellationToken ct = default) => writes.RunAsync(async db =>
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var hash = Secrets.Hash(code);
        var device = await db.KioskDevices.SingleOrDefaultAsync(d => d.PairingHash == hash && d.PairingUntil > now && d.RetiredAt == null);
        if (device is null) return null;
        var token = Secrets.NewToken();
        (device.TokenHash, device.PairedAt, device.PairingHash, device.PairingUntil) = (Secrets.Hash(token), now, null, null);
        await db.SaveChangesAsync();
        return token;
    }, ct);
}

/// <summary>An administrator takes a kiosk out of use: its cookie no longer works.</summary>
public sealed class RetireKiosk(MarketWrites writes, TimeProvider clock)
{
    /// <summary>False when there is no such kiosk in the actor's area.</summary>
    public Task<bool> ExecuteAsync(int deviceId, Actor actor, string areaPath, CancellationToken ct = default) => writes.RunAsync(async db =>
    {
        var device = await db.KioskDevices.Include(d => d.Outlet).SingleOrDefaultAsync(d => d.Id == deviceId && d.RetiredAt == null && d.Outlet.Area.Path.StartsWith(areaPath));
        if (device is null) return false;
        (device.RetiredAt, device.TokenHash, device.PairingHash, device.PairingUntil) = (clock.GetUtcNow().UtcDateTime, null, null, null);
        db.ChangeRecords.Add(new ChangeRecord { At = device.RetiredAt.Value, Actor = actor.Code, Action = "kiosk.retired", Subject = device.Outlet.Code, Detail = device.Name });
        await db.SaveChangesAsync();
        return true;
    }, ct);
}
