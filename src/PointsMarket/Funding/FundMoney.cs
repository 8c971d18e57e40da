using Microsoft.EntityFrameworkCore;
using PointsMarket.Data;
using PointsMarket.Ledger;

namespace PointsMarket.Funding;

/// <summary>What a fund has, what of it is promised, and the lock under which that is the last word.</summary>
internal static class FundMoney
{
    /// <summary>
    /// Lets one at a time through to the money of a station. SQLite's door does that anyway; on the servers the book's row, touched
    /// but not changed, is the lock, and the journal takes the same one.
    /// </summary>
    public static Task LockAsync(MarketDb db, int book, CancellationToken ct) => db.Database.IsSqlite()
        ? Task.CompletedTask
        : db.LedgerBooks.Where(b => b.Id == book).ExecuteUpdateAsync(s => s.SetProperty(b => b.Accounts, b => b.Accounts), ct);

    /// <summary>Approved and not paid yet.</summary>
    public static Task<long> CommittedAsync(MarketDb db, int fund, CancellationToken ct) =>
        db.Payments.Where(p => p.FundId == fund && p.State == PaymentState.Approved).SumAsync(p => p.AmountFen, ct);

    /// <summary>Cash less what is promised.</summary>
    public static async Task<long> FreeAsync(MarketDb db, Fund fund, CancellationToken ct) =>
        await db.BalanceAsync(fund.BookId, AccountCode.Cash(fund.Code), Asset.Money, ct) - await CommittedAsync(db, fund.Id, ct);

    /// <summary>
    /// What an approved payment owes its members: <c>award-payable:{member} → spent:{fund}:{purpose}</c>, so that the account says,
    /// below zero, what is owed until it is paid. Null when it goes to no member.
    /// </summary>
    public static TransactionRequest? Owed(Payment payment, DateTime now, Actor actor)
    {
        var postings = Members(payment).Select(m => new Posting(AccountCode.AwardPayable(m.Code), Spent(payment), Asset.Money, m.Fen)).ToList();
        return postings.Count == 0 ? null : new TransactionRequest
        {
            BookId = payment.BookId, Key = Payment.OwedKeyOf(payment.Id), Kind = TransactionKinds.AwardOwed, Subject = payment.Number, HappenedAt = now, Actor = actor, Postings = postings,
        };
    }

    /// <summary>Its paying: out of <c>cash</c>, to what is owed to members, and to what is spent for the rest.</summary>
    public static TransactionRequest Paid(Payment payment, string reference, DateTime at, Actor actor)
    {
        var cash = AccountCode.Cash(payment.Fund.Code);
        var other = payment.Lines.Where(l => l.Member is null).Sum(l => l.AmountFen);
        List<Posting> postings = [.. Members(payment).Select(m => new Posting(cash, AccountCode.AwardPayable(m.Code), Asset.Money, m.Fen))];
        if (other > 0) postings.Add(new Posting(cash, Spent(payment), Asset.Money, other));
        return new TransactionRequest
        {
            BookId = payment.BookId, Key = Payment.KeyOf(payment.Id), Kind = FundPurposes.ToMembers(payment.Purpose) ? TransactionKinds.Award : TransactionKinds.Purchase,
            Subject = reference, HappenedAt = at, Actor = actor, Postings = postings,
        };
    }

    /// <summary>How a part comes back.</summary>
    /// <param name="Reversal">What for.</param>
    /// <param name="Reference">The bank's reference of the paying.</param>
    /// <param name="Earlier">The transaction it corrects.</param>
    /// <param name="At">UTC.</param>
    /// <param name="By">Who gave the last word.</param>
    public sealed record Back(PaymentReversal Reversal, string Reference, long Earlier, DateTime At, Actor By);

    /// <summary>
    /// Some lines back into <c>cash</c>, the way they went: what was owed to a member and paid is owed no more. A whole payment is taken
    /// back by reversing its transaction instead.
    /// </summary>
    public static TransactionRequest PartBack(Payment payment, IReadOnlyList<PaymentLine> lines, Back back)
    {
        var (cash, spent) = (AccountCode.Cash(payment.Fund.Code), Spent(payment));
        var postings = new List<Posting>();
        foreach (var line in lines)
        {
            var payable = line.Member is { } member ? AccountCode.AwardPayable(member.Code) : spent;
            postings.Add(new Posting(payable, cash, Asset.Money, line.AmountFen));
            if (line.Member is not null) postings.Add(new Posting(spent, payable, Asset.Money, line.AmountFen));
        }
        return new TransactionRequest
        {
            BookId = payment.BookId, Key = $"payment-back:{payment.Number}:{(back.Reversal.Position is { } position ? $"{position}" : "rest")}", Kind = TransactionKinds.FundReturn, Subject = back.Reference,
            HappenedAt = back.At, Actor = back.By, Reason = back.Reversal.Reason, Related = new RelatedTo(Relation.Corrects, back.Earlier), Postings = postings,
        };
    }

    /// <summary>Takes back what was owed. For a payment that will not be paid.</summary>
    public static async Task ForgetOwedAsync(MarketDb db, ReverseTransaction reverse, Payment payment, Actor actor, string reason, CancellationToken ct)
    {
        if (await db.SequenceOfAsync(payment.BookId, Payment.OwedKeyOf(payment.Id), ct) is not { } sequence) return;
        var result = await reverse.ExecuteAsync(db, new ReverseTransaction.Input { BookId = payment.BookId, Sequence = sequence, Actor = actor, Reason = reason }, ct);
        if (result.Outcome != PostOutcome.Posted) throw new InvalidOperationException($"What {payment.Number} owed could not be taken back: {result.Outcome}.");
    }

    private static AccountCode Spent(Payment payment) => AccountCode.Spent(payment.Fund.Code, FundPurposes.Code(payment.Purpose));

    private static IEnumerable<(string Code, long Fen)> Members(Payment payment) => payment.Lines.Where(l => l.Member is not null).Select(l => (l.Member!.Code, l.AmountFen));
}
