using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using PointsMarket.Areas;
using PointsMarket.Data;
using PointsMarket.Funding;
using PointsMarket.Web.Accounts;
using PointsMarket.Web.Funding;
using PointsMarket.Web.Shared;
using PointsMarket.Web.Text;

namespace PointsMarket.Web.Pages.Payments;

/// <summary>One payment: to whom, what for, the rungs of its ladder, and what this person may do about it.</summary>
public sealed class DetailModel(
    MarketDb db, FundReads reads, CurrentUser user, Actors actors, ApprovePayment approve, RefusePayment refuse, WithdrawPayment withdraw, PayPayment pay, IStringLocalizer<Texts> texts) : PageModel
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
        var outcome = await approve.ExecuteAsync(id, reads.By, ct);
        var last = outcome is PaymentOutcome.Done && await db.Payments.AnyAsync(p => p.Id == id && p.State == PaymentState.Approved, ct);
        return Said(outcome, last ? "Payments.Said.Approved" : "Payments.Said.OneMore");
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

    private RedirectResult Said(PaymentOutcome outcome, string done)
    {
        if (outcome is PaymentOutcome.Refused refused) TempData.Refuse($"Payments.Refusal.{refused.Why}", refused.About ?? "", Ui.Yuan(refused.MissingFen));
        else TempData.Say(done, Payment.Number);
        return Redirect($"/finance/payments/{Payment.Id}");
    }

    private async Task<bool> LoadAsync(int id, CancellationToken ct)
    {
        if (await reads.Payments().Include(p => p.Fund).Include(p => p.Lines).Include(p => p.Approvals).AsSplitQuery().SingleOrDefaultAsync(p => p.Id == id, ct) is not { } payment) return false;
        Payment = payment;
        State = (await reads.FundAsync(payment.Fund.Code, ct))!;
        Lines = await reads.LinesAsync(id, ct);
        Movement = await db.FundMovements.AsNoTracking().SingleOrDefaultAsync(m => m.PaymentId == id, ct);
        Names = await actors.NamesAsync([payment.AskedBy, payment.EndedBy, .. payment.Approvals.Select(a => a.By)], ct);
        if (MayPay) Paid.Day ??= Today;
        return true;
    }
}
