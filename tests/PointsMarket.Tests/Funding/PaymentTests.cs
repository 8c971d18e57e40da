using Microsoft.EntityFrameworkCore;
using PointsMarket.Accounts;
using PointsMarket.Data;
using PointsMarket.Funding;
using PointsMarket.Ledger;
using PointsMarket.Notices;
using PointsMarket.Proposals;
using PointsMarket.Settings;
using PointsMarket.Tests.Kit;

namespace PointsMarket.Tests.Funding;

/// <summary>The ladder, the last money, and each paid once; races on SQLite and PostgreSQL.</summary>
public sealed class PaymentTests
{
    public static TheoryData<DatabaseProvider> Databases => TestDatabase.All;

    [Theory]
    [InlineData(1, 1, false), InlineData(50_000, 1, false), InlineData(50_001, 2, false), InlineData(300_000, 2, false), InlineData(300_001, 2, true)]
    public void Ladder_OfAnAmount_IsThatOfTheIssue(long fen, int approvers, bool finance) => Assert.Equal((approvers, finance), PaymentLadder.For(fen, 50_000, 300_000));

    [SkippableTheory, MemberData(nameof(Databases))]
    public async Task Payment_UpTheWholeLadder_IsPaidOnceAndTheBookAgrees(DatabaseProvider provider)
    {
        var desk = await FundDesk.OpenAsync(provider);
        await using var _ = desk.Market;
        var id = await desk.AskedAsync(300_001, user: desk.Admin);
        FundDesk.Refused(PaymentRefusal.Own, await desk.ApproveAsync(id, desk.Admin));
        FundDesk.Refused(PaymentRefusal.NotAllowed, await desk.ApproveAsync(id, desk.Village, "STA/V1/"));
        FundDesk.Refused(PaymentRefusal.NotNow, await desk.PayAsync(id, "B0002"));
        Assert.IsType<PaymentOutcome.Done>(await desk.ApproveAsync(id, desk.Finance)); // finance may come first
        FundDesk.Refused(PaymentRefusal.NotAllowed, await desk.ApproveAsync(id, desk.Cashier)); // and once
        Assert.IsType<PaymentOutcome.Done>(await desk.ApproveAsync(id, desk.Approver));
        FundDesk.Refused(PaymentRefusal.ApprovedAlready, await desk.ApproveAsync(id, desk.Approver));
        Assert.Equal(PaymentState.Asked, await desk.StateAsync(id));
        Assert.IsType<PaymentOutcome.Done>(await desk.ApproveAsync(id, desk.Other));
        Assert.Equal((PaymentState.Approved, 1_000_000), (await desk.StateAsync(id), await desk.CashAsync()));

        FundDesk.Refused(PaymentRefusal.NotAllowed, await desk.PayAsync(id, "B0002", desk.Admin));
        FundDesk.Refused(PaymentRefusal.BadReference, await desk.PayAsync(id, "B0001")); // the grant's
        FundDesk.Refused(PaymentRefusal.BadReference, await desk.PayAsync(id, "流水"));
        FundDesk.Refused(PaymentRefusal.BadDay, await desk.PayAsync(id, "B0002", day: FundDesk.Today.AddDays(1)));
        FundDesk.Refused(PaymentRefusal.BadDay, await desk.PayAsync(id, "B0002", day: FundDesk.Today.AddDays(-1)));
        Assert.IsType<PaymentOutcome.Done>(await desk.PayAsync(id, "B0002", desk.Cashier));
        FundDesk.Refused(PaymentRefusal.NotNow, await desk.PayAsync(id, "B0003"));

        Assert.Equal((699_999, 300_001), (await desk.CashAsync(), await desk.BalanceAsync(AccountCode.Spent(FundDesk.Code, "goods"))));
        var movement = await desk.Market.ReadAsync(db => db.FundMovements.SingleAsync(m => m.PaymentId == id));
        Assert.Equal(("B0002", FundMovementKind.Purchase, FundPurpose.Goods, 300_001L), (movement.Reference, movement.Kind, movement.Purpose, movement.AmountFen));
        Assert.Equal("B0002", await desk.Market.ReadAsync(db => db.LedgerTransactions.Where(t => t.Key == movement.Key).Select(t => t.Subject).SingleAsync())); // what the bank matching looks for
        var told = await desk.Market.ReadAsync(db => db.InboxMessages.Where(m => m.UserId == desk.Admin).Select(m => m.Kind).ToListAsync());
        Assert.Equal([InboxKinds.PaymentApproved, InboxKinds.PaymentPaid], told);
        await desk.CleanAsync();
    }

