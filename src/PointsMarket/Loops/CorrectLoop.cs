using PointsMarket.Areas;
using PointsMarket.Data;
using PointsMarket.Ledger;
using PointsMarket.Tasks;

namespace PointsMarket.Loops;

/// <summary>
/// Takes the last step back with a reason, by a step that says so: nothing is deleted. A report that was filed for it and still
/// waits is rejected with the same reason; one whose points are given must be taken back at the report first.
/// </summary>
public sealed class CorrectLoop(MarketWrites writes, TimeProvider clock)
{
    /// <summary>The correction.</summary>
    public sealed record Input
    {
        /// <summary>The loop.</summary>
        public required int LoopId { get; init; }

        /// <summary>The <see cref="Loop.Version"/> that the form was made for.</summary>
        public required int Seen { get; init; }

        /// <summary>Why; 1 to <see cref="AnswerReport.MostWords"/> characters.</summary>
        public required string? Reason { get; init; }

        /// <summary>Who corrects.</summary>
        public required Actor Actor { get; init; }

        /// <summary>The path of the area they may act in.</summary>
        public required string AreaPath { get; init; }

        /// <summary>True for approvers; nobody else corrects.</summary>
        public required bool MayDecide { get; init; }
    }

    /// <summary>Corrects it. A loop's first step is not taken back: what was none is dropped.</summary>
    public async Task<LoopOutcome> ExecuteAsync(Input input, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(input);
        if (!input.MayDecide) return new LoopOutcome.NotAllowed();
        var reason = Typed.Text(input.Reason);
        if (reason.Length == 0) return new LoopOutcome.Refused(LoopProblem.WordsMissing);
        if (reason.Length > AnswerReport.MostWords) return new LoopOutcome.Refused(LoopProblem.WordsTooLong);
        return await writes.RunAsync((db, token) => RunAsync(db, input, reason, clock.GetUtcNow().UtcDateTime, token), ct);
    }

    /// <summary>Corrects it inside the door, as at the given moment.</summary>
    internal static async Task<LoopOutcome> RunAsync(MarketDb db, Input input, string reason, DateTime now, CancellationToken ct)
    {
        var loop = await LoopLife.TakeAsync(db, db.Loops.Where(l => l.Id == input.LoopId && l.Area.Path.StartsWith(input.AreaPath)), ct);
        if (loop is null) return new LoopOutcome.NotFound();
        var counting = LoopLife.Counting(loop.Steps);
        if (loop.Version != input.Seen || counting.Count < 2) return new LoopOutcome.Moved();
        var (before, wrong) = (counting[^2], counting[^1]);
        now = now < loop.SteppedAt ? loop.SteppedAt : now;
        if (wrong.ReportId is { } report && await LoopReports.WithdrawAsync(db, report, input.Actor, reason, now, ct) is { } stands)
            return db.RollBack<LoopOutcome>(new LoopOutcome.PointsStand(stands));

        // The deadline that ran before runs on, but never ends before the correction.
        var today = StationTime.Day(now);
        LoopLife.Add(loop, new LoopStep
        {
            Action = LoopAction.Correct, From = loop.State, To = before.To, At = now, Actor = input.Actor.Code, Words = reason, Undoes = wrong.Number,
            DueDay = before.DueDay > today ? before.DueDay : today,
        });
        await db.SaveChangesAsync(ct);
        return new LoopOutcome.Stepped(loop.Reference, loop.State, null);
    }
}
