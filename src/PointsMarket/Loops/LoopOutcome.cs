using PointsMarket.Tasks;

namespace PointsMarket.Loops;

/// <summary>Why a loop was not opened, or a step not taken.</summary>
public enum LoopProblem
{
    /// <summary>No words where words are asked for.</summary>
    WordsMissing,

    /// <summary>More characters than may be kept.</summary>
    WordsTooLong,

    /// <summary>No place.</summary>
    PlaceMissing,

    /// <summary>A place over <see cref="Loop.MostPlace"/> characters.</summary>
    PlaceTooLong,

    /// <summary>A dispute without a type.</summary>
    TypeMissing,

    /// <summary>Not a grid or village where the actor may open one.</summary>
    UnknownArea,

    /// <summary>It has not happened yet.</summary>
    Future,

    /// <summary>It was found more than <see cref="FileReport.MostDays"/> days ago.</summary>
    TooOld,

    /// <summary>No responsible side, department or owner was named.</summary>
    WhoMissing,

    /// <summary>A name over <see cref="Loop.MostWho"/> characters.</summary>
    WhoTooLong,

    /// <summary>No such member in the actor's area.</summary>
    UnknownMember,

    /// <summary>No such account, or one whose area is another.</summary>
    UnknownUser,

    /// <summary>A deadline before today.</summary>
    DueInPast,

    /// <summary>A deadline over <see cref="LoopTable.MostDays"/> days away.</summary>
    DueTooFar,

    /// <summary>A photo is asked for.</summary>
    PhotoMissing,

    /// <summary>More than <see cref="LoopStep.MostPhotos"/> photos.</summary>
    TooManyPhotos,
}

/// <summary>What came of opening a loop or of a step.</summary>
public abstract record LoopOutcome
{
    /// <summary>The loop was opened.</summary>
    /// <param name="LoopId">Its key.</param>
    /// <param name="Reference">Its reference.</param>
    /// <param name="Before">True when it had arrived before under the same key, or was made from that report before; nothing was changed.</param>
    public sealed record Opened(int LoopId, string Reference, bool Before) : LoopOutcome;

    /// <summary>The step was taken.</summary>
    /// <param name="Reference">The loop's.</param>
    /// <param name="State">Where it stands now.</param>
    /// <param name="Report">The reference of the report that was filed for it; null for none.</param>
    public sealed record Stepped(string Reference, LoopState State, string? Report) : LoopOutcome;

    /// <summary>Something typed is not right.</summary>
    public sealed record Refused(LoopProblem Problem) : LoopOutcome;

    /// <summary>The report for it would not be taken, and so the whole was not.</summary>
    public sealed record ReportRefused(ReportProblem Problem) : LoopOutcome;

    /// <summary>A photo was not taken, and so nothing was.</summary>
    /// <param name="Number">Which, from 1.</param>
    /// <param name="Fault">Why.</param>
    public sealed record BadPhoto(int Number, PhotoFault Fault) : LoopOutcome;

    /// <summary>There is no such loop (or report to make one from) for who asks.</summary>
    public sealed record NotFound : LoopOutcome;

    /// <summary>Somebody was quicker, or the same step was sent twice: the loop is not where who asks saw it.</summary>
    public sealed record Moved : LoopOutcome;

    /// <summary>It is a decision, and who asks is not an approver.</summary>
    public sealed record NotAllowed : LoopOutcome;

    /// <summary>The step that is to be taken back has earned points that are given: they are taken back first, at the report.</summary>
    /// <param name="Report">The report's reference.</param>
    public sealed record PointsStand(string Report) : LoopOutcome;
}
