using System.Collections.Frozen;
using PointsMarket.Members;
using PointsMarket.Settings;

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
/// <param name="Once">What is usually paid once to each; null for honour alone.</param>
/// <param name="Monthly">What is usually paid with each month of the next year; null for nothing.</param>
/// <param name="Of">Who may be named.</param>
public sealed record AwardRule(bool Ranked, int Quota, Setting? Once, Setting? Monthly, AwardRecipients Of)
{
    /// <summary>The kinds of members that are ranked, usually: those whose work is measured.</summary>
    public static readonly IReadOnlyList<MemberKind> Measured = [MemberKind.GridManager, MemberKind.GridMember, MemberKind.Informant, MemberKind.Volunteer];

    private static readonly FrozenDictionary<AwardKind, AwardRule> Rules = new Dictionary<AwardKind, AwardRule>
    {
        [AwardKind.ModelAide] = new(true, 30, SettingList.AwardOnce, SettingList.AwardMonth, AwardRecipients.Members),
        [AwardKind.Activist] = new(true, 10, SettingList.AwardOnce, null, AwardRecipients.Members),
        [AwardKind.Team] = new(false, 10, null, null, AwardRecipients.Names),
        [AwardKind.Lecturer] = new(false, 20, null, null, AwardRecipients.Members | AwardRecipients.Names),
        [AwardKind.SponsorThanks] = new(false, 50, null, null, AwardRecipients.Sponsors),
        [AwardKind.Commendation] = new(false, 100, null, null, AwardRecipients.Members | AwardRecipients.Names),
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
