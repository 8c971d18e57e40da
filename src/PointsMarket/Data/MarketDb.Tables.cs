using Microsoft.EntityFrameworkCore;
using PointsMarket.Accounts;
using PointsMarket.Areas;
using PointsMarket.Assessments;
using PointsMarket.Auditing;
using PointsMarket.Awards;
using PointsMarket.Cases;
using PointsMarket.Duties;
using PointsMarket.Effects;
using PointsMarket.Funding;
using PointsMarket.Jobs;
using PointsMarket.Ledger;
using PointsMarket.Loops;
using PointsMarket.Market;
using PointsMarket.Meetings;
using PointsMarket.Members;
using PointsMarket.Notices;
using PointsMarket.Reconciliations;
using PointsMarket.Routing;
using PointsMarket.Rules;
using PointsMarket.Settings;
using PointsMarket.Sponsors;
using PointsMarket.Stock;
using PointsMarket.Tasks;
using PointsMarket.Tips;
using PointsMarket.Unsealing;

namespace PointsMarket.Data;

/// <content>How the tables are mapped: each feature says it beside its rows, and is called here.</content>
public abstract partial class MarketDb
{
    private static void ConfigureTables(ModelBuilder builder)
    {
        AppUser.Configure(builder);
        Accounts.Roles.Configure(builder);
        Area.Configure(builder);
        Member.Configure(builder);
        SealedIdentity.Configure(builder);
        UnsealRequest.Configure(builder);
        Tip.Configure(builder);
        TaskReport.Configure(builder);
        ReportPhoto.Configure(builder);
        ReportEvent.Configure(builder);
        ScoringRule.Configure(builder);
        Case.Configure(builder);
        Duty.Configure(builder);
        Market.Goods.Configure(builder);
        Outlet.Configure(builder);
        Voucher.Configure(builder);
        Redemption.Configure(builder);
        KioskDevice.Configure(builder);
        Sponsor.Configure(builder);
        FundMovement.Configure(builder);
        Evaluation.Configure(builder);
        Assessment.Configure(builder);
        Reconciliation.Configure(builder);
        ChangeRecord.Configure(builder);
        InboxMessage.Configure(builder);
        RuleProposal.Configure(builder);
        RouteStep.Configure(builder);
        Climb.Configure(builder);
        Loop.Configure(builder);
        LoopStep.Configure(builder);
        LoopPhoto.Configure(builder);
        LoopReminder.Configure(builder);
        Mediator.Configure(builder);
        TaskCategory.Configure(builder);
        SupermarketCard.Configure(builder);
        SecondSignature.Configure(builder);
        Pledge.Configure(builder);
        Announcement.Configure(builder);
        Meeting.Configure(builder);
        PoliceFigure.Configure(builder);
        ProtectionKey.Configure(builder);
        WriteReceipt.Configure(builder);
        MonthFile.Configure(builder);
        FollowUp.Configure(builder);
        MonthClosing.Configure(builder);
        AuditSample.Configure(builder);
        LedgerModel.Configure(builder);
        SettingValue.Configure(builder);
        SettingProposal.Configure(builder);
        Fund.Configure(builder);
        Payment.Configure(builder);
        JobRun.Configure(builder);
        Lot.Configure(builder);
        StockMove.Configure(builder);
        Stocktake.Configure(builder);
        StockThreshold.Configure(builder);
        AwardCycle.Configure(builder);
    }
}
