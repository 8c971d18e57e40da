using PointsMarket.Ledger;

namespace PointsMarket.Cases;

/// <summary>Why something was not done to a case. Nothing changed.</summary>
public enum CaseRefusal
{
    /// <summary>No such case or claim that this person may act on.</summary>
    NotFound,

    /// <summary>Not in its present state; perhaps somebody was quicker.</summary>
    NotNow,

    /// <summary>The approver is one of the claimants, or asked for it on somebody's behalf.</summary>
    OwnMatter,

    /// <summary>Over the threshold: who approved the claim does not close it too.</summary>
    SecondPairNeeded,

    /// <summary>A member has <see cref="Settings.SettingList.CaseHeldAtOnce"/> in hand.</summary>
    TooMany,

    /// <summary>Not offered to a member's area.</summary>
    NotOffered,

    /// <summary>The last day for claiming is over.</summary>
    DeadlinePassed,

    /// <summary>Not every partner has agreed.</summary>
    NotAgreed,

    /// <summary>The member stands in line, or holds it, already.</summary>
    InLineAlready,

    /// <summary>No declaration that they have no interest of their own in the matter.</summary>
    NoDeclaration,

    /// <summary>Shares are whole numbers from 1 and sum to 100.</summary>
    BadShares,

    /// <summary>More than <see cref="Claim.MostMembers"/>.</summary>
    TooManyMembers,

    /// <summary>No such member of the station.</summary>
    UnknownMember,

    /// <summary>The same member twice.</summary>
    MemberTwice,

    /// <summary>A member is no longer in service.</summary>
    NotInService,

    /// <summary>Words are asked for, and not too many.</summary>
    BadWords,

    /// <summary>A number of days out of its bounds.</summary>
    BadDays,

    /// <summary>An extension is asked for once.</summary>
    ExtensionUsed,

    /// <summary>Too late: over by more than the days of its <see cref="CaseTerms"/>.</summary>
    RanOut,

    /// <summary>The public words are missing.</summary>
    TitleMissing,

    /// <summary>A reward out of its bounds.</summary>
    BadReward,

    /// <summary>Not an area of the approver's.</summary>
    UnknownArea,

    /// <summary>Not one of <see cref="CaseKinds.All"/>.</summary>
    UnknownKind,

    /// <summary>The last day for claiming lies in the past.</summary>
    DeadlineInThePast,

    /// <summary>Too little stands behind the points; about is the cover, such as <c>73.20%</c>.</summary>
    CoverStopped,

    /// <summary>Money out of its bounds, or without a fund.</summary>
    BadMoney,

    /// <summary>No open fund of the station that may pay for cases.</summary>
    NoSuchFund,

    /// <summary>The fund has too little left for what it promises; about is what is missing, in yuan.</summary>
    FundShort,

    /// <summary>Somebody stands in line: what they asked for is not changed under their feet.</summary>
    InUse,
}

/// <summary>What came of an operation on a case. Some operations have answers of their own beside these.</summary>
public abstract record CaseOutcome
{
    /// <summary>Done.</summary>
    public sealed record Done : CaseOutcome;

    /// <summary>Refused; nothing changed.</summary>
    /// <param name="Why">Why.</param>
    /// <param name="About">The code of the member, as it was typed or stands on the list, that it is about; null otherwise.</param>
    public sealed record Refused(CaseRefusal Why, string? About = null) : CaseOutcome;

    internal static CaseOutcome No(CaseRefusal why, string? about = null) => new Refused(why, about);
}

/// <summary>Whose word it is: a member's own, or one that somebody at the desk writes down for a member without a phone.</summary>
public sealed record Voice
{
    /// <summary>The member.</summary>
    public required int MemberId { get; init; }

    /// <summary>Who writes it down.</summary>
    public required Actor Actor { get; init; }

    /// <summary>Null when the member does it; else the path of the area of who writes it down, in which the case must lie.</summary>
    public string? RecordedIn { get; init; }
}

/// <summary>An approver who decides.</summary>
public sealed record Approver
{
    /// <summary>Their account.</summary>
    public required Actor Actor { get; init; }

    /// <summary>The member they are themselves, or null: nobody decides on their own claim.</summary>
    public required int? MemberId { get; init; }

    /// <summary>The path of the area they may act in; the case must lie there.</summary>
    public required string AreaPath { get; init; }
}
