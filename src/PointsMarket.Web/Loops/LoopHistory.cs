using Microsoft.EntityFrameworkCore;
using PointsMarket.Data;
using PointsMarket.Loops;
using PointsMarket.Tasks;

namespace PointsMarket.Web.Loops;

/// <summary>A loop's record for a page: its steps in order, each with its photos and what it earned.</summary>
public static class LoopHistory
{
    /// <summary>One step. <see cref="Undone"/> says that a later one takes it back.</summary>
    public sealed record Step(
        int Number, LoopAction Action, LoopState To, DateTime At, string Actor, string? Words, string? Who, int? WhoUserId, DeskLoops.Person? Member, DateOnly? DueDay, int? Undoes,
        Earned? Report, List<int> Photos)
    {
        public bool Undone { get; init; }
    }

    /// <summary>The report that was filed for a step.</summary>
    public sealed record Earned(string Reference, string Category, ReportOutcome State, int Points);

    /// <summary>Model of the <c>_LoopSteps</c> partial.</summary>
    /// <param name="Kind">The loop's.</param>
    /// <param name="Steps">In order; the partial shows the newest first.</param>
    /// <param name="Names">Who did it; null on pages that do not say.</param>
    /// <param name="PhotoPath">Where the photos are served, with the slash.</param>
    /// <param name="ReportPath">Where the reports are shown, with the slash; null where they are not.</param>
    /// <param name="NoticePath">Where a notice is printed, up to the step's number; null where it is not.</param>
    public sealed record View(LoopKind Kind, IReadOnlyList<Step> Steps, IReadOnlyDictionary<string, string>? Names, string PhotoPath, string? ReportPath, string? NoticePath);

    public static async Task<IReadOnlyList<Step>> ReadAsync(MarketDb db, int loopId, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(db);
        var steps = await db.LoopSteps.Where(s => s.LoopId == loopId).OrderBy(s => s.Number).Select(s => new Step(
            s.Number, s.Action, s.To, s.At, s.Actor, s.Words, s.Who, s.WhoUserId,
            s.WhoMember == null ? null : new DeskLoops.Person(s.WhoMember.Code, s.WhoMember.Name, s.WhoMember.Kind), s.DueDay, s.Undoes,
            s.Report == null ? null : new Earned(s.Report.Reference, s.Report.Category, s.Report.Outcome, s.Report.Points),
            s.Photos.OrderBy(p => p.Number).Select(p => p.Id).ToList())).ToListAsync(ct);
        var undone = steps.Select(s => s.Undoes).OfType<int>().ToHashSet();
        return [.. steps.Select(s => s with { Undone = undone.Contains(s.Number) })];
    }
}
