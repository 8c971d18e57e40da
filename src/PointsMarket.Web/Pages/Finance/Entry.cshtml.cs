using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using PointsMarket.Accounts;
using PointsMarket.Data;
using PointsMarket.Ledger;
using PointsMarket.Sponsors;
using PointsMarket.Web.Accounts;
using PointsMarket.Web.Auditing;
using PointsMarket.Web.Shared;
using PointsMarket.Web.Text;

namespace PointsMarket.Web.Pages.Finance;

/// <summary>One transaction whole: postings, hashes, what it takes back or is taken back by. An administrator may ask for a delivery to be taken back.</summary>
public sealed class EntryModel(MarketDb db, CurrentUser user, Actors actors, Evidence evidence, TakeBackDelivery takeBack, IStringLocalizer<Texts> texts) : PageModel
{
    public sealed class ReverseInput
    {
        [Display(Name = "Finance.Journal.Reason"), Required, StringLength(200, MinimumLength = 2)]
        public string Reason { get; set; } = "";
    }

    [BindProperty]
    public ReverseInput Input { get; set; } = new();

    public LedgerTransaction Entry { get; private set; } = null!;

    public string Book { get; private set; } = "";

    public IReadOnlyList<Posting> Postings { get; private set; } = [];

    /// <summary>Transactions that take this one back or end its hold.</summary>
    public IReadOnlyList<(long Sequence, Relation? Relation)> Later { get; private set; } = [];

    public string Who { get; private set; } = "";

    /// <summary>What stands behind it, and the page of that.</summary>
    public IReadOnlyList<EvidenceFact> Facts { get; private set; } = [];

    public string? BehindIt { get; private set; }

    public bool MayReverse => user.Is(Roles.Administrator) && !IsAsked && TakeBackDelivery.IsReversible(Entry.Kind) && Later.All(l => l.Relation != Relation.Reverses);

    /// <summary>True while it waits for a second person to sign that it is taken back.</summary>
    public bool IsAsked { get; private set; }

    public async Task<IActionResult> OnGetAsync(int book, long sequence) => await LoadAsync(book, sequence) ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(int book, long sequence)
    {
        if (!user.Is(Roles.Administrator)) return Forbid();
        if (!await LoadAsync(book, sequence)) return NotFound();
        if (!ModelState.IsValid) return Page();
        var outcome = await takeBack.AskAsync(new TakeBackDelivery.Input { BookId = book, Sequence = sequence, Reason = Input.Reason.Trim(), Actor = user.Actor, AreaPath = user.AreaPath });
        switch (outcome)
        {
            case TakeBackDelivery.Waits:
                TempData.Say("Finance.Entry.ReverseAsked");
                return RedirectToPage(new { book, sequence });
            case TakeBackDelivery.AlreadyReversed before:
                TempData.Refuse("Finance.Entry.AlreadyReversed", $"{before.Sequence}");
                return RedirectToPage(new { book, sequence });
            case TakeBackDelivery.GoneAlready gone:
                ModelState.AddModelError("", texts["Finance.Entry.GoneAlready", gone.Missing]);
                return Page();
            default:
                return NotFound();
        }
    }

    private async Task<bool> LoadAsync(int book, long sequence)
    {
        if ((await IndexModel.BooksAsync(db, user, null)).FirstOrDefault(b => b.Id == book) is not { } known) return false;
        var entry = await db.LedgerTransactions.AsNoTracking().SingleOrDefaultAsync(t => t.BookId == book && t.Sequence == sequence);
        if (entry is null) return false;
        (Entry, Book) = (entry, known.Code);
        Postings = await db.PostingsOfAsync(book, sequence);
        var later = await db.LedgerTransactions.Where(t => t.BookId == book && t.RelatedSequence == sequence).Select(t => new { t.Sequence, t.Relation }).ToListAsync();
        IsAsked = TakeBackDelivery.IsReversible(entry.Kind) && await TakeBackDelivery.IsAskedAsync(db, entry.Subject);
        Later = [.. later.Select(l => (l.Sequence, l.Relation))];
        Facts = (await evidence.OfAsync(book, [entry], HttpContext.RequestAborted))[sequence];
        // Finance reads the books, and not the desk.
        BehindIt = await Behind.OfAsync(db, entry, HttpContext.RequestAborted) is { } path && (path.StartsWith("/finance/", StringComparison.Ordinal) || Access.RolesFor(Access.DeskRead).Any(user.Is)) ? path : null;
        Who = (await actors.NamesAsync([entry.Actor]))[entry.Actor];
        return true;
    }
}
