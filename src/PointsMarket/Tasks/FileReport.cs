using Microsoft.EntityFrameworkCore;
using PointsMarket.Areas;
using PointsMarket.Data;
using PointsMarket.Ledger;
using PointsMarket.Members;

namespace PointsMarket.Tasks;

/// <summary>Why a report was not taken.</summary>
public enum ReportProblem
{
    /// <summary>No words.</summary>
    TextMissing,

    /// <summary>More than <see cref="FileReport.MostText"/> characters.</summary>
    TextTooLong,

    /// <summary>Not a category of the rule book, or none that was in force that day.</summary>
    UnknownCategory,

    /// <summary>It has not happened yet.</summary>
    Future,

    /// <summary>It happened more than <see cref="FileReport.MostDays"/> days ago.</summary>
    TooOld,

    /// <summary>Not a grid or village of the member's station.</summary>
    UnknownArea,

    /// <summary>There is no such member, or not in the area of who files for them.</summary>
    UnknownMember,

    /// <summary>The member was not in service on that day.</summary>
    NotInService,

    /// <summary>More than <see cref="FileReport.MostPhotos"/> photos.</summary>
    TooManyPhotos,
}

/// <summary>
/// Files a report of one thing done (DESIGN 4): by the member, or by somebody at the desk for a member without a phone, which
/// stays on record. Sent again with the same key it is the same report.
/// </summary>
public sealed class FileReport(MarketWrites writes, PhotoFolder folder, TimeProvider clock)
{
    /// <summary>The longest text, in characters.</summary>
    public const int MostText = 2000;

    /// <summary>How many photos may come with a report.</summary>
    public const int MostPhotos = 6;

    /// <summary>How many days back a thing may have happened.</summary>
    public const int MostDays = 60;

    /// <summary>Phones run a little fast; such a moment counts as now.</summary>
    private static readonly TimeSpan Fast = TimeSpan.FromMinutes(5);

    /// <summary>What was done.</summary>
    public sealed record Input
    {
        /// <summary>Who did it.</summary>
        public required int MemberId { get; init; }

        /// <summary>Made by the device, 1 to 64 characters; the same for every try to send this report.</summary>
        public required string ClientKey { get; init; }

        /// <summary>One of <see cref="TaskCategory"/>.</summary>
        public required string Category { get; init; }

        /// <summary>UTC, when it was done.</summary>
        public required DateTime HappenedAt { get; init; }

        /// <summary>Where: a grid or a village.</summary>
        public required int AreaId { get; init; }

        /// <summary>What, in words.</summary>
        public required string Text { get; init; }

        /// <summary>The files as they were sent.</summary>
        public IReadOnlyList<ReadOnlyMemory<byte>> Photos { get; init; } = [];

        /// <summary>Who files it.</summary>
        public required Actor Actor { get; init; }

        /// <summary>Null when the member files; else the path of the area of who files for them, in which the member must belong.</summary>
        public string? ForAnotherIn { get; init; }
    }

    /// <summary>What came of it.</summary>
    public abstract record Outcome;

    /// <summary>It waits to be verified.</summary>
    /// <param name="ReportId">Its key.</param>
    /// <param name="Reference">Its reference.</param>
    /// <param name="Before">True when it had arrived before under the same key; nothing was changed.</param>
    public sealed record Filed(int ReportId, string Reference, bool Before) : Outcome;

    /// <summary>It was not taken.</summary>
    public sealed record Refused(ReportProblem Problem) : Outcome;

    /// <summary>A photo was not taken, and so nothing was.</summary>
    /// <param name="Number">Which, from 1.</param>
    /// <param name="Fault">Why.</param>
    public sealed record BadPhoto(int Number, PhotoFault Fault) : Outcome;

    /// <summary>Files it.</summary>
    public async Task<Outcome> ExecuteAsync(Input input, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentException.ThrowIfNullOrEmpty(input.ClientKey);
        // A key with a colon is made by the platform (shift:12): a device must not be there before it.
        input = input with { ClientKey = input.ClientKey.Replace(':', '-') };
        var text = Typed.Text(input.Text);
        if (Wrong(text) is { } wrong) return wrong;
        if (input.Photos.Count > MostPhotos) return new Refused(ReportProblem.TooManyPhotos);
        var (photos, bad) = ReportPhotos.Clean(input.Photos);
        if (bad is not null) return bad;
        var saved = await ReportPhotos.SaveAsync(folder, photos, ct);
        Outcome? outcome = null;
        try
        {
            outcome = await writes.RunAsync(db => InsideAsync(db, input, text, saved), ct);
            return outcome;
        }
        catch (DbUpdateException)
        {
            // On a server the same report may arrive twice at once; the second meets the first one's key.
            outcome = await writes.RunAsync(async db => (Outcome?)await BeforeAsync(db, input), ct);
            if (outcome is null) throw;
            outcome = (Filed)outcome with { Before = true };
            return outcome;
        }
        finally
        {
            if (outcome is not Filed { Before: false }) folder.Delete(saved.Select(p => p.FileName));
        }
    }

