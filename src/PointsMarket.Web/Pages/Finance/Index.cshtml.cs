using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using PointsMarket.Data;
using PointsMarket.Ledger;
using PointsMarket.Web.Accounts;
using PointsMarket.Web.Shared;

namespace PointsMarket.Web.Pages.Finance;

/// <summary>The books: one page that says "balanced" or exactly what is not, and what every kind of account holds.</summary>
public sealed class IndexModel(MarketDb db, CurrentUser user, BooksCheck check, CheckpointFile checkpoints) : PageModel
{
    /// <summary>What the accounts of one class hold of one asset.</summary>
    public sealed record Sum(string Asset, string Class, long Balance, int Accounts);

    public sealed record Stock(string Sku, string NameZh, string NameEn, string Unit, long Reserved, IReadOnlyDictionary<string, long> AtOutlet);

    public sealed record Book(int Id, string Code, long Transactions, Checkpoint? Last);

    public IReadOnlyList<Book> Books { get; private set; } = [];

    public BooksCheck.State Check { get; private set; } = null!;

    public int Percent => check.Percent;

    public IReadOnlyList<LedgerReport> Reports { get; private set; } = [];

    public IReadOnlyList<Sum> Points { get; private set; } = [];

    public IReadOnlyList<(string Fund, long Fen)> Cash { get; private set; } = [];

    public IReadOnlyList<string> Outlets { get; private set; } = [];

    public IReadOnlyList<Stock> Goods { get; private set; } = [];

    /// <summary>Points given out so far, whatever became of them.</summary>
    public long Issued => -Points.Where(p => p.Class == "issue").Sum(p => p.Balance);

    public async Task OnGetAsync()
    {
        Books = await BooksAsync(db, user, checkpoints);
        var ids = Books.Select(b => b.Id).ToList();
        Check = check.Now;
        // A book that is gone has no station any more, and concerns everybody who may see one.
        Reports = [.. Check.Reports.Where(r => Books.Any(b => b.Code == r.Book) || r.Findings.Any(f => f.Fault == LedgerFault.BookMissing))];
        var accounts = db.LedgerAccounts.Where(a => ids.Contains(a.BookId));
        var colon = ":"; // a variable: the databases translate the search for a text, not for a character
        Points = await accounts.Where(a => a.Asset == "PTS")
            .GroupBy(a => a.Code.Contains(colon) ? a.Code.Substring(0, a.Code.IndexOf(colon)) : a.Code)
            .Select(g => new Sum("PTS", g.Key, g.Sum(a => a.Balance), g.Count())).ToListAsync();
        var cash = await accounts.Where(a => a.Asset == "CNY" && a.Code.StartsWith("cash:")).OrderBy(a => a.Code).Select(a => new { a.Code, a.Balance }).ToListAsync();
        Cash = [.. cash.Select(c => (c.Code["cash:".Length..], c.Balance))];
        await GoodsAsync(accounts);
    }

    public async Task<IActionResult> OnPostCheckAsync()
    {
        var running = check.Start();
        await Task.WhenAny(running, Task.Delay(1500)); // a small book is done before the page is shown
        return RedirectToPage();
    }

    /// <summary>The books of the stations that the user's area lies in or covers.</summary>
    internal static async Task<IReadOnlyList<Book>> BooksAsync(MarketDb db, CurrentUser user, CheckpointFile? checkpoints)
    {
        var path = user.AreaPath;
        var books = await db.LedgerBooks.AsNoTracking().Where(b => db.Areas.Any(a => a.BookId == b.Id && a.Path.StartsWith(path))).OrderBy(b => b.Code).ToListAsync();
        return [.. books.Select(b => new Book(b.Id, b.Code, b.Sequence, checkpoints?.Read(b.Code) is [.., var last] ? last : null))];
    }

    private async Task GoodsAsync(IQueryable<LedgerAccount> accounts)
    {
        var shelves = await accounts.Where(a => a.Code.StartsWith("shelf:")).Select(a => new { a.Code, a.Asset, a.Balance }).ToListAsync();
        var reserved = await accounts.Where(a => a.Code.StartsWith("reserved:")).GroupBy(a => a.Asset).ToDictionaryAsync(g => g.Key, g => g.Sum(a => a.Balance));
        var goods = await db.Goods.AsNoTracking().OrderBy(g => g.Sku).ToListAsync();
        Outlets = [.. shelves.Select(s => s.Code["shelf:".Length..]).Distinct().Order(StringComparer.Ordinal)];
        Goods = [.. goods.Select(g => new Stock(g.Sku, g.NameZh, g.NameEn, g.Unit, reserved.GetValueOrDefault(g.Asset.Code),
            shelves.Where(s => s.Asset == g.Asset.Code).ToDictionary(s => s.Code["shelf:".Length..], s => s.Balance)))];
    }
}
