using Microsoft.EntityFrameworkCore;
using PointsMarket.Accounts;
using PointsMarket.Data;
using PointsMarket.Funding;
using PointsMarket.Ledger;
using PointsMarket.Notices;
using PointsMarket.Tests.Kit;

namespace PointsMarket.Tests.Funding;

/// <summary>A paid payment on its way back: who gives their word, once, whole or in parts, and what the book and the budget say.</summary>
public sealed class ReversalTests
{
    public static TheoryData<DatabaseProvider> Databases => TestDatabase.All;

    [SkippableTheory, MemberData(nameof(Databases))]
    public async Task Reversal_UpTheLadderOfItsAmount_BringsTheMoneyBackOnce(DatabaseProvider provider)
    {
        var desk = await FundDesk.OpenAsync(provider);
        await using var market = desk.Market;
        var id = await desk.ApprovedAsync(60_000);
        FundDesk.Refused(PaymentRefusal.NotNow, await desk.AskBackAsync(id));
        Assert.IsType<PaymentOutcome.Done>(await desk.PayAsync(id, "B0002"));
        FundDesk.Refused(PaymentRefusal.NotAllowed, await desk.AskBackAsync(id, user: desk.Admin));
        FundDesk.Refused(PaymentRefusal.BadWords, await desk.AskBackAsync(id, reason: " "));
        FundDesk.Refused(PaymentRefusal.NotFound, await desk.AskBackAsync(id, 7));
        FundDesk.Refused(PaymentRefusal.NotFound, await desk.AskBackAsync(id + 9));
        FundDesk.Refused(PaymentRefusal.NotNow, await desk.ApproveBackAsync(id, desk.Approver));

        var asked = await Task.WhenAll(((int[])[desk.Finance, desk.Cashier]).Select(u => Task.Run(() => desk.AskBackAsync(id, user: u))));
        Assert.Single(asked.OfType<PaymentOutcome.Done>());
        FundDesk.Refused(PaymentRefusal.ReversalWaits, asked.OfType<PaymentOutcome.Refused>().Single());
        FundDesk.Refused(PaymentRefusal.NotAllowed, await desk.ApproveBackAsync(id, desk.Cashier)); // finance has had its word
        FundDesk.Refused(PaymentRefusal.NotAllowed, await desk.ApproveBackAsync(id, desk.Village, "STA/V1/"));
        Assert.IsType<PaymentOutcome.Done>(await desk.ApproveBackAsync(id, desk.Approver));
        FundDesk.Refused(PaymentRefusal.ApprovedAlready, await desk.ApproveBackAsync(id, desk.Approver));
        Assert.Equal((PaymentState.Paid, 940_000L), (await desk.StateAsync(id), await desk.CashAsync()));

        var last = await Task.WhenAll(((int[])[desk.Other, desk.Admin]).Select(u => Task.Run(() => desk.ApproveBackAsync(id, u))));
        Assert.Single(last.OfType<PaymentOutcome.Done>());
        Assert.Equal((PaymentState.Reversed, 1_000_000L, 0L), (await desk.StateAsync(id), await desk.CashAsync(), await desk.BalanceAsync(AccountCode.Spent(FundDesk.Code, "goods"))));
        FundDesk.Refused(PaymentRefusal.ReversedAlready, await desk.AskBackAsync(id));
        FundDesk.Refused(PaymentRefusal.ReversedAlready, await desk.ApproveBackAsync(id, desk.Approver));

        var paid = await market.ReadAsync(db => db.LedgerTransactions.SingleAsync(t => t.Key == Payment.KeyOf(id)));
        var back = await market.ReadAsync(db => db.LedgerTransactions.SingleAsync(t => t.RelatedSequence == paid.Sequence));
        Assert.Equal((Relation.Reverses, "退票", TransactionKinds.Reversal), (back.Relation, back.Reason, back.Kind));
        Assert.Equal(back.Sequence, await market.ReadAsync(db => db.PaymentReversals.Select(r => r.Sequence).SingleAsync()));
        var plan = (await market.ReadAsync(db => FundState.ReadAsync(db, desk.Station.BookId, FundDesk.Today))).Single(f => f.Fund.Code == FundDesk.Code);
        Assert.Equal((0L, 0L, 60_000L), (plan.SpentFen, plan.LatelyFen, plan.ReturnedFen));
        await desk.CleanAsync();
    }

