using Microsoft.EntityFrameworkCore;
using PointsMarket.Accounts;
using PointsMarket.Areas;
using PointsMarket.Data;
using PointsMarket.Ledger;
using PointsMarket.Notices;

namespace PointsMarket.Jobs;

/// <summary>
/// The nightly proof of all books. Where one is off, the administrators, finance and the auditors of its station are told, each
/// time anew: it is the one alarm that must not be missed. Where all is well, the proved heads are kept as checkpoints.
/// </summary>
public sealed class CheckBooks(MarketContexts contexts, MarketWrites writes, LedgerVerifier verifier, CheckpointFile checkpoints, TimeProvider clock)
{
    private static readonly string[] Alarmed = [Roles.Administrator, Roles.Finance, Roles.Auditor];

    /// <summary>Proves them; true when all are clean.</summary>
    public async Task<bool> ExecuteAsync(RunReport report, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(report);
        IReadOnlyList<LedgerReport> books;
        await using (var db = contexts.Read()) books = await verifier.VerifyAsync(db, new ProofProgress(report), ct);
        var now = clock.GetUtcNow().UtcDateTime;
        foreach (var book in books)
        {
            if (book.IsClean) report.Say(RunLines.BookProved, book.Book, book.Transactions, book.Entries);
            else report.Say(RunLines.BookOff, book.Book, book.Findings.Count);
        }
        var off = books.Where(b => !b.IsClean).Select(b => b.Book).ToList();
        if (off.Count == 0)
        {
            foreach (var book in books) checkpoints.Append(book.Head with { At = now });
            return true;
        }
        report.Fail(RunFailures.Books);
        await writes.RunAsync((db, token) => AlarmAsync(db, off, now, token), ct);
        return false;
    }

    private static async Task<int> AlarmAsync(MarketDb db, List<string> off, DateTime now, CancellationToken ct)
    {
        var gone = off.Except(await db.LedgerBooks.Select(b => b.Code).ToListAsync(ct)).Any(); // it had a station once, and now concerns whoever is left
        var stations = await (
            from area in db.Areas
            where area.Kind == AreaKind.Station && (gone || db.LedgerBooks.Any(b => b.Id == area.BookId && off.Contains(b.Code)))
            select new { area.Path, area.Code }).ToListAsync(ct);
        foreach (var station in stations)
            await Inbox.TellStaffAsync(db, Alarmed, station.Path, InboxKinds.BooksOff, station.Code, "/finance", now, null, ct);
        return await db.SaveChangesAsync(ct);
    }
}
