using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.Extensions.Localization;
using PointsMarket.Data;
using PointsMarket.Funding;
using PointsMarket.Web.Accounts;
using PointsMarket.Web.Funding;
using PointsMarket.Web.Reports;
using PointsMarket.Web.Shared;
using PointsMarket.Web.Text;

namespace PointsMarket.Web.Pages.Payments;

/// <summary>Somebody at the desk asks for one payment: to a shop or a firm, or to one member.</summary>
[Authorize(Policy = Access.PaymentsAsk), RequestSizeLimit(ReportForm.LargestBody), RequestFormLimits(MultipartBodyLengthLimit = ReportForm.LargestBody)]
public sealed class AskModel(MarketDb db, FundReads reads, AskForPayment ask, CurrentUser user, IStringLocalizer<Texts> texts) : PageModel
{
    public sealed class InputModel
    {
        [Display(Name = "Funds.List.Fund"), Required, StringLength(40)]
        public string? Fund { get; set; }

        [Display(Name = "Funds.Move.Purpose"), Required]
        public FundPurpose? Purpose { get; set; }

        [Display(Name = "Payments.Ask.Amount"), Required, StringLength(20)]
        public string? Amount { get; set; }

        [Display(Name = "Payments.Ask.Payee"), StringLength(Payment.MostPayee)]
        public string? Payee { get; set; }

        [Display(Name = "Payments.Ask.Member"), StringLength(40)]
        public string? Member { get; set; }

        [Display(Name = "Payments.Ask.Words"), Required, StringLength(Payment.MostWords)]
        public string? Words { get; set; }

        /// <summary>Made with the form, so that sending it twice asks once.</summary>
        public Guid Once { get; set; }
    }

    [BindProperty]
    public InputModel Input { get; set; } = new();

    /// <summary>What proves it.</summary>
    [BindProperty]
    public List<IFormFile> Files { get; set; } = [];

    public IReadOnlyList<FundState> Funds { get; private set; } = [];

    /// <summary>The limits of today's ladder, in fen.</summary>
    public (long One, long Two) Limits { get; private set; }

    public IReadOnlyList<SelectListItem> FundItems => [.. Funds.Select(f => new SelectListItem(texts["Payments.Ask.FundFree", FundWords.Name(f.Fund), Ui.Yuan(f.FreeFen)], f.Fund.Code))];

    public IReadOnlyList<SelectListItem> PurposeItems => FundWords.Purposes(FundPurposes.All.Where(p => Funds.Any(f => f.Fund.Purposes.HasFlag(p))), texts);

    public async Task OnGetAsync(string? fund, CancellationToken ct)
    {
        await LoadAsync(ct);
        Input.Once = Guid.NewGuid();
        Input.Fund = Funds.FirstOrDefault(f => f.Fund.Code == fund)?.Fund.Code ?? (Funds.Count > 0 ? Funds[0].Fund.Code : null);
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        await LoadAsync(ct);
        if (await reads.BookAsync(ct) is not { } book) ModelState.AddModelError("", texts["Payments.Refusal.NotAllowed"]);
        else if (ModelState.IsValid)
        {
            var member = string.IsNullOrWhiteSpace(Input.Member) ? null : Input.Member.Trim();
            var outcome = await ask.ExecuteAsync([new AskForPayment.Input
            {
                BookId = book, Fund = Input.Fund!, Purpose = Input.Purpose!.Value, Payee = Input.Payee, Words = Input.Words!, Key = $"desk:{user.Id}:{Input.Once:N}", Actor = user.Actor,
                Files = await EvidenceFile.ReadAsync(Files, ct), Lines = [new AskForPayment.Line(member, FundWords.Fen(Input.Amount) ?? 0)],
            }], ct);
            if (outcome is AskForPayment.Asked(var ids))
            {
                TempData.Say("Payments.Ask.Done", Payment.NumberOf(ids[0]));
                return Redirect($"/finance/payments/{ids[0]}");
            }
            if (outcome is AskForPayment.BadFile(var bad)) ModelState.AddModelError("Files", EvidenceFile.Why(bad, texts));
            else if (outcome is AskForPayment.Refused refused) ModelState.Explain(new PaymentOutcome.Refused(refused.Why, refused.About), texts, FieldOf);
        }
        return Page();
    }

    private static string FieldOf(PaymentRefusal why) => why switch
    {
        PaymentRefusal.NotFound or PaymentRefusal.FundClosed => "Input.Fund",
        PaymentRefusal.WrongPurpose => "Input.Purpose",
        PaymentRefusal.BadAmount => "Input.Amount",
        PaymentRefusal.NobodyToPay => "Input.Payee",
        PaymentRefusal.UnknownMember => "Input.Member",
        PaymentRefusal.BadWords => "Input.Words",
        PaymentRefusal.BadFiles => "Files",
        _ => "",
    };

    private async Task LoadAsync(CancellationToken ct)
    {
        Funds = [.. (await reads.FundsAsync(ct)).Where(f => f.Fund.Active)];
        Limits = await PaymentLadder.LimitsAsync(db, reads.Today, ct);
    }
}
