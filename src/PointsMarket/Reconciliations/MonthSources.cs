using Microsoft.EntityFrameworkCore;
using PointsMarket.Areas;
using PointsMarket.Data;
using PointsMarket.Import;
using PointsMarket.Stock;

namespace PointsMarket.Reconciliations;

/// <summary>Where a month's bank lines and counts come from: a file that is handed over, or what was taken for the month before.</summary>
internal sealed class MonthSources(MarketDb db, int book, DateOnly month, LedgerMonth ledger)
{
    private KnownNames? known;

    /// <summary>What is wrong with the files that were handed over.</summary>
    public ImportProblems Problems { get; } = new();

    /// <summary>Funds with money in the month's books for which no statement was taken.</summary>
    public IReadOnlyList<string> Missing { get; private set; } = [];

    /// <summary>The months for which something was brought: a statement, a stocktake, or a signed count.</summary>
    public static async Task<IReadOnlySet<DateOnly>> MonthsAsync(MarketDb db, int book, CancellationToken ct)
    {
        var files = await db.MonthFiles.Where(f => f.BookId == book && f.Withdrawn == 0).Select(f => f.Month).Distinct().ToListAsync(ct);
        var counts = await db.Stocktakes.Where(s => s.BookId == book && s.Kind == StocktakeKind.Sheet && s.State == StocktakeState.Signed).Select(s => s.Month).Distinct().ToListAsync(ct);
        return files.Union(counts).ToHashSet();
    }

    /// <summary>Gives the bank's lines one by one: by file, in its order.</summary>
    public async Task BankAsync(ImportSource? source, Action<BankLine> take, CancellationToken ct)
    {
        if (source is not null)
        {
            await StatementFiles.BankAsync(source, month, await KnownAsync(ct), Problems, take, ct);
            return;
        }
        var files = await Live(MonthFileKind.Bank).ToListAsync(ct);
        var ids = files.ConvertAll(f => f.Id);
        var covered = files.Select(f => f.Fund ?? "").ToHashSet(StringComparer.Ordinal);
        var lines = db.BankLines.Where(l => ids.Contains(l.FileId)).OrderBy(l => l.FileId).ThenBy(l => l.Position)
            .Select(l => new BankLine(l.Fund, l.Date, l.Reference, l.AmountFen, l.Description));
        await foreach (var line in lines.AsAsyncEnumerable().WithCancellation(ct))
        {
            covered.Add(line.Fund);
            take(line);
        }
        Missing = [.. ledger.Moved.Where(f => !covered.Contains(f)).Order(StringComparer.Ordinal)];
    }

    /// <summary>The counts; null when there are none although something should lie on a shelf.</summary>
    public async Task<IReadOnlyList<CountedShelf>?> StocktakeAsync(ImportSource? source, CancellationToken ct)
    {
        if (source is not null) return await StatementFiles.StocktakeAsync(source, month, await KnownAsync(ct), Problems, ct);
        var file = await Live(MonthFileKind.Stocktake).FirstOrDefaultAsync(ct);
        if (file is null)
        {
            var signed = await SignedCounts.OfMonthAsync(db, book, month, ct);
            if (signed.Count > 0) return [.. signed.Select(s => new CountedShelf(s.Outlet, s.Sku, s.Counted))];
            return ledger.Shelves.Values.All(pieces => pieces == 0) ? [] : null;
        }
        return await db.CountLines.Where(l => l.FileId == file.Id).OrderBy(l => l.Position).Select(l => new CountedShelf(l.Outlet, l.Sku, l.Counted)).ToListAsync(ct);
    }

    private IQueryable<MonthFile> Live(MonthFileKind kind) =>
        db.MonthFiles.AsNoTracking().Where(f => f.BookId == book && f.Month == month && f.Kind == kind && f.Withdrawn == 0).OrderBy(f => f.Id);

    private async Task<KnownNames> KnownAsync(CancellationToken ct) => known ??= await KnownNames.ReadAsync(db, book, ct);
}
