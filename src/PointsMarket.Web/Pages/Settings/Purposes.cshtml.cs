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
public sealed class PurposesModel(MarketDb db, CurrentUser user, Actors actors, ApproveFundPurposes approve, RefuseFundPurposes refuse, WithdrawFundPurposes withdraw, IStringLocalizer<Texts> texts)
    : ProposalPage<FundProposal>(user, actors, texts)
{
    private readonly CurrentUser user = user;

    protected override string Approved => "Funds.Purposes.Approved";

    protected override Task<FundProposal?> FindAsync(int id, CancellationToken ct) => FundJudges.Of(db, user.AreaPath).AsNoTracking().SingleOrDefaultAsync(p => p.Id == id, ct);

    protected override Task<bool> IsJudgeAsync(CancellationToken ct) => FundJudges.MayAsync(db, user.Id, user.AreaPath, ct);

    protected override Task<ProposalOutcome> ApproveAsync(CancellationToken ct) => approve.ExecuteAsync(Decision, ct);

    protected override Task<ProposalOutcome> RefuseAsync(CancellationToken ct) => refuse.ExecuteAsync(Decision, Input.Answer, ct);

    protected override Task<ProposalOutcome> WithdrawAsync(CancellationToken ct) => withdraw.ExecuteAsync(Decision, ct);
}
