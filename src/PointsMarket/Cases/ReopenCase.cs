using Microsoft.EntityFrameworkCore;
using PointsMarket.Areas;
using PointsMarket.Data;
using PointsMarket.Funding;
using PointsMarket.Ledger;
using PointsMarket.Notices;

namespace PointsMarket.Cases;

/// <summary>
/// Puts a closed case back on the board with a reason: its reward flows back by a new transaction, and a new round begins, which can
/// pay again. Money that is not paid yet is stopped; what is paid is marked to be claimed back.
/// </summary>
public sealed class ReopenCase(MarketWrites writes, ReverseTransaction reverse, TimeProvider clock)
{
    /// <summary>Reopened, and so many points taken back.</summary>
    public sealed record Reopened(int Points) : CaseOutcome
    {
        /// <summary>What became of the round's money.</summary>
        public StopMoney.Result Money { get; init; }
    }

    /// <summary>A member has spent the points: so many are missing. Nothing changed.</summary>
    public sealed record Spent(long Missing) : CaseOutcome;

    /// <summary>Reopens it.</summary>
    public Task<CaseOutcome> ExecuteAsync(int caseId, string words, Approver by, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(by);
        if (CaseDecisions.Words(words) is not { } reason) return Task.FromResult(CaseOutcome.No(CaseRefusal.BadWords));
        return writes.RunAsync((db, token) => RunAsync(db, caseId, reason, by, token), ct);
    }

    private async Task<CaseOutcome> RunAsync(MarketDb db, int caseId, string reason, Approver by, CancellationToken ct)
    {
        var path = by.AreaPath;
        var docket = await Docket.OpenAsync(db, db.Cases.Where(c => c.Id == caseId && c.Area.Path.StartsWith(path)), clock.GetUtcNow().UtcDateTime, ct);
        if (docket is null) return CaseOutcome.No(CaseRefusal.NotFound);
        var @case = docket.Case;
        if (!CaseLife.May(@case.State, CaseChange.Reopened)) return CaseOutcome.No(CaseRefusal.NotNow);
        var settled = await db.Claims.Include(c => c.Members).SingleOrDefaultAsync(c => c.CaseId == caseId && c.State == ClaimState.Settled, ct);
        if (settled is not null && by.IsIn(settled)) return CaseOutcome.No(CaseRefusal.OwnMatter);
        var points = 0L;
        if (await db.SequenceOfAsync(@case.Area.BookId, @case.RewardKey, ct) is { } sequence)
        {
            points = (await db.PostingsOfAsync(@case.Area.BookId, sequence, ct)).Sum(p => p.Amount);
            var posted = await reverse.ExecuteAsync(db, new() { BookId = @case.Area.BookId, Sequence = sequence, Actor = by.Actor, Reason = reason }, ct);
            if (posted.Outcome == PostOutcome.BelowFloor) return new Spent(posted.Short!.Missing);
            if (posted.Outcome != PostOutcome.Posted) throw new InvalidOperationException($"Case {@case.Number} is closed, but its reward was taken back: {posted.Outcome}.");
        }
        var money = await CaseMoney.StopAsync(docket, reverse, $"{@case.Number} {reason}", by.Actor, ct);
        if (settled is not null)
        {
            (settled.State, settled.Reason) = (ClaimState.Undone, reason);
            docket.Tell(settled, InboxKinds.CaseReopened);
        }
        docket.Free();
        (@case.State, @case.Round, @case.ClosedAt, @case.OpenedAt) = (CaseState.Open, @case.Round + 1, null, docket.Now);
        (@case.RevisitAskedAt, @case.RevisitedAt, @case.Satisfied) = (null, null, null);
        if (@case.ClaimBy < StationTime.Day(docket.Now)) @case.ClaimBy = null;
        docket.Note(CaseChange.Reopened, by.Actor, settled, words: reason, points: (int)-points);
        await docket.SaveAsync(by.Actor, ct);
        return new Reopened((int)points) { Money = money };
    }
}
