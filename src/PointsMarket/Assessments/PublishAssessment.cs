using Microsoft.EntityFrameworkCore;
using PointsMarket.Areas;
using PointsMarket.Data;
using PointsMarket.Ledger;
using PointsMarket.Notices;

namespace PointsMarket.Assessments;

/// <summary>
/// Publishes a draft that was shown for its days (<see cref="AssessmentPolicy.ObjectionDays"/>), whose objections are answered and that
/// is still what the month comes to: freezes it, then posts the bonus points
/// <c>issue:assessment → member</c>, once for each member and month (key <c>assessment:{month}:{member}</c>), a few at a time. It can
/// be stopped anywhere; doing it again goes on. Whoever drafted does not publish: it takes two people, and both are on record.
/// </summary>
public sealed class PublishAssessment(MarketContexts contexts, MarketWrites writes, Journal journal, TimeProvider clock)
{
    private const int Chunk = 50;

    /// <summary>What to publish.</summary>
    public sealed record Input
    {
        /// <summary>The assessment.</summary>
        public required int AssessmentId { get; init; }

        /// <summary>Who publishes: an administrator or approver.</summary>
        public required Actor Actor { get; init; }

        /// <summary>The path of the area the actor may act in: the station's own.</summary>
        public required string AreaPath { get; init; }

        /// <summary>Told how many bonuses of all are posted, from any thread.</summary>
        public IProgress<(int Done, int Total)>? Progress { get; init; }
    }

    /// <summary>What came of it.</summary>
    public enum Outcome
    {
        /// <summary>Published, now or from before.</summary>
        Published,

        /// <summary>Frozen, now or from before; its bonuses are still to be posted.</summary>
        Publishing,

        /// <summary>The lines are still being written: draft again first.</summary>
        Unfinished,

        /// <summary>The days for which a draft is shown are not over.</summary>
        TooSoon,

        /// <summary>What was recorded since would change it: draft again, and show it anew.</summary>
        Stale,

        /// <summary>An objection waits for its answer.</summary>
        ObjectionWaits,

        /// <summary>The actor drafted it: somebody else publishes.</summary>
        SamePerson,

        /// <summary>There is no such assessment in the actor's station.</summary>
        NotFound,
    }

    /// <summary>Publishes, or goes on publishing.</summary>
    public async Task<Outcome> ExecuteAsync(Input input, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(input);
        var frozen = await FreezeAsync(input, ct);
        if (frozen != Outcome.Publishing) return frozen;
        await PostAllAsync(input.AssessmentId, input.Progress, ct);
        return Outcome.Published;
    }

    /// <summary>Only freezes it: <see cref="FinishAllAsync"/> posts the bonuses, while somebody watches how far it is.</summary>
    public async Task<Outcome> FreezeAsync(Input input, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(input);
        return await RefusalAsync(input, ct) ?? Outcome.Publishing;
    }

    /// <summary>Finishes what a stopped server left half done: every frozen assessment of any station. Returns how many.</summary>
    public async Task<int> FinishAllAsync(CancellationToken ct = default)
    {
        List<int> frozen;
        await using (var db = contexts.Read()) frozen = await db.Assessments.Where(a => a.State == AssessmentState.Publishing).Select(a => a.Id).ToListAsync(ct);
        foreach (var id in frozen) await PostAllAsync(id, null, ct);
        return frozen.Count;
    }

    /// <summary>Null when it is frozen, now or from before, and its bonuses may be posted.</summary>
    private async Task<Outcome?> RefusalAsync(Input input, CancellationToken ct)
    {
        Assessment draft;
        long seen;
        await using (var db = contexts.Read())
        {
            var (refusal, found) = await LookAsync(db, input, ct);
            if (found is null) return refusal;
            draft = found;
            seen = await db.LedgerBooks.Where(b => b.Id == draft.BookId).Select(b => b.Sequence).SingleAsync(ct);
        }
        // A hundred thousand lines are compared outside the door; inside it only what came in meanwhile is looked for.
        if (await DraftLines.DifferAsync(contexts, draft.BookId, draft.Month, ct) > 0) return Outcome.Stale;
        return await writes.RunAsync((db, token) => FreezeAsync(db, input, seen, token), ct);
    }

    private async Task<Outcome?> FreezeAsync(MarketDb db, Input input, long seen, CancellationToken ct)
    {
        await db.TakeTurnAsync(); // nobody objects between the look and the freezing
        var (refusal, draft) = await LookAsync(db, input, ct);
        if (draft is null) return refusal;
        var (from, to) = StationTime.Month(draft.Month);
        if (await db.LedgerTransactions.AnyAsync(t => t.BookId == draft.BookId && t.Sequence > seen && ((t.HappenedAt >= from && t.HappenedAt < to) || t.Relation == Relation.Reverses), ct)) return Outcome.Stale;
        var now = clock.GetUtcNow().UtcDateTime;
        // Only if it is still what was looked at: on a server it may be drafted anew at this moment.
        var frozen = await db.Assessments.Where(a => a.Id == draft.Id && a.State == AssessmentState.Draft && a.ShownAt == draft.ShownAt).ExecuteUpdateAsync(
            s => s.SetProperty(a => a.State, AssessmentState.Publishing).SetProperty(a => a.PublishedAt, now).SetProperty(a => a.PublishedBy, input.Actor.Code), ct);
        return frozen == 1 ? null : Outcome.Unfinished;
    }

