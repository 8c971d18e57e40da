using Microsoft.EntityFrameworkCore;
using PointsMarket.Areas;
using PointsMarket.Data;
using PointsMarket.Ledger;
using PointsMarket.Settings;

namespace PointsMarket.Reconciliations;

/// <summary>A month's cover in the trend.</summary>
public sealed record CoverMonth(DateOnly Month, int ReconciliationId, Cover Cover);

/// <summary>
/// For how long what stands behind the points lasts: the goods and cards handed out in the <see cref="CoverBook.PaceDays"/> days up to
/// the month's end, at value, are the pace. <see cref="Days"/> is null when nothing was handed out.
/// </summary>
public sealed record CoverPace(long HandedOutFen, long AssetsFen)
{
    /// <summary>Whole days, cut.</summary>
    public long? Days => HandedOutFen > 0 ? (long)((Int128)AssetsFen * CoverBook.PaceDays / HandedOutFen) : null;
}

/// <summary>Reads what stands behind the points over time, and whether new case rewards are stopped.</summary>
public static class CoverBook
{
    /// <summary>Over how many days the pace is measured.</summary>
    public const int PaceDays = 90;

    /// <summary>The newest reconciliation of each month, oldest month first, at most <paramref name="months"/> of them.</summary>
    public static async Task<IReadOnlyList<CoverMonth>> TrendAsync(MarketDb db, int book, int months, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        var newest = db.Reconciliations.Where(r => r.BookId == book).GroupBy(r => r.Month).Select(g => g.Max(r => r.Id));
        var rows = await db.Reconciliations.AsNoTracking().Where(r => newest.Contains(r.Id)).OrderByDescending(r => r.Month).Take(months).ToListAsync(ct);
        return [.. rows.OrderBy(r => r.Month).Select(r => new CoverMonth(r.Month, r.Id, r.Cover))];
    }

    /// <summary>The pace up to the end of a reconciled month.</summary>
    public static async Task<CoverPace> PaceAsync(MarketDb db, Reconciliation run, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(run);
        var end = StationTime.Month(run.Month).To;
        var start = end.AddDays(-PaceDays);
        var gone = await (
            from t in db.LedgerTransactions
            join e in db.LedgerEntries on new { t.BookId, t.Sequence } equals new { e.BookId, e.Sequence }
            join a in db.LedgerAccounts on new { e.BookId, Number = e.Account } equals new { a.BookId, a.Number }
            where t.BookId == run.BookId && t.HappenedAt >= start && t.HappenedAt < end && a.Code == "handed-out"
            group e.Amount by a.Asset into g
            select new { Asset = g.Key, Sum = g.Sum() }).ToListAsync(ct);
        var values = await db.Goods.ToDictionaryAsync(g => g.Sku, g => g.ValueFen, StringComparer.Ordinal, ct);
        return new CoverPace(gone.Sum(g => checked(g.Sum * values.GetValueOrDefault(Asset.Parse(g.Asset).Sku))), run.Cover.AssetsFen);
    }

    /// <summary>
    /// The reconciliation whose cover stops new case rewards today; null when none does: the newest month's cover is not under the
    /// stop, or somebody overrode it for this month.
    /// </summary>
    public static async Task<Reconciliation?> StopAsync(MarketDb db, int book, DateOnly today, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        var last = await db.Reconciliations.AsNoTracking().Where(r => r.BookId == book).OrderByDescending(r => r.Month).ThenByDescending(r => r.Id).FirstOrDefaultAsync(ct);
        if (last?.Cover.Ratio is not { } ratio || ratio >= (await LimitsAsync(db, today, ct)).Stop) return null;
        var month = new DateOnly(today.Year, today.Month, 1);
        return await db.CoverOverrides.AnyAsync(o => o.BookId == book && o.Month == month, ct) ? null : last;
    }

    /// <summary>Under which a cover warns, and under which it stops new case rewards, on a station day: in hundredths of a per cent.</summary>
    public static async Task<(long Warn, long Stop)> LimitsAsync(MarketDb db, DateOnly day, CancellationToken ct = default)
    {
        var limits = await SettingBook.ValuesAsync(db, [SettingList.CoverWarnBelow, SettingList.CoverStopBelow], day, ct);
        return (limits[SettingList.CoverWarnBelow] * 100, limits[SettingList.CoverStopBelow] * 100);
    }
}

/// <summary>Lets new case rewards go on for this month although the cover is under the stop; on record.</summary>
public sealed class OverrideCoverStop(MarketWrites writes, TimeProvider clock)
{
    /// <summary>Why, and who.</summary>
    public sealed record Input
    {
        /// <summary>Why, in 1 to 500 characters.</summary>
        public required string Reason { get; init; }

        /// <summary>Who does it; the caller has asked for their right to.</summary>
        public required Actor Actor { get; init; }

        /// <summary>The path of the area the actor may act in: the station's own.</summary>
        public required string AreaPath { get; init; }
    }

    /// <summary>What came of it.</summary>
    public enum Outcome
    {
        /// <summary>Rewards go on until the month ends.</summary>
        Done,

        /// <summary>Nothing is stopped.</summary>
        NothingStopped,

        /// <summary>The actor's area is not the whole station.</summary>
        NotTheStation,

        /// <summary>No words, or too many.</summary>
        BadWords,
    }

    /// <summary>Overrides it.</summary>
    public Task<Outcome> ExecuteAsync(Input input, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(input);
        return Typed.Words(input.Reason, Closed.MostWords) is { } reason ? writes.RunAsync((db, token) => RunAsync(db, input, reason, token), ct) : Task.FromResult(Outcome.BadWords);
    }

    private async Task<Outcome> RunAsync(MarketDb db, Input input, string reason, CancellationToken ct)
    {
        await db.TakeTurnAsync();
        if (await StationMonth.BookAsync(db, input.AreaPath, ct) is not { } book) return Outcome.NotTheStation;
        var now = clock.GetUtcNow().UtcDateTime;
        var today = StationTime.Day(now);
        if (await CoverBook.StopAsync(db, book, today, ct) is not { } stopped) return Outcome.NothingStopped;
        db.Add(new CoverOverride { BookId = book, Month = new DateOnly(today.Year, today.Month, 1), Ratio = stopped.Cover.Ratio ?? 0, At = now, By = input.Actor.Code, Reason = reason });
        db.Note(now, input.Actor, "cover.overridden", StationMonth.Text(today), reason);
        await db.SaveChangesAsync(ct);
        return Outcome.Done;
    }
}
