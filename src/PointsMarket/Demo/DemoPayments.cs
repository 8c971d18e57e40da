using Microsoft.EntityFrameworkCore;
using PointsMarket.Areas;
using PointsMarket.Data;
using PointsMarket.Funding;
using PointsMarket.Ledger;

namespace PointsMarket.Demo;

/// <summary>
/// What the two funds are for, their plan for the year, and payments at every point of the ladder: one that waits for one approver,
/// one for two, one for finance too, one to be paid, one that was paid, one that was refused, one that was paid and taken back, and one
/// whose member's part is to be claimed back. And a case that pays money beside the points.
/// </summary>
internal sealed class DemoPayments(MarketDb db, Journal journal, ReverseTransaction reverse, Actor actor, DateTime now)
{
    private const string Volunteers = "volunteer-fund", Bravery = "bravery-fund";

    private int book;

    public async Task RunAsync(CancellationToken ct)
    {
        book = await db.LedgerBooks.Select(b => b.Id).SingleAsync(ct);
        var year = StationTime.Day(now).Year;
        await PlanAsync(Volunteers, FundPurpose.Goods | FundPurpose.Cards | FundPurpose.Bonuses | FundPurpose.Awards, year, [(FundPurpose.Goods, 800_000), (FundPurpose.Cards, 4_000_000), (FundPurpose.Bonuses, 300_000), (FundPurpose.Awards, 200_000)], ct);
        await PlanAsync(Bravery, FundPurpose.Awards | FundPurpose.CaseRewards, year, [(FundPurpose.Awards, 600_000), (FundPurpose.CaseRewards, 400_000)], ct);

        await AskAsync(Volunteers, FundPurpose.Goods, "镇上劳保用品店", "给护学岗添 20 件反光背心", 0.2, [new(null, 46_000)], ct);
        await AskAsync(Volunteers, FundPurpose.Cards, "好又多超市", "补 30 张五十元超市卡", 1.1, [new(null, 150_000)], ct);
        await AskAsync(Bravery, FundPurpose.Awards, null, "台风夜转移群众的奖金", 1.4, [new("G0001", 200_000), new("P0001", 150_000)], ct);
        var due = await AskAsync(Volunteers, FundPurpose.Bonuses, null, "巡逻骨干上月补贴", 3.2, [new("G0001", 5_000), new("P0001", 5_000)], ct);
        await ApproveAsync(due, 2.6, ct);
        var paid = await AskAsync(Volunteers, FundPurpose.Goods, "村口五金店", "换巡逻用的电池", 9.3, [new(null, 12_800)], ct);
        await ApproveAsync(paid, 8.5, ct);
        await PayAsync(paid, "YH20880123", 7.4, ct);
        await BackAsync(ct);
        await CaseAsync(ct);
        var refused = await AskAsync(Volunteers, FundPurpose.Goods, "某广告公司", "做宣传灯箱", 12.1, [new(null, 280_000)], ct);
        (refused.State, refused.Key, refused.EndedAt, refused.EndedBy, refused.Reason) = (PaymentState.Refused, null, now.AddDays(-11.2), actor.Code, "先用村里的旧灯箱，换张画面就行");
        await db.SaveChangesAsync(ct);
    }

    /// <summary>One the bank sent back, and one whose reason is gone.</summary>
    private async Task BackAsync(CancellationToken ct)
    {
        var (finance, at) = (Actor.System("setup"), now.AddDays(-4.1));
        var returned = await AskAsync(Volunteers, FundPurpose.Bonuses, null, "秋收护路补贴", 6.4, [new("P0001", 8_000)], ct);
        await ApproveAsync(returned, 6.1, ct);
        await PayAsync(returned, "YH20880131", 5.2, ct);
        var reversal = new PaymentReversal
        {
            Payment = returned, AmountFen = 8_000, Reason = "账号写错，银行退回", ApproversNeeded = 1, State = ReversalState.Done, AskedAt = at.AddHours(-3), AskedBy = finance.Code, EndedAt = at, EndedBy = actor.Code,
        };
        reversal.Approvals.Add(new ReversalApproval { By = actor.Code, At = at });
        db.PaymentReversals.Add(reversal);
        await db.SaveChangesAsync(ct);
        var paid = (await db.SequenceOfAsync(book, Payment.KeyOf(returned.Id), ct))!.Value;
        var posted = await reverse.ExecuteAsync(db, new ReverseTransaction.Input { BookId = book, Sequence = paid, Actor = actor, Reason = reversal.Reason }, ct);
        await FundMoney.ForgetOwedAsync(db, reverse, returned, actor, reversal.Reason, ct);
        var movement = await db.FundMovements.AsTracking().SingleAsync(m => m.PaymentId == returned.Id, ct);
        (movement.ReturnedFen, movement.ReversedAt, movement.ReversedBy, movement.ReverseReason) = (8_000, at, actor.Code, reversal.Reason);
        (reversal.Sequence, returned.Lines[0].ReversalId) = (posted.Sequence, reversal.Id);
        PaymentNews.End(returned, PaymentState.Reversed, actor, reversal.Reason, at);

        var gone = await AskAsync(Bravery, FundPurpose.Awards, null, "落水救人的奖金", 11.3, [new("G0001", 30_000), new("P0001", 20_000)], ct);
        await ApproveAsync(gone, 10.2, ct);
        await PayAsync(gone, "YH20880119", 9.1, ct);
        gone.Lines.Single(l => l.AmountFen == 20_000).ClaimBack = "核实以后，救人的是另一位";
        await db.SaveChangesAsync(ct);
    }