    /// <summary>
    /// Files one without photos inside the door, under the same rules, for an operation that knows what was done: the turn of the
    /// one who files is the caller's. The key is the caller's too, and may be one of the platform's.
    /// </summary>
    internal async Task<Outcome> ExecuteAsync(MarketDb db, Input input, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        if (input.Photos.Count > 0) throw new ArgumentException("Photos are cleaned outside the door.", nameof(input));
        var text = Typed.Text(input.Text);
        return Wrong(text) ?? await InsideAsync(db, input, text, []);
    }

    private static Refused? Wrong(string text) =>
        text.Length == 0 ? new Refused(ReportProblem.TextMissing) : text.Length > MostText ? new Refused(ReportProblem.TextTooLong) : null;

    /// <summary>Files it inside the door; the text as <see cref="Typed.Text"/> gives it, not empty and not too long.</summary>
    private async Task<Outcome> InsideAsync(MarketDb db, Input input, string text, IReadOnlyList<SavedPhoto> photos)
    {
        if (await BeforeAsync(db, input) is { } before) return before;
        var members = db.Members.Where(m => m.Id == input.MemberId);
        if (input.ForAnotherIn is { } path) members = members.Where(m => m.Area.Path.StartsWith(path));
        var member = await members.Select(m => new { m.Joined, m.Left, m.Area.BookId }).SingleOrDefaultAsync();
        if (member is null) return new Refused(ReportProblem.UnknownMember);
        var now = clock.GetUtcNow().UtcDateTime;
        if (input.HappenedAt > now + Fast) return new Refused(ReportProblem.Future);
        var happened = input.HappenedAt > now ? now : input.HappenedAt;
        var day = StationTime.Day(happened);
        if (day < StationTime.Day(now).AddDays(-MostDays)) return new Refused(ReportProblem.TooOld);
        if (day < member.Joined || day >= member.Left) return new Refused(ReportProblem.NotInService);
        // The latest rule of that day, unless it says that the category is no longer offered.
        var retired = await db.ScoringRules.Where(r => r.Category == input.Category && r.From <= day).OrderByDescending(r => r.From).Select(r => (bool?)r.Retired).FirstOrDefaultAsync();
        if (retired != false) return new Refused(ReportProblem.UnknownCategory);
        if (!await db.Areas.AnyAsync(a => a.Id == input.AreaId && a.BookId == member.BookId && (a.Kind == AreaKind.Grid || a.Kind == AreaKind.Village)))
            return new Refused(ReportProblem.UnknownArea);

        var report = new TaskReport
        {
            Reference = await NewReferenceAsync(db, StationTime.Day(now)), MemberId = input.MemberId, Category = input.Category,
            HappenedAt = happened, HappenedDay = day, FiledAt = now, AreaId = input.AreaId, Text = text,
            ClientKey = input.ClientKey, FiledBy = input.Actor.Code,
        };
        ReportPhotos.Add(report, photos);
        report.Events.Add(new ReportEvent { At = now, Actor = input.Actor.Code, Change = input.ForAnotherIn is null ? ReportChange.Filed : ReportChange.FiledFor });
        db.TaskReports.Add(report);
        await db.SaveChangesAsync();
        return new Filed(report.Id, report.Reference, false);
    }

    private static Task<Filed?> BeforeAsync(MarketDb db, Input input) => db.TaskReports
        .Where(r => r.MemberId == input.MemberId && r.ClientKey == input.ClientKey)
        .Select(r => new Filed(r.Id, r.Reference, true)).SingleOrDefaultAsync();

    /// <summary>Such as <c>R261121-7K3QD</c>.</summary>
    private static Task<string> NewReferenceAsync(MarketDb db, DateOnly today) =>
        References.NewAsync('R', today, 5, reference => db.TaskReports.AnyAsync(r => r.Reference == reference));
}
