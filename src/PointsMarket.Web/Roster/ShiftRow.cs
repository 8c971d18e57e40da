using PointsMarket.Areas;
using PointsMarket.Duties;

namespace PointsMarket.Web.Roster;

/// <summary>Where a shift stands for who looks at it now.</summary>
public enum ShiftPhase
{
    /// <summary>Members sign up for the draw.</summary>
    Open,

    /// <summary>Drawn, and places are left.</summary>
    Vacant,

    /// <summary>Every place is taken.</summary>
    Full,

    /// <summary>It is on, or begins in a moment: people check in.</summary>
    Running,

    /// <summary>Over; its attendance waits to be confirmed.</summary>
    Over,

    /// <summary>Points were given.</summary>
    Confirmed,

    /// <summary>Called off.</summary>
    Cancelled,
}

/// <summary>A shift as the lists and pages show it.</summary>
public sealed record ShiftRow
{
    public required int Id { get; init; }

    public required int DutyId { get; init; }

    public required DutyKind Kind { get; init; }

    public required string Place { get; init; }

    public required string Area { get; init; }

    public required DateOnly Day { get; init; }

    public required DateTime StartsAt { get; init; }

    public required DateTime EndsAt { get; init; }

    public required DateTime DrawAt { get; init; }

    public required Crew Crew { get; init; }

    public required ShiftState State { get; init; }

    public required int? LeaderId { get; init; }

    public required string? CancelReason { get; init; }

    /// <summary>Members who wait for the draw.</summary>
    public required int Asked { get; init; }

    /// <summary>Members with a place.</summary>
    public required int Seated { get; init; }

    public required int Reserve { get; init; }

    /// <summary>Members who checked in.</summary>
    public required int Present { get; init; }

    public int Places => Crew.Seats.Count;

    /// <summary>Before the beginning those who signed up or have a place, of those wanted; after it those there, of those expected.</summary>
    public string Numbers(ShiftPhase phase) => phase is ShiftPhase.Confirmed or ShiftPhase.Over or ShiftPhase.Running
        ? FormattableString.Invariant($"{Present}/{Seated}")
        : FormattableString.Invariant($"{(State == ShiftState.Open ? Asked : Seated)}/{Places}");

    /// <summary>Drawn, with a place left for who asks now.</summary>
    public bool HasRoom => State == ShiftState.Drawn && Seated < Places;

    public bool PastMidnight => StationTime.Day(EndsAt) > Day;

    public bool MayAsk(DateTime now) => State is ShiftState.Open or ShiftState.Drawn && StartsAt > now;

    /// <summary>From when on to when the code at the place works.</summary>
    public bool ChecksIn(DateTime now) => State is ShiftState.Open or ShiftState.Drawn && now >= StartsAt - CheckIn.Early && now <= EndsAt;

    public ShiftPhase Phase(DateTime now) => State switch
    {
        ShiftState.Cancelled => ShiftPhase.Cancelled,
        ShiftState.Confirmed => ShiftPhase.Confirmed,
        _ when now > EndsAt => ShiftPhase.Over,
        _ when now >= StartsAt - CheckIn.Early => ShiftPhase.Running,
        ShiftState.Open => ShiftPhase.Open,
        _ => Seated < Places ? ShiftPhase.Vacant : ShiftPhase.Full,
    };

    /// <summary>Reads them, in whatever order they come.</summary>
    public static IQueryable<ShiftRow> Read(IQueryable<Shift> shifts) => shifts.Select(s => new ShiftRow
    {
        Id = s.Id, DutyId = s.DutyId, Kind = s.Kind, Place = s.Place, Area = s.Area.Name, Day = s.Day, StartsAt = s.StartsAt, EndsAt = s.EndsAt, DrawAt = s.DrawAt,
        Crew = s.Crew, State = s.State, LeaderId = s.LeaderId, CancelReason = s.CancelReason,
        Asked = s.SignUps.Count(u => u.State == SignUpState.Asked), Seated = s.SignUps.Count(u => u.State == SignUpState.Seated),
        Reserve = s.SignUps.Count(u => u.State == SignUpState.Reserve), Present = s.SignUps.Count(u => u.State == SignUpState.Seated && u.CheckedInAt != null),
    });
}
