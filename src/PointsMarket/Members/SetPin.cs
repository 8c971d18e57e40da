using Microsoft.EntityFrameworkCore;
using PointsMarket.Data;
using PointsMarket.Ledger;

namespace PointsMarket.Members;

/// <summary>Gives a member a new PIN, which also unlocks it.</summary>
public sealed class SetPin(MarketWrites writes, PinHasher hasher, TimeProvider clock)
{
    /// <summary>What the change came to.</summary>
    public enum Outcome
    {
        /// <summary>Set.</summary>
        Set,

        /// <summary>Not 4–6 digits.</summary>
        NotDigits,

        /// <summary>Too easy: all digits the same, or a run such as 1234.</summary>
        TooEasy,

        /// <summary>There is no such member in the actor's area.</summary>
        NoSuchMember,
    }

    /// <summary>Whose PIN, and which.</summary>
    public sealed record Input
    {
        /// <summary>The member.</summary>
        public required int MemberId { get; init; }

        /// <summary>The new PIN.</summary>
        public required string Pin { get; init; }

        /// <summary>Who sets it.</summary>
        public required Actor Actor { get; init; }

        /// <summary>The path of the area the actor may act in.</summary>
        public required string AreaPath { get; init; }
    }

    /// <summary>Sets it.</summary>
    public async Task<Outcome> ExecuteAsync(Input input, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(input);
        if (!PinHasher.IsValid(input.Pin)) return Outcome.NotDigits;
        if (IsEasy(input.Pin)) return Outcome.TooEasy;
        var hash = hasher.Hash(input.Pin); // outside the door
        return await writes.RunAsync(async db =>
        {
            var member = await db.Members.SingleOrDefaultAsync(m => m.Id == input.MemberId && m.Area.Path.StartsWith(input.AreaPath));
            if (member is null) return Outcome.NoSuchMember;
            (member.PinHash, member.PinFailures, member.PinWaitUntil, member.PinLocked) = (hash, 0, null, false);
            db.ChangeRecords.Add(new ChangeRecord { At = clock.GetUtcNow().UtcDateTime, Actor = input.Actor.Code, Action = "member.pin-set", Subject = member.Code });
            await db.SaveChangesAsync();
            return Outcome.Set;
        }, ct);
    }

    /// <summary>A PIN of four digits that is not easy, for somebody who wants to be given one.</summary>
    public static string Suggest()
    {
        while (true)
        {
            var pin = System.Security.Cryptography.RandomNumberGenerator.GetInt32(10_000).ToString("D4", System.Globalization.CultureInfo.InvariantCulture);
            if (!IsEasy(pin)) return pin;
        }
    }

    /// <summary>All the same, or each digit one more or one less than the one before.</summary>
    internal static bool IsEasy(string pin)
    {
        var steps = pin.Zip(pin.Skip(1), (a, b) => b - a).Distinct().ToList();
        return steps is [0 or 1 or -1];
    }
}

/// <summary>Unlocks a PIN after too many wrong ones, without changing it.</summary>
public sealed class UnlockPin(MarketWrites writes, TimeProvider clock)
{
    /// <summary>Unlocks it; false when there is no such member in the actor's area.</summary>
    public Task<bool> ExecuteAsync(int memberId, Actor actor, string areaPath, CancellationToken ct = default) => writes.RunAsync(async db =>
    {
        var member = await db.Members.SingleOrDefaultAsync(m => m.Id == memberId && m.Area.Path.StartsWith(areaPath));
        if (member is null) return false;
        (member.PinFailures, member.PinWaitUntil, member.PinLocked) = (0, null, false);
        db.ChangeRecords.Add(new ChangeRecord { At = clock.GetUtcNow().UtcDateTime, Actor = actor.Code, Action = "member.pin-unlock", Subject = member.Code });
        await db.SaveChangesAsync();
        return true;
    }, ct);
}