    [SkippableTheory, MemberData(nameof(Databases))]
    public async Task Approve_ByManyAtOnce_CountsEachOnceAndPromisesTheLastMoneyOnce(DatabaseProvider provider)
    {
        var desk = await FundDesk.OpenAsync(provider, grantFen: 100_000);
        await using var _ = desk.Market;
        int[] ids = [await desk.AskedAsync(60_000), await desk.AskedAsync(60_000), await desk.AskedAsync(60_000)];

        // Everybody approves everything twice at once.
        var outcomes = await Task.WhenAll(ids.SelectMany(id => new[] { desk.Approver, desk.Other, desk.Approver, desk.Other }.Select(user => Task.Run(() => desk.ApproveAsync(id, user)))));

        var states = await desk.Market.ReadAsync(db => db.Payments.Select(p => p.State).ToListAsync());
        Assert.Equal((1, 2), (states.Count(s => s == PaymentState.Approved), states.Count(s => s == PaymentState.Asked)));
        Assert.Contains(outcomes, o => o is PaymentOutcome.Refused { Why: PaymentRefusal.NotEnough, MissingFen: 20_000 });
        Assert.Equal(4, await desk.Market.ReadAsync(db => db.Set<PaymentApproval>().CountAsync())); // two for the one, one each for the others
        var approved = await desk.Market.ReadAsync(db => db.Payments.Where(p => p.State == PaymentState.Approved).Select(p => p.Id).SingleAsync());
        var paid = await Task.WhenAll(Enumerable.Range(0, 6).Select(i => Task.Run(() => desk.PayAsync(approved, $"B1{i}", i % 2 == 0 ? desk.Finance : desk.Cashier))));
        Assert.Single(paid.OfType<PaymentOutcome.Done>());
        Assert.Equal((40_000, 1), (await desk.CashAsync(), await desk.Market.ReadAsync(db => db.FundMovements.CountAsync(m => m.PaymentId != null))));
        await desk.CleanAsync();
    }

