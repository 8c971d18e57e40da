using System.Globalization;
using Microsoft.EntityFrameworkCore;
using PointsMarket.Areas;
using PointsMarket.Members;
using PointsMarket.Tasks;

namespace PointsMarket.Duties;

/// <summary>Where a shift stands. Stored by name.</summary>
public enum ShiftState
{
    /// <summary>Members ask for a place; nothing is decided.</summary>
    Open,

    /// <summary>The places were drawn; what is left over goes to who asks first.</summary>
    Drawn,

    /// <summary>Called off, with a reason.</summary>
    Cancelled,

    /// <summary>Held, and its attendance confirmed: points were given.</summary>
    Confirmed,
}

/// <summary>Where somebody's wish for a place stands. Stored by name.</summary>
public enum SignUpState
{
    /// <summary>Waits for the draw.</summary>
    Asked,

    /// <summary>Has a place.</summary>
    Seated,

    /// <summary>Moves up when somebody gives a place back.</summary>
    Reserve,

    /// <summary>Took it back, or was taken off.</summary>
    Withdrawn,
}

/// <summary>How somebody was found to be there. Stored by name.</summary>
public enum CheckInWay
{
    /// <summary>By the code that changes at the place.</summary>
    Code,

    /// <summary>The crew's leader ticked them.</summary>
    Leader,

    /// <summary>Somebody at the desk ticked them.</summary>
    Desk,
}

/// <summary>
/// One day's turn of a <see cref="Duty"/>, with a copy of what the duty said when it was made: what people signed up for does not
/// change under them. Keeps who was there and since when; never where anybody was (DESIGN 4, "What it does not keep").
/// </summary>
public sealed class Shift
{
    /// <summary>The most letters of the reason for calling one off.</summary>
    public const int MostReason = 200;

    /// <summary>Key; its number on screen.</summary>
    public int Id { get; set; }

    /// <summary>The duty it was made from.</summary>
    public int DutyId { get; set; }

    /// <summary>The duty it was made from.</summary>
    public Duty Duty { get; set; } = null!;

    /// <summary>The station day on which it begins; one shift a duty and day.</summary>
    public DateOnly Day { get; set; }

    /// <summary>What is done.</summary>
    public DutyKind Kind { get; set; }

    /// <summary>Where, in words.</summary>
    public required string Place { get; set; }

    /// <summary>Where.</summary>
    public int AreaId { get; set; }

    /// <summary>Where.</summary>
    public Area Area { get; set; } = null!;

    /// <summary>UTC.</summary>
    public DateTime StartsAt { get; set; }

    /// <summary>UTC; after the beginning.</summary>
    public DateTime EndsAt { get; set; }

    /// <summary>UTC; when the places are drawn.</summary>
    public DateTime DrawAt { get; set; }

    /// <summary>Who is wanted.</summary>
    public Crew Crew { get; set; } = null!;

    /// <summary>Where it stands.</summary>
    public ShiftState State { get; set; }

    /// <summary>
    /// 64 hex digits, rolled when the shift was made. Its fingerprint is shown from the beginning and itself after the draw, so
    /// that nobody can have chosen it to suit somebody; see <see cref="Lots"/>.
    /// </summary>
    public required string Seed { get; set; }

    /// <summary>64 hex digits that never leave the server; see <see cref="ShiftCode"/>.</summary>
    public required string CodeKey { get; set; }

    /// <summary>UTC, when the places were drawn; null before.</summary>
    public DateTime? DrawnAt { get; set; }

    /// <summary>The member who leads the crew: shows the code, ticks who is there. Null while nobody has a place.</summary>
    public int? LeaderId { get; set; }

    /// <summary>Why it was called off.</summary>
    public string? CancelReason { get; set; }

    /// <summary>UTC, when the attendance was confirmed; null before.</summary>
    public DateTime? ConfirmedAt { get; set; }

    /// <summary>The <see cref="Ledger.Actor"/> who confirmed it.</summary>
    public string? ConfirmedBy { get; set; }

    /// <summary>Everybody who asked.</summary>
    public ICollection<ShiftSignUp> SignUps { get; } = [];

    /// <summary>What a message calls it: <c>11-23 07:10 村小学门口</c>.</summary>
    public string Subject => string.Create(CultureInfo.InvariantCulture, $"{StationTime.Local(StartsAt):MM-dd HH:mm} {Place}");

