using Microsoft.EntityFrameworkCore;
using PointsMarket.Accounts;
using PointsMarket.Areas;
using PointsMarket.Assessments;
using PointsMarket.Cases;
using PointsMarket.Duties;
using PointsMarket.Funding;
using PointsMarket.Ledger;
using PointsMarket.Loops;
using PointsMarket.Market;
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

/// <content>Which tables there are. A feature adds its sets and its one line of mapping here.</content>
public abstract partial class MarketDb
{
    /// <summary>Areas.</summary>
    public DbSet<Area> Areas => Set<Area>();

    /// <summary>Members.</summary>
    public DbSet<Member> Members => Set<Member>();

    /// <summary>Informants' names, sealed.</summary>
    public DbSet<SealedIdentity> SealedIdentities => Set<SealedIdentity>();

    /// <summary>Requests to see an informant's name.</summary>
    public DbSet<UnsealRequest> UnsealRequests => Set<UnsealRequest>();

    /// <summary>What was done about them.</summary>
    public DbSet<UnsealEvent> UnsealEvents => Set<UnsealEvent>();

    /// <summary>Confidential tips.</summary>
    public DbSet<Tip> Tips => Set<Tip>();

    /// <summary>What tippers and the desk write to each other, sealed.</summary>
    public DbSet<TipMessage> TipMessages => Set<TipMessage>();

    /// <summary>Who did what with a tip.</summary>
    public DbSet<TipEvent> TipEvents => Set<TipEvent>();

    /// <summary>The weeks whose rewards were granted.</summary>
    public DbSet<TipBatch> TipBatches => Set<TipBatch>();

    /// <summary>Task reports.</summary>
    public DbSet<TaskReport> TaskReports => Set<TaskReport>();

    /// <summary>Photos of task reports.</summary>
    public DbSet<ReportPhoto> ReportPhotos => Set<ReportPhoto>();

    /// <summary>What became of task reports.</summary>
    public DbSet<ReportEvent> ReportEvents => Set<ReportEvent>();

    /// <summary>The rule book.</summary>
    public DbSet<ScoringRule> ScoringRules => Set<ScoringRule>();

    /// <summary>Cases.</summary>
    public DbSet<Case> Cases => Set<Case>();

    /// <summary>Shares in cases.</summary>
    public DbSet<ClaimShare> ClaimShares => Set<ClaimShare>();

    /// <summary>Duties.</summary>
    public DbSet<Duty> Duties => Set<Duty>();

    /// <summary>Shifts.</summary>
    public DbSet<Shift> Shifts => Set<Shift>();

    /// <summary>Who asked for a place in a shift.</summary>
    public DbSet<ShiftSignUp> ShiftSignUps => Set<ShiftSignUp>();

    /// <summary>Promises to settle cases.</summary>
    public DbSet<Claim> Claims => Set<Claim>();

    /// <summary>What became of cases.</summary>
    public DbSet<CaseEvent> CaseEvents => Set<CaseEvent>();

    /// <summary>Photos that came with notes on cases.</summary>
    public DbSet<CasePhoto> CasePhotos => Set<CasePhoto>();

    /// <summary>Articles.</summary>
    public DbSet<Goods> Goods => Set<Goods>();

    /// <summary>Outlets.</summary>
    public DbSet<Outlet> Outlets => Set<Outlet>();

    /// <summary>Redemptions.</summary>
    public DbSet<Redemption> Redemptions => Set<Redemption>();

    /// <summary>Points of whoever holds the number.</summary>
    public DbSet<Voucher> Vouchers => Set<Voucher>();

    /// <summary>What was redeemed.</summary>
    public DbSet<RedemptionLine> RedemptionLines => Set<RedemptionLine>();

    /// <summary>Kiosks.</summary>
    public DbSet<KioskDevice> KioskDevices => Set<KioskDevice>();

    /// <summary>People in front of kiosks.</summary>
    public DbSet<KioskSession> KioskSessions => Set<KioskSession>();

    /// <summary>Sponsor firms.</summary>
    public DbSet<Sponsor> Sponsors => Set<Sponsor>();

    /// <summary>Goods counted in.</summary>
    public DbSet<Delivery> Deliveries => Set<Delivery>();

    /// <summary>Money in and out of funds.</summary>
    public DbSet<FundMovement> FundMovements => Set<FundMovement>();

    /// <summary>Monthly marks.</summary>
    public DbSet<Evaluation> Evaluations => Set<Evaluation>();

    /// <summary>Monthly assessments.</summary>
    public DbSet<Assessment> Assessments => Set<Assessment>();

    /// <summary>Members' lines of assessments.</summary>
    public DbSet<AssessmentLine> AssessmentLines => Set<AssessmentLine>();

    /// <summary>Objections to drafts.</summary>
    public DbSet<AssessmentObjection> AssessmentObjections => Set<AssessmentObjection>();

    /// <summary>Monthly reconciliations.</summary>
    public DbSet<Reconciliation> Reconciliations => Set<Reconciliation>();

