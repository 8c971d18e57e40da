using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using PointsMarket.Areas;
using PointsMarket.Awards;
using PointsMarket.Data;
using PointsMarket.Funding;
using PointsMarket.Web.Accounts;
using PointsMarket.Web.Awards;
using PointsMarket.Web.Shared;
using PointsMarket.Web.Text;

namespace PointsMarket.Web.Pages.Desk.Awards;

/// <summary>One cycle: where it stands, who is named and why, the next step, objections, and everything that was done.</summary>
[Authorize(Policy = Access.ApproveRead)]
public sealed class DetailModel(
    AwardReads reads, MarketDb db, CurrentUser user, Actors actors, CycleSteps steps, PrintCertificates print, TimeProvider clock, IStringLocalizer<Texts> texts) : PageModel
{
    public sealed class InputModel
    {
        [Display(Name = "Awards.Detail.Reason"), StringLength(AwardDesk.MostWords)]
        public string? Reason { get; set; }

        [Display(Name = "Awards.Detail.Answer"), StringLength(AwardDesk.MostWords)]
        public string? Answer { get; set; }

        [Display(Name = "Awards.Detail.MemberCode"), StringLength(40)]
        public string? MemberCode { get; set; }

        [Display(Name = "Awards.Detail.Firm")]
        public string? SponsorCode { get; set; }

        [Display(Name = "Awards.Detail.Name"), StringLength(NameRecipient.LongestName)]
        public string? Name { get; set; }

        /// <summary>Something was typed that would be lost.</summary>
        internal bool IsTyped => Reason is not null || Answer is not null || MemberCode is not null || Name is not null;
    }

    /// <summary>The form of a deed that needs its reason in words.</summary>
    public sealed record ReasonForm(int Cycle, CycleDeed Deed, int? Target, string Hint, string? Typed, string? Error);

    /// <summary>Rows of a ranking on the page; the CSV has all.</summary>
    public const int Shown = 60;

    [BindProperty]
    public InputModel Input { get; set; } = new();

    /// <summary>The deed whose form was sent and refused; null when none was.</summary>
    private (CycleDeed Deed, int? Target)? sent;

    public AwardCycle Cycle { get; private set; } = null!;

    public AwardRule Rule { get; private set; } = null!;

    public IReadOnlyList<AwardReads.Nominee> Nominees { get; private set; } = [];

    public int Total { get; private set; }

    /// <summary>Who is named for the same in another cycle of the year, and passed over in this one.</summary>
    public IReadOnlySet<int> Elsewhere { get; private set; } = new HashSet<int>();

    public IReadOnlyList<AwardReads.Objection> Objections { get; private set; } = [];

    public IReadOnlyList<AwardEvent> Events { get; private set; } = [];

    public IReadOnlyList<AwardRecusal> Recusals { get; private set; } = [];

    public IReadOnlyList<SelectListItem> Firms { get; private set; } = [];

    public IReadOnlyDictionary<string, string> Names { get; private set; } = null!;

    public DateOnly Today { get; private set; }

    /// <summary>The reader stands aside.</summary>
    public bool Recused { get; private set; }

    public long OwedFen { get; private set; }

    /// <summary>What the fund was asked for.</summary>
    public IReadOnlyList<Payment> Payments { get; private set; } = [];

    /// <summary>Somebody is owed money that was not asked for, or whose payment came to nothing.</summary>
    public bool MoneyWaits { get; private set; }

    public int Valid { get; private set; }

    public bool HasPdf => print.IsPossible;

    /// <summary>The reader fixed the list.</summary>
    public bool FixedIt => Cycle.FixedBy == user.Actor.Code;

    public bool NoticeRuns => Cycle.NoticeTo >= Today;

    public bool Waits => Objections.Any(o => o.Answer is null);

    /// <summary>True for the form that was sent and refused: it is open again, and keeps what was typed.</summary>
    public bool IsSent(CycleDeed deed, int? target = null) => sent == (deed, target);

    /// <summary>A form for a deed that needs its reason in words, with what was typed into it.</summary>
    public ReasonForm Form(CycleDeed deed, string hint, int? target = null) =>
        new(Cycle.Id, deed, target, hint, IsSent(deed, target) ? Input.Reason : null, IsSent(deed, target) ? ErrorOf(nameof(Input.Reason)) : null);

    /// <summary>What is wrong with a field that was sent; null for nothing.</summary>
    public string? ErrorOf(string field) => ModelState.TryGetValue($"{nameof(Input)}.{field}", out var state) && state.Errors.Count > 0 ? state.Errors[0].ErrorMessage : null;

    public async Task<IActionResult> OnGetAsync(int id, CancellationToken ct) => await LoadAsync(id, ct) ? Page() : NotFound();

    public async Task<IActionResult> OnGetCsvAsync(int id, CancellationToken ct) => await reads.FindAsync(id, ct) is null ? NotFound() : new Csv<AwardReads.Nominee>(
        $"award-{id}.csv", reads.Nominees(id).AsAsyncEnumerable(),
        (texts["Awards.Rank.Place"], n => n.Place), (texts["Desk.Members.Code"], n => n.Code), (texts["Awards.Rank.Who"], n => n.Shown), (texts["Desk.Members.Kind"], n => n.Kind is { } k ? texts[$"Desk.MemberKind.{k}"].Value : ""),
        (texts["Awards.Form.Area"], n => n.Area), (texts["Awards.Rank.Mean"], n => n.Mean is { } m ? AwardWords.Score(m) : ""), (texts["Awards.Rank.Sum"], n => AwardWords.Score((int)n.ScoreSum)), (texts["Awards.Rank.Months"], n => n.Months),
        (texts["Awards.Rank.Points"], n => n.Points), (texts["Awards.Rank.Joined"], n => $"{n.Joined:yyyy-MM-dd}"), (texts["Awards.Rank.Named"], n => n.Named ? "1" : ""), (texts["Awards.Rank.Struck"], n => n.StruckFor));

    /// <summary>One step: <c>?handler=step&amp;do=Confirm</c>.</summary>
    public async Task<IActionResult> OnPostStepAsync(int id, CycleDeed @do, int? target, CancellationToken ct)
    {
        if (!await LoadAsync(id, ct)) return NotFound();
        sent = (@do, target);
        if (!ModelState.IsValid) return Page();
        var outcome = await steps.ExecuteAsync(@do, new AwardStep { CycleId = id, UserId = user.Id, AreaPath = user.AreaPath }, target, Input, ct);
        if (outcome == AwardOutcome.Done) TempData.Say($"Awards.Said.{@do}", Cycle.Title);
        else if (Input.IsTyped) return await RefusedAsync(id, @do, outcome, ct);
        else TempData.Refuse($"Awards.Outcome.{outcome}");
        return Redirect($"/desk/awards/{id}");
    }

    /// <summary>Nothing that was typed is lost with a refusal: the page as it is now, and the form as it was sent.</summary>
    private async Task<IActionResult> RefusedAsync(int id, CycleDeed deed, AwardOutcome outcome, CancellationToken ct)
    {
        var field = outcome != AwardOutcome.ReasonMissing ? "" : deed is CycleDeed.Uphold or CycleDeed.Dismiss ? $"{nameof(Input)}.{nameof(Input.Answer)}" : $"{nameof(Input)}.{nameof(Input.Reason)}";
        ModelState.AddModelError(field, texts[$"Awards.Outcome.{outcome}"]);
        return await LoadAsync(id, ct) ? Page() : NotFound();
    }

    private async Task<bool> LoadAsync(int id, CancellationToken ct)
    {
        if (await reads.FindAsync(id, ct) is not { } cycle) return false;
        (Cycle, Rule, Today) = (cycle, AwardRule.For(cycle.Kind), StationTime.Day(clock.GetUtcNow().UtcDateTime));
        Total = await db.AwardNominees.CountAsync(n => n.CycleId == id, ct);
        Nominees = await reads.Nominees(id, Math.Max(Shown, cycle.Quota + 20)).ToListAsync(ct);
        (Objections, Events, Recusals) = (await reads.ObjectionsAsync(id, ct), await reads.EventsAsync(id, ct), await reads.RecusalsAsync(id, ct));
        if (cycle.State == AwardState.Draft) Elsewhere = await NamedElsewhere.ReadAsync(db, cycle, ct);
        Recused = await reads.IsRecusedAsync(id, ct);
        OwedFen = await db.AwardNominees.Where(n => n.CycleId == id).SumAsync(n => n.OwedFen, ct);
        Payments = await reads.PaymentsAsync(id, ct);
        var alive = Payments.Where(p => p.State is PaymentState.Asked or PaymentState.Approved or PaymentState.Paid).Select(p => p.Number).ToList();
        MoneyWaits = OwedFen > 0 && cycle.State is AwardState.Decided or AwardState.Issuing or AwardState.Issued && await db.AwardNominees.AnyAsync(n => n.CycleId == id && n.OwedFen > 0 && (n.Payment == null || !alive.Contains(n.Payment)), ct);
        Valid = await db.Certificates.CountAsync(c => c.CycleId == id && c.RevokedAt == null, ct);
        if (Rule.Of.HasFlag(AwardRecipients.Sponsors) && cycle.State == AwardState.Draft)
            Firms = await db.Sponsors.OrderBy(s => s.Name).Take(500).Select(s => new SelectListItem(s.Name, s.Code)).ToListAsync(ct);
        Names = await actors.NamesAsync([.. Events.Select(e => e.Actor), .. Objections.Select(o => o.AnsweredBy), .. Recusals.Select(r => $"user:{r.UserId}"), .. Nominees.Select(n => n.StruckBy)], ct);
        return true;
    }
}
