using Microsoft.EntityFrameworkCore;
using PointsMarket.Accounts;
using PointsMarket.Areas;
using PointsMarket.Data;
using PointsMarket.Members;
using PointsMarket.Notices;
using PointsMarket.Proposals;
using PointsMarket.Rules;
using PointsMarket.Tasks;

namespace PointsMarket.Demo;

/// <summary>
/// The demo's rule changes (one refused, one to come, one waiting) and the messages of the members a visitor knows. Written as the
/// operations write them; nobody has an account yet when the station is loaded.
/// </summary>
internal static class DemoNotices
{
    /// <summary>Of how many judged reports each known member is told; the newest ones are still new.</summary>
    private const int Told = 9, New = 3;

    /// <summary>Who proposes and who decides: two, as the rule asks.</summary>
    private const string Proposer = "system:demo", Judge = "system:setup";

    public static async Task AddAsync(MarketDb db, DateTime now, CancellationToken ct)
    {
        var today = StationTime.Day(now);
        var next = new DateOnly(today.Year, today.Month, 1).AddMonths(1);
        db.RuleProposals.AddRange(
            new RuleProposal
            {
                Category = "publicity", From = next.AddMonths(-1), Points = 6, ReportsPerDay = 2, PointsPerMonth = 60, Evidence = Evidence.Photo, Reason = "想多发动大家宣传反诈",
                State = ProposalState.Refused, ProposedAt = At(today, -34, 9, 40), ProposedBy = Proposer, DecidedAt = At(today, -33, 14, 15), DecidedBy = Judge, Answer = "宣传次数已经够多，先看一个季度再说",
            },
            new RuleProposal
            {
                Category = "care", From = next, Points = 10, ReportsPerDay = 2, PointsPerMonth = 100, Evidence = Evidence.Text, Reason = "入冬后独居老人走访更要紧，路也不好走",
                State = ProposalState.Approved, ProposedAt = At(today, -4, 10, 20), ProposedBy = Proposer, DecidedAt = At(today, -3, 15, 5), DecidedBy = Judge,
            },
            new RuleProposal
            {
                Category = "patrol", From = next, Points = 6, ReportsPerDay = 2, PointsPerMonth = 120, Evidence = Evidence.CheckIn, Reason = "年底盗窃高发，鼓励夜里多巡逻一趟",
                State = ProposalState.Waiting, ProposedAt = At(today, -1, 16, 10), ProposedBy = Proposer,
            },
            new RuleProposal
            {
                Category = "digital-help", NameZh = "教老人用手机", NameEn = "Phone help for elders", Icon = "phone", FirstLevel = MemberKind.GridManager, From = next, Points = 4, ReportsPerDay = 2,
                PointsPerMonth = 40, Evidence = Evidence.Text, Reason = "好多老人不会挂号、不会扫码，也容易被骗，教一次记一次",
                State = ProposalState.Waiting, ProposedAt = At(today, -1, 17, 25), ProposedBy = Proposer,
            });
        db.ScoringRules.Add(new ScoringRule { Category = "care", From = next, Points = 10, ReportsPerDay = 2, PointsPerMonth = 100, Evidence = Evidence.Text });
        var known = DemoPeople.All.Select(p => p.Code).ToList();
        var reports = await db.TaskReports
            .Where(r => known.Contains(r.Member.Code) && (r.Outcome == ReportOutcome.Verified || r.Outcome == ReportOutcome.Rejected))
            .OrderByDescending(r => r.FiledAt).Select(r => new { r.MemberId, r.Reference, r.Outcome, r.FiledAt }).ToListAsync(ct);
        foreach (var own in reports.GroupBy(r => r.MemberId))
        {
            foreach (var (r, i) in own.Take(Told).Select((r, i) => (r, i)))
            {
                var at = At(StationTime.Day(r.FiledAt), 1, 9, 10 + (i * 4));
                if (at > now) at = r.FiledAt;
                db.InboxMessages.Add(new InboxMessage
                {
                    MemberId = r.MemberId, Kind = r.Outcome == ReportOutcome.Verified ? InboxKinds.ReportVerified : InboxKinds.ReportRejected, Subject = r.Reference,
                    Href = $"/me/reports?state={r.Outcome}#{r.Reference}", At = at, ReadAt = i < New ? null : Earlier(at.AddHours(3), now),
                });
            }
        }
        await db.SaveChangesAsync(ct);
    }

    private static DateTime At(DateOnly day, int days, int hour, int minute) => StationTime.StartOf(day.AddDays(days)).AddHours(hour).AddMinutes(minute);

    private static DateTime Earlier(DateTime one, DateTime other) => one < other ? one : other;
}

/// <summary>Tells the demo's administrator of the rule change that waits, once: the accounts come after the station.</summary>
public sealed class DemoInbox(MarketWrites writes)
{
    /// <summary>How many messages were written.</summary>
    public Task<int> ExecuteAsync(CancellationToken ct = default) => writes.RunAsync(async (db, token) =>
    {
        if (await db.InboxMessages.AnyAsync(m => m.Kind == InboxKinds.RuleProposed, token)) return 0;
        var administrators = await db.Users.Where(u => db.UserRoles.Any(r => r.UserId == u.Id && db.Roles.Any(x => x.Id == r.RoleId && x.Name == Roles.Administrator)))
            .Select(u => u.Id).ToListAsync(token);
        var waiting = await db.RuleProposals.AsNoTracking().Where(p => p.State == ProposalState.Waiting).ToListAsync(token);
        foreach (var p in waiting)
        {
            foreach (var id in administrators) Inbox.TellAccount(db, id, InboxKinds.RuleProposed, p.Number, $"/desk/rules/{p.Id}", p.ProposedAt);
        }
        await db.SaveChangesAsync(token);
        return waiting.Count * administrators.Count;
    }, ct);
}
