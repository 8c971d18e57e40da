using Microsoft.EntityFrameworkCore;

namespace PointsMarket.Jobs;

/// <summary>How a run stands. Stored by name.</summary>
public enum RunState
{
    /// <summary>Asked for by hand; begins as soon as a node takes it.</summary>
    Queued,

    /// <summary>Somebody works on it.</summary>
    Running,

    /// <summary>Came to its end.</summary>
    Done,

    /// <summary>Broke off, or found something wrong; <see cref="JobRun.Failure"/> says what.</summary>
    Failed,

    /// <summary>Stopped by hand.</summary>
    Cancelled,

    /// <summary>The server stopped in the middle; the next run goes on where this one was.</summary>
    Stopped,
}

/// <summary>Why a run began. Stored by name.</summary>
public enum RunCause
{
    /// <summary>Its time had come.</summary>
    Schedule,

    /// <summary>Somebody asked for it.</summary>
    ByHand,

    /// <summary>The site started, and what was missed meanwhile is made up.</summary>
    Start,

    /// <summary>An earlier one did not come to its end because its server went away.</summary>
    Recovery,

    /// <summary>An earlier one failed.</summary>
    Retry,
}

/// <summary>What the words for a failure are chosen by.</summary>
public static class RunFailures
{
    /// <summary>The database did not answer, or refused.</summary>
    public const string Database = "database";

    /// <summary>A file or a disk.</summary>
    public const string Disk = "disk";

    /// <summary>The books are not in order.</summary>
    public const string Books = "books-off";

    /// <summary>Nobody thought of it; the log has it under the trace id.</summary>
    public const string Unexpected = "unexpected";

    /// <summary>Every one, for the words.</summary>
    public static readonly IReadOnlyList<string> All = [Database, Disk, Books, Unexpected];

    /// <summary>The failure that an exception stands for.</summary>
    public static string Of(Exception reason) => reason switch
    {
        DbUpdateException or System.Data.Common.DbException or TimeoutException or Microsoft.EntityFrameworkCore.Storage.RetryLimitExceededException => Database,
        IOException or UnauthorizedAccessException => Disk,
        _ => Unexpected,
    };
}

/// <summary>
/// One run of a job: when, why, how far, what it said, how it ended. The schedule itself belongs to the scheduler; this is the
/// history that people look at. Kept <see cref="KeptDays"/> days. Holds codes and numbers, never a name.
/// </summary>
public sealed class JobRun
{
    /// <summary>For how many days a run is kept after its end.</summary>
    public const int KeptDays = 90;

    /// <summary>Most letters of <see cref="Log"/>.</summary>
    public const int LongestLog = 8000;

    /// <summary>Key.</summary>
    public long Id { get; set; }

    /// <summary>Which job, such as <c>verify</c>.</summary>
    public required string Job { get; set; }

    /// <summary>How it stands.</summary>
    public RunState State { get; set; }

    /// <summary>Why it began.</summary>
    public RunCause Cause { get; set; }

    /// <summary>Who asked for it; null for the schedule.</summary>
    public string? AskedBy { get; set; }

    /// <summary>UTC, when it was asked for or its time had come.</summary>
    public DateTime AskedAt { get; set; }

    /// <summary>UTC, when it began.</summary>
    public DateTime? StartedAt { get; set; }

    /// <summary>UTC, when it ended.</summary>
    public DateTime? EndedAt { get; set; }

    /// <summary>The job's name while it waits or runs, null afterwards: the unique key lets a job live once.</summary>
    public string? Live { get; set; }

    /// <summary>The server that works on it.</summary>
    public string? Node { get; set; }

    /// <summary>How far it is, 0–100; null where it cannot say.</summary>
    public int? Percent { get; set; }

    /// <summary>True when it ended well and found nothing to do: only the last of these is kept.</summary>
    public bool Quiet { get; set; }

    /// <summary>One of <see cref="RunFailures"/>; null unless it failed.</summary>
    public string? Failure { get; set; }

    /// <summary>What the server's log has it under.</summary>
    public string? TraceId { get; set; }

    /// <summary>What it said, a line each: <see cref="RunLine"/>.</summary>
    public string Log { get; set; } = "";

    /// <summary>True while it waits or runs.</summary>
    public bool IsLive => State is RunState.Queued or RunState.Running;

    internal static void Configure(ModelBuilder builder) => builder.Entity<JobRun>(e =>
    {
        e.ToTable("JobRuns", t => t.HasCheckConstraint(
            "CK_JobRuns_Live", "(\"Live\" IS NULL AND \"State\" NOT IN ('Queued', 'Running')) OR (\"Live\" IS NOT NULL AND \"State\" IN ('Queued', 'Running'))"));
        e.Property(r => r.Job).HasMaxLength(40);
        e.Property(r => r.Live).HasMaxLength(40);
        e.Property(r => r.AskedBy).HasMaxLength(64);
        e.Property(r => r.Node).HasMaxLength(100);
        e.Property(r => r.Failure).HasMaxLength(40);
        e.Property(r => r.TraceId).HasMaxLength(64);
        e.Property(r => r.Log).HasMaxLength(LongestLog);
        e.Ignore(r => r.IsLive);
        e.HasIndex(r => r.Live).IsUnique();
        e.HasIndex(r => new { r.Job, r.AskedAt });
        e.HasIndex(r => r.EndedAt);
    });
}
