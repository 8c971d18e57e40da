using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using PointsMarket.Data;
using PointsMarket.Ledger;

namespace PointsMarket.Accounts;

/// <summary>Where an account's two-step key and recovery codes are kept: Identity's token table, under Identity's names.</summary>
internal static class TwoStepStore
{
    public const string Provider = "[AspNetUserStore]", Key = "AuthenticatorKey", Recovery = "RecoveryCodes";

    public static Task<string?> ReadAsync(MarketDb db, int userId, string name) => db.UserTokens.AsNoTracking()
        .Where(t => t.UserId == userId && t.LoginProvider == Provider && t.Name == name).Select(t => t.Value).SingleOrDefaultAsync();

    public static async Task WriteAsync(MarketDb db, int userId, string name, string value)
    {
        var token = await db.UserTokens.SingleOrDefaultAsync(t => t.UserId == userId && t.LoginProvider == Provider && t.Name == name)
            ?? db.UserTokens.Add(new IdentityUserToken<int> { UserId = userId, LoginProvider = Provider, Name = name }).Entity;
        token.Value = value;
    }

    public static Task ClearAsync(MarketDb db, int userId) => db.UserTokens.Where(t => t.UserId == userId && t.LoginProvider == Provider).ExecuteDeleteAsync();

    /// <summary>Recovery codes are random enough (50 bits, behind a count of tries) for a plain hash.</summary>
    public static string HashOf(string code) => Convert.ToHexString(SHA256.HashData(Encoding.ASCII.GetBytes(code.Replace("-", "", StringComparison.Ordinal).ToUpperInvariant())));
}

/// <summary>The key an authenticator app is to be given; the same until it is used, so that a reload does not change it.</summary>
public sealed class OfferTwoStep(MarketWrites writes)
{
    /// <summary>The key, or null when two-step sign-in is on already.</summary>
    public Task<string?> ExecuteAsync(int userId, CancellationToken ct = default) => writes.RunAsync(async db =>
    {
        if (await db.Users.AnyAsync(u => u.Id == userId && u.TwoFactorEnabled)) return null;
        if (await TwoStepStore.ReadAsync(db, userId, TwoStepStore.Key) is { } offered) return offered;
        var key = Totp.NewKey();
        await TwoStepStore.WriteAsync(db, userId, TwoStepStore.Key, key);
        await db.SaveChangesAsync();
        return key;
    }, ct);
}

/// <summary>Turns two-step sign-in on, once a code proves that the app has the key. Every session of the account ends.</summary>
public sealed class TurnOnTwoStep(MarketWrites writes, TimeProvider clock)
{
    private const int Codes = 10;

    /// <summary>The recovery codes, shown once and kept only as hashes; null when the code is not right or it is on already.</summary>
    public Task<IReadOnlyList<string>?> ExecuteAsync(int userId, string code, CancellationToken ct = default)
    {
        IReadOnlyList<string> codes = [.. Enumerable.Range(0, Codes).Select(_ => RandomNumberGenerator.GetString("ABCDEFGHJKLMNPQRSTUVWXYZ23456789", 10)).Select(c => $"{c[..5]}-{c[5..]}")];
        return writes.RunAsync(async db =>
        {
            var now = clock.GetUtcNow().UtcDateTime;
            var user = await db.Users.SingleAsync(u => u.Id == userId);
            var key = await TwoStepStore.ReadAsync(db, userId, TwoStepStore.Key);
            if (user.TwoFactorEnabled || key is null || Totp.StepOf(key, code, now) is not { } step) return null;
            (user.TwoFactorEnabled, user.TwoStepUsed, user.SecurityStamp) = (true, step, AccountStamps.New());
            await TwoStepStore.WriteAsync(db, userId, TwoStepStore.Recovery, string.Join(';', codes.Select(TwoStepStore.HashOf)));
            db.ChangeRecords.Add(AccountStamps.Change(now, Actor.User(userId), "account.two-step-on", userId));
            await db.SaveChangesAsync();
            return codes;
        }, ct);
    }
}

