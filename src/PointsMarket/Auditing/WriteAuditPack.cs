using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using PointsMarket.Areas;
using PointsMarket.Data;
using PointsMarket.Ledger;
using PointsMarket.Reconciliations;

namespace PointsMarket.Auditing;

/// <summary>
/// Writes a station's whole book as a zip of CSV files with a recipe, so that a stranger can prove it without this program: the
/// transactions, entries and accounts, the moves of the closing, the checkpoints, and the reconciliations. One snapshot, one pass,
/// row by row: memory does not grow with the book. Codes and references only; no name stands in it, sealed or not.
/// </summary>
public sealed class WriteAuditPack(MarketContexts contexts, CheckpointFile checkpoints, TimeProvider clock)
{
    private const int ReportEvery = 2000;

    /// <summary>What to write, and where.</summary>
    public sealed record Input
    {
        /// <summary>The path of the area the actor may act in: the station's own.</summary>
        public required string AreaPath { get; init; }

        /// <summary>Takes the zip; is left open.</summary>
        public required Stream To { get; init; }

        /// <summary>Told how many rows of all are written, from any thread.</summary>
        public IProgress<(long Done, long Total)>? Progress { get; init; }
    }

    /// <summary>What came of it.</summary>
    public enum Outcome
    {
        /// <summary>Written.</summary>
        Done,

        /// <summary>The area is no station.</summary>
        NotTheStation,
    }

    private sealed class Told(IProgress<(long, long)>? progress, long total)
    {
        private long done;

        public void Row()
        {
            if (++done % ReportEvery == 0) progress?.Report((done, total));
        }

        public void End() => progress?.Report((total, total));
    }

    /// <summary>Writes it.</summary>
    public async Task<Outcome> ExecuteAsync(Input input, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(input);
        await using var db = contexts.Read();
        await using var snapshot = await db.BeginSnapshotAsync(ct);
        if (await StationMonth.BookAsync(db, input.AreaPath, ct) is not { } id) return Outcome.NotTheStation;
        var book = await db.LedgerBooks.AsNoTracking().SingleAsync(b => b.Id == id, ct);
        var told = new Told(input.Progress, book.Sequence + await db.LedgerEntries.LongCountAsync(e => e.BookId == id, ct));
        await using var zip = await ZipArchive.CreateAsync(input.To, ZipArchiveMode.Create, leaveOpen: true, Encoding.UTF8, ct);
        await TextAsync(zip, "README.txt", AuditRecipe.Text, ct);
        await TableAsync(zip, "book.csv", ["code", "transactions", "head", "accounts", "closed_before_ms", "written_at_ms"],
            One([book.Code, Text(book.Sequence), Hex(book.Head), Text(book.Accounts), Ms(book.ClosedBefore), Ms(clock.GetUtcNow().UtcDateTime)]), null, ct);
        await TransactionsAsync(zip, db, id, told, ct);
        await TableAsync(zip, "entries.csv", ["sequence", "line", "account", "amount", "version"],
            db.LedgerEntries.AsNoTracking().Where(e => e.BookId == id).OrderBy(e => e.Sequence).ThenBy(e => e.Line).AsAsyncEnumerable()
                .Select(e => (string?[])[Text(e.Sequence), Text(e.Line), Text(e.Account), Text(e.Amount), Text(e.Version)]), told, ct);
        await TableAsync(zip, "accounts.csv", ["number", "code", "asset", "balance", "version", "floor"],
            db.LedgerAccounts.AsNoTracking().Where(a => a.BookId == id).OrderBy(a => a.Number).AsAsyncEnumerable()
                .Select(a => (string?[])[Text(a.Number), a.Code, a.Asset, Text(a.Balance), Text(a.Version), a.Floor is { } f ? Text(f) : null]), null, ct);
        await TableAsync(zip, "closings.csv", ["number", "sequence", "before_ms", "recorded_ms", "actor", "hash"],
            db.LedgerClosings.AsNoTracking().Where(c => c.BookId == id).OrderBy(c => c.Number).AsAsyncEnumerable()
                .Select(c => (string?[])[Text(c.Number), Text(c.Sequence), Ms(c.Before), Ms(c.RecordedAt), c.Actor, Hex(c.Hash)]), null, ct);
        await TextAsync(zip, "checkpoints.jsonl", string.Concat(checkpoints.Read(book.Code).Select(c => JsonSerializer.Serialize(c) + "\n")), ct);
        await ReconciliationsAsync(zip, db, id, ct);
        told.End();
        return Outcome.Done;
    }

    private static Task TransactionsAsync(ZipArchive zip, MarketDb db, int book, Told told, CancellationToken ct) => TableAsync(zip, "transactions.csv",
        ["sequence", "key", "kind", "subject", "happened_ms", "recorded_ms", "actor", "has_reason", "reason", "related", "relation", "content_hash", "hash"],
        db.LedgerTransactions.AsNoTracking().Where(t => t.BookId == book).OrderBy(t => t.Sequence).AsAsyncEnumerable().Select(t => (string?[])
        [
            Text(t.Sequence), t.Key, t.Kind, t.Subject, Ms(t.HappenedAt), Ms(t.RecordedAt), t.Actor, t.Reason is null ? "0" : "1", t.Reason,
            t.RelatedSequence is { } related ? Text(related) : null, t.Relation?.ToString(), Hex(t.ContentHash), Hex(t.Hash),
        ]), told, ct);

