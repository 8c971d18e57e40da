namespace PointsMarket.Loops;

/// <summary>Who makes a step.</summary>
public enum LoopHand
{
    /// <summary>Anybody at the desk in the loop's area.</summary>
    Desk,

    /// <summary>An approver: it is a decision.</summary>
    Approver,

    /// <summary>The member who has the loop, on the phone; or the desk for them.</summary>
    Owner,
}

/// <summary>What a step asks for.</summary>
[Flags]
public enum LoopNeeds
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Words; elsewhere they may be left out.</summary>
    Words = 1,

    /// <summary>The responsible side or the department, in plain words.</summary>
    Side = 2,

    /// <summary>An owner: an office, an account or a member.</summary>
    Owner = 4,

    /// <summary>At least one photo.</summary>
    Photo = 8,

    /// <summary>A deadline may be chosen instead of the table's days.</summary>
    Due = 16,

    /// <summary>The member whose work it was may be named, and earns the points.</summary>
    Member = 32,
}

/// <summary>One line of the table: what may be done with a loop that stands there.</summary>
/// <param name="Kind">Of this kind,</param>
/// <param name="From">standing here,</param>
/// <param name="Action">this may be done</param>
/// <param name="Hand">by these;</param>
/// <param name="To">it stands here then; <see cref="LoopDays"/> says when the next step is due.</param>
/// <param name="Needs">What the step asks for.</param>
/// <param name="Earns">The category of the report that is filed for it; null for none.</param>
public sealed record LoopRule(LoopKind Kind, LoopState From, LoopAction Action, LoopHand Hand, LoopState To, LoopNeeds Needs, string? Earns = null)
{
    /// <summary>True when the step asks for it.</summary>
    public bool Asks(LoopNeeds needs) => Needs.HasFlag(needs);
}

/// <summary>The whole of the three lives, in one table. There is no other place that knows what leads where.</summary>
public static class LoopTable
{
    /// <summary>The latest deadline that may be chosen, in days from the step.</summary>
    public const int MostDays = 180;

    private const LoopNeeds Plain = LoopNeeds.Words, Hand = LoopNeeds.Owner | LoopNeeds.Due, Away = LoopNeeds.Words | LoopNeeds.Side | LoopNeeds.Due, Look = LoopNeeds.Words | LoopNeeds.Photo;

