using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using PointsMarket.Areas;
using PointsMarket.Data;
using PointsMarket.Funding;
using PointsMarket.Reconciliations;
using PointsMarket.Web.Accounts;
using PointsMarket.Web.Funding;
using PointsMarket.Web.Reports;
using PointsMarket.Web.Shared;
using PointsMarket.Web.Text;

namespace PointsMarket.Web.Pages.Payments;

/// <summary>One payment: to whom, what for, the rungs of its ladder, and what this person may do about it.</summary>
[RequestSizeLimit(ReportForm.LargestBody), RequestFormLimits(MultipartBodyLengthLimit = ReportForm.LargestBody)]
public sealed class DetailModel(
    MarketDb db, FundReads reads, CurrentUser user, Actors actors, ApprovePayment approve, ApproveRecording record, RefusePayment refuse, WithdrawPayment withdraw, PayPayment pay,
    AddPaymentFiles addFiles, AskForReversal askBack, ApproveReversal approveBack, EndReversal endBack, IStringLocalizer<Texts> texts) : PageModel
{
    public sealed class RefuseInput
    {
        [Display(Name = "Rules.Detail.Answer"), StringLength(Payment.MostWords)]
        public string? Reason { get; set; }
    }

    public sealed class PayInput
    {
        [Display(Name = "Funds.Grant.Reference"), StringLength(40)]
        public string? Reference { get; set; }

        [Display(Name = "Payments.Pay.Day")]
        public DateOnly? Day { get; set; }
    }

    public sealed class BackInput
    {
        [Display(Name = "Payments.Back.Which")]
        public int? Position { get; set; }

        [Display(Name = "Payments.Back.Why"), StringLength(PaymentReversal.MostWords)]
        public string? Reason { get; set; }
    }

    [BindProperty]
    public BackInput Back { get; set; } = new();

    [BindProperty]
    public List<IFormFile> Files { get; set; } = [];

    [BindProperty]
    public RefuseInput Input { get; set; } = new();

    [BindProperty]
    public PayInput Paid { get; set; } = new();

    public Payment Payment { get; private set; } = null!;

    public FundState State { get; private set; } = null!;

    public IReadOnlyList<FundReads.Line> Lines { get; private set; } = [];

    public FundMovement? Movement { get; private set; }

    public IReadOnlyDictionary<string, string> Names { get; private set; } = null!;

    public DateOnly Today => reads.Today;

    public DateOnly FirstDay => StationTime.Day(Payment.ApprovedAt!.Value);

    public bool MayReadFunds => reads.MayReadFunds;

    public bool Own => Payment.AskedBy == user.Actor.Code;

    public bool OwnMatter => user.MemberId is { } me && Payment.Lines.Exists(l => l.MemberId == me);

    public bool Open => Payment.State is PaymentState.Asked or PaymentState.Approved;

    /// <summary>True when this person's word is one it still needs.</summary>
    public bool MayApprove => Payment.State == PaymentState.Asked && !Own && !OwnMatter && Payment.Approvals.TrueForAll(a => a.By != user.Actor.Code)
        && PaymentLadder.PlaceFor(Payment, reads.IsApprover, reads.IsFinance) is not null;

    public bool MayRefuse => Open && !Own && (reads.IsApprover || reads.IsFinance);

    public bool MayAddFiles => Open && Payment.Files.Count < Payment.MostFiles && (Own || reads.IsApprover || reads.IsFinance);

    /// <summary>True when finance may ask that it comes back: nothing of it waits, and something is left.</summary>
    public bool MayAskBack => reads.IsFinance && Payment is { State: PaymentState.Paid, WaitingReversal: null };

    public bool OwnBack => Payment.WaitingReversal?.AskedBy == user.Actor.Code;

    public bool MayApproveBack => Payment.WaitingReversal is { } r && reads.IsApprover && !OwnBack && !OwnMatter && !r.Approvals.Exists(a => a.By == user.Actor.Code);

    public bool MayEndBack => reads.IsApprover || reads.IsFinance;

    /// <summary>What is to be claimed back and is not asked for yet.</summary>
    public IReadOnlyList<FundReads.Line> ClaimBack => [.. Lines.Where(l => l.ClaimBack is not null && (Payment.WaitingReversal is not { } r || (r.Position is not null && r.Position != l.Position)))];

    public IEnumerable<PaymentReversal> PastReversals => Payment.Reversals.Where(r => r.State != ReversalState.Asked).OrderByDescending(r => r.Id);

    /// <summary>The whole rest, or one of the lines that are not back.</summary>
    public IReadOnlyList<SelectListItem> BackItems =>
        [new SelectListItem(texts["Payments.Back.All"], ""), .. Lines.Where(l => l.ReversalId is null).Select(l => new SelectListItem($"{l.Name ?? Payment.Payee} {Ui.Yuan(l.AmountFen)}", $"{l.Position}"))];

    /// <summary>Whose part a reversal is about; empty for the whole.</summary>
    public string WhoOf(int? position) => Lines.FirstOrDefault(l => l.Position == position) is { } line ? line.Name ?? Payment.Payee ?? "" : "";

    public bool MayPay => Payment.State == PaymentState.Approved && reads.IsFinance;

    /// <summary>The rungs of the ladder: the word given, or null, and whether it is finance's.</summary>
    public IReadOnlyList<(PaymentApproval? Given, bool ForFinance)> Rungs
    {
        get
        {
            var approvers = Payment.Approvals.Where(a => !a.ForFinance).OrderBy(a => a.At).ToList();
            var rungs = Enumerable.Range(0, Math.Max(Payment.ApproversNeeded, approvers.Count)).Select(i => (i < approvers.Count ? approvers[i] : null, false));
            return Payment.FinanceNeeded ? [.. rungs, (Payment.Approvals.Find(a => a.ForFinance), true)] : [.. rungs];
        }
    }

    public async Task<IActionResult> OnGetAsync(int id, CancellationToken ct) => await LoadAsync(id, ct) ? Page() : NotFound();

    public async Task<IActionResult> OnPostApproveAsync(int id, CancellationToken ct)
    {
        if (!await LoadAsync(id, ct)) return NotFound();
        var outcome = Payment.AtBank ? await record.ExecuteAsync(id, reads.By, ct) : await approve.ExecuteAsync(id, reads.By, ct);
        var state = await db.Payments.Where(p => p.Id == id).Select(p => p.State).SingleAsync(ct);
        return Said(outcome, state switch { PaymentState.Approved => "Payments.Said.Approved", PaymentState.Paid => "Payments.Said.Paid", _ => "Payments.Said.OneMore" });
    }

    public async Task<IActionResult> OnPostWithdrawAsync(int id, CancellationToken ct) => await LoadAsync(id, ct) ? Said(await withdraw.ExecuteAsync(id, reads.By, ct), "Payments.Said.Withdrawn") : NotFound();

    public async Task<IActionResult> OnPostRefuseAsync(int id, CancellationToken ct)
    {
        if (!await LoadAsync(id, ct)) return NotFound();
        var outcome = await refuse.ExecuteAsync(id, Input.Reason, reads.By, ct);
        if (outcome is not PaymentOutcome.Refused { Why: PaymentRefusal.BadWords }) return Said(outcome, "Payments.Said.Refused");
        ModelState.AddModelError("Input.Reason", texts["Rules.Outcome.ReasonMissing"]);
        return Page();
    }

    public async Task<IActionResult> OnPostPayAsync(int id, CancellationToken ct)
    {
        if (!await LoadAsync(id, ct)) return NotFound();
        if (!ModelState.IsValid) return Page();
        var outcome = await pay.ExecuteAsync(new PayPayment.Input { PaymentId = id, Reference = Paid.Reference ?? "", Day = Paid.Day ?? default, By = reads.By }, ct);
        if (outcome is PaymentOutcome.Refused { Why: PaymentRefusal.BadReference or PaymentRefusal.BadDay or PaymentRefusal.MonthClosed } refused)
        {
            ModelState.Explain(refused, texts, why => why == PaymentRefusal.BadReference ? "Paid.Reference" : "Paid.Day");
            return Page();
        }
        return Said(outcome, "Payments.Said.Paid");
    }

    public async Task<IActionResult> OnPostFilesAsync(int id, CancellationToken ct)
    {
        if (!await LoadAsync(id, ct)) return NotFound();
        var outcome = await addFiles.ExecuteAsync(new AddPaymentFiles.Input { PaymentId = id, Files = await EvidenceFile.ReadAsync(Files, ct), By = reads.By }, ct);
        if (outcome is AddPaymentFiles.BadFile(var bad)) ModelState.AddModelError("Files", EvidenceFile.Why(bad, texts));
        else if (outcome is not PaymentOutcome.Refused { Why: PaymentRefusal.BadFiles } refused) return Said(outcome, "Payments.Said.Files");
        else ModelState.AddModelError("Files", FundWords.Why(refused, texts));
        return Page();
    }

    public async Task<IActionResult> OnPostBackAsync(int id, CancellationToken ct)
    {
        if (!await LoadAsync(id, ct)) return NotFound();
        if (!ModelState.IsValid) return Page();
        return BackSaid(await askBack.ExecuteAsync(new AskForReversal.Input { PaymentId = id, Position = Back.Position, Reason = Back.Reason, By = reads.By }, ct), "Payments.Said.BackAsked");
    }

    public async Task<IActionResult> OnPostBackApproveAsync(int id, CancellationToken ct)
    {
        if (!await LoadAsync(id, ct)) return NotFound();
        var outcome = await approveBack.ExecuteAsync(id, reads.By, ct);
        var last = outcome is PaymentOutcome.Done(var reversal) && await db.PaymentReversals.AnyAsync(r => r.Id == reversal && r.State == ReversalState.Done, ct);
        return Said(outcome, last ? "Payments.Said.Back" : "Payments.Said.BackOneMore");
    }

    public async Task<IActionResult> OnPostBackEndAsync(int id, CancellationToken ct)
    {
        if (!await LoadAsync(id, ct)) return NotFound();
        if (!ModelState.IsValid) return Page();
        return BackSaid(await endBack.ExecuteAsync(id, Back.Reason, reads.By, ct), OwnBack ? "Payments.Said.BackWithdrawn" : "Payments.Said.BackRefused");
    }

    /// <summary>A missing reason is said beside its field.</summary>
    private IActionResult BackSaid(PaymentOutcome outcome, string done)
    {
        if (outcome is not PaymentOutcome.Refused { Why: PaymentRefusal.BadWords }) return Said(outcome, done);
        ModelState.AddModelError("Back.Reason", texts["Rules.Outcome.ReasonMissing"]);
        return Page();
    }

    private RedirectResult Said(PaymentOutcome outcome, string done)
    {
        if (outcome is PaymentOutcome.Refused refused) TempData.Refuse($"Payments.Refusal.{refused.Why}", refused.About ?? "", Ui.Yuan(refused.MissingFen));
        else TempData.Say(done, Payment.Number);
        return Redirect($"/finance/payments/{Payment.Id}");
    }

    private async Task<bool> LoadAsync(int id, CancellationToken ct)
    {
        if (await reads.Payments().Include(p => p.Fund).Include(p => p.Lines).Include(p => p.Approvals).Include(p => p.Files).Include(p => p.Reversals).ThenInclude(r => r.Approvals).AsSplitQuery().SingleOrDefaultAsync(p => p.Id == id, ct) is not { } payment) return false;
        Payment = payment;
        State = (await reads.FundAsync(payment.Fund.Code, ct))!;
        Lines = await reads.LinesAsync(id, ct);
        Movement = await db.FundMovements.AsNoTracking().SingleOrDefaultAsync(m => m.PaymentId == id, ct);
        Names = await actors.NamesAsync([payment.AskedBy, payment.EndedBy, .. payment.Approvals.Select(a => a.By), .. payment.Reversals.SelectMany(r => (string?[])[r.AskedBy, r.EndedBy, .. r.Approvals.Select(a => a.By)])], ct);
        if (MayPay) Paid.Day ??= Today;
        return true;
    }
}
