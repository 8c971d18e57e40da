using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using PointsMarket.Proposals;
using PointsMarket.Web.Accounts;
using PointsMarket.Web.Text;

namespace PointsMarket.Web.Shared;

/// <summary>What is typed to decide on a proposal.</summary>
public sealed class ProposalAnswer
{
    [Display(Name = "Rules.Detail.Answer"), Required, StringLength(Proposal.MostWords)]
    public string? Answer { get; set; }
}

/// <summary>A page that shows one proposal and takes the decision on it. What it proposes, and who decides, each page says itself.</summary>
public abstract class ProposalPage<T>(CurrentUser user, Actors actors, IStringLocalizer<Texts> texts) : PageModel
    where T : Proposal
{
    [BindProperty]
    public ProposalAnswer Input { get; set; } = new();

    public T Proposal { get; private set; } = null!;

    public IReadOnlyDictionary<string, string> Names { get; private set; } = null!;

    public bool Waits => Proposal.State == ProposalState.Waiting;

    public bool Own => Proposal.ProposedBy == user.Actor.Code;

    public bool MayDecide { get; private set; }

    protected ProposalDecision Decision => new() { ProposalId = Proposal.Id, UserId = user.Id, AreaPath = user.AreaPath };

    /// <summary>The key of what is said when it was approved.</summary>
    protected abstract string Approved { get; }

    public async Task<IActionResult> OnGetAsync(int id, CancellationToken ct) => await LoadAsync(id, ct) ? Page() : NotFound();

    public async Task<IActionResult> OnPostApproveAsync(int id, CancellationToken ct) => await LoadAsync(id, ct) ? Said(await ApproveAsync(ct), Approved) : NotFound();

    public async Task<IActionResult> OnPostWithdrawAsync(int id, CancellationToken ct) => await LoadAsync(id, ct) ? Said(await WithdrawAsync(ct), "Rules.Said.Withdrawn") : NotFound();

    public async Task<IActionResult> OnPostRefuseAsync(int id, CancellationToken ct)
    {
        if (!await LoadAsync(id, ct)) return NotFound();
        if (!ModelState.IsValid) return Page();
        var outcome = await RefuseAsync(ct);
        if (outcome != ProposalOutcome.ReasonMissing) return Said(outcome, "Rules.Said.Refused");
        ModelState.AddModelError("Input.Answer", texts["Rules.Outcome.ReasonMissing"]);
        return Page();
    }

    /// <summary>The proposal, and what the page shows beside it; null when this user sees none of that number.</summary>
    protected abstract Task<T?> FindAsync(int id, CancellationToken ct);

    /// <summary>Whether this user is of those who decide, whoever proposed it.</summary>
    protected abstract Task<bool> IsJudgeAsync(CancellationToken ct);

    protected abstract Task<ProposalOutcome> ApproveAsync(CancellationToken ct);

    protected abstract Task<ProposalOutcome> RefuseAsync(CancellationToken ct);

    protected abstract Task<ProposalOutcome> WithdrawAsync(CancellationToken ct);

    /// <summary>The key of why nothing was decided.</summary>
    protected virtual string WhyNot(ProposalOutcome outcome) => $"Rules.Outcome.{outcome}";

    private RedirectResult Said(ProposalOutcome outcome, string done)
    {
        if (outcome == ProposalOutcome.Done) TempData.Say(done, Proposal.Number);
        else TempData.Refuse(WhyNot(outcome));
        return Redirect(Request.Path);
    }

    private async Task<bool> LoadAsync(int id, CancellationToken ct)
    {
        if (await FindAsync(id, ct) is not { } proposal) return false;
        Proposal = proposal;
        Names = await actors.NamesAsync([proposal.ProposedBy, proposal.DecidedBy], ct);
        MayDecide = Waits && !Own && await IsJudgeAsync(ct);
        return true;
    }
}
