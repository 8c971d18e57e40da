using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using PointsMarket.Funding;
using PointsMarket.Web.Accounts;
using PointsMarket.Web.Funding;
using PointsMarket.Web.Shared;
using PointsMarket.Web.Text;

namespace PointsMarket.Web.Pages.Finance.Funds;

/// <summary>Finance enters money that came in.</summary>
[Authorize(Policy = Access.FinanceWrite)]
public sealed class GrantModel(FundReads reads, EnterGrant enter, IStringLocalizer<Texts> texts) : PageModel
{
    public sealed class InputModel
    {
        [Display(Name = "Funds.Grant.Amount"), Required, StringLength(20)]
        public string? Amount { get; set; }

        [Display(Name = "Funds.Grant.Reference"), Required, StringLength(40)]
        public string? Reference { get; set; }

        [Display(Name = "Funds.Grant.Day"), Required]
        public DateOnly? Day { get; set; }

        [Display(Name = "Funds.Grant.Note"), StringLength(200)]
        public string? Note { get; set; }
    }

    [BindProperty]
    public InputModel Input { get; set; } = new();

    public FundState State { get; private set; } = null!;

    public DateOnly Today => reads.Today;

    public async Task<IActionResult> OnGetAsync(string code, CancellationToken ct)
    {
        if (!await LoadAsync(code, ct)) return NotFound();
        Input.Day = Today;
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(string code, CancellationToken ct)
    {
        if (!await LoadAsync(code, ct)) return NotFound();
        if (!ModelState.IsValid) return Page();
        var outcome = await enter.ExecuteAsync(new EnterGrant.Input
        {
            Fund = code, Reference = Input.Reference!, Day = Input.Day!.Value, AmountFen = FundWords.Fen(Input.Amount) ?? 0, Note = Input.Note, By = reads.By,
        }, ct);
        if (ModelState.Explain(outcome, texts, why => why switch
        {
            PaymentRefusal.BadAmount => "Input.Amount",
            PaymentRefusal.BadReference => "Input.Reference",
            PaymentRefusal.BadDay or PaymentRefusal.MonthClosed => "Input.Day",
            PaymentRefusal.BadWords => "Input.Note",
            _ => "",
        })) return Page();
        TempData.Say("Funds.Grant.Done", Input.Reference!.Trim());
        return Redirect($"/finance/funds/{State.Fund.Code}");
    }

    private async Task<bool> LoadAsync(string code, CancellationToken ct) => (State = (await reads.FundAsync(code, ct))!) is not null;
}
