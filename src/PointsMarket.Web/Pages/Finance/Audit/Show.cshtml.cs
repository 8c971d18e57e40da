using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using PointsMarket.Accounts;
using PointsMarket.Auditing;
using PointsMarket.Data;
using PointsMarket.Ledger;
using PointsMarket.Web.Accounts;
using PointsMarket.Web.Auditing;
using PointsMarket.Web.Reconciling;
using PointsMarket.Web.Shared;

namespace PointsMarket.Web.Pages.Finance.Audit;

/// <summary>A sample with its evidence, each transaction ticked off by the auditor with a remark.</summary>
[Authorize(Policy = Access.Audit)]
public sealed class ShowModel(MarketDb db, CurrentUser user, Actors actors, Evidence evidence, JudgeSample judge) : PageModel
{
    public sealed record Row(LedgerTransaction Entry, IReadOnlyList<Posting> Postings, IReadOnlyList<EvidenceFact> Facts, AuditSampleItem Item);

    public AuditSample Sample { get; private set; } = null!;

    public IReadOnlyList<Row> Rows { get; private set; } = [];

    public IReadOnlyDictionary<string, string> Names { get; private set; } = null!;

    public bool MayWrite => user.Is(Roles.Auditor);

    public async Task<IActionResult> OnGetAsync(int id, CancellationToken ct) => await LoadAsync(id, ct) ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(int id, long sequence, SampleVerdict verdict, string? remark, CancellationToken ct)
    {
        if (!MayWrite) return Forbid();
        var outcome = await judge.ExecuteAsync(new JudgeSample.Input { SampleId = id, Sequence = sequence, Verdict = verdict, Remark = remark, Actor = user.Actor, AreaPath = user.AreaPath }, ct);
        if (outcome == JudgeSample.Outcome.NotFound) return NotFound();
        if (outcome == JudgeSample.Outcome.BadWords) TempData.Refuse("Audit.Said.BadWords");
        else TempData.Say($"Audit.Said.{verdict}", $"{sequence}");
        return Redirect($"/finance/audit/{id}#t{sequence}");
    }

    private async Task<bool> LoadAsync(int id, CancellationToken ct)
    {
        var book = await ReconReads.BookAsync(db, user, ct);
        var sample = await db.AuditSamples.AsNoTracking().Include(s => s.Items.OrderBy(i => i.Sequence)).SingleOrDefaultAsync(s => s.Id == id && s.BookId == book, ct);
        if (sample is null) return false;
        Sample = sample;
        var numbers = sample.Items.ConvertAll(i => i.Sequence);
        var entries = await db.LedgerTransactions.AsNoTracking().Where(t => t.BookId == sample.BookId && numbers.Contains(t.Sequence)).OrderBy(t => t.Sequence).ToListAsync(ct);
        var facts = await evidence.OfAsync(sample.BookId, entries, ct);
        var rows = new List<Row>(entries.Count);
        foreach (var e in entries) rows.Add(new Row(e, await db.PostingsOfAsync(sample.BookId, e.Sequence, ct), facts[e.Sequence], sample.Items.Find(i => i.Sequence == e.Sequence)!));
        Rows = rows;
        Names = await actors.NamesAsync(entries.Select(e => e.Actor).Concat(sample.Items.Select(i => i.By)).Append(sample.TakenBy), ct);
        return true;
    }
}