    [SkippableTheory, MemberData(nameof(Databases))]
    public async Task Reversal_OfOnePersonsPart_LeavesTheOthersPaid(DatabaseProvider provider)
    {
        var desk = await FundDesk.OpenAsync(provider);
        await using var market = desk.Market;
        var input = desk.Input(0, "award:1") with { Purpose = FundPurpose.Awards, Payee = "奖牌店", Lines = [new("G0001", 5_000), new("I0001", 2_000), new(null, 300)] };
        var id = ((AskForPayment.Asked)await market.Get<AskForPayment>().ExecuteAsync([input])).Ids[0];
        await desk.ApproveAsync(id, desk.Approver);
        await desk.PayAsync(id, "B0002");

        await BackAsync(desk, id, 1);
        Assert.Equal((994_700L, PaymentState.Paid, 0L, 0L), (await desk.CashAsync(), await desk.StateAsync(id), await desk.BalanceAsync(AccountCode.AwardPayable("I0001")), await desk.BalanceAsync(AccountCode.AwardPayable("G0001"))));
        FundDesk.Refused(PaymentRefusal.ReversedAlready, await desk.AskBackAsync(id, 1));
        await BackAsync(desk, id, 2);
        var plan = (await market.ReadAsync(db => FundState.ReadAsync(db, desk.Station.BookId, FundDesk.Today))).Single(f => f.Fund.Code == FundDesk.Code);
        Assert.Equal((5_000L, 2_300L), (plan.SpentFen, plan.ReturnedFen));
        await BackAsync(desk, id, null); // what is left
        Assert.Equal((1_000_000L, PaymentState.Reversed, 0L), (await desk.CashAsync(), await desk.StateAsync(id), await desk.BalanceAsync(AccountCode.Spent(FundDesk.Code, "awards"))));

        // One chain: each part corrects the one before, the first the paying.
        var parts = await market.ReadAsync(db => db.LedgerTransactions.Where(t => t.Kind == TransactionKinds.FundReturn).OrderBy(t => t.Sequence).ToListAsync());
        var first = await market.ReadAsync(db => db.LedgerTransactions.Where(t => t.Key == Payment.KeyOf(id)).Select(t => t.Sequence).SingleAsync());
        Assert.Equal([first, parts[0].Sequence, parts[1].Sequence], parts.Select(p => p.RelatedSequence!.Value));
        Assert.All(parts, p => Assert.Equal((Relation.Corrects, "B0002"), (p.Relation, p.Subject)));
        Assert.Equal((7_300L, true), await market.ReadAsync(db => db.FundMovements.Where(m => m.PaymentId == id).Select(m => new ValueTuple<long, bool>(m.ReturnedFen, m.ReversedAt != null)).SingleAsync()));
        await desk.CleanAsync();
    }

    [Fact]
    public async Task Reversal_RefusedOrWithdrawn_LeavesThePaymentAndMayBeAskedAgain()
    {
        var desk = await FundDesk.OpenAsync();
        await using var market = desk.Market;
        var id = await desk.ApprovedAsync(5_000, "G0001", FundPurpose.Awards);
        await desk.PayAsync(id, "B0002");
        await desk.AskBackAsync(id);
        FundDesk.Refused(PaymentRefusal.BadWords, await market.Get<EndReversal>().ExecuteAsync(id, "", FundDesk.By(desk.Approver)));
        Assert.IsType<PaymentOutcome.Done>(await market.Get<EndReversal>().ExecuteAsync(id, "钱没有退回来", FundDesk.By(desk.Approver)));
        FundDesk.Refused(PaymentRefusal.NotNow, await market.Get<EndReversal>().ExecuteAsync(id, "再来", FundDesk.By(desk.Approver)));
        await desk.AskBackAsync(id);
        Assert.IsType<PaymentOutcome.Done>(await market.Get<EndReversal>().ExecuteAsync(id, null, FundDesk.By(desk.Finance)));
        Assert.Equal([ReversalState.Refused, ReversalState.Withdrawn], await market.ReadAsync(db => db.PaymentReversals.OrderBy(r => r.Id).Select(r => r.State).ToListAsync()));
        Assert.Equal((PaymentState.Paid, 995_000L), (await desk.StateAsync(id), await desk.CashAsync()));
        Assert.Equal(1, await market.ReadAsync(db => db.InboxMessages.CountAsync(m => m.Kind == InboxKinds.PaymentReversalRefused && m.UserId == desk.Finance)));

        var zhang = await market.AddAccountAsync(Roles.Approver, memberId: desk.Station.Zhang.Id);
        await desk.AskBackAsync(id);
        FundDesk.Refused(PaymentRefusal.OwnMatter, await desk.ApproveBackAsync(id, zhang));
    }

    [Fact]
    public async Task Reversal_InAClosedMonth_IsRefusedInWords()
    {
        var desk = await FundDesk.OpenAsync();
        await using var market = desk.Market;
        var id = await desk.ApprovedAsync(5_000);
        await desk.PayAsync(id, "B0002");
        await desk.AskBackAsync(id);
        // The clock of the server stands in a month that is closed: nothing may go there.
        await market.Writes.RunAsync(db => market.Get<MoveClosing>().ExecuteAsync(db, new() { BookId = desk.Station.BookId, Before = new DateTime(2026, 10, 31, 16, 0, 0, DateTimeKind.Utc), Actor = Actor.User(desk.Admin) }));
        FundDesk.Refused(PaymentRefusal.MonthClosed, await desk.ApproveBackAsync(id, desk.Approver));
        Assert.Equal((PaymentState.Paid, 995_000L, 0), (await desk.StateAsync(id), await desk.CashAsync(), await market.ReadAsync(db => db.Set<ReversalApproval>().CountAsync())));
        market.Clock.Advance(TimeSpan.FromDays(31)); // into the open month
        Assert.IsType<PaymentOutcome.Done>(await desk.ApproveBackAsync(id, desk.Approver));
        Assert.Equal(1_000_000L, await desk.CashAsync());
    }

    private static async Task BackAsync(FundDesk desk, int payment, int? position)
    {
        Assert.IsType<PaymentOutcome.Done>(await desk.AskBackAsync(payment, position));
        Assert.IsType<PaymentOutcome.Done>(await desk.ApproveBackAsync(payment, desk.Approver));
    }
}
