using Microsoft.EntityFrameworkCore;
using PointsMarket.Areas;
using PointsMarket.Data;
using PointsMarket.Notices;

namespace PointsMarket.Cases;

/// <summary>Puts a draft onto the board, while the points are covered and the fund has the money it promises.</summary>
public sealed class PublishCase(MarketWrites writes, TimeProvider clock)
{
    /// <summary>Publishes it.</summary>
    public Task<CaseOutcome> ExecuteAsync(int caseId, Approver by, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(by);
        return writes.RunAsync(async (db, token) =>
        {
            var docket = await Docket.OpenAsync(db, db.Cases.Where(c => c.Id == caseId && c.Area.Path.StartsWith(by.AreaPath)), clock.GetUtcNow().UtcDateTime, token);
            if (docket is null) return CaseOutcome.No(CaseRefusal.NotFound);
            if (!CaseLife.May(docket.Case.State, CaseChange.Published)) return CaseOutcome.No(CaseRefusal.NotNow);
            if (docket.Case.ClaimBy < StationTime.Day(docket.Now)) return CaseOutcome.No(CaseRefusal.DeadlineInThePast);
            if (docket.Case.Reward > 0 && await CoverGate.RefusalAsync(db, docket.Case.Area.BookId, StationTime.Day(docket.Now), token) is { } stopped) return stopped;
            var fund = docket.Case.FundId is { } id ? await db.Funds.SingleAsync(f => f.Id == id, token) : null;
            if (await CaseMoney.RefusalAsync(db, docket.Case.Id, fund, docket.Case.MoneyFen, token) is { } unfunded) return unfunded;
            (docket.Case.State, docket.Case.OpenedAt) = (CaseState.Open, docket.Now);
            docket.Note(CaseChange.Published, by.Actor);
            await docket.SaveAsync(by.Actor, token);
            return new CaseOutcome.Done();
        }, ct);
    }
}

/// <summary>Takes a case off the board with a reason. Whoever held it or stood in line is told.</summary>
public sealed class WithdrawCase(MarketWrites writes, TimeProvider clock)
{
    /// <summary>Withdraws it.</summary>
    public Task<CaseOutcome> ExecuteAsync(int caseId, string words, Approver by, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(by);
        if (CaseDecisions.Words(words) is not { } reason) return Task.FromResult(CaseOutcome.No(CaseRefusal.BadWords));
        return writes.RunAsync(async (db, token) =>
        {
            var docket = await Docket.OpenAsync(db, db.Cases.Where(c => c.Id == caseId && c.Area.Path.StartsWith(by.AreaPath)), clock.GetUtcNow().UtcDateTime, token);
            if (docket is null) return CaseOutcome.No(CaseRefusal.NotFound);
            if (!CaseLife.May(docket.Case.State, CaseChange.Withdrawn)) return CaseOutcome.No(CaseRefusal.NotNow);
            foreach (var claim in docket.Claims.ToList())
            {
                docket.Tell(claim, InboxKinds.CaseWithdrawn, by.MemberId);
                docket.End(claim, ClaimState.Missed, reason);
            }
            docket.Free(); // also of an imported holder, who has no claim here
            docket.Case.State = CaseState.Withdrawn;
            docket.Note(CaseChange.Withdrawn, by.Actor, words: reason);
            await docket.SaveAsync(by.Actor, token);
            return new CaseOutcome.Done();
        }, ct);
    }
}