    private static async Task ReconciliationsAsync(ZipArchive zip, MarketDb db, int book, CancellationToken ct)
    {
        var runs = db.Reconciliations.AsNoTracking().Where(r => r.BookId == book);
        await TableAsync(zip, "reconciliations.csv",
            ["id", "month", "run_ms", "run_by", "sources_sha256", "bank_lines", "movements", "matched", "shelves", "transactions", "cash_fen", "goods_fen", "cards_fen", "points", "point_value_fen"],
            runs.OrderBy(r => r.Id).AsAsyncEnumerable().Select(r => (string?[])
            [
                Text(r.Id), StationMonth.Text(r.Month), Ms(r.RunAt), r.RunBy, r.Sources, Text(r.BankLines), Text(r.Movements), Text(r.Matched), Text(r.Shelves), Text(r.Transactions),
                Text(r.CashFen), Text(r.GoodsFen), Text(r.CardsFen), Text(r.PointsOutstanding), Text(r.PointValueFen),
            ]), null, ct);
        await TableAsync(zip, "discrepancies.csv", ["reconciliation", "position", "kind", "place", "item", "outside", "book"],
            db.Discrepancies.AsNoTracking().Where(d => runs.Any(r => r.Id == d.ReconciliationId)).OrderBy(d => d.ReconciliationId).ThenBy(d => d.Position).AsAsyncEnumerable()
                .Select(d => (string?[])[Text(d.ReconciliationId), Text(d.Position), d.Kind.Word(), d.Place, d.Item, d.Outside is { } o ? Text(o) : null, d.Book is { } b ? Text(b) : null]), null, ct);
        await TableAsync(zip, "bank-lines.csv", ["reconciliation", "position", "fund", "date", "reference", "amount_fen", "pairing", "sequence"],
            db.ReconciledLines.AsNoTracking().Where(l => runs.Any(r => r.Id == l.ReconciliationId)).OrderBy(l => l.ReconciliationId).ThenBy(l => l.Position).AsAsyncEnumerable()
                .Select(l => (string?[])[Text(l.ReconciliationId), Text(l.Position), l.Fund, Day(l.Date), l.Reference, Text(l.AmountFen), l.Pairing.ToString(), l.Sequence is { } s ? Text(s) : null]), null, ct);
        await TableAsync(zip, "follow-ups.csv", ["id", "reconciliation", "position", "kind", "place", "item", "state", "how", "owner", "settled_sequence", "with"],
            db.FollowUps.AsNoTracking().Where(f => runs.Any(r => r.Id == f.ReconciliationId)).OrderBy(f => f.Id).AsAsyncEnumerable().Select(f => (string?[])
            [
                Text(f.Id), Text(f.ReconciliationId), f.Position is { } p ? Text(p) : null, f.Kind.Word(), f.Place, f.Item, f.State.ToString(), f.How?.ToString(), f.Owner,
                f.SettledSequence is { } s ? Text(s) : null, f.WithId is { } w ? Text(w) : null,
            ]), null, ct);
        await TableAsync(zip, "month-closings.csv", ["month", "reconciliation", "asked_by", "asked_ms", "closed_by", "closed_ms", "reopen_asked_by", "reopened_by", "reopened_ms"],
            db.MonthClosings.AsNoTracking().Where(c => c.BookId == book).OrderBy(c => c.Id).AsAsyncEnumerable().Select(c => (string?[])
            [
                StationMonth.Text(c.Month), Text(c.ReconciliationId), c.AskedBy, Ms(c.AskedAt), c.ClosedBy, Ms(c.ClosedAt), c.ReopenAskedBy, c.ReopenedBy, Ms(c.ReopenedAt),
            ]), null, ct);
    }

    private static async Task TextAsync(ZipArchive zip, string name, string text, CancellationToken ct)
    {
        await using var stream = await zip.CreateEntry(name).OpenAsync(ct);
        await stream.WriteAsync(Encoding.UTF8.GetBytes(text), ct);
    }

    private static async Task TableAsync(ZipArchive zip, string name, string[] columns, IAsyncEnumerable<string?[]> rows, Told? told, CancellationToken ct)
    {
        await using var stream = await zip.CreateEntry(name).OpenAsync(ct);
        await using var text = new StreamWriter(stream, new UTF8Encoding(false), 1 << 16);
        await text.WriteAsync(Line(columns));
        await foreach (var row in rows.WithCancellation(ct))
        {
            await text.WriteAsync(Line(row));
            told?.Row();
        }
    }

    /// <summary>RFC 4180 as it is: these files are for programs, so no cell is changed to please a spreadsheet.</summary>
    private static string Line(string?[] cells) =>
        string.Join(',', cells.Select(c => c is null ? "" : c.AsSpan().ContainsAny(",\"\r\n") ? $"\"{c.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : c)) + "\r\n";

    private static async IAsyncEnumerable<string?[]> One(string?[] row)
    {
        await Task.CompletedTask;
        yield return row;
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static string? Ms(DateTime? at) => at is { } utc ? Text(LedgerTime.ToMilliseconds(utc)) : null;

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Hex(byte[] hash) => Convert.ToHexString(hash);
}
