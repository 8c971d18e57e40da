using Microsoft.EntityFrameworkCore;
using PointsMarket.Data;
using PointsMarket.Ledger;

namespace PointsMarket.Accounts;

/// <summary>Somebody replaces their own password. Every other session of the account ends.</summary>
public sealed class ChangePassword(MarketWrites writes, MarketContexts contexts, TryCount tries, TimeProvider clock)
{
    /// <summary>What the change came to.</summary>
    public enum Outcome
    {
        /// <summary>Replaced.</summary>
        Changed,

        /// <summary>The present password is not right, or too many were tried.</summary>
        WrongPassword,

        /// <summary>The new one is no good (<see cref="PasswordRules"/>).</summary>
        TooWeak,

        /// <summary>The new one is the old one.</summary>
        SameAsBefore,
    }

    /// <summary>Replaces it.</summary>
    public async Task<Outcome> ExecuteAsync(int userId, string present, string wanted, CancellationToken ct = default)
    {
        if (!PasswordRules.IsGood(wanted)) return Outcome.TooWeak;
        if (!await AccountStamps.ProveAsync(contexts, tries, userId, present, ct)) return Outcome.WrongPassword;
        if (present == wanted) return Outcome.SameAsBefore;
        var hash = AccountPasswords.Hash(wanted); // outside the door
        return await writes.RunAsync(async db =>
        {
            var user = await db.Users.SingleAsync(u => u.Id == userId);
            (user.PasswordHash, user.PasswordIsOneTime, user.SecurityStamp) = (hash, false, AccountStamps.New());
            db.ChangeRecords.Add(AccountStamps.Change(clock.GetUtcNow().UtcDateTime, Actor.User(userId), "account.password-changed", userId));
            await db.SaveChangesAsync();
            return Outcome.Changed;
        }, ct);
    }
}