    /// <summary>The board's dearest lead pays money too.</summary>
    private async Task CaseAsync(CancellationToken ct)
    {
        var lead = await db.Cases.AsTracking().SingleAsync(c => c.Number == "A0104", ct);
        (lead.FundId, lead.MoneyFen) = (await db.Funds.Where(f => f.BookId == book && f.Code == Bravery).Select(f => f.Id).SingleAsync(ct), 50_000);
        await db.SaveChangesAsync(ct);
    }

    private async Task PlanAsync(string code, FundPurpose purposes, int year, (FundPurpose Purpose, long Fen)[] plan, CancellationToken ct)
    {
        var fund = await db.Funds.AsTracking().SingleAsync(f => f.BookId == book && f.Code == code, ct);
        fund.Purposes = purposes;
        db.FundBudgets.AddRange(plan.Select(p => new FundBudget { FundId = fund.Id, Year = year, Purpose = p.Purpose, AmountFen = p.Fen }));
        await db.SaveChangesAsync(ct);
    }

    private async Task<Payment> AskAsync(string fund, FundPurpose purpose, string? payee, string words, double daysAgo, AskForPayment.Line[] lines, CancellationToken ct)
    {
        var asked = await AskForPayment.AskAsync(db, new AskForPayment.Input
        {
            BookId = book, Fund = fund, Purpose = purpose, Payee = payee, Words = words, Key = $"demo:{words}", Lines = lines, Actor = actor,
        }, now.AddDays(-daysAgo), ct);
        if (asked is not PaymentOutcome.Done(var id)) throw new InvalidOperationException($"The demo station breaks a rule: {words} {asked}");
        return await db.Payments.AsTracking().Include(p => p.Fund).Include(p => p.Lines).ThenInclude(l => l.Member).SingleAsync(p => p.Id == id, ct);
    }

    private async Task ApproveAsync(Payment payment, double daysAgo, CancellationToken ct)
    {
        var at = now.AddDays(-daysAgo);
        payment.Approvals.Add(new PaymentApproval { By = actor.Code, At = at });
        (payment.State, payment.ApprovedAt) = (PaymentState.Approved, at);
        if (FundMoney.Owed(payment, at, actor) is { } owed) await PostAsync(owed, ct);
    }

    private async Task PayAsync(Payment payment, string reference, double daysAgo, CancellationToken ct)
    {
        var at = now.AddDays(-daysAgo);
        await PostAsync(FundMoney.Paid(payment, reference, StationTime.StartOf(StationTime.Day(at)), actor), ct);
        (payment.State, payment.EndedAt, payment.EndedBy) = (PaymentState.Paid, at, actor.Code);
        db.FundMovements.Add(new FundMovement
        {
            Reference = reference, BookId = book, Date = StationTime.Day(at), Fund = payment.Fund.Code, Kind = FundPurposes.KindOf(payment.Purpose), AmountFen = payment.AmountFen,
            Note = Typed.Cut(payment.Words, 200), Purpose = payment.Purpose, PaymentId = payment.Id,
        });
        await db.SaveChangesAsync(ct);
    }

    private async Task PostAsync(TransactionRequest request, CancellationToken ct)
    {
        var posted = await journal.PostAsync(db, request, ct);
        if (posted.Outcome != PostOutcome.Posted) throw new InvalidOperationException($"The demo station breaks a rule: {request.Key} {posted}");
    }
}
