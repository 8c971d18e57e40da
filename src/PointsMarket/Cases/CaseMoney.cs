using System.Globalization;
using Microsoft.EntityFrameworkCore;
using PointsMarket.Data;
using PointsMarket.Funding;
using PointsMarket.Ledger;

namespace PointsMarket.Cases;

/// <summary>
/// What a fund was asked to pay for one round of a closed case (invariant 8). The key is the case and its round, so a round asks once,
/// whatever becomes of the payment: money that approvers refused is asked for by hand, with words, or not at all.
/// </summary>
public sealed class CaseMoney
{
    /// <summary>The case.</summary>
    public int CaseId { get; set; }

    /// <summary>The round that was settled.</summary>
    public int Round { get; set; }

    /// <summary>The payment: one for the whole case with a line for each share, so that the ladder sees the whole sum.</summary>
    public int PaymentId { get; set; }

    /// <summary>The payment.</summary>
    public Payment Payment { get; set; } = null!;

    internal static void Configure(ModelBuilder builder) => builder.Entity<CaseMoney>(e =>
    {
        e.ToTable("CaseMoney");
        e.HasKey(m => new { m.CaseId, m.Round });
        e.HasIndex(m => m.PaymentId).IsUnique();
        e.HasOne<Case>().WithMany().HasForeignKey(m => m.CaseId).OnDelete(DeleteBehavior.Restrict);
        e.HasOne(m => m.Payment).WithMany().HasForeignKey(m => m.PaymentId).OnDelete(DeleteBehavior.Restrict);
    });

    /// <summary>The open fund of a station that may pay for cases; null when there is none of this code.</summary>
    internal static async Task<Fund?> FundAsync(MarketDb db, int book, string? code, CancellationToken ct)
    {
        var fund = await db.Funds.SingleOrDefaultAsync(f => f.BookId == book && f.Code == code && f.Active, ct);
        return fund is not null && fund.Purposes.HasFlag(FundPurpose.CaseRewards) ? fund : null;
    }

    /// <summary>
    /// The refusal for money that a case promises now; null when the fund can keep its word. Free is what is left of the cash after
    /// approved payments, other cases that are on the board or in hand, and case payments that wait for their approvers.
    /// </summary>
    internal static async Task<CaseOutcome?> RefusalAsync(MarketDb db, int caseId, Fund? fund, long fen, CancellationToken ct)
    {
        if (fen == 0) return null;
        if (fund is null || !fund.Active || !fund.Purposes.HasFlag(FundPurpose.CaseRewards)) return CaseOutcome.No(CaseRefusal.NoSuchFund, fund?.Code);
        CaseState[] promised = [CaseState.Open, CaseState.Claimed, CaseState.Submitted];
        var others = await db.Cases.Where(c => c.FundId == fund.Id && c.Id != caseId && promised.Contains(c.State)).SumAsync(c => c.MoneyFen, ct);
        var asked = await db.Payments.Where(p => p.FundId == fund.Id && p.Purpose == FundPurpose.CaseRewards && p.State == PaymentState.Asked).SumAsync(p => p.AmountFen, ct);
        var missing = fen - (await FundMoney.FreeAsync(db, fund, ct) - others - asked);
        return missing > 0 ? CaseOutcome.No(CaseRefusal.FundShort, (missing / 100m).ToString("0.00", CultureInfo.InvariantCulture)) : null;
    }

    /// <summary>Asks the fund for the claim's money, a line for each share; a refusal when the fund cannot be asked. For the closing.</summary>
    internal static async Task<CaseOutcome?> AskAsync(Docket docket, Claim claim, long fen, Actor actor, CancellationToken ct)
    {
        if (fen == 0) return null;
        var (db, @case) = (docket.Db, docket.Case);
        var fund = await db.Funds.Where(f => f.Id == @case.FundId).Select(f => f.Code).SingleAsync(ct);
        var parts = CaseReward.SplitFen(fen, [.. claim.Members.Select(m => m.Share)]);
        var asked = await AskForPayment.AskAsync(db, new AskForPayment.Input
        {
            BookId = @case.Area.BookId, Fund = fund, Purpose = FundPurpose.CaseRewards, Words = $"{@case.Number} {@case.Title}", Key = $"case-money:{@case.Number}:{@case.Round.ToString(CultureInfo.InvariantCulture)}",
            Href = $"/desk/cases/{@case.Number}", Actor = actor, Lines = [.. claim.Members.Zip(parts).Where(p => p.Second > 0).Select(p => new AskForPayment.Line(p.First.Member.Code, p.Second))],
        }, docket.Now, ct);
        if (asked is not PaymentOutcome.Done(var payment)) return CaseOutcome.No(CaseRefusal.NoSuchFund, fund);
        db.CaseMoney.Add(new CaseMoney { CaseId = @case.Id, Round = @case.Round, PaymentId = payment });
        claim.MoneyFen = fen;
        return null;
    }

    /// <summary>What becomes of the money of the round that is undone.</summary>
    internal static async Task<StopMoney.Result> StopAsync(Docket docket, ReverseTransaction reverse, string reason, Actor actor, CancellationToken ct)
    {
        var (caseId, round) = (docket.Case.Id, docket.Case.Round);
        var payment = await docket.Db.CaseMoney.Where(m => m.CaseId == caseId && m.Round == round).Select(m => (int?)m.PaymentId).SingleOrDefaultAsync(ct);
        return payment is { } id ? await StopMoney.RunAsync(docket.Db, reverse, id, null, reason, actor, docket.Now, ct) : StopMoney.Result.Nothing;
    }
}
