using Microsoft.EntityFrameworkCore;
using PointsMarket.Areas;
using PointsMarket.Data;
using PointsMarket.Ledger;
using PointsMarket.Notices;

namespace PointsMarket.Assessments;

/// <summary>
/// A member objects to the draft they are shown, in words and while it is shown (<see cref="AssessmentPolicy.ObjectionDays"/>): once, and
/// again once that is answered and the draft was shown anew, because what it says now they have not seen before.
/// </summary>
public sealed class ObjectToAssessment(MarketWrites writes, TimeProvider clock)
{
    /// <summary>What is said.</summary>
    public sealed record Input
    {
        /// <summary>The assessment.</summary>
        public required int AssessmentId { get; init; }

        /// <summary>Who objects.</summary>
        public required int MemberId { get; init; }

        /// <summary>Why: 1 to <see cref="AssessmentObjection.MostLetters"/> letters.</summary>
        public required string Text { get; init; }
    }

    /// <summary>What came of it.</summary>
    public enum Outcome
    {
        /// <summary>Taken down.</summary>
        Objected,

        /// <summary>The member objected to what is shown, or their earlier objection waits still.</summary>
        Already,

        /// <summary>The days for it are over, or it is published.</summary>
        TooLate,

        /// <summary>The member is not shown such a draft.</summary>
        NotFound,
    }

    /// <summary>Objects.</summary>
    public Task<Outcome> ExecuteAsync(Input input, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentException.ThrowIfNullOrWhiteSpace(input.Text);
        return writes.RunAsync(async (db, token) =>
        {
            await db.TakeTurnAsync(); // a double tap, and whoever publishes meanwhile
            var draft = await db.AssessmentLines.Where(l => l.AssessmentId == input.AssessmentId && l.MemberId == input.MemberId && l.Assessment.ShownAt != null)
                .Select(l => new { l.Assessment.State, l.Assessment.ShownAt, l.Assessment.Month, l.Member.Area.Path }).SingleOrDefaultAsync(token);
            if (draft is null) return Outcome.NotFound;
            var now = clock.GetUtcNow().UtcDateTime;
            if (draft.State != AssessmentState.Draft || now >= draft.ShownAt + (await AssessmentPolicies.OfAsync(db, draft.Month, token)).Shown) return Outcome.TooLate;
            var last = await db.AssessmentObjections.AsNoTracking().Where(o => o.AssessmentId == input.AssessmentId && o.MemberId == input.MemberId).OrderByDescending(o => o.Round).FirstOrDefaultAsync(token);
            if (last is not null && (last.Answer is null || last.At >= draft.ShownAt)) return Outcome.Already;
            db.Add(new AssessmentObjection { AssessmentId = input.AssessmentId, MemberId = input.MemberId, Round = last is null ? 0 : last.Round + 1, At = now, Text = input.Text.Trim() });
            await AssessmentNews.TellApproversAsync(db, draft.Path, draft.Month, InboxKinds.AssessmentObjected, now, token);
            await db.SaveChangesAsync(token);
            return Outcome.Objected;
        }, ct);
    }
}

/// <summary>An approver answers an objection. What was wrong is put right where it was recorded, and the month drafted again.</summary>
public sealed class AnswerObjection(MarketWrites writes, TimeProvider clock)
{
    /// <summary>What is answered.</summary>
    public sealed record Input
    {
        /// <summary>The objection.</summary>
        public required int ObjectionId { get; init; }

        /// <summary>1 to <see cref="AssessmentObjection.MostLetters"/> letters.</summary>
        public required string Answer { get; init; }

        /// <summary>Who answers.</summary>
        public required Actor Actor { get; init; }

        /// <summary>The member the actor is; null when none. Nobody answers their own objection.</summary>
        public int? ActorMemberId { get; init; }

        /// <summary>The path of the area the actor may act in; the member must lie in it.</summary>
        public required string AreaPath { get; init; }
    }

    /// <summary>What came of it.</summary>
    public enum Outcome
    {
        /// <summary>Taken down.</summary>
        Answered,

        /// <summary>Somebody answered before.</summary>
        Already,

        /// <summary>It is the actor's own.</summary>
        Own,

        /// <summary>There is no such objection in the actor's area.</summary>
        NotFound,
    }

    /// <summary>Answers.</summary>
    public Task<Outcome> ExecuteAsync(Input input, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentException.ThrowIfNullOrWhiteSpace(input.Answer);
        return writes.RunAsync(async (db, token) =>
        {
            await db.TakeTurnAsync(); // the first answer stands
            var objection = await db.AssessmentObjections.Include(o => o.Assessment).SingleOrDefaultAsync(o => o.Id == input.ObjectionId && o.Member.Area.Path.StartsWith(input.AreaPath), token);
            if (objection is null) return Outcome.NotFound;
            if (objection.MemberId == input.ActorMemberId) return Outcome.Own;
            if (objection.Answer is not null) return Outcome.Already;
            (objection.Answer, objection.AnsweredBy, objection.AnsweredAt) = (input.Answer.Trim(), input.Actor.Code, clock.GetUtcNow().UtcDateTime);
            Inbox.TellMember(db, objection.MemberId, InboxKinds.AssessmentAnswered, StationMonth.Text(objection.Assessment.Month), "/me/assessment", objection.AnsweredAt.Value);
            await db.SaveChangesAsync(token);
            return Outcome.Answered;
        }, ct);
    }
}