    /// <summary>The draft when it may be frozen; else what keeps it from it, null for one that is frozen already.</summary>
    private async Task<(Outcome? Refusal, Assessment? Draft)> LookAsync(MarketDb db, Input input, CancellationToken ct)
    {
        var book = await StationMonth.BookAsync(db, input.AreaPath, ct);
        var assessment = await db.Assessments.AsNoTracking().SingleOrDefaultAsync(a => a.Id == input.AssessmentId && a.BookId == book, ct);
        switch (assessment?.State)
        {
            case null: return (Outcome.NotFound, null);
            case AssessmentState.Published: return (Outcome.Published, null);
            case AssessmentState.Publishing: return (null, null);
        }
        if (assessment.ShownAt is not { } shown) return (Outcome.Unfinished, null);
        if (assessment.DraftedBy == input.Actor.Code) return (Outcome.SamePerson, null);
        if (clock.GetUtcNow().UtcDateTime < shown + (await AssessmentPolicies.OfAsync(db, assessment.Month, ct)).Shown) return (Outcome.TooSoon, null);
        if (await db.AssessmentObjections.AnyAsync(o => o.AssessmentId == assessment.Id && o.Answer == null, ct)) return (Outcome.ObjectionWaits, null);
        return (null, assessment);
    }

    private async Task PostAllAsync(int id, IProgress<(int Done, int Total)>? progress, CancellationToken ct)
    {
        int total, done;
        await using (var db = contexts.Read())
        {
            total = await db.AssessmentLines.CountAsync(l => l.AssessmentId == id && l.Bonus > 0, ct);
            done = await db.AssessmentLines.CountAsync(l => l.AssessmentId == id && l.BonusSequence != null, ct);
        }
        do
        {
            progress?.Report((done, total));
            var posted = await writes.RunAsync((db, token) => PostSomeAsync(db, id, token), ct);
            if (posted == 0) return;
            done += posted;
        }
        while (true);
    }

    /// <summary>The next few bonuses, and how many; 0 when there are none left and the assessment is published.</summary>
    private async Task<int> PostSomeAsync(MarketDb db, int id, CancellationToken ct)
    {
        await db.TakeTurnAsync(); // of two who go on, one ends it and tells the members
        var assessment = await db.Assessments.SingleAsync(a => a.Id == id, ct);
        if (assessment.State != AssessmentState.Publishing) return 0;
        var month = StationMonth.Text(assessment.Month);
        var lines = await db.AssessmentLines.Include(l => l.Member)
            .Where(l => l.AssessmentId == id && l.Bonus > 0 && l.BonusSequence == null).OrderBy(l => l.MemberId).Take(Chunk).ToListAsync(ct);
        var requests = lines.ConvertAll(line => new TransactionRequest
        {
            BookId = assessment.BookId, Key = $"assessment:{month}:{line.Member.Code}", Kind = TransactionKinds.AssessmentBonus, Subject = month,
            HappenedAt = assessment.PublishedAt!.Value, Actor = PublisherOf(assessment),
            Postings = [new Posting(AccountCode.Issue("assessment"), AccountCode.Member(line.Member.Code), Asset.Points, line.Bonus)],
        });
        var results = await journal.PostAllAsync(db, requests, ct);
        foreach (var ((line, request), result) in lines.Zip(requests).Zip(results))
        {
            var posted = result;
            // Stopped in the middle, and the month was closed before it went on: what is left happens now.
            if (posted.Outcome == PostOutcome.PeriodClosed) posted = (await journal.PostAsync(db, request with { HappenedAt = clock.GetUtcNow().UtcDateTime }, ct)).InOpenTime();
            if (!posted.Stands) throw new InvalidOperationException($"The bonus of {month} for {line.Member.Code} was posted before with other content ({posted.Sequence}).");
            line.BonusSequence = posted.Sequence;
        }
        if (lines.Count == 0)
        {
            assessment.State = AssessmentState.Published;
            await db.SaveChangesAsync(ct); // what is told of below counts published months
            var now = clock.GetUtcNow().UtcDateTime;
            await AssessmentNews.TellMembersAsync(db, id, assessment.Month, InboxKinds.AssessmentPublished, now, ct);
            await AssessmentNews.TellOfStrugglingAsync(db, assessment.BookId, assessment.Month, now, ct);
        }

        await db.SaveChangesAsync(ct);
        return lines.Count;
    }

    /// <summary>Who published signs every posting, also when the platform goes on after a stop.</summary>
    private static Actor PublisherOf(Assessment assessment) => Actor.Parse(assessment.PublishedBy!);
}
