using Microsoft.AspNetCore.Authorization;
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
public sealed class DetailModel(MarketDb db, CurrentUser user, Actors actors, ApproveRule approve, RefuseRule refuse, WithdrawRule withdraw, TimeProvider clock, IStringLocalizer<Texts> texts)
    : ProposalPage<RuleProposal>(user, actors, texts)
{
    private readonly CurrentUser user = user;

    /// <summary>The rule that the proposed one takes over from; null for none.</summary>
    public ScoringRule? Before { get; private set; }

    public RulePreview? Preview { get; private set; }

    public DateOnly Month => new DateOnly(Today.Year, Today.Month, 1).AddMonths(-1);

    /// <summary>Its first day is here, and nobody has decided.</summary>
    public bool TooLate => Waits && Proposal.From <= Today;

    protected override string Approved => "Rules.Said.Approved";

    private DateOnly Today => StationTime.Day(clock.GetUtcNow().UtcDateTime);

    protected override async Task<RuleProposal?> FindAsync(int id, CancellationToken ct)
    {
        if (await db.RuleProposals.AsNoTracking().SingleOrDefaultAsync(p => p.Id == id, ct) is not { } proposal) return null;
        Before = await db.ScoringRules.AsNoTracking().Where(r => r.Category == proposal.Category && r.From < proposal.From).OrderByDescending(r => r.From).FirstOrDefaultAsync(ct);
        if (proposal is { State: ProposalState.Waiting, IsNew: false }) Preview = await RulePreview.ReadAsync(db, user.AreaPath, Month, proposal.AsRule(), ct);
        return proposal;
    }

    protected override Task<bool> IsJudgeAsync(CancellationToken ct) => RuleJudges.MayAsync(db, user.Id, user.AreaPath, ct);

    protected override Task<ProposalOutcome> ApproveAsync(CancellationToken ct) => approve.ExecuteAsync(Decision, ct);

    protected override Task<ProposalOutcome> RefuseAsync(CancellationToken ct) => refuse.ExecuteAsync(Decision, Input.Answer, ct);

    protected override Task<ProposalOutcome> WithdrawAsync(CancellationToken ct) => withdraw.ExecuteAsync(Decision, ct);
}
