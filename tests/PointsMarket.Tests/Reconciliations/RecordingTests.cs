using Microsoft.EntityFrameworkCore;
using PointsMarket.Accounts;
using PointsMarket.Data;
using PointsMarket.Funding;
using PointsMarket.Ledger;
using PointsMarket.Reconciliations;
using PointsMarket.Tests.Kit;

namespace PointsMarket.Tests.Reconciliations;

/// <summary>Money that only the bank has seen go out: for a purpose of its fund, and by the words that a payment of its amount needs.</summary>
public sealed class RecordingTests
{
    public static TheoryData<DatabaseProvider> Databases => TestDatabase.All;

    /// <summary>October with these lines, and people: one of finance, who asks, and those who answer.</summary>
    private sealed record Desk(ReconDesk Recon, int Finance, int Approver, int Other, int Cashier, int Run) : IAsyncDisposable
    {
        public TestMarket Market => Recon.Market;

        public static async Task<Desk> OpenAsync(DatabaseProvider provider, params string[] lines)
        {
            var recon = await ReconDesk.OpenAsync(provider);
            Task<int> Add(string role) => recon.Market.AddAccountAsync(role);
            return new Desk(recon, await Add(Roles.Finance), await Add(Roles.Approver), await Add(Roles.Approver), await Add(Roles.Finance), (await recon.OctoberAsync(lines)).Id);
        }

        public async Task<FollowUp> ItemAsync(int? run = null, int at = 0) => (await Recon.ItemsAsync(run ?? Run)).Where(i => i.Kind == DiscrepancyKind.BankOnly).ElementAt(at);

        public Task<FollowUpOutcome> RecordAsync(FollowUp item, FundPurpose? purpose = FundPurpose.Goods, string words = "买米，忘了登记") =>
            Market.Get<RecordMissingMovement>().ExecuteAsync(ReconDesk.Step(item.Id, words, Actor.User(Finance)), purpose);

        public Task<PaymentOutcome> ApproveAsync(int payment, int user) => Market.Get<ApproveRecording>().ExecuteAsync(payment, By(user));

        public Task<Payment> PaymentAsync() => Market.ReadAsync(db => db.Payments.AsNoTracking().OrderByDescending(p => p.Id).FirstAsync());

        public static PaymentActor By(int user) => new() { UserId = user, AreaPath = "STA/" };

        public ValueTask DisposeAsync() => Market.DisposeAsync();
    }

    private static void Refused(PaymentRefusal why, PaymentOutcome outcome) => Assert.Equal(why, Assert.IsType<PaymentOutcome.Refused>(outcome).Why);

