using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using PointsMarket.Areas;
using PointsMarket.Data;
using PointsMarket.Proposals;
using PointsMarket.Rules;
using PointsMarket.Tasks;
using PointsMarket.Web.Accounts;
using PointsMarket.Web.Shared;
using PointsMarket.Web.Text;

namespace PointsMarket.Web.Pages.Desk.Rules;

/// <summary>One proposal: what is now and what is to be, what it would have done last month, and the decision.</summary>
[Authorize(Policy = Access.ApproveRead)]
public sealed class DetailModel(
    MarketDb db, CurrentUser user, Actors actors, ApproveRule approve, RefuseRule refuse, WithdrawRule withdraw, TimeProvider clock, IStringLocalizer<Texts> texts) : PageModel
{
    public sealed class InputModel
    {
        [Display(Name = "Rules.Detail.Answer"), Required, StringLength(ProposeRule.MostWords)]
        public string? Answer { get; set; }
    }

    [BindProperty]
    public InputModel Input { get; set; } = new();

    public RuleProposal Proposal { get; private set; } = null!;

    /// <summary>The rule that the proposed one takes over from; null for none.</summary>
    public ScoringRule? Before { get; private set; }

    public RulePreview? Preview { get; private set; }

    public DateOnly Month { get; private set; }

    public IReadOnlyDictionary<string, string> Names { get; private set; } = null!;

    public bool Waits => Proposal.State == ProposalState.Waiting;

    public bool Own => Proposal.ProposedBy == user.Actor.Code;

    public bool MayDecide { get; private set; }

    /// <summary>Its first day is here, and nobody has decided.</summary>
    public bool TooLate { get; private set; }

    private ProposalDecision Decision => new() { ProposalId = Proposal.Id, UserId = user.Id, AreaPath = user.AreaPath };

    public async Task<IActionResult> OnGetAsync(int id, CancellationToken ct) => await LoadAsync(id, ct) ? Page() : NotFound();

    public async Task<IActionResult> OnPostApproveAsync(int id, CancellationToken ct) =>
        await LoadAsync(id, ct) ? Said(await approve.ExecuteAsync(Decision, ct), "Rules.Said.Approved") : NotFound();

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
        return Redirect($"/desk/rules/{Proposal.Id}");
    }

    private async Task<bool> LoadAsync(int id, CancellationToken ct)
    {
        if (await db.RuleProposals.AsNoTracking().SingleOrDefaultAsync(p => p.Id == id, ct) is not { } proposal) return false;
        Proposal = proposal;
        var today = StationTime.Day(clock.GetUtcNow().UtcDateTime);
        (Month, TooLate) = (new DateOnly(today.Year, today.Month, 1).AddMonths(-1), Waits && proposal.From <= today);
        Before = await db.ScoringRules.AsNoTracking().Where(r => r.Category == proposal.Category && r.From < proposal.From).OrderByDescending(r => r.From).FirstOrDefaultAsync(ct);
        Names = await actors.NamesAsync([proposal.ProposedBy, proposal.DecidedBy], ct);
        MayDecide = Waits && !Own && await RuleJudges.MayAsync(db, user.Id, user.AreaPath, ct);
        if (Waits && !proposal.IsNew) Preview = await RulePreview.ReadAsync(db, user.AreaPath, Month, proposal.AsRule(), ct);
        return true;
    }
}
