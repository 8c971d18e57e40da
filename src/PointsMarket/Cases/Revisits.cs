using Microsoft.EntityFrameworkCore;
using PointsMarket.Areas;
using PointsMarket.Data;
using PointsMarket.Ledger;
using PointsMarket.Notices;
using PointsMarket.Settings;

namespace PointsMarket.Cases;

/// <summary>Asks for a revisit of every case closed <see cref="SettingList.CaseRevisitDays"/> ago; each in a transaction of its own.</summary>
public sealed class AskForRevisits(MarketContexts contexts, MarketWrites writes, TimeProvider clock)
{
    /// <summary>How many were asked for.</summary>
    public async Task<int> ExecuteAsync(CancellationToken ct = default)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        await using var db = contexts.Read();
        var before = now.AddDays(-await SettingBook.ValueAsync(db, SettingList.CaseRevisitDays, StationTime.Day(now), ct));
        var due = await db.Cases.Where(c => c.State == CaseState.Closed && c.RevisitAskedAt == null && c.ClosedAt <= before).OrderBy(c => c.ClosedAt).Select(c => c.Id).ToListAsync(ct);
        var count = 0;
        foreach (var id in due)
        {
            if (await writes.RunAsync((inside, token) => RunAsync(inside, id, before, token), ct)) count++;
        }
        return count;
    }

    private async Task<bool> RunAsync(MarketDb db, int caseId, DateTime before, CancellationToken ct)
    {
        var docket = await Docket.OpenAsync(db, db.Cases.Where(c => c.Id == caseId), clock.GetUtcNow().UtcDateTime, ct);
        if (docket?.Case is not { State: CaseState.Closed, RevisitAskedAt: null } || docket.Case.ClosedAt > before) return false;
        var actor = Actor.System("schedule");
        docket.Case.RevisitAskedAt = docket.Now;
        docket.Note(CaseChange.RevisitAsked, actor);
        await docket.TellDeskAsync(InboxKinds.CaseRevisit, actor, ct);
        await docket.SaveAsync(actor, ct);
        return true;
    }
}

/// <summary>Somebody went to see, and says how it is. A bad answer does not reopen the case by itself; an approver decides that.</summary>
public sealed class AnswerRevisit(MarketWrites writes, TimeProvider clock)
{
    /// <summary>Writes it down; words are needed when it is not well.</summary>
    public Task<CaseOutcome> ExecuteAsync(int caseId, bool satisfied, string? words, Approver by, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(by);
        var text = CaseDecisions.Words(words);
        if (!satisfied && text is null) return Task.FromResult(CaseOutcome.No(CaseRefusal.BadWords));
        return writes.RunAsync(async (db, token) =>
        {
            var path = by.AreaPath;
            var docket = await Docket.OpenAsync(db, db.Cases.Where(c => c.Id == caseId && c.Area.Path.StartsWith(path)), clock.GetUtcNow().UtcDateTime, token);
            if (docket is null) return CaseOutcome.No(CaseRefusal.NotFound);
            if (docket.Case is not { State: CaseState.Closed, RevisitAskedAt: not null, RevisitedAt: null }) return CaseOutcome.No(CaseRefusal.NotNow);
            var settled = await db.Claims.Include(c => c.Members).SingleOrDefaultAsync(c => c.CaseId == caseId && c.State == ClaimState.Settled, token);
            if (settled is not null && by.IsIn(settled)) return CaseOutcome.No(CaseRefusal.OwnMatter);
            (docket.Case.RevisitedAt, docket.Case.Satisfied) = (docket.Now, satisfied);
            docket.Note(satisfied ? CaseChange.FoundWell : CaseChange.FoundUnwell, by.Actor, settled, words: text);
            if (settled is not null) docket.Tell(settled, InboxKinds.CaseRevisited, by.MemberId);
            await docket.TellDeskAsync(InboxKinds.CaseRevisited, by.Actor, token);
            await docket.SaveAsync(by.Actor, token);
            return new CaseOutcome.Done();
        }, ct);
    }
}
