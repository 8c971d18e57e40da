using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using PointsMarket.Data;
using PointsMarket.Funding;
using PointsMarket.Proposals;
using PointsMarket.Web.Accounts;
using PointsMarket.Web.Funding;
using PointsMarket.Web.Shared;
using PointsMarket.Web.Text;

namespace PointsMarket.Web.Pages.Finance.Funds;

/// <summary>An administrator opens a fund or changes its names and purposes.</summary>
[Authorize(Policy = Access.Admin)]
public sealed class EditModel(MarketDb db, FundReads reads, SaveFund save, IStringLocalizer<Texts> texts) : PageModel
{
    public sealed class InputModel
    {
        [Display(Name = "Funds.List.Code"), StringLength(40)]
        public string? Code { get; set; }

        [Display(Name = "Funds.Edit.NameZh"), Required, StringLength(SaveFund.MostName)]
        public string? NameZh { get; set; }

        [Display(Name = "Funds.Edit.NameEn"), Required, StringLength(SaveFund.MostName)]
        public string? NameEn { get; set; }

        public List<FundPurpose> Purposes { get; set; } = [];

        [Display(Name = "Funds.Edit.Reason"), StringLength(Proposal.MostWords)]
        public string? Reason { get; set; }

        [Display(Name = "Funds.Edit.Active")]
        public bool Active { get; set; } = true;
    }

    [BindProperty]
    public InputModel Input { get; set; } = new();

    public Fund? Fund { get; private set; }

    /// <summary>Other purposes of the fund that wait for a second person.</summary>
    public int? Waiting { get; private set; }

    public string? NoPurpose => ModelState.TryGetValue("Input.Purposes", out var state) && state.Errors.Count > 0 ? state.Errors[0].ErrorMessage : null;

    public async Task<IActionResult> OnGetAsync(int? id, CancellationToken ct)
    {
        if (!await LoadAsync(id, ct)) return NotFound();
        if (Fund is { } fund) Input = new InputModel { Code = fund.Code, NameZh = fund.NameZh, NameEn = fund.NameEn, Purposes = [.. FundPurposes.Of(fund.Purposes)], Active = fund.Active };
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(int? id, CancellationToken ct)
    {
        if (!await LoadAsync(id, ct)) return NotFound();
        if (!ModelState.IsValid) return Page();
        var outcome = await save.ExecuteAsync(new SaveFund.Input
        {
            Id = id, Code = Input.Code ?? "", NameZh = Input.NameZh!, NameEn = Input.NameEn!, Purposes = Input.Purposes.Aggregate(FundPurpose.None, (a, b) => a | b), Active = Input.Active, Reason = Input.Reason, By = reads.By,
        }, ct);
        if (outcome is SaveFund.Outcome.Saved or SaveFund.Outcome.Proposed)
        {
            if (outcome == SaveFund.Outcome.Saved) TempData.Say("Funds.Edit.Saved");
            else TempData.Warn("Funds.Edit.Proposed");
            return Redirect($"/finance/funds/{Fund?.Code ?? Input.Code!.Trim()}");
        }
        ModelState.AddModelError(outcome switch
        {
            SaveFund.Outcome.BadCode or SaveFund.Outcome.CodeTaken => "Input.Code",
            SaveFund.Outcome.NoPurpose or SaveFund.Outcome.OneWaits => "Input.Purposes",
            SaveFund.Outcome.ReasonMissing => "Input.Reason",
            _ => "",
        }, texts[$"Funds.Problem.{outcome}"]);
        return Page();
    }

    private async Task<bool> LoadAsync(int? id, CancellationToken ct)
    {
        if (id is null) return true;
        if (await reads.BookAsync(ct) is not { } book) return false;
        Waiting = await db.FundProposals.Where(p => p.FundId == id && p.Fund.BookId == book && p.State == ProposalState.Waiting).Select(p => (int?)p.Id).FirstOrDefaultAsync(ct);
        return (Fund = await db.Funds.AsNoTracking().SingleOrDefaultAsync(f => f.Id == id && f.BookId == book, ct)) is not null;
    }
}
