using Microsoft.EntityFrameworkCore;
using PointsMarket.Data;
using PointsMarket.Duties;
using PointsMarket.Members;
using PointsMarket.Web.Accounts;

namespace PointsMarket.Web.Roster;

/// <summary>Shifts as the desk sees them: those of the user's area.</summary>
public sealed class DeskShifts(MarketDb db, CurrentUser user)
{
    /// <summary>Somebody of a shift's crew, or who would like to be.</summary>
    public sealed record Person
    {
        public required int MemberId { get; init; }
        public required string Code { get; init; }
        public required string Name { get; init; }
        public required MemberKind Kind { get; init; }
        public required SignUpState State { get; init; }
        public required int? Seat { get; init; }
        public required int? Rank { get; init; }
        public required int? Served { get; init; }
        public required DateTime? CheckedInAt { get; init; }
        public required string? CheckedInBy { get; init; }
        public required CheckInWay? Way { get; init; }
        public required bool Late { get; init; }
        public required bool? Attended { get; init; }
        public required string? Report { get; init; }
        public required int? Points { get; init; }
        public string Who => MemberNames.Shown(Kind, Code, Name);
    }

    /// <summary>The shifts of the user's area.</summary>
    public IQueryable<Shift> Mine()
    {
        var path = user.AreaPath;
        return db.Shifts.Where(s => s.Area.Path.StartsWith(path));
    }

    /// <summary>One of them; null when it is not there, or somebody else's.</summary>
    public Task<ShiftRow?> FindAsync(int id, CancellationToken ct) => ShiftRow.Read(Mine().Where(s => s.Id == id)).SingleOrDefaultAsync(ct);

    /// <summary>Its people: those with a seat first, then in the order of the draw, then as they asked.</summary>
    public async Task<IReadOnlyList<Person>> PeopleAsync(int shift, CancellationToken ct) => await db.ShiftSignUps.Where(u => u.ShiftId == shift && u.State != SignUpState.Withdrawn)
        .OrderBy(u => u.Seat == null).ThenBy(u => u.Seat).ThenBy(u => u.Rank).ThenBy(u => u.AskedAt).ThenBy(u => u.Id)
        .Select(u => new Person
        {
            MemberId = u.MemberId, Code = u.Member.Code, Name = u.Member.Name, Kind = u.Member.Kind, State = u.State, Seat = u.Seat, Rank = u.Rank, Served = u.Served,
            CheckedInAt = u.CheckedInAt, CheckedInBy = u.CheckedInBy, Way = u.Way, Late = u.Late, Attended = u.Attended,
            Report = db.TaskReports.Where(r => r.Id == u.ReportId).Select(r => r.Reference).FirstOrDefault(),
            Points = db.TaskReports.Where(r => r.Id == u.ReportId).Select(r => (int?)r.Points).FirstOrDefault(),
        }).ToListAsync(ct);
}
