using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using PointsMarket.Data;
using PointsMarket.Ledger;

namespace PointsMarket.Accounts;

/// <summary>Makes the first administrator, while there is none: for the first-run page and for <c>admin create</c>.</summary>
public sealed class CreateFirstAdministrator(MarketWrites writes, MarketContexts contexts, TimeProvider clock)
{
    /// <summary>What it came to.</summary>
    public enum Outcome
    {
        /// <summary>Made.</summary>
        Created,

        /// <summary>There is an administrator; he or she makes the others.</summary>
        NotTheFirst,

        /// <summary>The user name is no good (<see cref="AccountNames"/>).</summary>
        BadUserName,

        /// <summary>Another account has the user name.</summary>
        NameTaken,

        /// <summary>The password is no good (<see cref="PasswordRules"/>).</summary>
        TooWeak,
    }

    /// <summary>Who it is.</summary>
    public sealed record Input
    {
        /// <summary>What they sign in with.</summary>
        public required string UserName { get; init; }

        /// <summary>The name on screen, 1–60 characters.</summary>
        public required string DisplayName { get; init; }

        /// <summary>The password.</summary>
        public required string Password { get; init; }
    }

    /// <summary>True while nobody is an administrator, locked ones included.</summary>
    public async Task<bool> IsOpenAsync(CancellationToken ct = default)
    {
        await using var db = contexts.Read();
        return !await AnyAsync(db, ct);
    }

    /// <summary>Makes it. Of two that ask at once, one is refused.</summary>
    public async Task<Outcome> ExecuteAsync(Input input, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(input);
        if (!AccountNames.IsGood(input.UserName)) return Outcome.BadUserName;
        if (!PasswordRules.IsGood(input.Password)) return Outcome.TooWeak;
        var hash = AccountPasswords.Hash(input.Password); // outside the door
        return await writes.RunAsync(async db =>
        {
            await AccountStamps.TakeTurnAsync(db);
            if (await AnyAsync(db, CancellationToken.None)) return Outcome.NotTheFirst;
            if (await db.Users.AnyAsync(u => u.UserName == input.UserName)) return Outcome.NameTaken;
            var now = clock.GetUtcNow().UtcDateTime;
            var user = db.Users.Add(NewAccount.Of(input.UserName, input.DisplayName, hash, now)).Entity;
            await db.SaveChangesAsync();
            db.UserRoles.Add(new IdentityUserRole<int> { UserId = user.Id, RoleId = await db.Roles.Where(r => r.Name == Roles.Administrator).Select(r => r.Id).SingleAsync() });
            db.ChangeRecords.Add(AccountStamps.Change(now, Actor.System("setup"), "account.created", user.Id, Roles.Administrator));
            await db.SaveChangesAsync();
            return Outcome.Created;
        }, ct);
    }

    private static Task<bool> AnyAsync(MarketDb db, CancellationToken ct) =>
        db.UserRoles.AnyAsync(r => db.Roles.Any(x => x.Id == r.RoleId && x.Name == Roles.Administrator), ct);
}

/// <summary>A new row of an account, with the fields that Identity would have set.</summary>
internal static class NewAccount
{
    public static AppUser Of(string userName, string displayName, string hash, DateTime now) => new()
    {
        UserName = userName, NormalizedUserName = userName.ToUpperInvariant(), DisplayName = displayName, PasswordHash = hash,
        SecurityStamp = AccountStamps.New(), ConcurrencyStamp = AccountStamps.New(), LockoutEnabled = true, CreatedAt = now,
    };
}
