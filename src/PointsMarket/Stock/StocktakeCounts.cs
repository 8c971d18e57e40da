using PointsMarket.Data;
using PointsMarket.Ledger;
using PointsMarket.Market;

namespace PointsMarket.Stock;

/// <summary>
/// Counting a sheet: counts, or the numbers of cards, are put down as one goes, in any order, and may be corrected until the count is finished. With each the
/// book of that moment is kept (and not shown to who counts), so that what moves before or after makes no difference. Then whatever
/// differs is counted once more.
/// </summary>
public sealed class StocktakeCounts(MarketWrites writes, TimeProvider clock)
{
    /// <summary>The most pieces of one article that anybody counts.</summary>
    public const int MostPieces = 100_000;

    /// <summary>Numbers of cards that were scanned for a line.</summary>
    /// <param name="Serials">Normal, not checked. They are added to those of before.</param>
    /// <param name="StartOver">True to forget those of before; with no numbers: there is none.</param>
    public sealed record Scan(IReadOnlyList<string> Serials, bool StartOver = false);

    /// <summary>
    /// Puts counts down: line → pieces, or the numbers that were scanned. Lines not named stay as they are; in the second round only
    /// those that differ are taken. On a refusal nothing is kept.
    /// </summary>
    public async Task<StocktakeOutcome> PutDownAsync(StocktakeBy by, IReadOnlyDictionary<int, int> counts, IReadOnlyDictionary<int, Scan>? scans = null, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(by);
        ArgumentNullException.ThrowIfNull(counts);
        if (counts.Values.Any(c => c is < 0 or > MostPieces)) return StocktakeOutcome.NotACount;
        return await writes.RunAsync(async db =>
        {
            if (await StocktakeDoing.FindAsync(db, by) is not { } sheet) return StocktakeOutcome.NotFound;
            if (!IsCounting(sheet)) return StocktakeOutcome.NotNow;
            if (scans is { Count: > 0 }) await CardShelf.LockAsync(db, sheet.BookId); // the numbers and the shelf are of one moment
            var shelf = await StocktakeDoing.ShelfAsync(db, sheet.BookId, sheet.Outlet.Code);
            var now = clock.GetUtcNow().UtcDateTime;
            var open = sheet.Lines.Where(l => sheet.State == StocktakeState.Counting || ToRecount(l)).ToList();
            foreach (var line in open.Where(l => counts.ContainsKey(l.Position)))
                Put(sheet, line, counts[line.Position], shelf.GetValueOrDefault(line.Goods.Asset.Code), by.Actor, now);
            foreach (var line in open.Where(l => l.Goods.Kind == GoodsKind.Card && scans?.ContainsKey(l.Position) == true))
            {
                if (await ScanAsync(db, sheet, line, scans![line.Position], shelf.GetValueOrDefault(line.Goods.Asset.Code), by.Actor, now) is not StocktakeOutcome.Done and var wrong) return db.RollBack(wrong);
            }
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
            if (!await KeepPromisesAsync(db, sheet, clock.GetUtcNow().UtcDateTime)) return db.RollBack(StocktakeOutcome.CardsPromised);
            if (sheet.Lines.Exists(l => l.Counted is null)) return StocktakeOutcome.NotAllCounted;
            if (sheet.State == StocktakeState.Recounting && sheet.Lines.Exists(l => l.Differs && l.EarlierCounted is null)) return StocktakeOutcome.NotAllRecounted;
            var again = sheet.State == StocktakeState.Counting && sheet.Lines.Exists(l => l.Differs);
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
        return line.EarlierCounted is not null || line.Differs;
    }

    /// <summary>Puts one count down. The same count again changes nothing; the second round keeps what the first one said.</summary>
    internal static void Put(Stocktake sheet, StocktakeLine line, int counted, long book, Actor actor, DateTime at)
    {
        var again = sheet.State == StocktakeState.Recounting;
        if (line.Counted == counted && (!again || line.EarlierCounted is not null)) return;
        if (again && line.EarlierCounted is null) (line.EarlierCounted, line.EarlierBook, line.EarlierBy) = (line.Counted, line.Book, line.CountedBy);
        (line.Counted, line.Book, line.CountedAt, line.CountedBy, line.Scanned) = (counted, book, at, actor.Code, false);
        line.Cards.Clear(); // of pieces that are counted by hand nobody knows the numbers
    }

    /// <summary>Puts the numbers down that lie there. Those set aside for slips lie there too, and are not on the shelf of the book.</summary>
    private static async Task<StocktakeOutcome> ScanAsync(MarketDb db, Stocktake sheet, StocktakeLine line, Scan scan, long book, Actor actor, DateTime at)
    {
        var again = sheet.State == StocktakeState.Recounting && line.EarlierCounted is null;
        List<string> before = scan.StartOver || again ? [] : [.. line.Cards.Where(c => c.Sighting != CardSighting.Missing).Select(c => c.Serial)];
        var (seen, wrong) = await CardCount.LookAsync(db, sheet.OutletId, line.GoodsId, before, scan.Serials);
        if (wrong is not null) return StocktakeOutcome.CardsNotRight;
        if (again) (line.EarlierCounted, line.EarlierBook, line.EarlierBy) = (line.Counted, line.Book, line.CountedBy);
        (line.CountedAt, line.CountedBy, line.Scanned) = (at, actor.Code, true);
        await TakeAsync(db, sheet, line, seen, book);
        return StocktakeOutcome.Done;
    }

    /// <summary>
    /// Keeps what was scanned so far. While that is less than what is set aside for slips there is no count yet: people scan in several
    /// goes, and only who says that all is counted is held to what was promised.
    /// </summary>
    private static async Task TakeAsync(MarketDb db, Stocktake sheet, StocktakeLine line, IReadOnlyList<SeenCard> seen, long book)
    {
        var pieces = seen.Count(s => s.Sighting != CardSighting.Missing) - await CardCount.SetAsideAsync(db, sheet.OutletId, line.GoodsId);
        line.Counted = pieces < 0 ? null : pieces;
        line.Book = pieces < 0 ? null : book;
        Keep(line, seen);
    }

    /// <summary>Whether no line has fewer cards than are set aside for slips. Where slips ended since the last scan, it is a count now.</summary>
    private static async Task<bool> KeepPromisesAsync(MarketDb db, Stocktake sheet, DateTime at)
    {
        var few = sheet.Lines.Where(l => l is { Scanned: true, Counted: null }).ToList();
        if (few.Count == 0) return true;
        await CardShelf.LockAsync(db, sheet.BookId);
        var shelf = await StocktakeDoing.ShelfAsync(db, sheet.BookId, sheet.Outlet.Code);
        foreach (var line in few)
        {
            List<string> before = [.. line.Cards.Where(c => c.Sighting != CardSighting.Missing).Select(c => c.Serial)];
            await TakeAsync(db, sheet, line, (await CardCount.LookAsync(db, sheet.OutletId, line.GoodsId, before, [])).Seen, shelf.GetValueOrDefault(line.Goods.Asset.Code));
            line.CountedAt = at;
        }
        return few.TrueForAll(l => l.Counted is not null);
    }

    /// <summary>Replaces the cards of a line, row by row: the keys of those that stay are the same.</summary>
    internal static void Keep(StocktakeLine line, IReadOnlyList<SeenCard> seen)
    {
        var now = seen.ToDictionary(s => s.Serial, s => s.Sighting, StringComparer.Ordinal);
        line.Cards.RemoveAll(c => !now.ContainsKey(c.Serial));
        foreach (var card in line.Cards) card.Sighting = now[card.Serial];
        var known = line.Cards.Select(c => c.Serial).ToHashSet(StringComparer.Ordinal);
        line.Cards.AddRange(seen.Where(s => !known.Contains(s.Serial)).Select(s => new StocktakeCard { Serial = s.Serial, Sighting = s.Sighting }));
    }

    private static bool IsCounting(Stocktake sheet) => sheet.State is StocktakeState.Counting or StocktakeState.Recounting;
}
