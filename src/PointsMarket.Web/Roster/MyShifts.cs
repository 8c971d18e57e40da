using Microsoft.EntityFrameworkCore;
using PointsMarket.Areas;
using PointsMarket.Data;
using PointsMarket.Duties;

namespace PointsMarket.Web.Roster;

/// <summary>Shifts as a member may see them: those of the own station.</summary>
public sealed class MyShifts(MarketDb db)
{
    /// <summary>What a member has with a shift.</summary>
    /// <param name="ShiftId">The shift.</param>
    /// <param name="State">Where the wish stands.</param>
    /// <param name="Place">In reserve: the how-manieth, from 1.</param>
    /// <param name="CheckedInAt">UTC, since when they are there.</param>
    /// <param name="Late">Late.</param>
    /// <param name="Served">Shifts in the four weeks before, as counted at the draw.</param>
    /// <param name="Rank">The place in the draw.</param>
    /// <param name="Code">The member's own code, for working the draw out again.</param>
    /// <param name="Attended">What was confirmed.</param>
    /// <param name="Points">What it brought.</param>
    public sealed record Part(int ShiftId, SignUpState State, int Place, DateTime? CheckedInAt, bool Late, int? Served, int? Rank, string Code, bool? Attended, int? Points);

    /// <summary>The shifts of a ledger book, which is a station's.</summary>
    public IQueryable<Shift> Of(int bookId) => db.Shifts.Where(s => s.Area.BookId == bookId);

    /// <summary>Those of the member's own village, and those that lie around it.</summary>
    public async Task<IQueryable<Shift>> NearAsync(int memberId, int bookId, CancellationToken ct)
    {
        var own = await db.Members.Where(m => m.Id == memberId).Select(m => m.Area.Path).SingleAsync(ct);
        var village = await db.Areas.Where(a => a.Kind == AreaKind.Village && own.StartsWith(a.Path)).Select(a => a.Path).FirstOrDefaultAsync(ct) ?? own;
        return Of(bookId).Where(s => s.Area.Path.StartsWith(village));
    }

    /// <summary>What the member has with these shifts, by shift; nothing for those they took back.</summary>
    public async Task<IReadOnlyDictionary<int, Part>> PartsAsync(int memberId, IReadOnlyCollection<int> shifts, CancellationToken ct)
    {
        var parts = await db.ShiftSignUps.Where(u => u.MemberId == memberId && u.State != SignUpState.Withdrawn && shifts.Contains(u.ShiftId))
            .Select(u => new Part(u.ShiftId, u.State, db.ShiftSignUps.Count(o => o.ShiftId == u.ShiftId && o.State == SignUpState.Reserve && o.Rank <= u.Rank), u.CheckedInAt, u.Late,
                u.Served, u.Rank, u.Member.Code, u.Attended, db.TaskReports.Where(r => r.Id == u.ReportId).Select(r => (int?)r.Points).FirstOrDefault()))
            .ToListAsync(ct);
        return parts.ToDictionary(p => p.ShiftId);
    }
}
