using Microsoft.EntityFrameworkCore;
using PointsMarket.Data;
using PointsMarket.Ledger;

namespace PointsMarket.Accounts;

/// <summary>An administrator makes an account within their area, and gets a one-time password to hand over.</summary>
public sealed class CreateAccount(MarketWrites writes, TimeProvider clock)
{
    /// <summary>Which account.</summary>
    public sealed record Input
    {
        /// <summary>What they sign in with.</summary>
        public required string UserName { get; init; }

        /// <summary>What it is to be.</summary>
        public required AccountSpec Spec { get; init; }

        /// <summary>Who makes it.</summary>
        public required Actor Actor { get; init; }

        /// <summary>The path of the area the actor may act in.</summary>
        public required string AreaPath { get; init; }
    }

    /// <summary>Makes it.</summary>
    public async Task<AccountOutcome> ExecuteAsync(Input input, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(input);
        if (!AccountNames.IsGood(input.UserName)) return new AccountOutcome.Refused(AccountRefusal.BadUserName);
        var password = AccountPasswords.NewOneTime();
        var hash = AccountPasswords.Hash(password); // outside the door
        return await writes.RunAsync(async db =>
        {
            if (await db.Users.AnyAsync(u => u.UserName == input.UserName)) return (AccountOutcome)new AccountOutcome.Refused(AccountRefusal.NameTaken);
            var now = clock.GetUtcNow().UtcDateTime;
            var user = NewAccount.Of(input.UserName, input.Spec.DisplayName, hash, now);
            user.PasswordIsOneTime = true;
            if (await AccountScope.FillAsync(db, user, input.Spec, input.AreaPath) is { } refusal) return new AccountOutcome.Refused(refusal);
            db.Users.Add(user);
            await db.SaveChangesAsync();
            await AccountScope.SetRolesAsync(db, user.Id, input.Spec.Roles);
            db.ChangeRecords.Add(AccountStamps.Change(now, input.Actor, "account.created", user.Id, string.Join(", ", input.Spec.Roles)));
            await db.SaveChangesAsync();
            return new AccountOutcome.Done(user.Id, password);
        }, ct);
    }
}
