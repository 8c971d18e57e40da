using Microsoft.EntityFrameworkCore;
using PointsMarket.Data;
using PointsMarket.Ledger;

namespace PointsMarket.Tasks;

/// <summary>
/// The member answers the question that a report was returned with, mends its words, adds photos, and files it again. It keeps
/// its place in the order of filing.
/// </summary>
public sealed class AnswerReport(MarketWrites writes, PhotoFolder folder, TimeProvider clock)
{
    /// <summary>The longest answer, question or reason, in characters; the ledger keeps 256 of a reversal's.</summary>
    public const int MostWords = 250;

    /// <summary>The answer.</summary>
    public sealed record Input
    {
        /// <summary>The report.</summary>
        public required int ReportId { get; init; }

        /// <summary>Whose it must be.</summary>
        public required int MemberId { get; init; }

        /// <summary>The answer to the question.</summary>
        public required string Answer { get; init; }

        /// <summary>What was done, in words, as it reads now.</summary>
        public required string Text { get; init; }

        /// <summary>More photos, as they were sent.</summary>
        public IReadOnlyList<ReadOnlyMemory<byte>> Photos { get; init; } = [];

        /// <summary>Who answers.</summary>
        public required Actor Actor { get; init; }
    }

    /// <summary>It waits to be verified again.</summary>
    public sealed record Answered : FileReport.Outcome;

    /// <summary>No report of this member waits for an answer under this key (any more).</summary>
    public sealed record NotAsked : FileReport.Outcome;

    /// <summary>The answer is empty or too long.</summary>
    public sealed record BadAnswer : FileReport.Outcome;

    /// <summary>Answers.</summary>
    public async Task<FileReport.Outcome> ExecuteAsync(Input input, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(input);
        var (text, answer) = (Typed.Text(input.Text), Typed.Text(input.Answer));
        if (answer.Length is 0 or > MostWords) return new BadAnswer();
        if (text.Length == 0) return new FileReport.Refused(ReportProblem.TextMissing);
        if (text.Length > FileReport.MostText) return new FileReport.Refused(ReportProblem.TextTooLong);
        if (input.Photos.Count > FileReport.MostPhotos) return new FileReport.Refused(ReportProblem.TooManyPhotos);
        var (photos, bad) = ReportPhotos.Clean(input.Photos);
        if (bad is not null) return bad;
        var saved = await ReportPhotos.SaveAsync(folder, photos, ct);
        FileReport.Outcome? outcome = null;
        try
        {
            return outcome = await writes.RunAsync(db => RunAsync(db, input, text, answer, saved), ct);
        }
        finally
        {
            if (outcome is not Answered) folder.Delete(saved.Select(p => p.FileName));
        }
    }

    private async Task<FileReport.Outcome> RunAsync(MarketDb db, Input input, string text, string answer, IReadOnlyList<SavedPhoto> photos)
    {
        if (await db.TaskReports.Where(r => r.Id == input.ReportId && r.MemberId == input.MemberId).Select(r => r.Area.Path).SingleOrDefaultAsync() is not { } path)
            return new NotAsked();
        await Judging.LockAsync(db, path, CancellationToken.None);
        var asked = ReportLife.From(ReportChange.Answered);
        var taken = await db.TaskReports.Where(r => r.Id == input.ReportId && r.MemberId == input.MemberId && asked.Contains(r.Outcome))
            .ExecuteUpdateAsync(s => s.SetProperty(r => r.Outcome, ReportLife.To(ReportChange.Answered)).SetProperty(r => r.Text, text).SetProperty(r => r.Reason, (string?)null));
        if (taken == 0) return new NotAsked();
        var report = await db.TaskReports.Include(r => r.Photos).SingleAsync(r => r.Id == input.ReportId);
        if (report.Photos.Count + photos.Count > FileReport.MostPhotos)
            return db.RollBack<FileReport.Outcome>(new FileReport.Refused(ReportProblem.TooManyPhotos));
        ReportPhotos.Add(report, photos, report.Photos.Count);
        report.Events.Add(new ReportEvent { At = clock.GetUtcNow().UtcDateTime, Actor = input.Actor.Code, Change = ReportChange.Answered, Words = answer });
        await db.SaveChangesAsync();
        return new Answered();
    }
}
