using Microsoft.EntityFrameworkCore;
using PointsMarket.Data;
using PointsMarket.Tasks;

namespace PointsMarket.Loops;

/// <summary>How a loop stands, worked out from its steps.</summary>
public sealed record LoopStanding(
    LoopState State, DateOnly? DueDay, string? Owner, int? OwnerUserId, int? OwnerMemberId, string? Side, DateTime SteppedAt, DateTime? EndedAt);

/// <summary>What the steps of a loop come to.</summary>
public static class LoopLife
{
    /// <summary>The steps that count: neither taken back nor a correction, in order. Throws when a correction takes back anything but the last of them.</summary>
    public static IReadOnlyList<LoopStep> Counting(IEnumerable<LoopStep> steps)
    {
        ArgumentNullException.ThrowIfNull(steps);
        var counting = new List<LoopStep>();
        foreach (var step in steps.OrderBy(s => s.Number))
        {
            if (step.Action != LoopAction.Correct) counting.Add(step);
            else if (counting is [_, .., var last] && last.Number == step.Undoes) counting.RemoveAt(counting.Count - 1);
            else throw new InvalidOperationException($"Step {step.Number} takes back {step.Undoes}, which is not the last that counts.");
        }

        return counting;
    }

    /// <summary>Where the loop stands after these steps.</summary>
    public static LoopStanding Replay(IReadOnlyCollection<LoopStep> steps)
    {
        var counting = Counting(steps);
        var (top, last) = (counting[^1], steps.MaxBy(s => s.Number)!);
        var owner = counting.LastOrDefault(s => s.Action is LoopAction.Assign or LoopAction.Own);
        var side = counting.LastOrDefault(s => s.Action is LoopAction.Notify or LoopAction.Refer);
        return new LoopStanding(
            top.To, last.DueDay, owner?.Who, owner?.WhoUserId, owner?.WhoMemberId, side?.Who, last.At, LoopTable.Ends.Contains(top.To) ? top.At : null);
    }

    /// <summary>Adds a step and lets the loop stand where it leads.</summary>
    internal static void Add(Loop loop, LoopStep step)
    {
        step.Number = ++loop.Version;
        loop.Steps.Add(step);
        var now = Replay([.. loop.Steps]);
        (loop.State, loop.DueDay, loop.Owner, loop.OwnerUserId, loop.OwnerMemberId, loop.Side, loop.SteppedAt, loop.EndedAt) =
            (now.State, now.DueDay, now.Owner, now.OwnerUserId, now.OwnerMemberId, now.Side, now.SteppedAt, now.EndedAt);
    }

    /// <summary>
    /// Takes the turn of stepping, as the judging of reports does (a step may file one), and then reads the loop as it stands.
    /// Null when it is not there, or not for who asks.
    /// </summary>
    internal static async Task<Loop?> TakeAsync(MarketDb db, IQueryable<Loop> mine, CancellationToken ct)
    {
        if (await mine.Select(l => l.Area.Path).SingleOrDefaultAsync(ct) is not { } path) return null;
        await Judging.LockAsync(db, path, ct);
        return await mine.AsTracking().Include(l => l.Area).Include(l => l.Steps).ThenInclude(s => s.Photos).AsSplitQuery().SingleOrDefaultAsync(ct);
    }
}