    internal static void Configure(ModelBuilder builder)
    {
        builder.Entity<Shift>(e =>
        {
            e.ToTable("Shifts");
            e.Property(s => s.Place).HasMaxLength(Duty.MostPlace);
            e.Property(s => s.Crew).HasConversion(c => c.Text, t => Crew.Parse(t)).HasMaxLength(Crew.MostText);
            e.Property(s => s.Seed).HasMaxLength(64);
            e.Property(s => s.CodeKey).HasMaxLength(64);
            e.Property(s => s.CancelReason).HasMaxLength(MostReason);
            e.Property(s => s.ConfirmedBy).HasMaxLength(64);
            e.Ignore(s => s.Subject);
            e.HasIndex(s => new { s.DutyId, s.Day }).IsUnique();
            e.HasIndex(s => s.StartsAt);
            e.HasIndex(s => new { s.State, s.DrawAt });
            e.HasOne(s => s.Duty).WithMany().HasForeignKey(s => s.DutyId).OnDelete(DeleteBehavior.Restrict);
            e.HasOne(s => s.Area).WithMany().HasForeignKey(s => s.AreaId).OnDelete(DeleteBehavior.Restrict);
            e.HasOne<Member>().WithMany().HasForeignKey(s => s.LeaderId).OnDelete(DeleteBehavior.Restrict);
        });
        builder.Entity<ShiftSignUp>(e =>
        {
            e.ToTable("ShiftSignUps");
            e.Property(u => u.AskedBy).HasMaxLength(64);
            e.Property(u => u.CheckedInBy).HasMaxLength(64);
            e.HasIndex(u => new { u.ShiftId, u.MemberId }).IsUnique();
            e.HasIndex(u => new { u.ShiftId, u.Seat }).IsUnique(); // one seat, one person, whatever the code does
            e.HasIndex(u => u.ReportId).IsUnique();
            e.HasIndex(u => u.MemberId);
            e.HasOne(u => u.Shift).WithMany(s => s.SignUps).HasForeignKey(u => u.ShiftId).OnDelete(DeleteBehavior.Cascade);
            e.HasOne(u => u.Member).WithMany().HasForeignKey(u => u.MemberId).OnDelete(DeleteBehavior.Restrict);
            e.HasOne<TaskReport>().WithMany().HasForeignKey(u => u.ReportId).OnDelete(DeleteBehavior.Restrict);
        });
    }
}

/// <summary>One member and one shift: the wish, the draw, the check-in, the points. One row, whatever happens.</summary>
public sealed class ShiftSignUp
{
    /// <summary>Key.</summary>
    public int Id { get; set; }

    /// <summary>The shift.</summary>
    public int ShiftId { get; set; }

    /// <summary>The shift.</summary>
    public Shift Shift { get; set; } = null!;

    /// <summary>Who.</summary>
    public int MemberId { get; set; }

    /// <summary>Who.</summary>
    public Member Member { get; set; } = null!;

    /// <summary>UTC, when it was asked for last.</summary>
    public DateTime AskedAt { get; set; }

    /// <summary>The <see cref="Ledger.Actor"/> who asked: the member, or somebody at the desk for them.</summary>
    public required string AskedBy { get; set; }

    /// <summary>Where it stands.</summary>
    public SignUpState State { get; set; }

    /// <summary>How many shifts the member had in the four weeks before, as counted at the draw; null for who asked later.</summary>
    public int? Served { get; set; }

    /// <summary>The place in the order of the draw, from 1; who asked after it stands behind. Null before the draw.</summary>
    public int? Rank { get; set; }

    /// <summary>The seat of <see cref="Shift.Crew"/>; null without one.</summary>
    public int? Seat { get; set; }

    /// <summary>UTC, when they were found to be there; null when not.</summary>
    public DateTime? CheckedInAt { get; set; }

    /// <summary>The <see cref="Ledger.Actor"/> who checked them in.</summary>
    public string? CheckedInBy { get; set; }

    /// <summary>How.</summary>
    public CheckInWay? Way { get; set; }

    /// <summary>Checked in by code, and later than <see cref="CheckIn.Grace"/> after the beginning.</summary>
    public bool Late { get; set; }

    /// <summary>Wrong codes since the last right one.</summary>
    public int WrongCodes { get; set; }

    /// <summary>What was confirmed; null before.</summary>
    public bool? Attended { get; set; }

    /// <summary>The report that brought the points; null before, and for who was absent.</summary>
    public int? ReportId { get; set; }
}
