using Microsoft.EntityFrameworkCore;
using PointsMarket.Areas;
using PointsMarket.Data;
using PointsMarket.Ledger;
using PointsMarket.Notices;
using PointsMarket.Tasks;

namespace PointsMarket.Loops;

/// <summary>
/// Opens a loop: by the member who found it, from the phone, or at the desk. Finding a hazard or bringing an opinion is work
/// of the member's, so the report for it is filed in the same transaction. Sent again with the same key it is the same loop.
/// </summary>
public sealed class OpenLoop(MarketWrites writes, PhotoFolder folder, FileReport file, TimeProvider clock)
{
    /// <summary>Phones run a little fast; such a moment counts as now.</summary>
    private static readonly TimeSpan Fast = TimeSpan.FromMinutes(5);

    /// <summary>What was found.</summary>
    public sealed record Input
    {
        /// <summary>What it is about.</summary>
        public required LoopKind Kind { get; init; }

        /// <summary>Of a dispute, what about.</summary>
        public DisputeType? Type { get; init; }

        /// <summary>The place in plain words.</summary>
        public required string Place { get; init; }

        /// <summary>What it is, in words; no names.</summary>
        public required string Text { get; init; }

        /// <summary>A grid or a village.</summary>
        public required int AreaId { get; init; }

        /// <summary>UTC, when it was found.</summary>
        public required DateTime FoundAt { get; init; }

        /// <summary>The files as they were sent.</summary>
        public IReadOnlyList<ReadOnlyMemory<byte>> Photos { get; init; } = [];

        /// <summary>From the phone: the member who found it.</summary>
        public int? FinderId { get; init; }

        /// <summary>At the desk: code or number of the member who found it; empty when nobody is to be named.</summary>
        public string? FinderCode { get; init; }

        /// <summary>Made by the device, 1 to 64 characters; the same for every try.</summary>
        public required string ClientKey { get; init; }

        /// <summary>Who enters it.</summary>
        public required Actor Actor { get; init; }

        /// <summary>At the desk: the path of the actor's area, in which it must lie. Null from the phone: the member's station counts.</summary>
        public string? AreaPath { get; init; }
    }

    /// <summary>Opens it.</summary>
    public async Task<LoopOutcome> ExecuteAsync(Input input, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentException.ThrowIfNullOrEmpty(input.ClientKey);
        if (ProblemOf(input) is { } problem) return new LoopOutcome.Refused(problem);
        return await LoopPhotos.WithAsync(folder, input.Photos, photos => writes.RunAsync(db => RunAsync(db, input, photos, clock.GetUtcNow().UtcDateTime), ct), ct);
    }

    /// <summary>Opens it inside the door, as at the given moment.</summary>
    internal async Task<LoopOutcome> RunAsync(MarketDb db, Input input, IReadOnlyList<SavedPhoto> photos, DateTime now)
    {
        var finder = input.FinderId;
        if (input is { AreaPath: { } path, FinderCode: { } typed } && typed.Trim() is { Length: > 0 } code)
        {
            finder = await LoopPeople.MemberAsync(db, code, path, default);
            if (finder is null) return new LoopOutcome.Refused(LoopProblem.UnknownMember);
        }

        var areas = db.Areas.Where(a => a.Id == input.AreaId && (a.Kind == AreaKind.Grid || a.Kind == AreaKind.Village));
        areas = input.AreaPath is { } mine ? areas.Where(a => a.Path.StartsWith(mine)) : areas.Where(a => db.Members.Any(m => m.Id == finder && m.Area.BookId == a.BookId));
        if (await areas.AsTracking().SingleOrDefaultAsync() is not { } area) return new LoopOutcome.Refused(LoopProblem.UnknownArea);
        if (input.FoundAt > now + Fast) return new LoopOutcome.Refused(LoopProblem.Future);
        if (StationTime.Day(input.FoundAt) < StationTime.Day(now).AddDays(-FileReport.MostDays)) return new LoopOutcome.Refused(LoopProblem.TooOld);
        await Judging.LockAsync(db, area.Path, default);
        var before = await db.Loops.Where(l => l.OpenedBy == input.Actor.Code && l.ClientKey == input.ClientKey).Select(l => new LoopOutcome.Opened(l.Id, l.Reference, true)).SingleOrDefaultAsync();
        if (before is not null) return before;

        var loop = await MakeAsync(db, input, area, finder, now);
        var step = loop.Steps.Single();
        LoopPhotos.Hang(step, photos);
        if (LoopTable.First(input.Kind).Earns is { } category && finder is { } who)
        {
            var work = new LoopReports.Work(who, category, loop.Text, loop.FoundAt, input.Actor, input.AreaPath, $"loop:{loop.Reference}:1", area.Id);
            var filed = await LoopReports.FileAsync(file, db, work, step.Photos);
            if (filed is FileReport.Refused refused) return db.RollBack<LoopOutcome>(new LoopOutcome.ReportRefused(refused.Problem));
            loop.ReportId = step.ReportId = (filed as FileReport.Filed)?.ReportId;
        }

        db.Loops.Add(loop);
        await db.SaveChangesAsync();
        await LoopPeople.TellApproversAsync(db, loop, area.Path, InboxKinds.LoopOpened, now, LoopPeople.UserOf(input.Actor), default);
        await db.SaveChangesAsync();
        return new LoopOutcome.Opened(loop.Id, loop.Reference, false);
    }

    private static async Task<Loop> MakeAsync(MarketDb db, Input input, Area area, int? finder, DateTime now)
    {
        var loop = new Loop
        {
            Reference = await NewReferenceAsync(db, input.Kind, StationTime.Day(now)), Kind = input.Kind, Type = input.Kind == LoopKind.Mediation ? input.Type : null, AreaId = area.Id,
            Place = Typed.Text(input.Place), Text = Typed.Text(input.Text), FoundAt = input.FoundAt > now ? now : input.FoundAt, OpenedAt = now, OpenedBy = input.Actor.Code,
            ClientKey = input.ClientKey, FoundById = finder,
        };
        var (state, _) = LoopTable.First(input.Kind);
        var due = await LoopDays.DueAsync(db, input.Kind, state, StationTime.Day(now));
        LoopLife.Add(loop, new LoopStep { Action = LoopAction.Open, From = state, To = state, At = now, Actor = input.Actor.Code, DueDay = due });
        return loop;
    }

    private static LoopProblem? ProblemOf(Input input)
    {
        var (place, text) = (Typed.Text(input.Place).Length, Typed.Text(input.Text).Length);
        return place == 0 ? LoopProblem.PlaceMissing
            : place > Loop.MostPlace ? LoopProblem.PlaceTooLong
            : text == 0 ? LoopProblem.WordsMissing
            : text > FileReport.MostText ? LoopProblem.WordsTooLong
            : input is { Kind: LoopKind.Mediation, Type: null } ? LoopProblem.TypeMissing
            : input.Photos.Count > LoopStep.MostPhotos ? LoopProblem.TooManyPhotos
            : null;
    }

    /// <summary>Such as <c>H261121-7K3QD</c>: the kind, the day, and letters.</summary>
    internal static Task<string> NewReferenceAsync(MarketDb db, LoopKind kind, DateOnly today) =>
        References.NewAsync(kind.ToString()[0], today, 5, reference => db.Loops.AnyAsync(l => l.Reference == reference));
}
