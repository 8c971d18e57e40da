namespace PointsMarket.Ledger;

/// <summary>How a transaction relates to an earlier one; the database's unique key allows each relation once.</summary>
public enum Relation
{
    /// <summary>It takes the earlier one back (invariant 5: at most once).</summary>
    Reverses,

    /// <summary>It ends the earlier one's hold: handed over, cancelled or expired (invariant 6: once).</summary>
    Ends,

    /// <summary>It takes a part of the earlier one back. A further part corrects this one in turn, so that they make one chain.</summary>
    Corrects,
}

/// <summary>An earlier transaction of the same book, and how this one relates to it.</summary>
public readonly record struct RelatedTo(Relation Relation, long Sequence);

/// <summary>A list of postings that stand or fall together.</summary>
public sealed record TransactionRequest
{
    /// <summary>The book (one for each station).</summary>
    public required int BookId { get; init; }

    /// <summary>
    /// The idempotency key, unique in the book, 1–100 characters, such as <c>task:R000039</c>. It also carries invariant 8:
    /// one task, one entry; one case, one reward.
    /// </summary>
    public required string Key { get; init; }

    /// <summary>What kind of thing happened; see <see cref="TransactionKinds"/>.</summary>
    public required string Kind { get; init; }

    /// <summary>The reference of the report, case, redemption … behind it, up to 64 characters. Never a name.</summary>
    public required string Subject { get; init; }

    /// <summary>When it happened, UTC; kept to the millisecond.</summary>
    public required DateTime HappenedAt { get; init; }

    /// <summary>Who does it.</summary>
    public required Actor Actor { get; init; }

    /// <summary>Why, where a person must say so; up to 256 characters.</summary>
    public string? Reason { get; init; }

    /// <summary>The transaction that this one reverses or whose hold it ends.</summary>
    public RelatedTo? Related { get; init; }

    /// <summary>At least one posting.</summary>
    public required IReadOnlyList<Posting> Postings { get; init; }

    /// <summary>
    /// Throws <see cref="ArgumentException"/> for what the databases would not keep alike: SQLite takes any length and reads a
    /// text only up to a NUL, which would break the chain; PostgreSQL refuses NUL; SQL Server holds "a" and "a " for one key.
    /// </summary>
    internal void Check()
    {
        if (Postings.Count == 0) throw new ArgumentException("A transaction has at least one posting.");
        if (Key.Length == 0 || Key[^1] == ' ') throw new ArgumentException("A key is not empty and does not end in a space.");
        Checked(Key, 100, nameof(Key));
        Checked(Kind, 32, nameof(Kind));
        Checked(Subject, 64, nameof(Subject));
        Checked(Actor.Code, 64, nameof(Actor));
        Checked(Reason ?? "", 256, nameof(Reason));
    }

    private static void Checked(string text, int most, string name)
    {
        if (text.Length > most || text.Contains('\0', StringComparison.Ordinal))
            throw new ArgumentException($"{name} has at most {most} characters, and no NUL.");
    }
}

/// <summary>The kinds of transaction the platform writes. Stored and hashed: never rename one.</summary>
public static class TransactionKinds
{
    /// <summary>Points for a verified report.</summary>
    public const string TaskReward = "task-reward";

    /// <summary>Points for a closed case.</summary>
    public const string CaseReward = "case-reward";

    /// <summary>Bonus points for a month's assessment.</summary>
    public const string AssessmentBonus = "assessment-bonus";

    /// <summary>The difference in bonus points that a correction of a published assessment comes to.</summary>
    public const string AssessmentCorrection = "assessment-correction";

    /// <summary>Points for a tip, to a voucher that nobody's name is on.</summary>
    public const string TipReward = "tip-reward";

    /// <summary>What is left of a voucher, moved to the one that takes its place.</summary>
    public const string VoucherReplaced = "voucher-replaced";

    /// <summary>Points and goods set aside at the kiosk.</summary>
    public const string Hold = "redemption-hold";

    /// <summary>Goods handed over against a slip.</summary>
    public const string HandOver = "redemption-hand-over";

    /// <summary>Points and goods back: cancelled, or not collected in time.</summary>
    public const string Release = "redemption-release";

    /// <summary>Goods brought back within a day of the hand-over.</summary>
    public const string Return = "redemption-return";

    /// <summary>Goods counted in.</summary>
    public const string Delivery = "delivery";

    /// <summary>Goods written off or found.</summary>
    public const string StockCorrection = "stock-correction";

    /// <summary>Goods sent from one outlet to another.</summary>
    public const string StockSend = "stock-send";

    /// <summary>Goods that arrived there, and what was missing.</summary>
    public const string StockReceive = "stock-receive";

    /// <summary>Goods that were sent and came back.</summary>
    public const string StockRecall = "stock-recall";

    /// <summary>A supermarket card written off because it is lost or blocked, or found again.</summary>
    public const string CardMark = "card-mark";

    /// <summary>Money given to a fund.</summary>
    public const string Grant = "fund-grant";

    /// <summary>Money a fund spent on goods.</summary>
    public const string Purchase = "fund-purchase";

    /// <summary>Money a fund paid as an award.</summary>
    public const string Award = "fund-award";

    /// <summary>A part of a payment that came back.</summary>
    public const string FundReturn = "fund-return";

    /// <summary>Money that a fund owes members from now on.</summary>
    public const string AwardOwed = "award-owed";

    /// <summary>An earlier transaction taken back.</summary>
    public const string Reversal = "reversal";
}

/// <summary>What became of a request to post.</summary>
public enum PostOutcome
{
    /// <summary>Written.</summary>
    Posted,

    /// <summary>The same key with the same content was written before; nothing new.</summary>
    Replayed,

    /// <summary>The key stands in the book with other content; nothing written.</summary>
    KeyReused,

    /// <summary>A guarded account would go below zero; nothing written.</summary>
    BelowFloor,

    /// <summary>The related transaction was reversed, or its hold ended, before; nothing written.</summary>
    AlreadyRelated,

    /// <summary>It happened in a time that is closed (<see cref="LedgerBook.ClosedBefore"/>); nothing written.</summary>
    PeriodClosed,
}

/// <summary>
/// The answer to a request. <see cref="Sequence"/> is the transaction's number in the book when posted or replayed, and that
/// of the earlier transaction for <see cref="PostOutcome.KeyReused"/> and <see cref="PostOutcome.AlreadyRelated"/>.
/// <see cref="Short"/> names the account that would go below zero, and by how much.
/// </summary>
public readonly record struct PostResult(PostOutcome Outcome, long Sequence, Shortage? Short = null)
{
    /// <summary>True when the transaction stands in the book, now or from before.</summary>
    public bool Stands => Outcome is PostOutcome.Posted or PostOutcome.Replayed;

    /// <summary>
    /// For what happens now: the present is never closed, unless a clock went back by a month, which no person at a page can answer
    /// for. Throws <see cref="InvalidOperationException"/> then.
    /// </summary>
    public PostResult InOpenTime() =>
        Outcome == PostOutcome.PeriodClosed ? throw new InvalidOperationException("The clock of this machine stands in a month that is closed.") : this;
}

/// <summary>A guarded account that holds too little: how much of the asset is missing.</summary>
public sealed record Shortage(AccountCode Account, Asset Asset, long Missing);
