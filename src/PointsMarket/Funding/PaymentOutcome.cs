namespace PointsMarket.Funding;

/// <summary>Why something was not done to a payment or a fund. Nothing changed.</summary>
public enum PaymentRefusal
{
    /// <summary>No such payment, fund or movement in the actor's station.</summary>
    NotFound,

    /// <summary>Not in its present state; perhaps somebody was quicker.</summary>
    NotNow,

    /// <summary>The fund is closed.</summary>
    FundClosed,

    /// <summary>The fund's money is not for that.</summary>
    WrongPurpose,

    /// <summary>An amount below 1 fen, or too large.</summary>
    BadAmount,

    /// <summary>Neither members nor a payee, or both a payee and nothing to pay.</summary>
    NobodyToPay,

    /// <summary>No such member of the station.</summary>
    UnknownMember,

    /// <summary>The same member twice.</summary>
    MemberTwice,

    /// <summary>Words are asked for, and not too many.</summary>
    BadWords,

    /// <summary>The same thing was asked for with other content.</summary>
    KeyReused,

    /// <summary>Nobody approves or refuses what they asked for.</summary>
    Own,

    /// <summary>The approver is one of those it goes to.</summary>
    OwnMatter,

    /// <summary>They approved it already.</summary>
    ApprovedAlready,

    /// <summary>Not one whose word it still needs.</summary>
    NotAllowed,

    /// <summary>The fund's free money does not cover it.</summary>
    NotEnough,

    /// <summary>The bank's reference is missing, no reference, or stands at another movement.</summary>
    BadReference,

    /// <summary>A day to come, or before it was approved.</summary>
    BadDay,

    /// <summary>The month of that day is closed.</summary>
    MonthClosed,

    /// <summary>It was taken back before.</summary>
    ReversedAlready,

    /// <summary>A reversal of it waits for its approvers already.</summary>
    ReversalWaits,

    /// <summary>A payment comes back by the ladder, from its own page (<see cref="PaymentReversal"/>).</summary>
    ByLadder,

    /// <summary>More than <see cref="Payment.MostFiles"/> files, or none where one is to be added.</summary>
    BadFiles,
}

/// <summary>What came of an operation on payments or funds.</summary>
public abstract record PaymentOutcome
{
    /// <summary>Done; <paramref name="Id"/> is the payment's or movement's.</summary>
    public sealed record Done(int Id) : PaymentOutcome
    {
        /// <summary>True when the same payment had been asked for before: nothing new was written.</summary>
        public bool Replayed { get; init; }
    }

    /// <summary>Refused; nothing changed.</summary>
    /// <param name="Why">Why.</param>
    /// <param name="About">The member's or fund's code, or the key, that it is about; null otherwise.</param>
    /// <param name="MissingFen">How much is missing, for <see cref="PaymentRefusal.NotEnough"/>.</param>
    public sealed record Refused(PaymentRefusal Why, string? About = null, long MissingFen = 0) : PaymentOutcome;

    internal static PaymentOutcome No(PaymentRefusal why, string? about = null, long missing = 0) => new Refused(why, about, missing);
}

/// <summary>Who acts on a payment.</summary>
public sealed record PaymentActor
{
    /// <summary>The account.</summary>
    public required int UserId { get; init; }

    /// <summary>The path of the area it may act in; the station's own.</summary>
    public required string AreaPath { get; init; }

    internal Ledger.Actor Actor => Ledger.Actor.User(UserId);
}
