using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using PointsMarket.Areas;
using PointsMarket.Data;
using PointsMarket.Ledger;
using PointsMarket.Web.Reports;
using PointsMarket.Web.Shared;
using PointsMarket.Web.Text;

namespace PointsMarket.Web.Me;

/// <summary>Every change of a member's points with its cause in words, newest first, straight from the ledger's entries.</summary>
public sealed class PointsHistory(MarketDb db, CategoryWords categories, IStringLocalizer<Texts> texts)
{
    /// <summary>An entry and its transaction.</summary>
    public sealed record Entry
    {
        public required long Version { get; init; }

        public required long Amount { get; init; }

        public required DateTime HappenedAt { get; init; }

        public required string Kind { get; init; }

        public required string Subject { get; init; }

        public required string? Reason { get; init; }
    }

    /// <summary>One change: when it happened (UTC), how much, what was there afterwards, and why.</summary>
    public sealed record Change(DateTime HappenedAt, long Amount, long BalanceAfter, string Cause, string Detail);

    /// <summary>The entries of an account, newest first: by when it happened, and as posted where that is the same.</summary>
    /// <param name="account">Whose.</param>
    /// <param name="month">A day of the only month wanted; null for all.</param>
    public IQueryable<Entry> Entries(MemberAccount account, DateOnly? month = null)
    {
        ArgumentNullException.ThrowIfNull(account);
        var entries =
            from e in db.LedgerEntries
            join t in db.LedgerTransactions on new { e.BookId, e.Sequence } equals new { t.BookId, t.Sequence }
            where e.BookId == account.BookId && e.Account == account.Account
            orderby t.HappenedAt descending, e.Version descending
            select new Entry { Version = e.Version, Amount = e.Amount, HappenedAt = t.HappenedAt, Kind = t.Kind, Subject = t.Subject, Reason = t.Reason };
        if (month is not { } day) return entries;
        var (from, to) = StationTime.Month(day);
        return entries.Where(e => e.HappenedAt >= from && e.HappenedAt < to);
    }

    /// <summary>The stations' months in which anything changed, newest first, as their first days.</summary>
    public async Task<IReadOnlyList<DateOnly>> MonthsAsync(MemberAccount account, CancellationToken ct)
    {
        var days = await Entries(account).Select(e => e.HappenedAt).ToListAsync(ct);
        return [.. days.Select(StationTime.Day).Select(d => new DateOnly(d.Year, d.Month, 1)).Distinct().OrderDescending()];
    }

    /// <summary>Puts a page of <see cref="Entries"/> into words, with the balance after each.</summary>
    public async Task<IReadOnlyList<Change>> InWordsAsync(MemberAccount account, IReadOnlyList<Entry> page, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(account);
        ArgumentNullException.ThrowIfNull(page);
        if (page.Count == 0) return [];
        var first = page[0];
        var later = await Entries(account)
            .Where(e => e.HappenedAt > first.HappenedAt || (e.HappenedAt == first.HappenedAt && e.Version > first.Version)).SumAsync(e => e.Amount, ct);
        var causes = await CausesAsync(account, page, ct);
        var balance = account.Balance - later;
        var changes = new List<Change>(page.Count);
        foreach (var entry in page)
        {
            var (cause, detail) = Words(entry, causes);
            changes.Add(new Change(entry.HappenedAt, entry.Amount, balance, cause, detail));
            balance -= entry.Amount;
        }

        return changes;
    }

    private sealed record Causes(Dictionary<string, string> Reports, Dictionary<string, string> Cases, Dictionary<string, string> Goods);

    private async Task<Causes> CausesAsync(MemberAccount account, IReadOnlyList<Entry> page, CancellationToken ct)
    {
        List<string> Subjects(params string[] kinds) => [.. page.Where(e => kinds.Contains(e.Kind)).Select(e => e.Subject).Distinct()];
        var reports = Subjects(TransactionKinds.TaskReward, TransactionKinds.Reversal);
        var cases = Subjects(TransactionKinds.CaseReward, TransactionKinds.Reversal);
        var redemptions = Subjects(TransactionKinds.Hold, TransactionKinds.HandOver, TransactionKinds.Release, TransactionKinds.Return);
        var goods = await db.Redemptions.Where(r => r.MemberId == account.MemberId && redemptions.Contains(r.Reference))
            .Select(r => new { r.Reference, Lines = r.Lines.Select(l => new { l.Goods.NameZh, l.Goods.NameEn, l.Quantity }).ToList() }).ToListAsync(ct);
        return new Causes(
            await db.TaskReports.Where(r => r.MemberId == account.MemberId && reports.Contains(r.Reference)).ToDictionaryAsync(r => r.Reference, r => r.Category, ct),
            await db.Cases.Where(c => cases.Contains(c.Number) && c.Area.BookId == account.BookId).ToDictionaryAsync(c => c.Number, c => c.Title, ct),
            goods.ToDictionary(r => r.Reference, r => string.Join(texts["Kiosk.Slip.And"], r.Lines.Select(l => $"{GoodsNames.Shown(l.NameZh, l.NameEn)} × {l.Quantity}"))));
    }

    private (string Cause, string Detail) Words(Entry entry, Causes causes)
    {
        var goods = causes.Goods.GetValueOrDefault(entry.Subject, "");
        return entry.Kind switch
        {
            TransactionKinds.TaskReward => (Category(entry.Subject, causes), texts["Me.Cause.Report", entry.Subject]),
            TransactionKinds.CaseReward => (texts["Me.Cause.Case"], texts["Me.Cause.CaseNumber", entry.Subject, causes.Cases.GetValueOrDefault(entry.Subject, "")]),
            TransactionKinds.Hold or TransactionKinds.HandOver => (texts["Me.Cause.Redeemed", goods], texts["Me.Cause.Slip", entry.Subject]),
            TransactionKinds.Release => (texts["Me.Cause.Released", goods], Why(texts["Me.Cause.Slip", entry.Subject], entry.Reason)),
            TransactionKinds.Return => (texts["Me.Cause.Returned", goods], Why(texts["Me.Cause.Slip", entry.Subject], entry.Reason)),
            TransactionKinds.Reversal => (texts["Me.Cause.Reversed", Reversed(entry.Subject, causes)], Why(entry.Subject, entry.Reason)),
            _ => (texts["Me.Cause.Other"], Why(texts["Me.Cause.Recorded"], entry.Reason)),
        };
    }

    private string Category(string report, Causes causes) =>
        causes.Reports.TryGetValue(report, out var category) ? categories.Name(category) : texts["Me.Cause.Task"].Value;

    private string Reversed(string subject, Causes causes) => causes.Cases.ContainsKey(subject) ? texts["Me.Cause.Case"] : Category(subject, causes);

    private static string Why(string what, string? reason) => reason is null ? what : $"{what} · {reason}";
}