    /// <summary>What they found.</summary>
    public DbSet<Discrepancy> Discrepancies => Set<Discrepancy>();

    /// <summary>Who changed what at the desk.</summary>
    public DbSet<ChangeRecord> ChangeRecords => Set<ChangeRecord>();

    /// <summary>What people are told.</summary>
    public DbSet<InboxMessage> InboxMessages => Set<InboxMessage>();

    /// <summary>Changes of the rule book, proposed and decided.</summary>
    public DbSet<RuleProposal> RuleProposals => Set<RuleProposal>();

    /// <summary>Which level acts first on what, and where it climbs.</summary>
    public DbSet<RouteStep> RouteSteps => Set<RouteStep>();

    /// <summary>What climbed, and was told of.</summary>
    public DbSet<Climb> Climbs => Set<Climb>();

    /// <summary>Hazards, disputes and opinions on their way to an end.</summary>
    public DbSet<Loop> Loops => Set<Loop>();

    /// <summary>What was done in them.</summary>
    public DbSet<LoopStep> LoopSteps => Set<LoopStep>();

    /// <summary>Photos of those steps.</summary>
    public DbSet<LoopPhoto> LoopPhotos => Set<LoopPhoto>();

    /// <summary>Which deadlines were told of.</summary>
    public DbSet<LoopReminder> LoopReminders => Set<LoopReminder>();

    /// <summary>Who mediates what.</summary>
    public DbSet<Mediator> Mediators => Set<Mediator>();

    /// <summary>Supermarket cards by their serial numbers.</summary>
    public DbSet<SupermarketCard> SupermarketCards => Set<SupermarketCard>();

    /// <summary>What happened to them.</summary>
    public DbSet<CardEvent> CardEvents => Set<CardEvent>();

    /// <summary>What firms said they will give.</summary>
    public DbSet<Pledge> Pledges => Set<Pledge>();

    /// <summary>Deliveries that firms said are coming.</summary>
    public DbSet<Announcement> Announcements => Set<Announcement>();

    /// <summary>The ledger's books.</summary>
    public DbSet<LedgerBook> LedgerBooks => Set<LedgerBook>();

    /// <summary>The ledger's accounts.</summary>
    public DbSet<LedgerAccount> LedgerAccounts => Set<LedgerAccount>();

    /// <summary>The ledger's transactions.</summary>
    public DbSet<LedgerTransaction> LedgerTransactions => Set<LedgerTransaction>();

    /// <summary>The ledger's entries.</summary>
    public DbSet<LedgerEntry> LedgerEntries => Set<LedgerEntry>();

    /// <summary>The keys that protect cookies, where a server database holds them for all nodes.</summary>
    public DbSet<ProtectionKey> ProtectionKeys => Set<ProtectionKey>();

    /// <summary>What the settings are, from which day on.</summary>
    public DbSet<SettingValue> SettingValues => Set<SettingValue>();

    /// <summary>Changes of settings, proposed and decided.</summary>
    public DbSet<SettingProposal> SettingProposals => Set<SettingProposal>();
    /// <summary>Pieces that came together and expire together.</summary>
    public DbSet<Lot> Lots => Set<Lot>();

    /// <summary>Where their pieces are.</summary>
    public DbSet<LotStock> LotStocks => Set<LotStock>();

    /// <summary>How they got there.</summary>
    public DbSet<LotMovement> LotMovements => Set<LotMovement>();

    /// <summary>What came in deliveries, article by article.</summary>
    public DbSet<DeliveryLine> DeliveryLines => Set<DeliveryLine>();

    /// <summary>Goods on their way between outlets.</summary>
    public DbSet<StockMove> StockMoves => Set<StockMove>();

    /// <summary>Counts of shelves, and what was written off or found.</summary>
    public DbSet<Stocktake> Stocktakes => Set<Stocktake>();

    /// <summary>What they counted.</summary>
    public DbSet<StocktakeLine> StocktakeLines => Set<StocktakeLine>();

    /// <summary>How many pieces of an article an outlet wishes to have.</summary>
    public DbSet<StockThreshold> StockThresholds => Set<StockThreshold>();

    /// <summary>Funds.</summary>
    public DbSet<Fund> Funds => Set<Fund>();

    /// <summary>What funds mean to spend.</summary>
    public DbSet<FundBudget> FundBudgets => Set<FundBudget>();

    /// <summary>Payments out of funds, on their way up the ladder.</summary>
    public DbSet<Payment> Payments => Set<Payment>();

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
        SupermarketCard.Configure(builder);
        Pledge.Configure(builder);
        Announcement.Configure(builder);
        ProtectionKey.Configure(builder);
        WriteReceipt.Configure(builder);
        LedgerModel.Configure(builder);
        SettingValue.Configure(builder);
        SettingProposal.Configure(builder);
        Fund.Configure(builder);
        Payment.Configure(builder);
        Lot.Configure(builder);
        StockMove.Configure(builder);
        Stocktake.Configure(builder);
        StockThreshold.Configure(builder);
    }
}
