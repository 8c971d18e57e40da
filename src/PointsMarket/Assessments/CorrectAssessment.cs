using Microsoft.EntityFrameworkCore;
using PointsMarket.Accounts;
using PointsMarket.Areas;
using PointsMarket.Data;
using PointsMarket.Ledger;
using PointsMarket.Notices;

namespace PointsMarket.Assessments;

/// <summary>What came of proposing or deciding a correction.</summary>
public enum CorrectionOutcome
{
    /// <summary>Done.</summary>
    Done,

    /// <summary>There is no such published line, or no such correction, in the actor's station.</summary>
    NotFound,

    /// <summary>The month is not published yet: put right what was recorded, and draft again.</summary>
    NotPublished,

    /// <summary>A correction of this line waits already.</summary>
    OneWaits,

    /// <summary>It says what holds anyway.</summary>
    NothingNew,

    /// <summary>No reason or one that is too long, or a number below 0 or out of reason.</summary>
    NotValid,

    /// <summary>It was decided before.</summary>
    Decided,

    /// <summary>Who proposed it does not decide on it.</summary>
    SamePerson,

    /// <summary>It is the actor's own line.</summary>
    Own,

    /// <summary>The member has spent what is to be taken back; nothing changed.</summary>
    NotEnoughPoints,

    /// <summary>The ledger takes nothing for this day; nothing changed.</summary>
    NotPosted,
}

/// <summary>
/// Proposes to correct a published line: the points and reports that should have been measured, and why. The evaluations stay. What
/// it comes to follows from the month's own policy, never from a number typed in.
/// </summary>
public sealed class CorrectAssessment(MarketWrites writes, TimeProvider clock)
{
    /// <summary>A slip of the finger, if more.</summary>
    public const int Most = 100_000;

    /// <summary>What is to be put right.</summary>
    public sealed record Input
    {
        /// <summary>The assessment.</summary>
        public required int AssessmentId { get; init; }

        /// <summary>Whose line.</summary>
        public required int MemberId { get; init; }

        /// <summary>Points earned in the month.</summary>
        public required long Points { get; init; }

        /// <summary>Verified reports.</summary>
        public required int Verified { get; init; }

        /// <summary>Rejected reports.</summary>
        public required int Rejected { get; init; }

        /// <summary>Why.</summary>
        public required string Reason { get; init; }

        /// <summary>Who proposes.</summary>
        public required Actor Actor { get; init; }

        /// <summary>The member the actor is; nobody corrects their own line.</summary>
        public int? ActorMemberId { get; init; }

        /// <summary>The path of the area the actor may act in: the station's own.</summary>
        public required string AreaPath { get; init; }
    }

    /// <summary>Proposes it.</summary>
    public Task<CorrectionOutcome> ExecuteAsync(Input input, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(input);
        var reason = input.Reason.Trim();
        return reason.Length is 0 or > AssessmentCorrection.MostReason || input.Points is < 0 or > Most || input.Verified is < 0 or > Most || input.Rejected is < 0 or > Most
            ? Task.FromResult(CorrectionOutcome.NotValid)
            : writes.RunAsync((db, token) => RunAsync(db, input, reason, token), ct);
    }

    private async Task<CorrectionOutcome> RunAsync(MarketDb db, Input input, string reason, CancellationToken ct)
    {
        var book = await StationMonth.BookAsync(db, input.AreaPath, ct);
        var line = await db.AssessmentLines.AsNoTracking().Include(l => l.Assessment)
            .SingleOrDefaultAsync(l => l.AssessmentId == input.AssessmentId && l.MemberId == input.MemberId && l.Assessment.BookId == book, ct);
        if (line is null) return CorrectionOutcome.NotFound;
        if (line.MemberId == input.ActorMemberId) return CorrectionOutcome.Own;
        if (line.Assessment.State != AssessmentState.Published) return CorrectionOutcome.NotPublished;
        await db.TakeTurnAsync();
        var earlier = await db.AssessmentCorrections.AsNoTracking().Where(c => c.AssessmentId == line.AssessmentId && c.MemberId == line.MemberId).OrderBy(c => c.Number).ToListAsync(ct);
        if (earlier.Any(c => c.State == CorrectionState.Waiting)) return CorrectionOutcome.OneWaits;
        var holds = HeldLine.Of(line, earlier);
        if ((holds.Measures.Points, holds.Measures.Verified, holds.Measures.Rejected) == (input.Points, input.Verified, input.Rejected)) return CorrectionOutcome.NothingNew;
        var policy = await AssessmentPolicies.OfAsync(db, line.Assessment.Month, ct);
        var result = AssessmentScore.Of(line.Measures with { Points = input.Points, Verified = input.Verified, Rejected = input.Rejected }, policy);
        var now = clock.GetUtcNow().UtcDateTime;
        db.AssessmentCorrections.Add(new AssessmentCorrection
        {
            AssessmentId = line.AssessmentId, MemberId = line.MemberId, Number = earlier.Count + 1, Points = input.Points, Verified = input.Verified, Rejected = input.Rejected,
            Score = result.Score, Grade = result.Grade, Bonus = result.Bonus, Difference = result.Bonus - holds.Bonus, Reason = reason, ProposedBy = input.Actor.Code, ProposedAt = now,
        });
        var month = StationMonth.Text(line.Assessment.Month);
        db.Note(now, input.Actor, "assessment.correction-proposed", month, $"{earlier.Count + 1}: {AssessmentWords.Score(holds.Score)} → {AssessmentWords.Score(result.Score)}");
        await Inbox.TellStaffAsync(db, [Roles.Approver, Roles.Administrator], input.AreaPath, InboxKinds.AssessmentCorrection, month, $"/desk/assessment/corrections?month={month}", now, LedgerUser.Of(input.Actor), ct);
        await db.SaveChangesAsync(ct);
        return CorrectionOutcome.Done;
    }
}

