using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using PointsMarket.Accounts;
using PointsMarket.Areas;
using PointsMarket.Data;
using PointsMarket.Reconciliations;
using PointsMarket.Web.Accounts;
using PointsMarket.Web.Reconciling;
using PointsMarket.Web.Shared;
using PointsMarket.Web.Text;

namespace PointsMarket.Web.Pages.Finance.Reconciliation;

/// <summary>One month's reconciliation: balanced, or exactly what is not, what is done about it, and the month's closing.</summary>
public sealed class ShowModel(MarketDb db, CurrentUser user, Actors actors, UntieSuggestion untie, CloseMonth close, ReopenMonth reopen, EndReopening endReopening, TimeProvider clock, IStringLocalizer<Texts> texts) : PageModel
{
    public PointsMarket.Reconciliations.Reconciliation Found { get; private set; } = null!;

    public IReadOnlyList<FollowUp> Items { get; private set; } = [];

    /// <summary>Payments whose recording waits for somebody's word.</summary>
    public IReadOnlySet<int> Asked { get; private set; } = new HashSet<int>();

    /// <summary>What the codes are called.</summary>
    public FollowUpNames Called { get; private set; } = null!;

    /// <summary>Bank lines that the rules paired by amount and day alone, and that nobody untied.</summary>
    public IReadOnlyList<ReconciledLine> Suggested { get; private set; } = [];

    /// <summary>Their movements: reference and time.</summary>
    public IReadOnlyDictionary<long, (string Subject, DateTime At)> Movements { get; private set; } = null!;

    /// <summary>One page of the bank lines that were paired by reference.</summary>
    public IReadOnlyList<ReconciledLine> Matched { get; private set; } = [];

    public int MatchedCount { get; private set; }

    public ListQuery List { get; private set; } = null!;

    public MonthClosing? Closing { get; private set; }

    /// <summary>Requests to open the month again that came to nothing, the newest first.</summary>
    public IReadOnlyList<PastReopening> PastReopenings { get; private set; } = [];

    public CoverPace Pace { get; private set; } = null!;

    /// <summary>Under which a cover warns and stops today, in hundredths of a per cent.</summary>
    public (long Warn, long Stop) Limits { get; private set; }

    /// <summary>A newer run of the same month; null when this is the newest.</summary>
    public int? Newer { get; private set; }

    public IReadOnlyDictionary<string, string> Names { get; private set; } = null!;

    public int Open => Items.Count(i => i.State == FollowUpState.Open);

    /// <summary>False for records of a time before things were followed: they are looked at, and run again to be settled.</summary>
    public bool IsFollowed => Items.Count(i => i.Position is not null) == Found.Discrepancies.Count;

    public bool IsBalanced => IsFollowed && Open == 0;

    public bool IsTouchable => Newer is null && IsFollowed && Closing is not { Stands: true };

    public bool MayWrite => user.Is(Roles.Finance) && IsTouchable;

    public bool MaySign => user.Is(Roles.Finance) || user.Is(Roles.Administrator);

    /// <summary>The code of whoever looks.</summary>
    public string Me => user.Actor.Code;

    public async Task<IActionResult> OnGetAsync(int id, CancellationToken ct) => await LoadAsync(id, ct) ? Page() : NotFound();

    public async Task<IActionResult> OnGetCsvAsync(int id, CancellationToken ct)
    {
        if (!await LoadAsync(id, ct)) return NotFound();
        var words = new FollowUpText(texts, Asked);
        var items = IsFollowed ? Items : [.. Found.Discrepancies.Select(d => new FollowUp { Kind = d.Kind, Place = d.Place, Item = d.Item, Outside = d.Outside, Book = d.Book })];
        return new Csv<FollowUp>($"reconciliation-{StationMonth.Text(Found.Month)}.csv", items.ToAsyncEnumerable(),
            (texts["Recon.Part.What"], words.Kind), (texts["Recon.Part.Place"], words.Place), (texts["Recon.Part.Item"], f => f.Item),
            (texts["Recon.Part.Outside"], f => f.Outside), (texts["Recon.Part.Book"], f => f.Book), (texts["Recon.Part.Difference"], f => f.Kind == DiscrepancyKind.LedgerFault ? null : f.Difference),
            (texts["Recon.Item.State"], words.State), (texts["Recon.Item.Owner"], f => f.Owner is { } owner ? Names[owner] : ""), (texts["Recon.Step.Words"], f => f.Words), (texts["Recon.Item.Entry"], f => f.SettledSequence));
    }

    public async Task<IActionResult> OnPostUntieAsync(int id, int line, string? words, CancellationToken ct)
    {
        if (!user.Is(Roles.Finance)) return Forbid();
        if (!await LoadAsync(id, ct)) return NotFound();
        var outcome = await untie.ExecuteAsync(new FollowUpStep { Id = id, Words = words ?? "", Actor = user.Actor, AreaPath = user.AreaPath }, line, ct);
        if (outcome == FollowUpOutcome.Done) TempData.Say("Recon.Step.Untied");
        else TempData.Refuse($"Recon.Step.{outcome}");
        return Redirect($"/finance/reconciliation/{id}");
    }

