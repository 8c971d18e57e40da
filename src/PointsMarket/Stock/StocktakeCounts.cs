using PointsMarket.Data;
using PointsMarket.Ledger;

namespace PointsMarket.Stock;

/// <summary>
/// Counting a sheet: counts are put down as one goes, in any order, and may be corrected until the count is finished. With each the
/// book of that moment is kept (and not shown to who counts), so that what moves before or after makes no difference. Then whatever
/// differs is counted once more.
/// </summary>
public sealed class StocktakeCounts(MarketWrites writes, TimeProvider clock)
{
    /// <summary>The most pieces of one article that anybody counts.</summary>
    public const int MostPieces = 100_000;

    /// <summary>Puts counts down: line → pieces. Lines not named stay as they are; in the second round only those that differ are taken.</summary>
    public async Task<StocktakeOutcome> PutDownAsync(StocktakeBy by, IReadOnlyDictionary<int, int> counts, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(by);
        ArgumentNullException.ThrowIfNull(counts);
        if (counts.Values.Any(c => c is < 0 or > MostPieces)) return StocktakeOutcome.NotACount;
        return await writes.RunAsync(async db =>
        {
            if (await StocktakeDoing.FindAsync(db, by) is not { } sheet) return StocktakeOutcome.NotFound;
            if (!IsCounting(sheet)) return StocktakeOutcome.NotNow;
            var shelf = await StocktakeDoing.ShelfAsync(db, sheet.BookId, sheet.Outlet.Code);
            foreach (var line in sheet.Lines.Where(l => counts.ContainsKey(l.Position) && (sheet.State == StocktakeState.Counting || ToRecount(l))))
                Put(sheet, line, counts[line.Position], shelf.GetValueOrDefault(line.Goods.Asset.Code), by.Actor, clock.GetUtcNow().UtcDateTime);
            await db.SaveChangesAsync();
            return StocktakeOutcome.Done;
        }, ct);
    }

    /// <summary>Everything is counted: what differs is counted once more, or, after that or when nothing differs, it waits for signatures.</summary>
    public async Task<StocktakeOutcome> FinishAsync(StocktakeBy by, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(by);
        return await writes.RunAsync(async db =>
        {
            if (await StocktakeDoing.FindAsync(db, by) is not { } sheet) return StocktakeOutcome.NotFound;
            if (!IsCounting(sheet)) return StocktakeOutcome.NotNow;
            if (sheet.Lines.Exists(l => l.Counted is null)) return StocktakeOutcome.NotAllCounted;
            if (sheet.State == StocktakeState.Recounting && sheet.Lines.Exists(l => l.Difference != 0 && l.EarlierCounted is null)) return StocktakeOutcome.NotAllRecounted;
            var again = sheet.State == StocktakeState.Counting && sheet.Lines.Exists(l => l.Difference != 0);
            sheet.State = again ? StocktakeState.Recounting : StocktakeState.Signing;
            var now = clock.GetUtcNow().UtcDateTime;
            db.Note(now, by.Actor, again ? "stocktake.counted" : "stocktake.finished", sheet.Number);
            if (!again) await StocktakeNews.TellAsync(db, sheet, by.Actor, now);
            await db.SaveChangesAsync();
            return StocktakeOutcome.Done;
        }, ct);
    }

    /// <summary>Gives it up before it is signed; nothing comes of it.</summary>
    public async Task<StocktakeOutcome> WithdrawAsync(StocktakeBy by, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(by);
        return await writes.RunAsync(async db =>
        {
            if (await StocktakeDoing.FindAsync(db, by) is not { } sheet) return StocktakeOutcome.NotFound;
            if (sheet.State == StocktakeState.Withdrawn) return StocktakeOutcome.Done;
            if (sheet.State == StocktakeState.Signed) return StocktakeOutcome.NotNow;
            var now = clock.GetUtcNow().UtcDateTime;
            (sheet.State, sheet.OpenOutletId, sheet.EndedAt, sheet.EndedBy) = (StocktakeState.Withdrawn, null, now, by.Actor.Code);
            db.Note(now, by.Actor, "stocktake.withdrawn", sheet.Number);
            await db.SaveChangesAsync();
            return StocktakeOutcome.Done;
        }, ct);
    }

    /// <summary>True for a line of the second round: it differed, or it was counted again already.</summary>
    public static bool ToRecount(StocktakeLine line)
    {
        ArgumentNullException.ThrowIfNull(line);
        return line.EarlierCounted is not null || line.Difference != 0;
    }

    /// <summary>Puts one count down. The same count again changes nothing; the second round keeps what the first one said.</summary>
    internal static void Put(Stocktake sheet, StocktakeLine line, int counted, long book, Actor actor, DateTime at)
    {
        var again = sheet.State == StocktakeState.Recounting;
        if (line.Counted == counted && (!again || line.EarlierCounted is not null)) return;
        if (again && line.EarlierCounted is null) (line.EarlierCounted, line.EarlierBook, line.EarlierBy) = (line.Counted, line.Book, line.CountedBy);
        (line.Counted, line.Book, line.CountedAt, line.CountedBy) = (counted, book, at, actor.Code);
    }

    private static bool IsCounting(Stocktake sheet) => sheet.State is StocktakeState.Counting or StocktakeState.Recounting;
}