    /// <summary>Every line, in the order the steps are offered: what is usual first.</summary>
    public static IReadOnlyList<LoopRule> All { get; } =
    [
        new(LoopKind.Hazard, LoopState.Found, LoopAction.Notify, LoopHand.Approver, LoopState.Notified, Away),
        new(LoopKind.Hazard, LoopState.Found, LoopAction.Reinspect, LoopHand.Desk, LoopState.Reinspected, Look), // put right at once
        new(LoopKind.Hazard, LoopState.Found, LoopAction.Refer, LoopHand.Approver, LoopState.Referred, Away),
        new(LoopKind.Hazard, LoopState.Found, LoopAction.Drop, LoopHand.Approver, LoopState.Dropped, Plain),
        new(LoopKind.Hazard, LoopState.Notified, LoopAction.Reinspect, LoopHand.Desk, LoopState.Reinspected, Look),
        new(LoopKind.Hazard, LoopState.Notified, LoopAction.Refer, LoopHand.Approver, LoopState.Referred, Away),
        new(LoopKind.Hazard, LoopState.Reinspected, LoopAction.Pass, LoopHand.Approver, LoopState.Passed, LoopNeeds.Member, "hazard-fixed"),
        new(LoopKind.Hazard, LoopState.Reinspected, LoopAction.Notify, LoopHand.Approver, LoopState.Notified, Away),
        new(LoopKind.Hazard, LoopState.Reinspected, LoopAction.Refer, LoopHand.Approver, LoopState.Referred, Away),
        new(LoopKind.Hazard, LoopState.Referred, LoopAction.Reply, LoopHand.Desk, LoopState.Replied, Plain),
        new(LoopKind.Hazard, LoopState.Replied, LoopAction.Reinspect, LoopHand.Desk, LoopState.Reinspected, Look),
        new(LoopKind.Hazard, LoopState.Replied, LoopAction.Refer, LoopHand.Approver, LoopState.Referred, Away),
        new(LoopKind.Hazard, LoopState.Replied, LoopAction.Close, LoopHand.Approver, LoopState.Closed, Plain),

        new(LoopKind.Mediation, LoopState.Found, LoopAction.Assign, LoopHand.Approver, LoopState.Assigned, Hand),
        new(LoopKind.Mediation, LoopState.Found, LoopAction.Refer, LoopHand.Approver, LoopState.Referred, Away),
        new(LoopKind.Mediation, LoopState.Found, LoopAction.Drop, LoopHand.Approver, LoopState.Dropped, Plain),
        new(LoopKind.Mediation, LoopState.Assigned, LoopAction.Mediate, LoopHand.Owner, LoopState.Mediated, Plain | LoopNeeds.Member, "dispute"),
        new(LoopKind.Mediation, LoopState.Assigned, LoopAction.Assign, LoopHand.Approver, LoopState.Assigned, Hand),
        new(LoopKind.Mediation, LoopState.Assigned, LoopAction.Refer, LoopHand.Approver, LoopState.Referred, Away),
        new(LoopKind.Mediation, LoopState.Mediated, LoopAction.FollowUp, LoopHand.Owner, LoopState.FollowedUp, Plain),
        new(LoopKind.Mediation, LoopState.Mediated, LoopAction.Refer, LoopHand.Approver, LoopState.Referred, Away),
        new(LoopKind.Mediation, LoopState.FollowedUp, LoopAction.Revisit, LoopHand.Desk, LoopState.Revisited, Plain),
        new(LoopKind.Mediation, LoopState.FollowedUp, LoopAction.RevisitUnsettled, LoopHand.Desk, LoopState.Unsettled, Plain),
        new(LoopKind.Mediation, LoopState.Revisited, LoopAction.Close, LoopHand.Approver, LoopState.Closed, LoopNeeds.None),
        new(LoopKind.Mediation, LoopState.Unsettled, LoopAction.Assign, LoopHand.Approver, LoopState.Assigned, Hand),
        new(LoopKind.Mediation, LoopState.Unsettled, LoopAction.Refer, LoopHand.Approver, LoopState.Referred, Away),
        new(LoopKind.Mediation, LoopState.Referred, LoopAction.Reply, LoopHand.Desk, LoopState.Replied, Plain),
        new(LoopKind.Mediation, LoopState.Replied, LoopAction.Close, LoopHand.Approver, LoopState.Closed, Plain),
        new(LoopKind.Mediation, LoopState.Replied, LoopAction.Assign, LoopHand.Approver, LoopState.Assigned, Hand),
        new(LoopKind.Mediation, LoopState.Replied, LoopAction.Refer, LoopHand.Approver, LoopState.Referred, Away),

        new(LoopKind.Opinion, LoopState.Received, LoopAction.Own, LoopHand.Approver, LoopState.Owned, Hand),
        new(LoopKind.Opinion, LoopState.Received, LoopAction.Refer, LoopHand.Approver, LoopState.Referred, Away),
        new(LoopKind.Opinion, LoopState.Received, LoopAction.Drop, LoopHand.Approver, LoopState.Dropped, Plain),
        new(LoopKind.Opinion, LoopState.Owned, LoopAction.Answer, LoopHand.Owner, LoopState.Answered, Plain),
        new(LoopKind.Opinion, LoopState.Owned, LoopAction.Own, LoopHand.Approver, LoopState.Owned, Hand),
        new(LoopKind.Opinion, LoopState.Owned, LoopAction.Refer, LoopHand.Approver, LoopState.Referred, Away),
        new(LoopKind.Opinion, LoopState.Referred, LoopAction.Reply, LoopHand.Desk, LoopState.Replied, Plain),
        new(LoopKind.Opinion, LoopState.Replied, LoopAction.Answer, LoopHand.Desk, LoopState.Answered, Plain),
        new(LoopKind.Opinion, LoopState.Replied, LoopAction.Refer, LoopHand.Approver, LoopState.Referred, Away),
        new(LoopKind.Opinion, LoopState.Answered, LoopAction.Close, LoopHand.Desk, LoopState.Closed, LoopNeeds.None),
        new(LoopKind.Opinion, LoopState.Answered, LoopAction.Own, LoopHand.Approver, LoopState.Owned, Hand),
    ];

    /// <summary>The states from which nothing follows.</summary>
    public static IReadOnlyList<LoopState> Ends { get; } = [LoopState.Passed, LoopState.Closed, LoopState.Dropped];

    /// <summary>Where a loop begins, and the category of the report for finding it.</summary>
    public static (LoopState State, string? Earns) First(LoopKind kind) => kind switch
    {
        LoopKind.Hazard => (LoopState.Found, "hazard-found"),
        LoopKind.Mediation => (LoopState.Found, null),
        _ => (LoopState.Received, "opinion"),
    };

    /// <summary>The states of a kind, in the order of the table.</summary>
    public static IReadOnlyList<LoopState> StatesOf(LoopKind kind) =>
        [.. All.Where(r => r.Kind == kind).Select(r => r.From).Concat(All.Where(r => r.Kind == kind).Select(r => r.To)).Prepend(First(kind).State).Distinct()];

    /// <summary>What may be done with a loop that stands there; nothing at an end.</summary>
    public static IReadOnlyList<LoopRule> Next(LoopKind kind, LoopState state) => [.. All.Where(r => r.Kind == kind && r.From == state)];

    /// <summary>The line for doing this to a loop that stands there; null when it may not be done.</summary>
    public static LoopRule? Rule(LoopKind kind, LoopState state, LoopAction action) => All.SingleOrDefault(r => r.Kind == kind && r.From == state && r.Action == action);

    /// <summary>The kind of loop that a report of a category can be turned into; null for none.</summary>
    public static LoopKind? KindFor(string category) => category switch
    {
        "hazard-found" => LoopKind.Hazard,
        "dispute" => LoopKind.Mediation,
        "opinion" => LoopKind.Opinion,
        _ => null,
    };
}
