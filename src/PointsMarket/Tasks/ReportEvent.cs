using Microsoft.EntityFrameworkCore;

namespace PointsMarket.Tasks;

/// <summary>What was done to a report. Stored by name.</summary>
public enum ReportChange
{
    /// <summary>The member filed it.</summary>
    Filed,

    /// <summary>Somebody at the desk filed it for the member.</summary>
    FiledFor,

    /// <summary>An approver verified it.</summary>
    Verified,

    /// <summary>An approver gave it back with a question.</summary>
    Returned,

    /// <summary>The member answered the question and filed it again.</summary>
    Answered,

    /// <summary>An approver rejected it with a reason.</summary>
    Rejected,

    /// <summary>An approver took a verified one back with a reason.</summary>
    Reversed,
}

/// <summary>One line of a report's history: who, when, what, and the words that were said. Never changed.</summary>
public sealed class ReportEvent
{
    /// <summary>Key; the order in which things were done.</summary>
    public long Id { get; set; }

    /// <summary>The report.</summary>
    public int ReportId { get; set; }

    /// <summary>UTC.</summary>
    public DateTime At { get; set; }

    /// <summary><see cref="Ledger.Actor"/>.</summary>
    public required string Actor { get; set; }

    /// <summary>What was done.</summary>
    public ReportChange Change { get; set; }

    /// <summary>The question, answer or reason; null where none is asked for.</summary>
    public string? Words { get; set; }

    /// <summary>Points given (verified) or taken back (reversed, negative); else 0.</summary>
    public int Points { get; set; }

    internal static void Configure(ModelBuilder builder) => builder.Entity<ReportEvent>(e =>
    {
        e.ToTable("ReportEvents");
        e.Property(x => x.Actor).HasMaxLength(64);
        e.Property(x => x.Words).HasMaxLength(500);
        e.HasIndex(x => new { x.ReportId, x.Id });
        e.HasOne<TaskReport>().WithMany(r => r.Events).HasForeignKey(x => x.ReportId).OnDelete(DeleteBehavior.Restrict);
    });
}

/// <summary>
/// A report's life, in one place. Filed → Pending; Pending → Verified, Returned or Rejected; Returned → Pending (answered) or
/// Rejected (never answered); Verified → Reversed. Rejected and Reversed are the ends: what was wrong is filed anew.
/// </summary>
public static class ReportLife
{
    /// <summary>The states from which a change may be made.</summary>
    public static IReadOnlyList<ReportOutcome> From(ReportChange change) => change switch
    {
        ReportChange.Verified or ReportChange.Returned => [ReportOutcome.Pending],
        ReportChange.Rejected => [ReportOutcome.Pending, ReportOutcome.Returned],
        ReportChange.Answered => [ReportOutcome.Returned],
        ReportChange.Reversed => [ReportOutcome.Verified],
        _ => [],
    };

    /// <summary>The state that a change leads to.</summary>
    public static ReportOutcome To(ReportChange change) => change switch
    {
        ReportChange.Verified => ReportOutcome.Verified,
        ReportChange.Returned => ReportOutcome.Returned,
        ReportChange.Rejected => ReportOutcome.Rejected,
        ReportChange.Reversed => ReportOutcome.Reversed,
        _ => ReportOutcome.Pending,
    };

    /// <summary>True when the change may be made to a report in that state.</summary>
    public static bool May(ReportOutcome state, ReportChange change) => From(change).Contains(state);
}
