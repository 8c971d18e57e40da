using Microsoft.EntityFrameworkCore;

namespace PointsMarket.Data;

/// <summary>Operations that look whether a code is free and then take it.</summary>
internal static class Turns
{
    /// <summary>
    /// Lets those that give out codes through one at a time, so that the second finds the first's code taken instead of hitting
    /// the unique key. SQLite's door does that anyway; on the servers the first book's row, touched but not changed, is the lock.
    /// </summary>
    public static Task<int> TakeTurnAsync(this MarketDb db) =>
        db.LedgerBooks.Where(b => b.Id == db.LedgerBooks.Min(x => x.Id)).ExecuteUpdateAsync(s => s.SetProperty(b => b.Accounts, b => b.Accounts));

    /// <summary>Notes who did what; saved with the operation.</summary>
    public static void Note(this MarketDb db, DateTime at, Ledger.Actor actor, string action, string subject, string? detail = null) =>
        db.ChangeRecords.Add(new ChangeRecord { At = at, Actor = actor.Code, Action = action, Subject = subject, Detail = detail is { Length: > 500 } ? detail[..500] : detail });
}
