using Microsoft.EntityFrameworkCore;
using PointsMarket.Data;
using PointsMarket.Market;
using PointsMarket.Members;

namespace PointsMarket.Tips;

/// <summary>
/// Opens a tip's mailbox with code and PIN. A try is counted before the PIN is looked at; from the third wrong one on the next must
/// wait, longer each time, at most a day. It never locks for good: nobody could unlock it.
/// </summary>
public sealed class OpenMailbox(MarketWrites writes, PinHasher hasher, TimeProvider clock)
{
    /// <summary>What came of it.</summary>
    public abstract record Outcome;

    /// <summary>Right: the mailbox of this tip.</summary>
    public sealed record Open(Guid TipId) : Outcome;

    /// <summary>The letters of the code do not fit together. Nothing was counted.</summary>
    public sealed record Mistyped : Outcome;

    /// <summary>Code or PIN is wrong; not said which.</summary>
    public sealed record Wrong : Outcome;

    /// <summary>Too soon after wrong PINs.</summary>
    public sealed record Wait(TimeSpan For) : Outcome;

    private sealed record Ticket(Guid? TipId, string? Hash, TimeSpan? Wait);

    /// <summary>Opens it.</summary>
    public async Task<Outcome> ExecuteAsync(string typedCode, string pin, CancellationToken ct = default)
    {
        if (TipCodes.Read(typedCode) is not { } code) return new Mistyped();
        var hash = Secrets.Hash(code);
        var ticket = await writes.RunAsync(db => CountAsync(db, hash), ct);
        if (ticket.Wait is { } wait) return new Wait(wait);
        if (!hasher.Matches(ticket.Hash, pin)) return new Wrong(); // outside the door; takes as long when there is no such code
        await writes.RunAsync(db => db.Tips.Where(t => t.Id == ticket.TipId)
            .ExecuteUpdateAsync(s => s.SetProperty(t => t.PinFailures, 0).SetProperty(t => t.PinWaitUntil, (DateTime?)null)), CancellationToken.None);
        return new Open(ticket.TipId!.Value);
    }

    /// <summary>Nothing for two, then 10 s, 30 s, 90 s, … up to a day.</summary>
    internal static TimeSpan DelayAfter(int failures) =>
        failures < 3 ? TimeSpan.Zero : TimeSpan.FromSeconds(Math.Min(86_400, 10 * Math.Pow(3, Math.Min(failures - 3, 20))));

    private async Task<Ticket> CountAsync(MarketDb db, string codeHash)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var tip = await db.Tips.AsNoTracking().Where(t => t.CodeHash == codeHash).Select(t => new { t.Id, t.PinHash, t.PinFailures, t.PinWaitUntil }).SingleOrDefaultAsync();
        if (tip is null) return new Ticket(null, null, null);
        if (tip.PinWaitUntil > now) return new Ticket(null, null, tip.PinWaitUntil.Value - now);
        var failures = tip.PinFailures + 1;
        var wait = DelayAfter(failures);
        var until = wait > TimeSpan.Zero ? now + wait : (DateTime?)null;
        var counted = await db.Tips.Where(t => t.Id == tip.Id && t.PinFailures == tip.PinFailures)
            .ExecuteUpdateAsync(s => s.SetProperty(t => t.PinFailures, failures).SetProperty(t => t.PinWaitUntil, until));
        // Another try was counted between the two statements (server databases only): this one comes too soon.
        return counted == 1 ? new Ticket(tip.Id, tip.PinHash, null) : new Ticket(null, null, TimeSpan.FromSeconds(1));
    }
}
