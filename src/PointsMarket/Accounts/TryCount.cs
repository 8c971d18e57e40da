using Microsoft.EntityFrameworkCore;
using PointsMarket.Data;

namespace PointsMarket.Accounts;

/// <summary>
/// Counts tries at an account's password and codes in the database, each before it is even looked at, so that a hundred at once
/// are a hundred tries. After <see cref="LockAfter"/> the account rests for <see cref="Rest"/>.
/// </summary>
public sealed class TryCount(MarketWrites writes, TimeProvider clock)
{
    /// <summary>Tries after which the account rests.</summary>
    public const int LockAfter = 5;

    /// <summary>How long it rests.</summary>
    public static readonly TimeSpan Rest = TimeSpan.FromMinutes(15);

    /// <summary>The lock an administrator sets has no end.</summary>
    public static readonly DateTimeOffset Forever = new(9999, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Whether an account with this end of its lock is locked until somebody unlocks it.</summary>
    public static bool IsForever(DateTimeOffset? lockoutEnd) => lockoutEnd >= Forever;

    /// <summary>Counts one; the end of the lock when the account rests, null when the try may go on.</summary>
    internal Task<DateTimeOffset?> CountAsync(int userId, CancellationToken ct) => writes.RunAsync(async db =>
    {
        var now = clock.GetUtcNow();
        while (true)
        {
            var user = await db.Users.AsNoTracking().Where(u => u.Id == userId).Select(u => new { u.AccessFailedCount, u.LockoutEnd }).SingleAsync();
            if (user.LockoutEnd > now) return user.LockoutEnd;
            var failures = user.AccessFailedCount + 1;
            var end = failures >= LockAfter ? now + Rest : user.LockoutEnd;
            var counted = await db.Users.Where(u => u.Id == userId && u.AccessFailedCount == user.AccessFailedCount)
                .ExecuteUpdateAsync(s => s.SetProperty(u => u.AccessFailedCount, failures % LockAfter).SetProperty(u => u.LockoutEnd, end), CancellationToken.None);
            if (counted == 1) return (DateTimeOffset?)null;
            // Another try was counted between the two statements (server databases only): look again.
        }
    }, ct);

    /// <summary>Forgets the tries: this one was right. Never lifts a lock that an administrator set meanwhile.</summary>
    internal Task ForgetAsync(int userId) => writes.RunAsync(db => db.Users.Where(u => u.Id == userId && (u.LockoutEnd == null || u.LockoutEnd != Forever))
        .ExecuteUpdateAsync(s => s.SetProperty(u => u.AccessFailedCount, 0).SetProperty(u => u.LockoutEnd, (DateTimeOffset?)null)), CancellationToken.None);
}
