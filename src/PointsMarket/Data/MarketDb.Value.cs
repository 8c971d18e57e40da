using Microsoft.EntityFrameworkCore;
using PointsMarket.Auditing;
using PointsMarket.Cases;
using PointsMarket.Funding;
using PointsMarket.Jobs;
using PointsMarket.Ledger;
using PointsMarket.Market;
using PointsMarket.Reconciliations;
using PointsMarket.Settings;
using PointsMarket.Sponsors;
using PointsMarket.Stock;

namespace PointsMarket.Data;

/// <content>The tables of points, goods and money, and of what proves them.</content>
public abstract partial class MarketDb
{
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

    /// <summary>Monthly reconciliations.</summary>
    public DbSet<Reconciliation> Reconciliations => Set<Reconciliation>();

    /// <summary>What they found.</summary>
    public DbSet<Discrepancy> Discrepancies => Set<Discrepancy>();

    /// <summary>Who changed what at the desk.</summary>
    public DbSet<ChangeRecord> ChangeRecords => Set<ChangeRecord>();

    /// <summary>Supermarket cards by their serial numbers.</summary>
    public DbSet<SupermarketCard> SupermarketCards => Set<SupermarketCard>();

    /// <summary>What waits for a second person's signature, and what was signed.</summary>
    public DbSet<SecondSignature> SecondSignatures => Set<SecondSignature>();

    /// <summary>What happened to them.</summary>
    public DbSet<CardEvent> CardEvents => Set<CardEvent>();

    /// <summary>What firms said they will give.</summary>
    public DbSet<Pledge> Pledges => Set<Pledge>();

    /// <summary>Deliveries that firms said are coming.</summary>
    public DbSet<Announcement> Announcements => Set<Announcement>();

    /// <summary>Bank statements and stocktakes as taken.</summary>
    public DbSet<MonthFile> MonthFiles => Set<MonthFile>();

    /// <summary>The lines of bank statements.</summary>
    public DbSet<StatementLine> BankLines => Set<StatementLine>();

    /// <summary>The lines of stocktakes.</summary>
    public DbSet<CountLine> CountLines => Set<CountLine>();

    /// <summary>Bank lines of reconciliations, and their movements.</summary>
    public DbSet<ReconciledLine> ReconciledLines => Set<ReconciledLine>();

    /// <summary>What is off, followed until it is settled.</summary>
    public DbSet<FollowUp> FollowUps => Set<FollowUp>();

    /// <summary>What was done about it.</summary>
    public DbSet<FollowUpEvent> FollowUpEvents => Set<FollowUpEvent>();

    /// <summary>Months closed and opened again.</summary>
    public DbSet<MonthClosing> MonthClosings => Set<MonthClosing>();

    /// <summary>Months in which case rewards go on under the stop.</summary>
    public DbSet<CoverOverride> CoverOverrides => Set<CoverOverride>();

    /// <summary>Transactions drawn at random.</summary>
    public DbSet<AuditSample> AuditSamples => Set<AuditSample>();

    /// <summary>What the auditor thinks of each.</summary>
    public DbSet<AuditSampleItem> AuditSampleItems => Set<AuditSampleItem>();

    /// <summary>The ledger's books.</summary>
    public DbSet<LedgerBook> LedgerBooks => Set<LedgerBook>();

    /// <summary>The ledger's accounts.</summary>
    public DbSet<LedgerAccount> LedgerAccounts => Set<LedgerAccount>();

    /// <summary>The ledger's transactions.</summary>
    public DbSet<LedgerTransaction> LedgerTransactions => Set<LedgerTransaction>();

    /// <summary>When the ledger's books were closed, and how far.</summary>
    public DbSet<LedgerClosing> LedgerClosings => Set<LedgerClosing>();

    /// <summary>The ledger's entries.</summary>
    public DbSet<LedgerEntry> LedgerEntries => Set<LedgerEntry>();

    /// <summary>The keys that protect cookies, where a server database holds them for all nodes.</summary>
    public DbSet<ProtectionKey> ProtectionKeys => Set<ProtectionKey>();

    /// <summary>What the settings are, from which day on.</summary>
    public DbSet<SettingValue> SettingValues => Set<SettingValue>();

    /// <summary>Changes of settings, proposed and decided.</summary>
    public DbSet<SettingProposal> SettingProposals => Set<SettingProposal>();

    /// <summary>What the platform did by itself.</summary>
    public DbSet<JobRun> JobRuns => Set<JobRun>();

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

    /// <summary>Proposed purposes of funds.</summary>
    public DbSet<FundProposal> FundProposals => Set<FundProposal>();

    /// <summary>What funds mean to spend.</summary>
    public DbSet<FundBudget> FundBudgets => Set<FundBudget>();

    /// <summary>Payments out of funds, on their way up the ladder.</summary>
    public DbSet<Payment> Payments => Set<Payment>();

    /// <summary>Paid payments on their way back.</summary>
    public DbSet<PaymentReversal> PaymentReversals => Set<PaymentReversal>();

    /// <summary>What proves payments.</summary>
    public DbSet<PaymentFile> PaymentFiles => Set<PaymentFile>();

    /// <summary>What was asked for closed cases.</summary>
    public DbSet<CaseMoney> CaseMoney => Set<CaseMoney>();
    /// <summary>The cards that counts are about.</summary>
    public DbSet<StocktakeCard> StocktakeCards => Set<StocktakeCard>();

    /// <summary>The cards that somebody signs for in a reconciliation.</summary>
    public DbSet<FollowUpCard> FollowUpCards => Set<FollowUpCard>();

    /// <summary>Requests to open a closed month that came to nothing.</summary>
    public DbSet<PastReopening> PastReopenings => Set<PastReopening>();
}