    [SkippableTheory, MemberData(nameof(Databases))]
    public async Task Record_MoneyThatWentOut_WaitsForItsLadderAndStandsOnTheBanksDay(DatabaseProvider provider)
    {
        await using var desk = await Desk.OpenAsync(provider, "2026-10-05,Q1,-60000,某某商店");
        var (cash, item) = (await desk.Recon.CashAsync(), await desk.ItemAsync());
        await desk.Market.Writes.RunAsync(db => db.Funds.Where(f => f.Code == ReconDesk.Fund).ExecuteUpdateAsync(s => s.SetProperty(f => f.Purposes, FundPurpose.Goods | FundPurpose.Cards)));
        Assert.Equal(FollowUpOutcome.BadPurpose, await desk.RecordAsync(item, null));
        Assert.Equal(FollowUpOutcome.BadPurpose, await desk.RecordAsync(item, FundPurpose.Awards));
        Assert.Equal(FollowUpOutcome.WaitsForSignatures, await desk.RecordAsync(item));
        Assert.Equal((cash, FollowUpState.Open), (await desk.Recon.CashAsync(), (await desk.ItemAsync()).State));

        // While it waits nothing else is done about it, and the month does not close.
        Assert.Equal(FollowUpOutcome.NotNow, await desk.RecordAsync(item));
        Assert.Equal(FollowUpOutcome.NotNow, await desk.Market.Get<ExplainDiscrepancy>().ExecuteAsync(ReconDesk.Step(item.Id), Remedy.BankError));
        Assert.IsType<CloseMonth.Unsettled>(await desk.Recon.CloseAsync(desk.Run, ReconDesk.Second));
        var payment = await desk.PaymentAsync();
        Assert.Equal((2, false, "买米，忘了登记", "2026-10-05 Q1"), (payment.ApproversNeeded, payment.FinanceNeeded, payment.Words, payment.Payee));
        Refused(PaymentRefusal.NotNow, await desk.Market.Get<ApprovePayment>().ExecuteAsync(payment.Id, Desk.By(desk.Approver))); // not without its line

        Refused(PaymentRefusal.Own, await desk.ApproveAsync(payment.Id, desk.Finance));
        Refused(PaymentRefusal.NotAllowed, await desk.ApproveAsync(payment.Id, desk.Cashier));
        Assert.IsType<PaymentOutcome.Done>(await desk.ApproveAsync(payment.Id, desk.Approver));
        Refused(PaymentRefusal.ApprovedAlready, await desk.ApproveAsync(payment.Id, desk.Approver));
        Assert.Equal(cash, await desk.Recon.CashAsync());
        Assert.IsType<PaymentOutcome.Done>(await desk.ApproveAsync(payment.Id, desk.Other));

        item = await desk.ItemAsync();
        Assert.Equal((FollowUpState.Settled, Remedy.EntryPosted, $"user:{desk.Other}"), (item.State, item.How!.Value, item.Owner));
        Assert.Equal(cash - 60_000, await desk.Recon.CashAsync());
        var movement = await desk.Market.ReadAsync(db => db.FundMovements.AsNoTracking().SingleAsync(m => m.PaymentId == payment.Id));
        Assert.Equal(("Q1", new DateOnly(2026, 10, 5), FundPurpose.Goods), (movement.Reference, movement.Date, movement.Purpose!.Value));
        Assert.Equal(PaymentState.Paid, (await desk.PaymentAsync()).State);
        Assert.Equal([FollowUpChange.AskedToRecord, FollowUpChange.EntryPosted], await desk.Market.ReadAsync(db => db.FollowUpEvents.Where(e => e.FollowUpId == item.Id).OrderBy(e => e.Id).Select(e => e.Change).ToListAsync()));
        Assert.DoesNotContain((await desk.Recon.ItemsAsync((await desk.Recon.OctoberAsync()).Id)), i => i.IsMoney);
        Assert.True(await desk.Recon.BooksAreCleanAsync());
    }

    [Theory]
    [InlineData(50_000, 1, false)]
    [InlineData(50_001, 2, false)]
    [InlineData(300_001, 2, true)]
    public async Task Record_ByTheAmount_NeedsTheWordsThatAPaymentDoes(long fen, int approvers, bool finance)
    {
        await using var desk = await Desk.OpenAsync(DatabaseProvider.Sqlite, $"2026-10-05,Q1,-{fen},某某商店");
        Assert.Equal(FollowUpOutcome.WaitsForSignatures, await desk.RecordAsync(await desk.ItemAsync()));
        var payment = await desk.PaymentAsync();
        Assert.Equal((approvers, finance), (payment.ApproversNeeded, payment.FinanceNeeded));
        foreach (var user in new[] { desk.Approver, desk.Other, desk.Cashier }.Take(approvers + (finance ? 1 : 0)))
        {
            Assert.Equal(FollowUpState.Open, (await desk.ItemAsync()).State);
            Assert.IsType<PaymentOutcome.Done>(await desk.ApproveAsync(payment.Id, user));
        }
        Assert.Equal(FollowUpState.Settled, (await desk.ItemAsync()).State);
    }

    [Fact]
    public async Task Record_RunAgainWhileItWaits_IsSettledInTheNewRun()
    {
        await using var desk = await Desk.OpenAsync(DatabaseProvider.Sqlite, "2026-10-05,Q1,-60000,某某商店");
        Assert.Equal(FollowUpOutcome.WaitsForSignatures, await desk.RecordAsync(await desk.ItemAsync()));
        await desk.Market.PostAsync(desk.Market.Request(1, "later", new Posting(AccountCode.Issue("task"), AccountCode.Member("G0001"), Asset.Points, 1)));
        var again = (await desk.Recon.OctoberAsync()).Id;
        Assert.NotEqual(desk.Run, again);
        Assert.Equal(FollowUpOutcome.NotNow, await desk.RecordAsync(await desk.ItemAsync(again)));
        var payment = (await desk.PaymentAsync()).Id;
        foreach (var user in new[] { desk.Approver, desk.Other }) Assert.IsType<PaymentOutcome.Done>(await desk.ApproveAsync(payment, user));
        Assert.Equal((FollowUpState.Settled, FollowUpState.Open), ((await desk.ItemAsync(again)).State, (await desk.ItemAsync()).State));
    }

