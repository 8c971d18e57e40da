using Microsoft.EntityFrameworkCore;
using PointsMarket.Data;
using PointsMarket.Ledger;

namespace PointsMarket.Web.Shared;

/// <summary>One entry of one account, with what the account held after it.</summary>
public sealed record AccountEntry(long Sequence, string Kind, string Subject, DateTime HappenedAt, string Actor, string? Reason, long Amount, long After);

/// <summary>An account's entries, newest first, for a page that shows what happened to a member or an article.</summary>
public sealed class AccountJournal(MarketDb db)
{
    /// <summary>How many entries the account has; 0 when nothing was ever posted to it.</summary>
    public async Task<int> CountAsync(int bookId, AccountCode code, Asset asset, CancellationToken ct = default) =>
        (int)await db.LedgerAccounts.Where(a => a.BookId == bookId && a.Code == code.Value && a.Asset == asset.Code).Select(a => a.Version).SingleOrDefaultAsync(ct);

    /// <summary>Some of them. The balance after each is counted back from the account's, so that a page reads only what it shows.</summary>
    public async Task<IReadOnlyList<AccountEntry>> ReadAsync(int bookId, AccountCode code, Asset asset, int skip, int take, CancellationToken ct = default)
    {
        var account = await db.LedgerAccounts.AsNoTracking().SingleOrDefaultAsync(a => a.BookId == bookId && a.Code == code.Value && a.Asset == asset.Code, ct);
        if (account is null) return [];
        var newest = account.Version - skip;
        var newer = await db.LedgerEntries.Where(e => e.BookId == bookId && e.Account == account.Number && e.Version > newest && e.Version <= account.Version).SumAsync(e => e.Amount, ct);
        var rows = await (
            from e in db.LedgerEntries
            join t in db.LedgerTransactions on new { e.BookId, e.Sequence } equals new { t.BookId, t.Sequence }
            where e.BookId == bookId && e.Account == account.Number && e.Version <= newest && e.Version > newest - take
            orderby e.Version descending
            select new { t.Sequence, t.Kind, t.Subject, t.HappenedAt, t.Actor, t.Reason, e.Amount }).ToListAsync(ct);
        var after = account.Balance - newer;
        var entries = new List<AccountEntry>(rows.Count);
        foreach (var r in rows)
        {
            entries.Add(new AccountEntry(r.Sequence, r.Kind, r.Subject, r.HappenedAt, r.Actor, r.Reason, r.Amount, after));
            after -= r.Amount;
        }
        return entries;
    }
}

/// <summary>Model of the <c>_Entries</c> partial.</summary>
/// <param name="Rows">What is shown.</param>
/// <param name="Names">Who did it, from <see cref="Actors"/>.</param>
/// <param name="Caption">Key of what the table is.</param>
public sealed record Entries(IReadOnlyList<AccountEntry> Rows, IReadOnlyDictionary<string, string> Names, string Caption);
