using Microsoft.EntityFrameworkCore;
using PointsMarket.Areas;
using PointsMarket.Data;
using PointsMarket.Ledger;

namespace PointsMarket.Routing;

/// <summary>
/// Changes a route, on record. It holds for what waits now too: where a matter stands is worked out, not stored. What was told once
/// of a level is not told again.
/// </summary>
public sealed class SaveRoute(MarketWrites writes, TimeProvider clock)
{
    /// <summary>The route as it is to be.</summary>
    public sealed record Input
    {
        /// <summary>What is routed.</summary>
        public required Matter Matter { get; init; }

        /// <summary>A kind with a route of its own, or <see cref="RouteStep.AnyKind"/>.</summary>
        public required string Kind { get; init; }

        /// <summary>Its rungs in order.</summary>
        public required IReadOnlyList<Rung> Rungs { get; init; }

        /// <summary>Who changes it.</summary>
        public required Actor Actor { get; init; }

        /// <summary>The path of the area the actor may act in; a whole station's.</summary>
        public required string AreaPath { get; init; }
    }

    /// <summary>What came of it.</summary>
    public enum Outcome
    {
        /// <summary>Saved; also when nothing was different.</summary>
        Saved,

        /// <summary>There is no such route.</summary>
        NoSuchRoute,

        /// <summary>None, or more than <see cref="Escalation.MostRungs"/>.</summary>
        BadCount,

        /// <summary>A level that decides nothing.</summary>
        BadLevel,

        /// <summary>A level stands in it twice.</summary>
        LevelTwice,

        /// <summary>Days below 1 or over <see cref="Escalation.MostDays"/>.</summary>
        BadDays,

        /// <summary>The actor's area is not a whole station.</summary>
        NotTheStation,
    }

    /// <summary>Saves it.</summary>
    public Task<Outcome> ExecuteAsync(Input input, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(input);
        var wrong =
            input.Rungs.Count is 0 or > Escalation.MostRungs ? Outcome.BadCount
            : input.Rungs.Any(r => !Escalation.Levels.Contains(r.Level)) ? Outcome.BadLevel
            : input.Rungs.Select(r => r.Level).Distinct().Count() < input.Rungs.Count ? Outcome.LevelTwice
            : input.Rungs.Any(r => r.Days is < 1 or > Escalation.MostDays) ? Outcome.BadDays
            : Outcome.Saved;
        return wrong == Outcome.Saved ? writes.RunAsync((db, token) => RunAsync(db, input, token), ct) : Task.FromResult(wrong);
    }

    private async Task<Outcome> RunAsync(MarketDb db, Input input, CancellationToken ct)
    {
        if (await StationMonth.BookAsync(db, input.AreaPath, ct) is null) return Outcome.NotTheStation;
        await db.TakeTurnAsync();
        var old = await db.RouteSteps.Where(s => s.Matter == input.Matter && s.Kind == input.Kind).OrderBy(s => s.Position).ToListAsync(ct);
        if (old.Count == 0) return Outcome.NoSuchRoute;
        if (old.Select(s => new Rung(s.Level, s.Days)).SequenceEqual(input.Rungs)) return Outcome.Saved;
        db.Note(clock.GetUtcNow().UtcDateTime, input.Actor, "route.changed", $"{input.Matter}:{(input.Kind == RouteStep.AnyKind ? "*" : input.Kind)}",
            $"{Text(old.Select(s => new Rung(s.Level, s.Days)))} → {Text(input.Rungs)}");
        // A rung is its place: those that stay are changed, because the tracker takes no other row with the same key.
        for (var i = 0; i < Math.Max(old.Count, input.Rungs.Count); i++)
        {
            if (i >= input.Rungs.Count) db.RouteSteps.Remove(old[i]);
            else if (i < old.Count) (old[i].Level, old[i].Days) = (input.Rungs[i].Level, input.Rungs[i].Days);
            else db.RouteSteps.Add(new RouteStep { Matter = input.Matter, Kind = input.Kind, Position = i, Level = input.Rungs[i].Level, Days = input.Rungs[i].Days });
        }
        await db.SaveChangesAsync(ct);
        return Outcome.Saved;
    }

    private static string Text(IEnumerable<Rung> rungs) => string.Join(", ", rungs.Select(r => $"{r.Level} {r.Days}"));
}