    [SkippableTheory, MemberData(nameof(Databases))]
    public async Task Ask_SameKeyAtOnce_IsOnePayment(DatabaseProvider provider)
    {
        var desk = await FundDesk.OpenAsync(provider);
        await using var _ = desk.Market;
        var input = desk.Input(5_000, "payroll:2026-10", "G0001", FundPurpose.Bonuses);

        var asked = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(() => desk.Market.Get<AskForPayment>().ExecuteAsync([input]))));

        Assert.Single(asked.Cast<AskForPayment.Asked>().Select(a => a.Ids.Single()).Distinct());
        var other = Assert.IsType<AskForPayment.Refused>(await desk.Market.Get<AskForPayment>().ExecuteAsync([desk.Input(1), input with { Lines = [new("G0001", 5_001)] }]));
        Assert.Equal((1, PaymentRefusal.KeyReused), (other.Index, other.Why));
        Assert.Equal(1, await desk.Market.ReadAsync(db => db.Payments.CountAsync())); // the first of the two was not asked for either
    }

    [SkippableTheory, MemberData(nameof(Databases))]
    public async Task Payment_ToMembers_IsOwedUntilPaid(DatabaseProvider provider)
    {
        var desk = await FundDesk.OpenAsync(provider);
        await using var _ = desk.Market;
        var (zhang, informant, spent) = (AccountCode.AwardPayable("G0001"), AccountCode.AwardPayable("I0001"), AccountCode.Spent(FundDesk.Code, "bonuses"));
        var input = desk.Input(0, "payroll:2026-09") with { Purpose = FundPurpose.Bonuses, Payee = "9 月补贴", Lines = [new("G0001", 5_000), new("I0001", 2_000), new(null, 300)] };
        var id = Assert.Single(((AskForPayment.Asked)await desk.Market.Get<AskForPayment>().ExecuteAsync([input])).Ids);
        Assert.IsType<PaymentOutcome.Done>(await desk.ApproveAsync(id, desk.Approver));
        Assert.Equal((-5_000, -2_000, 7_000, 1_000_000), (await desk.BalanceAsync(zhang), await desk.BalanceAsync(informant), await desk.BalanceAsync(spent), await desk.CashAsync()));
        Assert.IsType<PaymentOutcome.Done>(await desk.PayAsync(id, "B0002"));
        Assert.Equal((0, 0, 7_300, 992_700), (await desk.BalanceAsync(zhang), await desk.BalanceAsync(informant), await desk.BalanceAsync(spent), await desk.CashAsync()));

        // The bank sent it back: everything is as before, and it may be asked for again.
        var movement = await desk.Market.ReadAsync(db => db.FundMovements.Where(m => m.PaymentId == id).Select(m => m.Id).SingleAsync());
        FundDesk.Refused(PaymentRefusal.ByLadder, await desk.Market.Get<ReverseFundMovement>().ExecuteAsync(movement, "退票", FundDesk.By(desk.Finance)));
        Assert.IsType<PaymentOutcome.Done>(await desk.AskBackAsync(id));
        Assert.IsType<PaymentOutcome.Done>(await desk.ApproveBackAsync(id, desk.Approver));
        Assert.Equal((0, 0, 1_000_000, PaymentState.Reversed), (await desk.BalanceAsync(zhang), await desk.BalanceAsync(spent), await desk.CashAsync(), await desk.StateAsync(id)));
        Assert.NotEqual(id, ((AskForPayment.Asked)await desk.Market.Get<AskForPayment>().ExecuteAsync([input])).Ids[0]);
        await desk.CleanAsync();
    }

    [Fact]
    public async Task Payment_RefusedOrWithdrawn_OwesNothingAndMayBeAskedAgain()
    {
        var desk = await FundDesk.OpenAsync();
        await using var _ = desk.Market;
        var stopped = await desk.ApprovedAsync(5_000, "G0001", FundPurpose.Awards);
        FundDesk.Refused(PaymentRefusal.Own, await desk.Market.Get<RefusePayment>().ExecuteAsync(stopped, "算错了", FundDesk.By(desk.Admin)));
        FundDesk.Refused(PaymentRefusal.BadWords, await desk.Market.Get<RefusePayment>().ExecuteAsync(stopped, "", FundDesk.By(desk.Other)));
        FundDesk.Refused(PaymentRefusal.NotAllowed, await desk.Market.Get<WithdrawPayment>().ExecuteAsync(stopped, FundDesk.By(desk.Other)));
        Assert.IsType<PaymentOutcome.Done>(await desk.Market.Get<RefusePayment>().ExecuteAsync(stopped, "算错了", FundDesk.By(desk.Finance)));
        FundDesk.Refused(PaymentRefusal.NotNow, await desk.PayAsync(stopped, "B0002"));
        Assert.Equal(0, await desk.BalanceAsync(AccountCode.AwardPayable("G0001")));

        var mine = await desk.AskedAsync(5_000, "award:7");
        Assert.IsType<PaymentOutcome.Done>(await desk.Market.Get<WithdrawPayment>().ExecuteAsync(mine, FundDesk.By(desk.Admin)));
        FundDesk.Refused(PaymentRefusal.NotNow, await desk.ApproveAsync(mine, desk.Approver));
        Assert.NotEqual(mine, await desk.AskedAsync(5_000, "award:7"));
        await desk.CleanAsync();
    }

    [Fact]
    public async Task Ask_WhatIsWrong_IsRefused()
    {
        var desk = await FundDesk.OpenAsync();
        await using var _ = desk.Market;
        var fine = desk.Input(100);
        (AskForPayment.Input Input, PaymentRefusal Why)[] tries =
        [
            (fine with { Fund = "gossip" }, PaymentRefusal.NotFound), (fine with { Fund = FundDesk.Awards }, PaymentRefusal.WrongPurpose), (fine with { Purpose = FundPurposes.Any }, PaymentRefusal.WrongPurpose),
            (fine with { Purpose = FundPurpose.None }, PaymentRefusal.WrongPurpose), (fine with { Lines = [] }, PaymentRefusal.NobodyToPay), (fine with { Payee = " " }, PaymentRefusal.NobodyToPay),
            (fine with { Payee = new string('店', 61) }, PaymentRefusal.NobodyToPay), (fine with { Lines = [new(null, 1), new(null, 1)] }, PaymentRefusal.NobodyToPay),
            (fine with { Lines = [new(null, 0)] }, PaymentRefusal.BadAmount), (fine with { Lines = [new(null, long.MaxValue)] }, PaymentRefusal.BadAmount),
            (fine with { Lines = [new("G9999", 1)] }, PaymentRefusal.UnknownMember), (fine with { Lines = [new("G0001", 1), new("G0001", 1)] }, PaymentRefusal.MemberTwice),
            (fine with { Words = "\0" }, PaymentRefusal.BadWords), (fine with { Key = "" }, PaymentRefusal.BadWords),
        ];
        foreach (var (input, why) in tries)
            Assert.Equal(why, Assert.IsType<AskForPayment.Refused>(await desk.Market.Get<AskForPayment>().ExecuteAsync([input])).Why);
        var fund = await desk.Market.ReadAsync(db => db.Funds.Where(f => f.Code == FundDesk.Code).Select(f => f.Id).SingleAsync());
        Assert.Equal(SaveFund.Outcome.Saved, await desk.SaveAsync("", FundPurposes.Any, fund, active: false));
        Assert.Equal(PaymentRefusal.FundClosed, Assert.IsType<AskForPayment.Refused>(await desk.Market.Get<AskForPayment>().ExecuteAsync([fine])).Why);
        FundDesk.Refused(PaymentRefusal.FundClosed, await desk.GrantAsync("B0009", 1));
        Assert.Equal(0, await desk.Market.ReadAsync(db => db.Payments.CountAsync()));
    }

    [Fact]
    public async Task Approve_ByWhomItIsPaidTo_IsRefused()
    {
        var desk = await FundDesk.OpenAsync();
        await using var _ = desk.Market;
        var zhang = await desk.Market.AddAccountAsync(Roles.Approver, memberId: desk.Station.Zhang.Id);
        var id = await desk.AskedAsync(5_000, member: "G0001", purpose: FundPurpose.Awards);
        FundDesk.Refused(PaymentRefusal.OwnMatter, await desk.ApproveAsync(id, zhang));
        FundDesk.Refused(PaymentRefusal.NotAllowed, await desk.ApproveAsync(id, desk.Finance)); // no place for finance below the limit
        FundDesk.Refused(PaymentRefusal.NotFound, await desk.ApproveAsync(id + 9, desk.Approver));
    }

    [Fact]
    public async Task Ladder_AfterTheSettingsChanged_IsThatOfTheDayItWasAsked()
    {
        var desk = await FundDesk.OpenAsync();
        await using var _ = desk.Market;
        var before = await desk.AskedAsync(20_000);
        var proposed = Assert.IsType<ProposeSettings.Proposed>(await desk.Market.Get<ProposeSettings>().ExecuteAsync(new ProposeSettings.Input
        {
            Group = "payments", Values = new Dictionary<Setting, long> { [SettingList.OneApproverUpTo] = 10_000 }, From = FundDesk.Today.AddDays(1), Reason = "从严", UserId = desk.Finance, AreaPath = "STA/",
        }));
        Assert.Equal(ProposalOutcome.Done, await desk.Market.Get<ApproveSettings>().ExecuteAsync(new ProposalDecision { ProposalId = proposed.Id, UserId = desk.Admin, AreaPath = "STA/" }));
        desk.Market.Clock.Advance(TimeSpan.FromDays(1));
        var after = await desk.AskedAsync(20_000);
        foreach (var id in (int[])[before, after]) Assert.IsType<PaymentOutcome.Done>(await desk.ApproveAsync(id, desk.Approver));
        Assert.Equal((PaymentState.Approved, PaymentState.Asked), (await desk.StateAsync(before), await desk.StateAsync(after)));
    }

    [Fact]
    public async Task Grant_TakenBack_LeavesWhatIsPromisedCovered()
    {
        var desk = await FundDesk.OpenAsync(grantFen: 100_000);
        await using var _ = desk.Market;
        Assert.IsType<PaymentOutcome.Done>(await desk.GrantAsync("B0002", 50_000));
        FundDesk.Refused(PaymentRefusal.BadReference, await desk.GrantAsync("B0002", 50_000));
        FundDesk.Refused(PaymentRefusal.NotAllowed, await desk.GrantAsync("B0003", 1, user: desk.Admin));
        FundDesk.Refused(PaymentRefusal.BadDay, await desk.GrantAsync("B0003", 1, day: FundDesk.Today.AddDays(1)));
        FundDesk.Refused(PaymentRefusal.BadAmount, await desk.GrantAsync("B0003", 0));
        FundDesk.Refused(PaymentRefusal.NotFound, await desk.GrantAsync("B0003", 1, "gossip"));
        await desk.ApprovedAsync(110_000);
        var movements = await desk.Market.ReadAsync(db => db.FundMovements.ToDictionaryAsync(m => m.Reference, m => m.Id));
        FundDesk.Refused(PaymentRefusal.NotEnough, await desk.Market.Get<ReverseFundMovement>().ExecuteAsync(movements["B0001"], "记错", FundDesk.By(desk.Finance)));
        FundDesk.Refused(PaymentRefusal.NotFound, await desk.Market.Get<ReverseFundMovement>().ExecuteAsync(999, "记错", FundDesk.By(desk.Finance)));
        Assert.Equal(150_000, await desk.CashAsync());
        Assert.IsType<PaymentOutcome.Done>(await desk.GrantAsync("B0004", 100_000));
        Assert.IsType<PaymentOutcome.Done>(await desk.Market.Get<ReverseFundMovement>().ExecuteAsync(movements["B0001"], "记错", FundDesk.By(desk.Finance)));
        Assert.Equal(150_000, await desk.CashAsync());
        await desk.CleanAsync();
    }

    [SkippableTheory, MemberData(nameof(Databases))]
    public async Task State_OfAFund_SaysCashPlanAndHowLongItLasts(DatabaseProvider provider)
    {
        var desk = await FundDesk.OpenAsync(provider, grantFen: 0);
        await using var _ = desk.Market;
        Assert.IsType<PaymentOutcome.Done>(await desk.GrantAsync("B0001", 1_000_000, day: FundDesk.Today.AddDays(-9)));
        Assert.IsType<PaymentOutcome.Done>(await desk.PayAsync(await desk.ApprovedAsync(30_000), "B0002"));
        await desk.ApprovedAsync(40_000, "G0001", FundPurpose.Awards);
        var budget = new SetBudget.Input { Fund = FundDesk.Code, Year = 2026, Fen = new Dictionary<FundPurpose, long> { [FundPurpose.Goods] = 200_000, [FundPurpose.Cards] = 0 }, By = FundDesk.By(desk.Finance) };
        Assert.IsType<PaymentOutcome.Done>(await desk.Market.Get<SetBudget>().ExecuteAsync(budget));
        FundDesk.Refused(PaymentRefusal.NotAllowed, await desk.Market.Get<SetBudget>().ExecuteAsync(budget with { By = FundDesk.By(desk.Admin) }));
        FundDesk.Refused(PaymentRefusal.BadDay, await desk.Market.Get<SetBudget>().ExecuteAsync(budget with { Year = 2030 }));
        FundDesk.Refused(PaymentRefusal.WrongPurpose, await desk.Market.Get<SetBudget>().ExecuteAsync(budget with { Fund = FundDesk.Awards }));
        FundDesk.Refused(PaymentRefusal.BadAmount, await desk.Market.Get<SetBudget>().ExecuteAsync(budget with { Fen = new Dictionary<FundPurpose, long> { [FundPurpose.Goods] = -1 } }));

        var state = (await desk.Market.ReadAsync(db => FundState.ReadAsync(db, desk.Station.BookId, FundDesk.Today))).Single(f => f.Fund.Code == FundDesk.Code);

        Assert.Equal((970_000, 40_000, 930_000), (state.CashFen, state.CommittedFen, state.FreeFen));
        Assert.Equal((200_000, 30_000, 30_000, 10), (state.BudgetFen, state.SpentFen, state.LatelyFen, state.Measured));
        Assert.Equal(91, state.DaysLeft); // October has 30 more, then 30 and 31
        Assert.Equal(30_000 + (30_000 * 91 / 10), state.ForecastFen);
        Assert.Equal(930_000 * 10 / 30_000, state.LastsDays);
        Assert.Equal(5, state.Plans.Count);
        Assert.Null((await desk.Market.ReadAsync(db => FundState.ReadAsync(db, desk.Station.BookId, FundDesk.Today))).Single(f => f.Fund.Code == FundDesk.Awards).LastsDays);
    }

    [Fact]
    public async Task Fund_ThatIsWrong_IsNotSaved()
    {
        var desk = await FundDesk.OpenAsync(grantFen: 0);
        await using var _ = desk.Market;
        Assert.Equal(SaveFund.Outcome.CodeTaken, await desk.SaveAsync(FundDesk.Code, FundPurposes.Any));
        Assert.Equal(SaveFund.Outcome.BadCode, await desk.SaveAsync("基金", FundPurposes.Any));
        Assert.Equal(SaveFund.Outcome.BadCode, await desk.SaveAsync("edit", FundPurposes.Any));
        Assert.Equal(SaveFund.Outcome.NoPurpose, await desk.SaveAsync("new-fund", FundPurpose.None));
        Assert.Equal(SaveFund.Outcome.NoPurpose, await desk.SaveAsync("new-fund", (FundPurpose)64 | FundPurpose.Goods));
        Assert.Equal(SaveFund.Outcome.NotFound, await desk.SaveAsync("", FundPurposes.Any, 999));
        var input = new SaveFund.Input { Id = null, Code = "new-fund", NameZh = "新", NameEn = "New", Purposes = FundPurpose.Goods, Active = true, By = FundDesk.By(desk.Finance) };
        Assert.Equal(SaveFund.Outcome.NotAllowed, await desk.Market.Get<SaveFund>().ExecuteAsync(input));
        Assert.Equal(SaveFund.Outcome.BadName, await desk.Market.Get<SaveFund>().ExecuteAsync(input with { NameEn = " ", By = FundDesk.By(desk.Admin) }));
        Assert.Equal(2, await desk.Market.ReadAsync(db => db.Funds.CountAsync()));
    }
}
