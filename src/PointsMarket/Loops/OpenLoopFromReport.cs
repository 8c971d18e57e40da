using Microsoft.EntityFrameworkCore;
using PointsMarket.Areas;
using PointsMarket.Data;
using PointsMarket.Ledger;
using PointsMarket.Members;
using PointsMarket.Tasks;

namespace PointsMarket.Loops;

/// <summary>
/// Makes a loop of a verified report of a hazard, a dispute or an opinion, so that it is followed to its end. The report stays
/// what it is and is the loop's first work; a report leads to one loop, however often the button is pressed.
/// </summary>
public sealed class OpenLoopFromReport(MarketWrites writes, TimeProvider clock)
{
    /// <summary>Which report.</summary>
    public sealed record Input
    {
        /// <summary>The report's reference.</summary>
        public required string Report { get; init; }

        /// <summary>Of a dispute, what about; else without meaning.</summary>
        public DisputeType Type { get; init; } = DisputeType.Other;

        /// <summary>Who decides it.</summary>
        public required Actor Actor { get; init; }

        /// <summary>The path of the area they may act in; the report must have happened there.</summary>
        public required string AreaPath { get; init; }
    }

    /// <summary>Opens it, or gives the one that is there.</summary>
    public Task<LoopOutcome> ExecuteAsync(Input input, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(input);
        return writes.RunAsync(db => RunAsync(db, input, clock.GetUtcNow().UtcDateTime), ct);
    }

    /// <summary>Opens it inside the door, as at the given moment.</summary>
    internal static async Task<LoopOutcome> RunAsync(MarketDb db, Input input, DateTime now)
    {
        var reports = db.TaskReports.Where(r => r.Reference == input.Report && r.Area.Path.StartsWith(input.AreaPath));
        if (await reports.Select(r => r.Area.Path).SingleOrDefaultAsync() is not { } path) return new LoopOutcome.NotFound();
        await Judging.LockAsync(db, path, default);
        var report = await reports.Include(r => r.Photos).Include(r => r.Area).AsNoTracking().SingleAsync();
        if (LoopTable.KindFor(report.Category) is not { } kind || report.Outcome != ReportOutcome.Verified) return new LoopOutcome.NotFound();
        var before = await db.Loops.Where(l => l.ReportId == report.Id).Select(l => new LoopOutcome.Opened(l.Id, l.Reference, true)).SingleOrDefaultAsync();
        if (before is not null) return before;

        var place = report.Area.Name.Length > Loop.MostPlace ? report.Area.Name[..Loop.MostPlace] : report.Area.Name;
        var loop = new Loop
        {
            Reference = await OpenLoop.NewReferenceAsync(db, kind, StationTime.Day(now)), Kind = kind, Type = kind == LoopKind.Mediation ? input.Type : null, AreaId = report.AreaId,
            Place = place, Text = report.Text, FoundAt = report.HappenedAt, OpenedAt = now, OpenedBy = input.Actor.Code, ClientKey = $"report:{report.Reference}",
            FoundById = report.MemberId, ReportId = report.Id,
        };
        var (state, _) = LoopTable.First(kind);
        var due = await LoopDays.DueAsync(db, kind, state, StationTime.Day(now));
        LoopLife.Add(loop, new LoopStep { Action = LoopAction.Open, From = state, To = state, At = now, Actor = input.Actor.Code, DueDay = due, ReportId = report.Id });
        LoopPhotos.Hang(loop.Steps.Single(), [.. report.Photos.OrderBy(p => p.Number).Select(p => new SavedPhoto(p.FileName, p.Kind, p.Bytes, p.Hash))]);
        db.Loops.Add(loop);
        await db.SaveChangesAsync();
        return new LoopOutcome.Opened(loop.Id, loop.Reference, false);
    }
}
