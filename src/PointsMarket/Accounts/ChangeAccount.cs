using Microsoft.EntityFrameworkCore;
using PointsMarket.Data;
using PointsMarket.Ledger;

namespace PointsMarket.Accounts;

/// <summary>An administrator changes what an account is. What it may do changes within a minute, also where it is signed in.</summary>
public sealed class ChangeAccount(MarketWrites writes, TimeProvider clock)
{
    /// <summary>Which account.</summary>
    public sealed record Input
    {
        /// <summary>The account.</summary>
        public required int UserId { get; init; }

        /// <summary>What it is to be.</summary>
        public required AccountSpec Spec { get; init; }

        /// <summary>Who changes it.</summary>
        public required Actor Actor { get; init; }

        /// <summary>The path of the area the actor may act in.</summary>
        public required string AreaPath { get; init; }
    }

    /// <summary>Changes it.</summary>
    public Task<AccountOutcome> ExecuteAsync(Input input, CancellationToken ct = default) => writes.RunAsync(async db =>
    {
        ArgumentNullException.ThrowIfNull(input);
        await AccountStamps.TakeTurnAsync(db);
        var user = await AccountScope.Within(db, input.AreaPath).SingleOrDefaultAsync(u => u.Id == input.UserId);
        if (user is null) return db.RollBack<AccountOutcome>(new AccountOutcome.Refused(AccountRefusal.NoSuchAccount));
        var before = await WordsAsync(db, user.Id);
        if (await AccountScope.FillAsync(db, user, input.Spec, input.AreaPath) is { } refusal) return db.RollBack<AccountOutcome>(new AccountOutcome.Refused(refusal));
        await AccountScope.SetRolesAsync(db, user.Id, input.Spec.Roles);
        (user.SecurityStamp, user.ConcurrencyStamp) = (AccountStamps.New(), AccountStamps.New());
        await db.SaveChangesAsync();
        if (!await AccountStamps.Administrators(db).AnyAsync()) return db.RollBack<AccountOutcome>(new AccountOutcome.Refused(AccountRefusal.LastAdministrator));
        var after = await WordsAsync(db, user.Id);
        db.ChangeRecords.Add(AccountStamps.Change(clock.GetUtcNow().UtcDateTime, input.Actor, "account.changed", user.Id, before == after ? null : $"{before} → {after}"));
        await db.SaveChangesAsync();
        return new AccountOutcome.Done(user.Id);
    }, ct);

    private static async Task<string> WordsAsync(MarketDb db, int userId)
    {
        var roles = await db.UserRoles.Where(r => r.UserId == userId).Join(db.Roles, r => r.RoleId, r => r.Id, (_, r) => r.Name!).Order().ToListAsync();
        var area = await db.Users.Where(u => u.Id == userId).Select(u => u.Area!.Code).SingleAsync();
        return $"{string.Join(", ", roles)} @ {area ?? "-"}";
    }
}
