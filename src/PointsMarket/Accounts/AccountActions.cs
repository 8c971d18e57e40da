using Microsoft.EntityFrameworkCore;
using PointsMarket.Data;
using PointsMarket.Ledger;

namespace PointsMarket.Accounts;

/// <summary>Which account of whom: the input of what an administrator does to one account.</summary>
public sealed record AccountAction
{
    /// <summary>The account.</summary>
    public required int UserId { get; init; }

    /// <summary>Who does it.</summary>
    public required Actor Actor { get; init; }

    /// <summary>The path of the area the actor may act in.</summary>
    public required string AreaPath { get; init; }

    /// <summary>Finds the account, does something to it, ends its sessions and records it.</summary>
    internal async Task<AccountOutcome> OnAsync(MarketDb db, DateTime now, string action, Action<AppUser> change)
    {
        var user = await AccountScope.Within(db, AreaPath).SingleOrDefaultAsync(u => u.Id == UserId);
        if (user is null) return new AccountOutcome.Refused(AccountRefusal.NoSuchAccount);
        change(user);
        (user.SecurityStamp, user.ConcurrencyStamp) = (AccountStamps.New(), AccountStamps.New());
        db.ChangeRecords.Add(AccountStamps.Change(now, Actor, action, user.Id));
        await db.SaveChangesAsync();
        return new AccountOutcome.Done(user.Id);
    }
}

/// <summary>Gives an account a new one-time password and lifts the rest after wrong tries.</summary>
public sealed class ResetPassword(MarketWrites writes, TimeProvider clock)
{
    /// <summary>Does it; the outcome carries the password, once.</summary>
    public async Task<AccountOutcome> ExecuteAsync(AccountAction input, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(input);
        var password = AccountPasswords.NewOneTime();
        var hash = AccountPasswords.Hash(password); // outside the door
        var outcome = await writes.RunAsync(db => input.OnAsync(db, clock.GetUtcNow().UtcDateTime, "account.password-reset", u =>
        {
            (u.PasswordHash, u.PasswordIsOneTime, u.AccessFailedCount) = (hash, true, 0);
            if (!TryCount.IsForever(u.LockoutEnd)) u.LockoutEnd = null;
        }), ct);
        return outcome is AccountOutcome.Done done ? done with { OneTimePassword = password } : outcome;
    }
}

/// <summary>Takes an account's two-step sign-in away: the phone is lost and the recovery codes too. Staff set it up anew.</summary>
public sealed class ResetTwoStep(MarketWrites writes, TimeProvider clock)
{
    /// <summary>Does it.</summary>
    public Task<AccountOutcome> ExecuteAsync(AccountAction input, CancellationToken ct = default) => writes.RunAsync(async db =>
    {
        ArgumentNullException.ThrowIfNull(input);
        var outcome = await input.OnAsync(db, clock.GetUtcNow().UtcDateTime, "account.two-step-reset", u => u.TwoFactorEnabled = false);
        if (outcome is AccountOutcome.Done) await TwoStepStore.ClearAsync(db, input.UserId);
        return outcome;
    }, ct);
}

/// <summary>Locks an account until somebody unlocks it; its sessions end within a minute.</summary>
public sealed class LockAccount(MarketWrites writes, TimeProvider clock)
{
    /// <summary>Does it; not to oneself, and never to the last administrator.</summary>
    public Task<AccountOutcome> ExecuteAsync(AccountAction input, CancellationToken ct = default) => writes.RunAsync(async db =>
    {
        ArgumentNullException.ThrowIfNull(input);
        if (input.Actor == Actor.User(input.UserId)) return new AccountOutcome.Refused(AccountRefusal.Yourself);
        await AccountStamps.TakeTurnAsync(db);
        var outcome = await input.OnAsync(db, clock.GetUtcNow().UtcDateTime, "account.locked", u => (u.LockoutEnabled, u.LockoutEnd) = (true, TryCount.Forever));
        return outcome is AccountOutcome.Done && !await AccountStamps.Administrators(db).AnyAsync()
            ? db.RollBack<AccountOutcome>(new AccountOutcome.Refused(AccountRefusal.LastAdministrator))
            : outcome;
    }, ct);
}

/// <summary>Unlocks an account, whoever or whatever locked it.</summary>
public sealed class UnlockAccount(MarketWrites writes, TimeProvider clock)
{
    /// <summary>Does it.</summary>
    public Task<AccountOutcome> ExecuteAsync(AccountAction input, CancellationToken ct = default) => writes.RunAsync(db =>
    {
        ArgumentNullException.ThrowIfNull(input);
        return input.OnAsync(db, clock.GetUtcNow().UtcDateTime, "account.unlocked", u => (u.LockoutEnd, u.AccessFailedCount) = (null, 0));
    }, ct);
}
