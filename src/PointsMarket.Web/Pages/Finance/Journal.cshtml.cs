using System.Globalization;
using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using PointsMarket.Data;
using PointsMarket.Ledger;
using PointsMarket.Web.Accounts;
using PointsMarket.Web.Shared;
using PointsMarket.Web.Text;

namespace PointsMarket.Web.Pages.Finance;

/// <summary>Every transaction, newest first. Pages by number, not by count: a page of a million is as quick as the first.</summary>
public sealed class JournalModel(MarketDb db, CurrentUser user, Actors actors, IStringLocalizer<Texts> texts) : PageModel
{
    public const int Size = 50;

    public sealed record Move(string Source, string Destination, string Asset, long Amount);

    public sealed record Row(long Sequence, string Key, string Kind, string Subject, DateTime HappenedAt, DateTime RecordedAt, string Actor, string? Reason, IReadOnlyList<Move> Moves);

    [BindProperty(SupportsGet = true)]
    public int? Book { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Kind { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Account { get; set; }

    [BindProperty(SupportsGet = true)]
    public DateOnly? From { get; set; }

    [BindProperty(SupportsGet = true)]
    public DateOnly? To { get; set; }

    /// <summary>Only transactions before this number.</summary>
    [BindProperty(SupportsGet = true)]
    public long? Before { get; set; }

    public ListQuery List { get; private set; } = null!;

    public IReadOnlyList<IndexModel.Book> Books { get; private set; } = [];

    public IReadOnlyList<string> Kinds { get; private set; } = [];

    public IReadOnlyList<Row> Rows { get; private set; } = [];

    public IReadOnlyDictionary<string, string> Names { get; private set; } = null!;

    /// <summary>The number to go on before; null on the last page.</summary>
    public long? Next { get; private set; }

    public string Asset(string asset) => asset switch { "PTS" => texts["Finance.Asset.Points"], "CNY" => texts["Finance.Asset.Money"], _ => asset[(asset.IndexOf('/', StringComparison.Ordinal) + 1)..] };

    public static string Amount(string asset, long amount) => asset == "CNY" ? Ui.Yuan(amount) : Ui.Points(amount);

    public async Task<IActionResult> OnGetAsync()
    {
        if (!await LoadAsync()) return NotFound();
        if (Book is not { } book) return Page();
        Kinds = await db.LedgerTransactions.Where(t => t.BookId == book).Select(t => t.Kind).Distinct().OrderBy(k => k).ToListAsync();
        var found = Found(book);
        var rows = await RowsAsync(book, Before is { } before ? found.Where(t => t.Sequence < before) : found, Size + 1);
        Rows = [.. rows.Take(Size)];
        Next = rows.Count > Size ? rows[Size - 1].Sequence : null;
        Names = await actors.NamesAsync(Rows.Select(r => r.Actor));
        return Page();
    }

    public async Task<IActionResult> OnGetCsvAsync()
    {
        if (!await LoadAsync() || Book is not { } book) return NotFound();
        return new Csv<(Row Row, Move Move)>("journal.csv", AllAsync(book),
            (texts["Finance.Journal.Number"], r => r.Row.Sequence), (texts["Finance.Journal.Key"], r => r.Row.Key), (texts["Finance.Journal.Kind"], r => r.Row.Kind), (texts["Finance.Journal.Subject"], r => r.Row.Subject),
            (texts["Finance.Journal.Happened"], r => $"{Ui.Local(r.Row.HappenedAt):yyyy-MM-dd HH:mm:ss}"), (texts["Finance.Journal.Recorded"], r => $"{Ui.Local(r.Row.RecordedAt):yyyy-MM-dd HH:mm:ss}"),
            (texts["Desk.Entries.Who"], r => r.Row.Actor), (texts["Finance.Journal.Reason"], r => r.Row.Reason), (texts["Finance.Journal.Source"], r => r.Move.Source),
            (texts["Finance.Journal.Destination"], r => r.Move.Destination), (texts["Finance.Journal.Asset"], r => r.Move.Asset), (texts["Finance.Journal.Amount"], r => r.Move.Amount));
    }

    private async Task<bool> LoadAsync()
    {
        List = ListQuery.From(Request);
        Books = await IndexModel.BooksAsync(db, user, null);
        if (Book is { } asked && Books.All(b => b.Id != asked)) return false;
        if (Book is null && Books.Count > 0) Book = Books[0].Id;
        return true;
    }

    private IQueryable<LedgerTransaction> Found(int book)
    {
        var found = db.LedgerTransactions.AsNoTracking().Where(t => t.BookId == book);
        if (!string.IsNullOrEmpty(Kind)) found = found.Where(t => t.Kind == Kind);
        found = found.Within(t => t.HappenedAt, From, To);

        if (Account?.Trim() is { Length: > 0 } account)
            found = found.Where(t => db.LedgerEntries.Any(e => e.BookId == t.BookId && e.Sequence == t.Sequence && db.LedgerAccounts.Any(a => a.BookId == e.BookId && a.Number == e.Account && a.Code == account)));
        if (List.Q.Length == 0) return found;
        return long.TryParse(List.Q.TrimStart('#'), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? found.Where(t => t.Sequence == number || t.Subject == List.Q)
            : found.Where(t => t.Subject == List.Q || t.Key == List.Q);
    }

    private async Task<List<Row>> RowsAsync(int book, IQueryable<LedgerTransaction> found, int take)
    {
        var rows = await found.OrderByDescending(t => t.Sequence).Take(take).ToListAsync();
        var numbers = rows.Select(r => r.Sequence).ToList();
        var entries = await (
            from e in db.LedgerEntries
            join a in db.LedgerAccounts on new { e.BookId, Number = e.Account } equals new { a.BookId, a.Number }
            where e.BookId == book && numbers.Contains(e.Sequence)
            orderby e.Sequence, e.Line
            select new { e.Sequence, a.Code, a.Asset, e.Amount }).ToListAsync();
        var moves = entries.GroupBy(e => e.Sequence).ToDictionary(g => g.Key, g => (IReadOnlyList<Move>)[.. g.Chunk(2).Select(p => new Move(p[0].Code, p[^1].Code, p[0].Asset, p[^1].Amount))]);
        return [.. rows.Select(t => new Row(t.Sequence, t.Key, t.Kind, t.Subject, t.HappenedAt, t.RecordedAt, t.Actor, t.Reason, moves.GetValueOrDefault(t.Sequence) ?? []))];
    }

    private async IAsyncEnumerable<(Row Row, Move Move)> AllAsync(int book, [EnumeratorCancellation] CancellationToken ct = default)
    {
        var before = long.MaxValue;
        while (true)
        {
            ct.ThrowIfCancellationRequested();
            var rows = await RowsAsync(book, Found(book).Where(t => t.Sequence < before), 500);
            foreach (var row in rows)
            {
                foreach (var move in row.Moves) yield return (row, move);
            }

            if (rows.Count < 500) yield break;
            before = rows[^1].Sequence;
        }
    }
}