    public async Task<IActionResult> OnPostCloseAsync(int id, CancellationToken ct)
    {
        if (!MaySign) return Forbid();
        if (!await LoadAsync(id, ct)) return NotFound();
        switch (await close.ExecuteAsync(new CloseMonth.Input { ReconciliationId = id, Actor = user.Actor, AreaPath = user.AreaPath }, ct))
        {
            case CloseMonth.Done:
                TempData.Say("Recon.Close.Done", StationMonth.Text(Found.Month));
                break;
            case CloseMonth.WaitsForSecond:
                TempData.Warn("Recon.Close.WaitsForSecond");
                break;
            case CloseMonth.Unsettled(var count):
                TempData.Refuse("Recon.Close.Unsettled", $"{count}");
                break;
            case CloseMonth.Stale(var count):
                TempData.Refuse("Recon.Close.Stale", $"{count}");
                break;
            case CloseMonth.EarlierOpen(var month):
                TempData.Refuse("Recon.Close.EarlierOpen", StationMonth.Text(month));
                break;
            case var other:
                TempData.Refuse($"Recon.Close.{other.GetType().Name}");
                break;
        }
        return Redirect($"/finance/reconciliation/{id}");
    }

    public async Task<IActionResult> OnPostReopenAsync(int id, string? words, CancellationToken ct)
    {
        if (!MaySign) return Forbid();
        if (!await LoadAsync(id, ct) || Closing is null) return NotFound();
        var outcome = await reopen.ExecuteAsync(new ReopenMonth.Input { ClosingId = Closing.Id, Reason = words, Actor = user.Actor, AreaPath = user.AreaPath }, ct);
        if (outcome == ReopenMonth.Outcome.Done) TempData.Say("Recon.Reopen.Done", StationMonth.Text(Found.Month));
        else if (outcome == ReopenMonth.Outcome.WaitsForSecond) TempData.Warn("Recon.Reopen.WaitsForSecond");
        else TempData.Refuse($"Recon.Reopen.{outcome}");
        return Redirect($"/finance/reconciliation/{id}");
    }

    /// <summary>Takes a request to open the month again back, or refuses somebody else's.</summary>
    public async Task<IActionResult> OnPostStayClosedAsync(int id, string? words, CancellationToken ct)
    {
        if (!MaySign) return Forbid();
        if (!await LoadAsync(id, ct) || Closing is null) return NotFound();
        var outcome = await endReopening.ExecuteAsync(new EndReopening.Input { ClosingId = Closing.Id, Words = words, Actor = user.Actor, AreaPath = user.AreaPath }, ct);
        if (outcome is EndReopening.Outcome.Withdrawn or EndReopening.Outcome.Refused) TempData.Say($"Recon.StayClosed.{outcome}", StationMonth.Text(Found.Month));
        else TempData.Refuse($"Recon.StayClosed.{outcome}");
        return Redirect($"/finance/reconciliation/{id}");
    }

    private async Task<bool> LoadAsync(int id, CancellationToken ct)
    {
        var book = await ReconReads.BookAsync(db, user, ct);
        var found = await db.Reconciliations.AsNoTracking().Include(r => r.Discrepancies.OrderBy(d => d.Position)).SingleOrDefaultAsync(r => r.Id == id && r.BookId == book, ct);
        if (found is null) return false;
        Found = found;
        List = ListQuery.From(Request);
        Items = await db.FollowUps.AsNoTracking().Where(f => f.ReconciliationId == id).OrderBy(f => f.Position == null).ThenBy(f => f.Position).ThenBy(f => f.Id).ToListAsync(ct);
        Asked = await ReconReads.AskedAsync(db, Items, ct);
        Called = await ReconReads.NamesAsync(db, found.BookId, Items, ct);
        Newer = await db.Reconciliations.Where(r => r.BookId == book && r.Month == found.Month && r.Id > id).OrderByDescending(r => r.Id).Select(r => (int?)r.Id).FirstOrDefaultAsync(ct);
        Closing = await db.MonthClosings.AsNoTracking().SingleOrDefaultAsync(c => c.BookId == book && c.Month == found.Month && c.Past == 0, ct);
        if (Closing is not null) PastReopenings = await db.PastReopenings.AsNoTracking().Where(p => p.ClosingId == Closing.Id).OrderByDescending(p => p.Id).ToListAsync(ct);
        var untied = Items.Where(i => i is { Position: null, Line: not null }).Select(i => i.Line!.Value).ToList();
        Suggested = await db.ReconciledLines.AsNoTracking().Where(l => l.ReconciliationId == id && l.Pairing == Pairing.Suggested && !untied.Contains(l.Position)).OrderBy(l => l.Position).Take(200).ToListAsync(ct);
        var matched = db.ReconciledLines.AsNoTracking().Where(l => l.ReconciliationId == id && l.Pairing == Pairing.Reference);
        MatchedCount = await matched.CountAsync(ct);
        Matched = await matched.OrderBy(l => l.Position).Skip(List.Skip).Take(List.Size).ToListAsync(ct);
        var numbers = Suggested.Select(l => l.Sequence).ToList();
        Movements = await db.LedgerTransactions.Where(t => t.BookId == book && numbers.Contains(t.Sequence)).Select(t => new { t.Sequence, t.Subject, t.HappenedAt }).ToDictionaryAsync(t => t.Sequence, t => (t.Subject, t.HappenedAt), ct);
        Pace = await CoverBook.PaceAsync(db, found, ct);
        Limits = await CoverBook.LimitsAsync(db, StationTime.Day(clock.GetUtcNow().UtcDateTime), ct);
        Names = await actors.NamesAsync(Items.SelectMany(i => new[] { i.Owner, i.FirstSignature }).Append(found.RunBy).Concat([Closing?.AskedBy, Closing?.ClosedBy, Closing?.ReopenAskedBy, .. PastReopenings.SelectMany(p => new[] { p.AskedBy, p.EndedBy })]), ct);
        return true;
    }
}
