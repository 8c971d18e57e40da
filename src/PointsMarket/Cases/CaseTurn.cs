using PointsMarket.Areas;

namespace PointsMarket.Cases;

/// <summary>What a case waits for at the desk. Stored by name.</summary>
public enum CaseWait
{
    /// <summary>The first in line waits to be approved, and all partners have agreed.</summary>
    Claim,

    /// <summary>More time was asked for.</summary>
    Extension,

    /// <summary>A hand-over is signed by both.</summary>
    HandOver,

    /// <summary>It was reported as settled.</summary>
    Closing,

    /// <summary>Somebody should go and see.</summary>
    Revisit,

    /// <summary>The last day for claiming has passed and nobody has it: a new day, or off the board.</summary>
    Deadline,
}

/// <summary>
/// What a case waits for, worked out from it and its first claim whenever one of them changes, and written beside it with the time,
/// so that a list can ask the database whose turn it is (<see cref="Routing.RouteBook.At"/>). A new matter begins at the first level.
/// </summary>
public static class CaseTurn
{
    /// <summary>What it waits for; null for nothing.</summary>
    /// <param name="c">The case.</param>
    /// <param name="live">Its claim in <see cref="CaseLife.Live"/>, with members and hand-overs; null for none.</param>
    public static CaseWait? Of(Case c, Claim? live)
    {
        ArgumentNullException.ThrowIfNull(c);
        return c.State switch
        {
            CaseState.Submitted => CaseWait.Closing,
            CaseState.Closed => c is { RevisitAskedAt: not null, RevisitedAt: null } ? CaseWait.Revisit : null,
            CaseState.Claimed when live is { Extension: Extension.Asked } => CaseWait.Extension,
            CaseState.Claimed when live is not null && live.HandOvers.Exists(h => h.State == HandOverState.Signed) => CaseWait.HandOver,
            CaseState.Open when live is not null => live.Members.TrueForAll(m => m.AgreedAt is not null) ? CaseWait.Claim : null,
            CaseState.Open => c.ClaimBy is null ? null : CaseWait.Deadline,
            _ => null,
        };
    }

    /// <summary>Writes it down. What waited before and still does keeps its time.</summary>
    internal static void Set(Case c, Claim? live, DateTime now)
    {
        var waits = Of(c, live);
        if (waits == CaseWait.Deadline) c.WaitsSince = StationTime.StartOf(c.ClaimBy!.Value.AddDays(1));
        else if (waits != c.WaitsFor) c.WaitsSince = waits is null ? null : now;
        c.WaitsFor = waits;
    }
}
