using PointsMarket.Members;

namespace PointsMarket.Assessments;

/// <summary>
/// The numbers of DESIGN 7 as they hold for one month: those in force on its last day. <see cref="Default"/> is what a station has
/// that never changed one.
/// </summary>
public sealed record AssessmentPolicy
{
    /// <summary>The numbers of DESIGN 7.</summary>
    public static AssessmentPolicy Default { get; } = new();

    /// <summary>The weight of the points earned.</summary>
    public int WorkloadWeight { get; init; } = 60;

    /// <summary>The weight of verified among judged reports.</summary>
    public int QualityWeight { get; init; } = 20;

    /// <summary>The weight of the evaluations.</summary>
    public int EvaluationWeight { get; init; } = 20;

    /// <summary>The points that make a grid manager's full month.</summary>
    public int ManagerTarget { get; init; } = 120;

    /// <summary>The points that make a grid member's full month.</summary>
    public int MemberTarget { get; init; } = 60;

    /// <summary>The points that make an informant's full month.</summary>
    public int InformantTarget { get; init; } = 30;

    /// <summary>The points that make a volunteer's full month.</summary>
    public int VolunteerTarget { get; init; } = 30;

    /// <summary>The score, in hundredths, from which a month is excellent.</summary>
    public int ExcellentFrom { get; init; } = 9000;

    /// <summary>The score, in hundredths, from which a month is competent.</summary>
    public int CompetentFrom { get; init; } = 6000;

    /// <summary>Bonus points of an excellent month.</summary>
    public int ExcellentBonus { get; init; } = 20;

    /// <summary>Bonus points of a competent month.</summary>
    public int CompetentBonus { get; init; } = 10;

    /// <summary>Days for which a draft is shown, unchanged, before it may be published, and may be objected to.</summary>
    public int ObjectionDays { get; init; } = 3;

    /// <summary><see cref="ObjectionDays"/> as a time.</summary>
    public TimeSpan Shown => TimeSpan.FromDays(ObjectionDays);

    /// <summary>The points that make a full month; null for a GridChief or Coordinator, for whom only evaluations count.</summary>
    public int? TargetOf(MemberKind kind) => kind switch
    {
        MemberKind.GridManager => ManagerTarget,
        MemberKind.GridMember => MemberTarget,
        MemberKind.Informant => InformantTarget,
        MemberKind.Volunteer => VolunteerTarget,
        _ => null,
    };
}
