using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using PointsMarket.Data;
using PointsMarket.Funding;
using PointsMarket.Proposals;
using PointsMarket.Web.Accounts;
using PointsMarket.Web.Shared;
using PointsMarket.Web.Text;

namespace PointsMarket.Web.Pages.Settings;

/// <summary>Other purposes of a fund: what it is for now and is to be, why, and the decision.</summary>
public sealed class PurposesModel(
    MarketDb db, CurrentUser user, Actors actors, ApproveFundPurposes approve, RefuseFundPurposes refuse, WithdrawFundPurposes withdraw, IStringLocalizer<Texts> texts) : PageModel
{
    public sealed class InputModel
    {
        [Display(Name = "Rules.Detail.Answer"), Required, StringLength(PointsMarket.Proposals.Proposal.MostWords)]
        public string? Answer { get; set; }
    }

    [BindProperty]
    public InputModel Input { get; set; } = new();

    public FundProposal Proposal { get; private set; } = null!;

    public IReadOnlyDictionary<string, string> Names { get; private set; } = null!;

    public bool Waits => Proposal.State == ProposalState.Waiting;

    public bool Own => Proposal.ProposedBy == user.Actor.Code;

    public bool MayDecide { get; private set; }

    private ProposalDecision Decision => new() { ProposalId = Proposal.Id, UserId = user.Id, AreaPath = user.AreaPath };

    public async Task<IActionResult> OnGetAsync(int id, CancellationToken ct) => await LoadAsync(id, ct) ? Page() : NotFound();

    public async Task<IActionResult> OnPostApproveAsync(int id, CancellationToken ct) =>
        await LoadAsync(id, ct) ? Said(await approve.ExecuteAsync(Decision, ct), "Funds.Purposes.Approved") : NotFound();

    public async Task<IActionResult> OnPostWithdrawAsync(int id, CancellationToken ct) =>
        await LoadAsync(id, ct) ? Said(await withdraw.ExecuteAsync(Decision, ct), "Rules.Said.Withdrawn") : NotFound();

    public async Task<IActionResult> OnPostRefuseAsync(int id, CancellationToken ct)
    {
        if (!await LoadAsync(id, ct)) return NotFound();
        if (!ModelState.IsValid) return Page();
        var outcome = await refuse.ExecuteAsync(Decision, Input.Answer, ct);
        if (outcome != ProposalOutcome.ReasonMissing) return Said(outcome, "Rules.Said.Refused");
        ModelState.AddModelError("Input.Answer", texts["Rules.Outcome.ReasonMissing"]);
        return Page();
    }

    private RedirectResult Said(ProposalOutcome outcome, string done)
    {
        if (outcome == ProposalOutcome.Done) TempData.Say(done, Proposal.Number);
        else TempData.Refuse($"Rules.Outcome.{outcome}");
        return Redirect($"{FundJudges.Page}{Proposal.Id}");
    }

    private async Task<bool> LoadAsync(int id, CancellationToken ct)
    {
        if (await FundJudges.Of(db, user.AreaPath).AsNoTracking().SingleOrDefaultAsync(p => p.Id == id, ct) is not { } proposal) return false;
        Proposal = proposal;
        Names = await actors.NamesAsync([proposal.ProposedBy, proposal.DecidedBy], ct);
        MayDecide = Waits && !Own && await FundJudges.MayAsync(db, user.Id, user.AreaPath, ct);
        return true;
    }
}