    [Fact]
    public async Task Record_TakenBackOrItsLineWithdrawn_IsNotRecorded()
    {
        await using var desk = await Desk.OpenAsync(DatabaseProvider.Sqlite, "2026-10-05,Q1,-40000,某某商店");
        var (cash, item) = (await desk.Recon.CashAsync(), await desk.ItemAsync());
        Assert.Equal(FollowUpOutcome.WaitsForSignatures, await desk.RecordAsync(item));
        var first = (await desk.PaymentAsync()).Id;
        Assert.IsType<PaymentOutcome.Done>(await desk.Market.Get<WithdrawPayment>().ExecuteAsync(first, Desk.By(desk.Finance)));
        Refused(PaymentRefusal.NotNow, await desk.ApproveAsync(first, desk.Approver));
        Assert.Equal(FollowUpOutcome.WaitsForSignatures, await desk.RecordAsync(item)); // and asked for anew

        var file = await desk.Market.ReadAsync(db => db.MonthFiles.Where(f => f.Month == ReconDesk.October && f.Kind == MonthFileKind.Bank).Select(f => f.Id).SingleAsync());
        Assert.Equal(WithdrawMonthFile.Outcome.Done, await desk.Market.Get<WithdrawMonthFile>().ExecuteAsync(new WithdrawMonthFile.Input { FileId = file, Reason = "拿错了", Actor = ReconDesk.Runner, AreaPath = "STA/" }));
        Assert.IsType<TakeMonthFile.Taken>(await desk.Recon.TakeAsync(MonthFileKind.Bank, "c.csv", ReconDesk.Header + "volunteer-fund,2026-10-05,,1,利息\n", month: ReconDesk.October));
        await desk.Recon.OctoberAsync();
        Refused(PaymentRefusal.NotNow, await desk.ApproveAsync((await desk.PaymentAsync()).Id, desk.Approver));
        Assert.Equal(cash, await desk.Recon.CashAsync());
    }

    [SkippableTheory, MemberData(nameof(Databases))]
    public async Task Approve_TwoAtTheSameMoment_RecordsItOnce(DatabaseProvider provider)
    {
        await using var desk = await Desk.OpenAsync(provider, "2026-10-05,Q1,-40000,某某商店");
        var cash = await desk.Recon.CashAsync();
        Assert.Equal(FollowUpOutcome.WaitsForSignatures, await desk.RecordAsync(await desk.ItemAsync()));
        var payment = (await desk.PaymentAsync()).Id;
        var outcomes = await Task.WhenAll(new[] { desk.Approver, desk.Other }.Select(user => Task.Run(() => desk.ApproveAsync(payment, user))));
        Assert.Single(outcomes, o => o is PaymentOutcome.Done);
        Assert.Equal(cash - 40_000, await desk.Recon.CashAsync());
        Assert.True(await desk.Recon.BooksAreCleanAsync());
    }

    [Fact]
    public async Task Approve_MoreThanTheFundHas_IsRefusedAndStaysOpen()
    {
        await using var desk = await Desk.OpenAsync(DatabaseProvider.Sqlite, "2026-10-05,Q1,-40000,某某商店");
        var item = await desk.ItemAsync();
        Assert.Equal(FollowUpOutcome.WaitsForSignatures, await desk.RecordAsync(item));
        await desk.Recon.BookAsync("ALL", new(2026, 10, 6), -await desk.Recon.CashAsync());
        var payment = (await desk.PaymentAsync()).Id;
        Refused(PaymentRefusal.NotEnough, await desk.ApproveAsync(payment, desk.Approver));
        Assert.Equal(FollowUpState.Open, (await desk.ItemAsync()).State);
        Assert.Equal(0, await desk.Market.ReadAsync(db => db.Set<PaymentApproval>().CountAsync()));
    }
}
