using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using PointsMarket.Areas;
using PointsMarket.Data;
using PointsMarket.Proposals;
using PointsMarket.Settings;
using PointsMarket.Web.Accounts;
using PointsMarket.Web.Shared;
using PointsMarket.Web.Text;

namespace PointsMarket.Web.Pages.Settings;

/// <summary>One proposal: what is now and what is to be, why, and the decision.</summary>
public sealed class DetailModel(MarketDb db, CurrentUser user, Actors actors, ApproveSettings approve, RefuseSettings refuse, WithdrawSettings withdraw, TimeProvider clock, IStringLocalizer<Texts> texts)
    : ProposalPage<SettingProposal>(user, actors, texts)
{
    private readonly CurrentUser user = user;

    /// <summary>Its first day is here, and nobody has decided.</summary>
    public bool TooLate => Waits && Proposal.From <= StationTime.Day(clock.GetUtcNow().UtcDateTime);

    protected override string Approved => "Settings.Said.Approved";

    protected override string WhyNot(ProposalOutcome outcome) => outcome == ProposalOutcome.NotAllowed ? "Settings.Outcome.NotAllowed" : base.WhyNot(outcome);

    protected override Task<SettingProposal?> FindAsync(int id, CancellationToken ct) => db.SettingProposals.AsNoTracking().Include(p => p.Lines).SingleOrDefaultAsync(p => p.Id == id, ct);

    protected override Task<bool> IsJudgeAsync(CancellationToken ct) => SettingJudges.MayAsync(db, user.Id, user.AreaPath, ct);

    protected override Task<ProposalOutcome> ApproveAsync(CancellationToken ct) => approve.ExecuteAsync(Decision, ct);

    protected override Task<ProposalOutcome> RefuseAsync(CancellationToken ct) => refuse.ExecuteAsync(Decision, Input.Answer, ct);

    protected override Task<ProposalOutcome> WithdrawAsync(CancellationToken ct) => withdraw.ExecuteAsync(Decision, ct);
}