/// <summary>Turns one's own two-step sign-in off; asks for the password, since a desk may be left open.</summary>
public sealed class TurnOffTwoStep(MarketWrites writes, MarketContexts contexts, TryCount tries, TimeProvider clock)
{
    /// <summary>False when the password is wrong or the account rests after too many tries.</summary>
    public async Task<bool> ExecuteAsync(int userId, string password, CancellationToken ct = default)
    {
        if (!await AccountStamps.ProveAsync(contexts, tries, userId, password, ct)) return false;
        return await writes.RunAsync(async db =>
        {
            var user = await db.Users.SingleAsync(u => u.Id == userId);
            (user.TwoFactorEnabled, user.SecurityStamp) = (false, AccountStamps.New());
            await TwoStepStore.ClearAsync(db, userId);
            db.ChangeRecords.Add(AccountStamps.Change(clock.GetUtcNow().UtcDateTime, Actor.User(userId), "account.two-step-off", userId));
            await db.SaveChangesAsync();
            return true;
        }, ct);
    }
}

/// <summary>The second step of signing in: a code of the app, or a recovery code, which is then used up.</summary>
public sealed class CheckTwoStep(MarketWrites writes, MarketContexts contexts, TryCount tries, TimeProvider clock)
{
    /// <summary>What the check came to.</summary>
    public abstract record Outcome
    {
        /// <summary>Right; with how many recovery codes are left when one was used, else null.</summary>
        public sealed record Right(int? RecoveryCodesLeft) : Outcome;

        /// <summary>Wrong, or used before.</summary>
        public sealed record Wrong : Outcome;

        /// <summary>Too many tries.</summary>
        public sealed record Locked(DateTimeOffset Until) : Outcome;
    }

    /// <summary>Checks it.</summary>
    public async Task<Outcome> ExecuteAsync(int userId, string code, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(code);
        if (await tries.CountAsync(userId, ct) is { } until) return new Outcome.Locked(until);
        var typed = code.Replace(" ", "", StringComparison.Ordinal);
        await using var db = contexts.Read();
        var key = await TwoStepStore.ReadAsync(db, userId, TwoStepStore.Key);
        var outcome = key is not null && typed.Length == 6 && Totp.StepOf(key, typed, clock.GetUtcNow().UtcDateTime) is { } step
            ? await TakeStepAsync(userId, step, ct)
            : await TakeRecoveryAsync(userId, TwoStepStore.HashOf(typed), ct);
        if (outcome is Outcome.Right) await tries.ForgetAsync(userId);
        return outcome;
    }

    private Task<Outcome> TakeStepAsync(int userId, long step, CancellationToken ct) => writes.RunAsync(async db =>
        await db.Users.Where(u => u.Id == userId && u.TwoStepUsed < step).ExecuteUpdateAsync(s => s.SetProperty(u => u.TwoStepUsed, step), CancellationToken.None) == 1
            ? (Outcome)new Outcome.Right(null)
            : new Outcome.Wrong(), ct);

    private Task<Outcome> TakeRecoveryAsync(int userId, string hash, CancellationToken ct) => writes.RunAsync(async db =>
    {
        var stored = await TwoStepStore.ReadAsync(db, userId, TwoStepStore.Recovery);
        var left = (stored ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries).ToList();
        if (!left.Remove(hash)) return (Outcome)new Outcome.Wrong();
        var kept = string.Join(';', left);
        var taken = await db.UserTokens.Where(t => t.UserId == userId && t.LoginProvider == TwoStepStore.Provider && t.Name == TwoStepStore.Recovery && t.Value == stored)
            .ExecuteUpdateAsync(s => s.SetProperty(t => t.Value, kept), CancellationToken.None);
        return taken == 1 ? new Outcome.Right(left.Count) : new Outcome.Wrong();
    }, ct);
}
