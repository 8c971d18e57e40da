using Microsoft.EntityFrameworkCore;
using PointsMarket.Accounts;
using PointsMarket.Areas;
using PointsMarket.Data;
using PointsMarket.Ledger;
using PointsMarket.Members;
using PointsMarket.Notices;
using PointsMarket.Tasks;

namespace PointsMarket.Funding;

/// <summary>
/// Asks for payments out of funds: one from the desk, or many at once from awards, a payroll or a closed case, all or none. The same
/// key with the same content is the same payment and is asked for once. Nothing moves before the ladder is climbed.
/// </summary>
public sealed class AskForPayment(MarketWrites writes, PhotoFolder folder, TimeProvider clock)
{
    /// <summary>A part, and who it goes to.</summary>
    /// <param name="Member">The code of a member of the station; null for the payment's payee.</param>
    /// <param name="AmountFen">Fen.</param>
    public sealed record Line(string? Member, long AmountFen);

    /// <summary>One payment.</summary>
    public sealed record Input
    {
        /// <summary>The book of the station.</summary>
        public required int BookId { get; init; }

        /// <summary>The fund's code.</summary>
        public required string Fund { get; init; }

        /// <summary>One purpose of the fund's.</summary>
        public required FundPurpose Purpose { get; init; }

        /// <summary>To whom how much. Each member once; at most one line without a member.</summary>
        public required IReadOnlyList<Line> Lines { get; init; }

        /// <summary>The shop, the firm or the list; needed for a line without a member. No personal data.</summary>
        public string? Payee { get; init; }

        /// <summary>Why, for who approves.</summary>
        public required string Words { get; init; }

        /// <summary>What it is for, unique in the station: <c>payroll:2026-10</c>, <c>award:2026-3</c>.</summary>
        public required string Key { get; init; }

        /// <summary>The page of what it is for; no personal data.</summary>
        public string? Href { get; init; }

        /// <summary>Photos and documents that prove it, 0 to <see cref="Payment.MostFiles"/>; only with a payment that is asked for by itself.</summary>
        public IReadOnlyList<SentFile> Files { get; init; } = [];

        /// <summary>Who asks.</summary>
        public required Actor Actor { get; init; }
    }

    /// <summary>What came of it.</summary>
    public abstract record Outcome;

    /// <summary>They wait for their approvers; the ids in the order they were asked.</summary>
    public sealed record Asked(IReadOnlyList<int> Ids) : Outcome;

    /// <summary>One of them cannot be asked for, so none was.</summary>
    public sealed record Refused(int Index, PaymentRefusal Why, string? About) : Outcome;

    /// <summary>A file is not taken, and so nothing was asked.</summary>
    public sealed record BadFile(BadSentFile File) : Outcome;

    /// <summary>Asks for them.</summary>
    public Task<Outcome> ExecuteAsync(IReadOnlyList<Input> inputs, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        return inputs is [{ Files.Count: > 0 } one] ? OneAsync(one, ct) : AllAsync(inputs, ct);
    }

    private Task<Outcome> AllAsync(IReadOnlyList<Input> inputs, CancellationToken ct)
    {
        return writes.RunAsync(async (db, token) =>
        {
            var ids = new List<int>(inputs.Count);
            foreach (var input in inputs)
            {
                switch (await AskAsync(db, input, clock.GetUtcNow().UtcDateTime, token))
                {
                    case PaymentOutcome.Done(var id): ids.Add(id); break;
                    case PaymentOutcome.Refused(var why, var about, _): return db.RollBack<Outcome>(new Refused(ids.Count, why, about));
                }
            }
            return new Asked(ids);
        }, ct);
    }

    /// <summary>One with its files, which are kept only if a new payment names them.</summary>
    private Task<Outcome> OneAsync(Input input, CancellationToken ct) => input.Files.Count > Payment.MostFiles
        ? Task.FromResult<Outcome>(new Refused(0, PaymentRefusal.BadFiles, null))
        : SentFiles.WithAsync<Outcome>(folder, input.Files, bad => new BadFile(bad), async kept =>
        {
            var asked = await writes.RunAsync((db, token) => AskAsync(db, input, kept, clock.GetUtcNow().UtcDateTime, token), ct);
            return asked is PaymentOutcome.Done done ? (new Asked([done.Id]), !done.Replayed) : (new Refused(0, ((PaymentOutcome.Refused)asked).Why, ((PaymentOutcome.Refused)asked).About), false);
        }, ct);

    /// <summary>
    /// Asks for one inside the door, in the same transaction as what it is for: nothing is asked for if that is rolled back. A refusal
    /// has written nothing.
    /// </summary>
    public static Task<PaymentOutcome> AskAsync(MarketDb db, Input input, DateTime now, CancellationToken ct = default) => AskAsync(db, input, [], now, ct);

