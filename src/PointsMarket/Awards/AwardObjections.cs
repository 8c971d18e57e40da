using Microsoft.EntityFrameworkCore;
using PointsMarket.Areas;
using PointsMarket.Data;
using PointsMarket.Notices;

namespace PointsMarket.Awards;

/// <summary>
/// A member of the station objects to a list on public notice, once and in words, while the notice runs. A list that was sent back and is
/// on notice anew may be objected to again, once the earlier objection is answered.
/// </summary>
public sealed class ObjectToAward(MarketWrites writes, TimeProvider clock)
{
    /// <summary>What is said.</summary>
    public sealed record Input
    {
        /// <summary>The cycle.</summary>
        public required int CycleId { get; init; }

        /// <summary>Who objects.</summary>
        public required int MemberId { get; init; }

        /// <summary>Whom it is about, one on the list; null for the list as a whole.</summary>
        public int? NomineeId { get; init; }

        /// <summary>Why: 1 to <see cref="AwardDesk.MostWords"/> characters.</summary>
        public required string Text { get; init; }
    }

    /// <summary>What came of it.</summary>
    public enum Outcome
    {
        /// <summary>Taken down.</summary>
        Objected,

        /// <summary>The member objected to this notice, or their earlier objection waits still.</summary>
        Already,

        /// <summary>The notice does not run, or not in the member's station, or nobody such is on it.</summary>
        NotOnNotice,

        /// <summary>Nothing said, or too much.</summary>
        WordsMissing,
    }

    /// <summary>Objects.</summary>
    public async Task<Outcome> ExecuteAsync(Input input, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(input);
        if (Typed.Words(input.Text, AwardDesk.MostWords) is not { } words) return Outcome.WordsMissing;
        return await writes.RunAsync(async (db, token) =>
        {
            var now = clock.GetUtcNow().UtcDateTime;
            var today = StationTime.Day(now);
            var book = await db.Members.Where(m => m.Id == input.MemberId).Select(m => (int?)m.Area.BookId).SingleOrDefaultAsync(token);
            await db.AwardCycles.Where(c => c.Id == input.CycleId).ExecuteUpdateAsync(s => s.SetProperty(c => c.Turns, c => c.Turns + 1), token);
            var cycle = await db.AwardCycles.SingleOrDefaultAsync(c => c.Id == input.CycleId && c.BookId == book && c.State == AwardState.Noticed && c.NoticeTo >= today, token);
            if (cycle is null) return Outcome.NotOnNotice;
            if (input.NomineeId is { } about && !await db.AwardNominees.AnyAsync(n => n.Id == about && n.CycleId == cycle.Id && n.Named, token)) return Outcome.NotOnNotice;
            var last = await db.AwardObjections.AsNoTracking().Where(o => o.CycleId == cycle.Id && o.MemberId == input.MemberId).OrderByDescending(o => o.Round).FirstOrDefaultAsync(token);
            if (last is not null && !(last.Answer is not null && last.At < await NoticedAtAsync(db, cycle.Id, token))) return Outcome.Already;
            db.AwardObjections.Add(new AwardObjection { CycleId = cycle.Id, MemberId = input.MemberId, Round = last is null ? 0 : last.Round + 1, NomineeId = input.NomineeId, At = now, Text = words });
            db.Write(cycle, now, "system:notice", AwardChange.Objected); // who objected stands with the objection, for those who answer it
            await AwardPeople.TellDesksAsync(db, cycle, InboxKinds.AwardObjection, now, null, token);
            await db.SaveChangesAsync(token);
            return Outcome.Objected;
        }, ct);
    }

    /// <summary>UTC, when the notice that runs began: the day alone would not tell two notices of one day apart. Null for one that was never confirmed here.</summary>
    public static Task<DateTime?> NoticedAtAsync(MarketDb db, int cycleId, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        return db.AwardEvents.Where(e => e.CycleId == cycleId && e.Change == AwardChange.Confirmed).MaxAsync(e => (DateTime?)e.At, ct);
    }
}

/// <summary>An approver without an interest answers an objection. Found right, whom it is about is struck off the list.</summary>
public sealed class AnswerAwardObjection(MarketWrites writes, TimeProvider clock)
{
    /// <summary>What is answered.</summary>
    public sealed record Input
    {
        /// <summary>Who answers, and where.</summary>
        public required AwardStep Step { get; init; }

        /// <summary>The objection.</summary>
        public required int ObjectionId { get; init; }

        /// <summary>True when it is right.</summary>
        public required bool Upheld { get; init; }

        /// <summary>1 to <see cref="AwardDesk.MostWords"/> characters, for who objected.</summary>
        public required string? Answer { get; init; }
    }

    /// <summary>Answers.</summary>
    public async Task<AwardOutcome> ExecuteAsync(Input input, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(input);
        if (Typed.Words(input.Answer, AwardDesk.MostWords) is not { } words) return AwardOutcome.ReasonMissing;
        return await writes.RunAsync(async (db, token) =>
        {
            var now = clock.GetUtcNow().UtcDateTime;
            var (cycle, why) = await AwardDesk.FindAsync(db, input.Step, now, decides: true, token, AwardState.Noticed, AwardState.Draft, AwardState.Named);
            if (cycle is null) return why;
            var objection = await db.AwardObjections.AsTracking().SingleOrDefaultAsync(o => o.Id == input.ObjectionId && o.CycleId == cycle.Id, token);
            if (objection is null) return AwardOutcome.NotFound;
            if (objection.Answer is not null) return AwardOutcome.Already;
            var own = await db.Users.AnyAsync(u => u.Id == input.Step.UserId && u.MemberId == objection.MemberId, token);
            if (own) return AwardOutcome.Recused;
            (objection.Answer, objection.Upheld, objection.AnsweredBy, objection.AnsweredAt) = (words, input.Upheld, input.Step.Actor.Code, now);
            var detail = input.Upheld ? "+" : "-";
            if (input.Upheld && objection.NomineeId is { } id && await db.AwardNominees.AsTracking().Include(n => n.Member).SingleAsync(n => n.Id == id, token) is { } nominee)
            {
                (nominee.Named, nominee.StruckFor, nominee.StruckBy) = (false, nominee.StruckFor ?? words, nominee.StruckBy ?? input.Step.Actor.Code);
                db.Write(cycle, now, input.Step.Actor.Code, AwardChange.Struck, $"{nominee.Member!.Code}: {words}");
            }
            db.Write(cycle, now, input.Step.Actor.Code, AwardChange.Answered, detail);
            Inbox.TellMember(db, objection.MemberId, InboxKinds.AwardAnswered, cycle.Title, "/me/awards", now);
            await db.SaveChangesAsync(token);
            return AwardOutcome.Done;
        }, ct);
    }
}
