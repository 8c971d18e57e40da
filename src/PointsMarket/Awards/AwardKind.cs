using System.Collections.Frozen;
using PointsMarket.Members;

namespace PointsMarket.Awards;

/// <summary>What is awarded, and with it how the certificate looks. Stored by name.</summary>
public enum AwardKind
{
    /// <summary>三十佳辅警标兵: thirty a year, by the year's scores.</summary>
    ModelAide,

    /// <summary>积极分子: by the year's scores.</summary>
    Activist,

    /// <summary>A team's award.</summary>
    Team,

    /// <summary>聘书: somebody is appointed lecturer.</summary>
    Lecturer,

    /// <summary>感谢状: a firm is thanked.</summary>
    SponsorThanks,

    /// <summary>表彰: any other good deed.</summary>
    Commendation,
}

/// <summary>What follows from the kind (DESIGN 7).</summary>
/// <param name="Ranked">Found by the year's scores and put on public notice; else named by hand.</param>
/// <param name="Quota">How many there usually are.</param>
/// <param name="AmountFen">Paid once to each, usually.</param>
/// <param name="MonthlyFen">Paid each month of the next year, usually.</param>
/// <param name="Of">Who may be named.</param>
public sealed record AwardRule(bool Ranked, int Quota, long AmountFen, long MonthlyFen, AwardRecipients Of)
{
    /// <summary>The kinds of members that are ranked, usually: those whose work is measured.</summary>
    public static readonly IReadOnlyList<MemberKind> Measured = [MemberKind.GridManager, MemberKind.GridMember, MemberKind.Informant, MemberKind.Volunteer];

    private static readonly FrozenDictionary<AwardKind, AwardRule> Rules = new Dictionary<AwardKind, AwardRule>
    {
        [AwardKind.ModelAide] = new(true, 30, 1_000_00, 100_00, AwardRecipients.Members),
        [AwardKind.Activist] = new(true, 10, 1_000_00, 0, AwardRecipients.Members),
        [AwardKind.Team] = new(false, 10, 0, 0, AwardRecipients.Names),
        [AwardKind.Lecturer] = new(false, 20, 0, 0, AwardRecipients.Members | AwardRecipients.Names),
        [AwardKind.SponsorThanks] = new(false, 50, 0, 0, AwardRecipients.Sponsors),
        [AwardKind.Commendation] = new(false, 100, 0, 0, AwardRecipients.Members | AwardRecipients.Names),
    }.ToFrozenDictionary();

    /// <summary>The rule of a kind.</summary>
    public static AwardRule For(AwardKind kind) => Rules[kind];
}

/// <summary>Who can be named for an award.</summary>
[Flags]
public enum AwardRecipients
{
    /// <summary>Nobody.</summary>
    None = 0,

    /// <summary>People with a points file.</summary>
    Members = 1,

    /// <summary>Firms.</summary>
    Sponsors = 2,

    /// <summary>Whoever is written down: a team, a guest.</summary>
    Names = 4,
}