    private static async Task<PaymentOutcome> AskAsync(MarketDb db, Input input, IReadOnlyList<KeptFile> kept, DateTime now, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(input);
        await FundMoney.LockAsync(db, input.BookId, ct);
        if (await db.Funds.SingleOrDefaultAsync(f => f.BookId == input.BookId && f.Code == input.Fund, ct) is not { } fund) return PaymentOutcome.No(PaymentRefusal.NotFound, input.Fund);
        var (payee, words, key) = (Typed.Words(input.Payee, Payment.MostPayee), Typed.Words(input.Words, Payment.MostWords), Typed.Words(input.Key, Payment.MostKey));
        if (Check(input, fund, payee, words, key) is { } wrong) return wrong;
        var codes = input.Lines.Select(l => l.Member).OfType<string>().ToList();
        var members = await db.Members.Where(m => codes.Contains(m.Code) && m.Area.BookId == input.BookId).ToDictionaryAsync(m => m.Code, StringComparer.Ordinal, ct);
        if (codes.Find(c => !members.ContainsKey(c)) is { } unknown) return PaymentOutcome.No(PaymentRefusal.UnknownMember, unknown);

        var payment = Make(input, fund, members, payee, words!, key!, now);
        if (await db.Payments.AsNoTracking().Include(p => p.Lines).SingleOrDefaultAsync(p => p.BookId == input.BookId && p.Key == key, ct) is { } earlier)
            return Same(earlier, payment) ? new PaymentOutcome.Done(earlier.Id) { Replayed = true } : PaymentOutcome.No(PaymentRefusal.KeyReused, key);
        (payment.ApproversNeeded, payment.FinanceNeeded) = await PaymentLadder.ForAsync(db, payment.AmountFen, StationTime.Day(now), ct);
        PaymentFile.Add(payment, kept, input.Actor, now);
        db.Payments.Add(payment);
        await db.SaveChangesAsync(ct); // its number is its key
        db.Note(now, input.Actor, "payment.asked", payment.Number, FormattableString.Invariant($"{fund.Code} {input.Purpose} {payment.AmountFen}"));
        await TellAsync(db, payment, input.Actor, now, ct);
        await db.SaveChangesAsync(ct);
        return new PaymentOutcome.Done(payment.Id);
    }

    private static PaymentOutcome? Check(Input input, Fund fund, string? payee, string? words, string? key)
    {
        if (!fund.Active && !Payment.IsAtBank(key)) return PaymentOutcome.No(PaymentRefusal.FundClosed, fund.Code); // what the bank did, a closed fund records too
        if (!FundPurposes.IsOne(input.Purpose) || !fund.Purposes.HasFlag(input.Purpose)) return PaymentOutcome.No(PaymentRefusal.WrongPurpose, fund.Code);
        if (input.Lines.Count is 0 or > Payment.MostLines || input.Lines.Count(l => l.Member is null) > 1) return PaymentOutcome.No(PaymentRefusal.NobodyToPay);
        if (input.Lines.Any(l => l.Member is null) && payee is null) return PaymentOutcome.No(PaymentRefusal.NobodyToPay);
        if (input.Payee is { Length: > 0 } && payee is null) return PaymentOutcome.No(PaymentRefusal.NobodyToPay);
        if (input.Lines.Any(l => l.AmountFen is < 1 or > FundLimits.MostFen)) return PaymentOutcome.No(PaymentRefusal.BadAmount);
        if (input.Lines.Where(l => l.Member is not null).GroupBy(l => l.Member).FirstOrDefault(g => g.Count() > 1) is { } twice) return PaymentOutcome.No(PaymentRefusal.MemberTwice, twice.Key);
        return words is null || key is null ? PaymentOutcome.No(PaymentRefusal.BadWords) : null;
    }

    private static Payment Make(Input input, Fund fund, Dictionary<string, Member> members, string? payee, string words, string key, DateTime now)
    {
        var payment = new Payment
        {
            BookId = input.BookId, FundId = fund.Id, Purpose = input.Purpose, AmountFen = input.Lines.Sum(l => l.AmountFen), Key = key, Payee = payee, Href = input.Href, Words = words,
            AskedAt = now, AskedBy = input.Actor.Code,
        };
        payment.Lines.AddRange(input.Lines.Select((l, i) => new PaymentLine { Position = i, MemberId = l.Member is { } code ? members[code].Id : null, AmountFen = l.AmountFen }));
        return payment;
    }

    private static bool Same(Payment a, Payment b) => (a.FundId, a.Purpose, a.AmountFen, a.Payee) == (b.FundId, b.Purpose, b.AmountFen, b.Payee)
        && a.Lines.OrderBy(l => l.Position).Select(l => (l.MemberId, l.AmountFen)).SequenceEqual(b.Lines.Select(l => (l.MemberId, l.AmountFen)));

    private static async Task TellAsync(MarketDb db, Payment payment, Actor actor, DateTime now, CancellationToken ct)
    {
        var station = await PaymentNews.StationAsync(db, payment, ct);
        string[] roles = payment.FinanceNeeded ? [.. PaymentLadder.Approvers, Roles.Finance] : [.. PaymentLadder.Approvers];
        await Inbox.TellStaffAsync(db, roles, station, InboxKinds.PaymentAsked, payment.Number, PaymentNews.Page(payment), now, SecondPair.AccountOf(actor.Code), ct);
    }
}

/// <summary>Bounds of money entered by hand.</summary>
public static class FundLimits
{
    /// <summary>The most money one entry may be: ten million yuan catches a slip of the finger.</summary>
    public const long MostFen = 1_000_000_000;

    /// <summary>How far back a grant or a payment may be entered.</summary>
    public const int MostDaysBack = 366;
}
