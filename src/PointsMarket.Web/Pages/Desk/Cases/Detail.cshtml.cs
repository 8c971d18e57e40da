using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using PointsMarket.Accounts;
using PointsMarket.Areas;
using PointsMarket.Cases;
using PointsMarket.Data;
using PointsMarket.Funding;
using PointsMarket.Settings;
using PointsMarket.Tasks;
using PointsMarket.Web.Accounts;
using PointsMarket.Web.Board;
using PointsMarket.Web.Reports;
using PointsMarket.Web.Shared;
using PointsMarket.Web.Text;

namespace PointsMarket.Web.Pages.Desk.Cases;

/// <summary>
/// One case whole: what it says, who holds it, who stands in line, its history, and the decisions that may be made. An attendant
/// reads it without the sealed details and writes down what members without a phone say.
/// </summary>
[RequestSizeLimit(ReportForm.LargestBody), RequestFormLimits(MultipartBodyLengthLimit = ReportForm.LargestBody)]
public sealed class DetailModel(
    MarketDb db, CurrentUser user, CaseReads reads, AgreeToClaim agree, SignHandOver sign, SubmitClaim submit, AddNote note, IStringLocalizer<Texts> texts, TimeProvider clock) : PageModel
{
    public sealed class InputModel
    {
        [Display(Name = "Cases.Do.Note"), StringLength(AddNote.MostText)]
        public string? Note { get; set; }

        [Display(Name = "Cases.Do.Photos")]
        public List<IFormFile> Photos { get; set; } = [];

        [Display(Name = "Cases.Do.Result"), StringLength(AnswerReport.MostWords)]
        public string? Result { get; set; }

        [Display(Name = "Cases.Record.NoInterest")]
        public bool NoInterest { get; set; }
    }

    public sealed record View(
        int Id, string Number, string Title, string? Wanted, string Kind, string Area, string? OfferedTo, int Reward, int Days, DateOnly? ClaimBy, CaseState State, int Round, DateTime OpenedAt, DateTime? ClosedAt,
        DateTime? RevisitAskedAt, DateTime? RevisitedAt, bool? Satisfied, long MoneyFen, string? FundZh, string? FundEn);

    /// <summary>What a fund was asked for a round.</summary>
    public sealed record MoneyRow(int Round, int PaymentId, long AmountFen, PaymentState State, long ClaimBackFen);

    [BindProperty]
    public InputModel Input { get; set; } = new();

    public View Case { get; private set; } = null!;

    public IReadOnlyList<ClaimView> Claims { get; private set; } = [];

    /// <summary>True for approvers of the whole station: payments are its business, not a village's.</summary>
    public bool MaySeePayments { get; private set; }

    /// <summary>Its money, the newest round first.</summary>
    public IReadOnlyList<MoneyRow> Money { get; private set; } = [];

    public IReadOnlyList<CaseStep> History { get; private set; } = [];

    public string? Sealed { get; private set; }

    public DateTime Now { get; private set; }

    public bool MayDecide => user.Is(Roles.Approver) || user.Is(Roles.Administrator);

    /// <summary>First in line, or in hand.</summary>
    public ClaimView? Live => Claims.FirstOrDefault(c => CaseLife.Live.Contains(c.State));

    public IEnumerable<ClaimView> Waiting => Claims.Where(c => c.State == ClaimState.Waiting);

    public IEnumerable<ClaimView> Ended => Claims.Where(c => !CaseLife.Unfinished.Contains(c.State)).Reverse();

    public bool Over { get; private set; }

    /// <summary>True when the user may not decide on it: they are one of them, or asked for them.</summary>
    public bool IsOwn(ClaimView claim) => claim.AskedBy == user.Actor.Code || claim.Members.Any(m => m.MemberId == user.MemberId);

    /// <summary>True when the user approved it, so that somebody else closes it.</summary>
    public bool NeedsOther(ClaimView claim) => Over && claim.ApprovedBy == user.Actor.Code;

    public async Task<IActionResult> OnGetAsync(string number, CancellationToken ct) => await LoadAsync(number, ct) ? Page() : NotFound();

    public Task<IActionResult> OnPostAgreeAsync(string number, int claim, int member, bool yes, CancellationToken ct) => DoAsync(number, claim, "Input.NoInterest", yes ? "Cases.Record.Agreed" : "Cases.Record.Declined",
        () => agree.ExecuteAsync(new() { ClaimId = claim, By = For(member), Agree = yes, NoInterest = Input.NoInterest }, ct), ct);

    public Task<IActionResult> OnPostSignAsync(string number, int claim, int member, bool yes, CancellationToken ct) =>
        DoAsync(number, claim, "Input.NoInterest", yes ? "Cases.Record.Signed" : "Cases.Record.NotSigned", () => sign.ExecuteAsync(claim, yes, Input.NoInterest, For(member), ct), ct);

    public Task<IActionResult> OnPostSubmitAsync(string number, int claim, int member, CancellationToken ct) =>
        DoAsync(number, claim, "Input.Result", "Cases.Record.Submitted", () => submit.ExecuteAsync(claim, Input.Result ?? "", For(member), ct), ct);

    public async Task<IActionResult> OnPostNoteAsync(string number, int claim, CancellationToken ct)
    {
        if (!MayDecide) return Forbid();
        return await DoAsync(number, claim, "Input.Note", "Cases.Done.Noted", async () => await note.ExecuteAsync(new()
        {
            ClaimId = claim, Approver = new() { Actor = user.Actor, MemberId = user.MemberId, AreaPath = user.AreaPath }, Text = Input.Note ?? "", Files = await EvidenceFile.ReadAsync(Input.Photos, ct),
        }, ct), ct);
    }

    private Voice For(int member) => new() { MemberId = member, Actor = user.Actor, RecordedIn = user.AreaPath };

    private async Task<IActionResult> DoAsync(string number, int claim, string field, string done, Func<Task<CaseOutcome>> act, CancellationToken ct)
    {
        if (!await LoadAsync(number, ct) || Claims.All(c => c.Id != claim)) return NotFound();
        if (!ModelState.IsValid) return Page();
        var outcome = await act();
        if (!ModelState.Explain(texts, outcome, field)) TempData.Say(done, Case.Number);
        else if (outcome is CaseOutcome.Refused { Why: CaseRefusal.NotNow or CaseRefusal.NotFound }) TempData.Refuse("Cases.Done.NotNow");
        else return Page();
        return Redirect($"/desk/cases/{Case.Number}");
    }

    private async Task<bool> LoadAsync(string number, CancellationToken ct)
    {
        Now = clock.GetUtcNow().UtcDateTime;
        Case = (await reads.Mine().Where(c => c.Number == number).Select(c => new View(
            c.Id, c.Number, c.Title, c.Wanted, c.Kind, c.Area.Name, c.OfferedTo == null ? null : c.OfferedTo.Name, c.Reward, c.Days, c.ClaimBy, c.State, c.Round, c.OpenedAt, c.ClosedAt,
            c.RevisitAskedAt, c.RevisitedAt, c.Satisfied, c.MoneyFen, c.Fund == null ? null : c.Fund.NameZh, c.Fund == null ? null : c.Fund.NameEn)).SingleOrDefaultAsync(ct))!;
        if (Case is null) return false;
        Over = Case.Reward > await SettingBook.ValueAsync(db, SettingList.CaseSecondPairOver, StationTime.Day(Now), ct);
        Claims = await CaseReads.View(db.Claims.Where(c => c.CaseId == Case.Id).OrderBy(c => c.Id)).ToListAsync(ct);
        Money = await db.CaseMoney.Where(m => m.CaseId == Case.Id).OrderByDescending(m => m.Round)
            .Select(m => new MoneyRow(m.Round, m.PaymentId, m.Payment.AmountFen, m.Payment.State, m.Payment.Lines.Where(l => l.ClaimBack != null).Sum(l => l.AmountFen))).ToListAsync(ct);
        MaySeePayments = MayDecide && await StationMonth.BookAsync(db, user.AreaPath, ct) is not null;
        History = await reads.HistoryAsync(Case.Id, null, ct);
        if (MayDecide) Sealed = await SealedDetails.ForApproverAsync(db, Case.Id, user.AreaPath, ct);
        else History = [.. History.Select(h => h with { Words = null, Photos = [], Files = [] })]; // what was found out is not for everybody at the desk
        return true;
    }
}