/// <summary>
/// A second person approves a correction, which posts the difference in bonus points as a new transaction, once (key
/// <c>assessment:{month}:{member}:correction:{number}</c>), or refuses it.
/// </summary>
public sealed class DecideCorrection(MarketWrites writes, Journal journal, TimeProvider clock)
{
    /// <summary>What is decided.</summary>
    public sealed record Input
    {
        /// <summary>The correction.</summary>
        public required int CorrectionId { get; init; }

        /// <summary>True to approve.</summary>
        public required bool Approve { get; init; }

        /// <summary>Who decides; never who proposed.</summary>
        public required Actor Actor { get; init; }

        /// <summary>The member the actor is; nobody decides on their own line.</summary>
        public int? ActorMemberId { get; init; }

        /// <summary>The path of the area the actor may act in: the station's own.</summary>
        public required string AreaPath { get; init; }
    }

    /// <summary>Decides.</summary>
    public Task<CorrectionOutcome> ExecuteAsync(Input input, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(input);
        return writes.RunAsync((db, token) => RunAsync(db, input, token), ct);
    }

    private async Task<CorrectionOutcome> RunAsync(MarketDb db, Input input, CancellationToken ct)
    {
        var book = await StationMonth.BookAsync(db, input.AreaPath, ct);
        await db.TakeTurnAsync();
        var correction = await db.AssessmentCorrections.AsTracking().Include(c => c.Assessment).Include(c => c.Member)
            .SingleOrDefaultAsync(c => c.Id == input.CorrectionId && c.Assessment.BookId == book, ct);
        if (correction is null) return CorrectionOutcome.NotFound;
        if (correction.State != CorrectionState.Waiting) return CorrectionOutcome.Decided;
        if (correction.ProposedBy == input.Actor.Code) return CorrectionOutcome.SamePerson;
        if (correction.MemberId == input.ActorMemberId) return CorrectionOutcome.Own;
        var now = clock.GetUtcNow().UtcDateTime;
        if (input.Approve && correction.Difference != 0)
        {
            var posted = await journal.PostAsync(db, RequestOf(correction, input.Actor, now), ct);
            if (posted.Outcome == PostOutcome.BelowFloor) return db.RollBack(CorrectionOutcome.NotEnoughPoints);
            if (!posted.Stands) return db.RollBack(CorrectionOutcome.NotPosted);
            correction.Sequence = posted.Sequence;
        }

        (correction.State, correction.DecidedBy, correction.DecidedAt) = (input.Approve ? CorrectionState.Approved : CorrectionState.Refused, input.Actor.Code, now);
        var month = StationMonth.Text(correction.Assessment.Month);
        db.Note(now, input.Actor, input.Approve ? "assessment.corrected" : "assessment.correction-refused", month, $"{correction.Number}: {correction.Difference}");
        if (input.Approve) Inbox.TellMember(db, correction.MemberId, InboxKinds.AssessmentCorrected, month, "/me/assessment", now);
        await db.SaveChangesAsync(ct);
        return CorrectionOutcome.Done;
    }

    private static TransactionRequest RequestOf(AssessmentCorrection correction, Actor actor, DateTime now)
    {
        var month = StationMonth.Text(correction.Assessment.Month);
        var (issue, member) = (AccountCode.Issue("assessment"), AccountCode.Member(correction.Member.Code));
        return new TransactionRequest
        {
            BookId = correction.Assessment.BookId, Key = $"assessment:{month}:{correction.Member.Code}:correction:{correction.Number}", Kind = TransactionKinds.AssessmentCorrection,
            Subject = month, HappenedAt = now, Actor = actor, Reason = correction.Reason,
            Postings = [correction.Difference > 0 ? new Posting(issue, member, Asset.Points, correction.Difference) : new Posting(member, issue, Asset.Points, -correction.Difference)],
        };
    }
}
