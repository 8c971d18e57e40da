using Microsoft.EntityFrameworkCore;
using PointsMarket.Areas;
using PointsMarket.Data;
using PointsMarket.Members;

namespace PointsMarket.Market;

/// <summary>
/// Somebody steps up to a kiosk: with a scanned card, or with member number and PIN. Answers with a session token; the database
/// keeps its hash. Members of the kiosk's station only.
/// </summary>
public sealed class IdentifyAtKiosk(MarketContexts contexts, MarketWrites writes, CheckPin checkPin, TimeProvider clock)
{
    /// <summary>What the kiosk read.</summary>
    public sealed record Input
    {
        /// <summary>The kiosk.</summary>
        public required int DeviceId { get; init; }

        /// <summary>13 digits of a card, or a member number.</summary>
        public required string Code { get; init; }

        /// <summary>The PIN; not needed with a card unless <see cref="CardNeedsPin"/>.</summary>
        public string? Pin { get; init; }

        /// <summary>Whether a card alone is not enough here (configuration <c>Kiosk:CardNeedsPin</c>).</summary>
        public bool CardNeedsPin { get; init; }
    }

    /// <summary>What came of it.</summary>
    public abstract record Outcome;

    /// <summary>Known: the token for the session cookie.</summary>
    public sealed record Welcome(string Token) : Outcome;

    /// <summary>The card is not, or no longer, one of ours.</summary>
    public sealed record UnknownCard : Outcome;

    /// <summary>Number or PIN is wrong; not said which.</summary>
    public sealed record WrongPin(int? TriesLeft) : Outcome;

    /// <summary>A card was read, and the PIN is still to be typed.</summary>
    public sealed record PinNeeded : Outcome;

    /// <summary>Too soon after wrong PINs.</summary>
    public sealed record Wait(TimeSpan For) : Outcome;

    /// <summary>Locked: an approver unlocks it.</summary>
    public sealed record Locked : Outcome;

    /// <summary>No PIN was ever set: the desk sets one.</summary>
    public sealed record NoPin : Outcome;

    /// <summary>No longer, or not yet, in service.</summary>
    public sealed record NotActive : Outcome;

    private sealed record Found(int Id, DateOnly Joined, DateOnly? Left);

    /// <summary>Looks who it is.</summary>
    public async Task<Outcome> ExecuteAsync(Input input, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(input);
        var isCard = CardNumbers.IsValid(input.Code);
        var member = await FindAsync(input.DeviceId, input.Code, isCard, ct);
        if (isCard && member is null) return new UnknownCard();
        if (!isCard || input.CardNeedsPin)
        {
            if (string.IsNullOrEmpty(input.Pin)) return isCard ? new PinNeeded() : new WrongPin(null);
            if (member is null) return new WrongPin(null);
            if (Refusal(await checkPin.ExecuteAsync(member.Id, input.Pin, ct)) is { } refusal) return refusal;
        }

        var today = StationTime.Day(clock.GetUtcNow().UtcDateTime);
        if (member!.Joined > today || member.Left <= today) return new NotActive();
        return new Welcome(await BeginAsync(input.DeviceId, member.Id, null, ct));
    }

    private static Outcome? Refusal(CheckPin.Result result) => result.Outcome switch
    {
        CheckPin.Outcome.Right => null,
        CheckPin.Outcome.Wrong => new WrongPin(result.TriesLeft),
        CheckPin.Outcome.TooSoon => new Wait(result.Wait),
        CheckPin.Outcome.Locked => new Locked(),
        _ => new NoPin(),
    };

    private async Task<Found?> FindAsync(int deviceId, string code, bool isCard, CancellationToken ct)
    {
        await using var db = contexts.Read();
        var book = db.KioskDevices.Where(d => d.Id == deviceId).Select(d => d.Outlet.Area.BookId);
        return await db.Members
            .Where(m => isCard ? m.CardNumber == code : m.Number == code)
            .Where(m => book.Contains(m.Area.BookId))
            .Select(m => new Found(m.Id, m.Joined, m.Left)).SingleOrDefaultAsync(ct);
    }

    /// <summary>Begins the visit of a member or of a voucher's holder; gives the token.</summary>
    internal async Task<string> BeginAsync(int deviceId, int? memberId, int? voucherId, CancellationToken ct)
    {
        var token = Secrets.NewToken();
        return await writes.RunAsync(async db =>
        {
            var now = clock.GetUtcNow().UtcDateTime;
            // One person at a time: whoever stood there before is gone.
            await db.KioskSessions.Where(s => s.DeviceId == deviceId && s.EndedAt == null).ExecuteUpdateAsync(s => s.SetProperty(x => x.EndedAt, now));
            db.KioskSessions.Add(new KioskSession { Id = Guid.CreateVersion7(), TokenHash = Secrets.Hash(token), DeviceId = deviceId, MemberId = memberId, VoucherId = voucherId, TouchedAt = now, BasketKey = Guid.NewGuid() });
            await db.SaveChangesAsync();
            return token;
        }, ct);
    }
}
