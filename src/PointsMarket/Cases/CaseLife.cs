namespace PointsMarket.Cases;

/// <summary>
/// The life of a case and of a claim, in one place.
/// Case: Draft → Open → Claimed → Submitted → Closed; Claimed and Submitted → Open when the claim ends; Closed → Open when
/// reopened; every state before Closed → Withdrawn → Draft. Claim: Asked (first in line) or Waiting → Held → Submitted →
/// Settled, and out of every one of these by the ends named in <see cref="ClaimState"/>.
/// </summary>
public static class CaseLife
{
    /// <summary>The states of a case from which a change may be made to it, or to its claim.</summary>
    public static IReadOnlyList<CaseState> From(CaseChange change) => change switch
    {
        CaseChange.Edited => [CaseState.Draft, CaseState.Withdrawn, CaseState.Open],
        CaseChange.Published => [CaseState.Draft],
        CaseChange.Withdrawn => [CaseState.Draft, CaseState.Open, CaseState.Claimed, CaseState.Submitted],
        CaseChange.Asked => [CaseState.Open, CaseState.Claimed, CaseState.Submitted],
        CaseChange.Approved or CaseChange.Refused => [CaseState.Open],
        CaseChange.Released => [CaseState.Claimed, CaseState.Submitted],
        CaseChange.Noted or CaseChange.Lapsed or CaseChange.Submitted or CaseChange.ExtensionAsked or CaseChange.ExtensionGranted or CaseChange.ExtensionDenied
            or CaseChange.HandOverOffered or CaseChange.HandOverSigned or CaseChange.HandOverDone => [CaseState.Claimed],
        CaseChange.SentBack or CaseChange.Closed => [CaseState.Submitted],
        CaseChange.RevisitAsked or CaseChange.FoundWell or CaseChange.FoundUnwell or CaseChange.Reopened => [CaseState.Closed],
        _ => [],
    };

    /// <summary>True when the change may be made to a case in that state.</summary>
    public static bool May(CaseState state, CaseChange change) => From(change).Contains(state);

    /// <summary>First in line, or in somebody's hands: a case has at most one such claim.</summary>
    public static IReadOnlyList<ClaimState> Live { get; } = [ClaimState.Asked, ClaimState.Held, ClaimState.Submitted];

    /// <summary>Not ended yet.</summary>
    public static IReadOnlyList<ClaimState> Unfinished { get; } = [.. Live, ClaimState.Waiting];

    /// <summary>In somebody's hands: they read the sealed details, and it counts against <see cref="Settings.SettingList.CaseHeldAtOnce"/>.</summary>
    public static IReadOnlyList<ClaimState> InHand { get; } = [ClaimState.Held, ClaimState.Submitted];
}
