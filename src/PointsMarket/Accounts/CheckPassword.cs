using Microsoft.EntityFrameworkCore;
using PointsMarket.Data;

namespace PointsMarket.Accounts;

/// <summary>
/// The first step of signing in: user name or member number, and password. An account that does not exist behaves in every way
/// like one that does, resting after too many tries included, so that nobody can ask which there are.
/// </summary>
public sealed class CheckPassword(MarketContexts contexts, TryCount tries, TimeProvider clock)
{
    private const int MostNames = 10_000;

    private readonly Dictionary<string, (int Tries, DateTimeOffset Until)> unknown = new(StringComparer.Ordinal);

    /// <summary>What the check came to.</summary>
    public abstract record Outcome
    {
        /// <summary>Right; who it is, and whether a second step is due.</summary>
        public sealed record Right(int UserId, bool TwoStep) : Outcome;

        /// <summary>No such account, or not its password.</summary>
        public sealed record Wrong : Outcome;

        /// <summary>Too many tries: it rests until then. <see cref="TryCount.IsForever"/> when an administrator locked it.</summary>
        public sealed record Locked(DateTimeOffset Until) : Outcome;
    }

    /// <summary>Checks it.</summary>
    public async Task<Outcome> ExecuteAsync(string name, string password, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(name);
        var normalized = name.Normalize().ToUpperInvariant();
        await using var db = contexts.Read();
        var user = await db.Users.AsNoTracking().Where(u => u.NormalizedUserName == normalized || u.Member!.Number == name)
            .Select(u => new { u.Id, u.PasswordHash, u.TwoFactorEnabled }).FirstOrDefaultAsync(ct);
        var lockedUntil = user is null ? CountUnknown(normalized) : await tries.CountAsync(user.Id, ct);
        if (lockedUntil is { } until) return new Outcome.Locked(until);
        if (!AccountPasswords.Matches(user?.PasswordHash, password)) return new Outcome.Wrong();
        if (!user!.TwoFactorEnabled) await tries.ForgetAsync(user.Id); // else only the second step proves who it was
        return new Outcome.Right(user.Id, user.TwoFactorEnabled);
    }

    // In memory and forgotten when it grows: an unknown name protects nothing, it only must not look different.
    private DateTimeOffset? CountUnknown(string name)
    {
        var now = clock.GetUtcNow();
        lock (unknown)
        {
            if (unknown.Count >= MostNames) unknown.Clear();
            var (count, until) = unknown.GetValueOrDefault(name);
            if (until > now) return until;
            unknown[name] = ++count >= TryCount.LockAfter ? (0, now + TryCount.Rest) : (count, default);
            return null;
        }
    }
}
