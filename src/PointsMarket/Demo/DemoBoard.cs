using Microsoft.EntityFrameworkCore;
using PointsMarket.Areas;
using PointsMarket.Cases;
using PointsMarket.Data;
using PointsMarket.Ledger;
using PointsMarket.Members;

namespace PointsMarket.Demo;

/// <summary>
/// What makes the imported cases a living board: their histories, more on the board, a line, a team that waits for an answer, more
/// time asked for, a hand-over, a draft, a withdrawn one, revisits. Runs inside the demo's own transaction, so it writes what the
/// operations would; nothing of it moves points.
/// </summary>
internal sealed class DemoBoard(MarketDb db, Actor actor, DateTime now)
{
    private static readonly (string Number, string Kind, string Area, int Reward, int Days, CaseState State, string Title, string Wanted, string Sealed)[] More =
    [
        ("A0101", CaseKinds.Lead, "V1G03", 120, 15, CaseState.Open, "找到夜间在机耕路倾倒垃圾的车", "说清车从哪来、几点来，能让警务室当面制止。", "有人看到是一辆蓝色轻卡，一般在夜里十一点以后。"),
        ("A0102", CaseKinds.Dispute, "V3G05", 80, 20, CaseState.Open, "两户因共用井的水费多年不和", "双方谈成一个分摊办法，写下来签字。", "一户在井东，一户在井南；上次调解是前年秋天。"),
        ("A0103", CaseKinds.Hazard, "V4G02", 60, 10, CaseState.Open, "活动室后面的老墙向外倾斜", "联系产权人修好或拆除，修好前拉起警戒。", "钥匙在村会计处。"),
        ("A0104", CaseKinds.Lead, "V2G08", 260, 30, CaseState.Open, "辨认多次丢弃病死家禽的人", "找到来源，今后不再发生。", "沟渠第二个闸口附近，多在周一清晨。"),
        ("A0105", CaseKinds.Dispute, "V5G01", 75, 15, CaseState.Claimed, "宅基排水沟改道引起的争执", "量清界线，商定改道和费用。", "当事两户都愿意再谈一次，约在周末。"),
        ("A0106", CaseKinds.Other, "V1G01", 40, 10, CaseState.Draft, "整理废弃鱼塘边的危险堆物", "清走堆物，竖起提示牌。", ""),
        ("A0107", CaseKinds.Hazard, "V3G02", 50, 10, CaseState.Withdrawn, "断头路口缺少反光标志", "装上反光标志。", ""),
    ];

    private readonly List<CaseEvent> lines = [];

    public async Task RunAsync(CancellationToken ct)
    {
        var areas = await db.Areas.ToDictionaryAsync(a => a.Code, a => a.Id, ct);
        var cases = await db.Cases.Include(c => c.Claimants).OrderBy(c => c.Number).ToListAsync(ct);
        var claims = await db.Claims.Include(c => c.Members).ToDictionaryAsync(c => c.CaseId, ct);
        foreach (var c in cases) Tell(c, claims.GetValueOrDefault(c.Id));
        Revisit(cases);
        var held = cases.Where(c => c.State == CaseState.Claimed).Select(c => claims[c.Id]).ToList();
        AskForTime(held[0]);
        var made = More.Select(m => Of(m, areas)).ToList();
        db.Cases.AddRange(made);
        await db.SaveChangesAsync(ct);
        foreach (var c in made) Tell(c, null);
        db.AddRange(More.Zip(made).Where(m => m.First.Sealed.Length > 0).Select(m => new SealedDetails { CaseId = m.Second.Id, Text = m.First.Sealed }));
        await LineAsync(made, held[1], ct);
        db.CaseEvents.AddRange(lines.OrderBy(l => l.At));
        await db.SaveChangesAsync(ct);
        db.ChangeTracker.Clear();
    }

    /// <summary>A morning or afternoon so many days ago.</summary>
    private DateTime At(int daysAgo, int hour) => StationTime.StartOf(StationTime.Day(now).AddDays(-daysAgo)).AddHours(hour).AddMinutes(20);

    private Case Of((string Number, string Kind, string Area, int Reward, int Days, CaseState State, string Title, string Wanted, string Sealed) m, Dictionary<string, int> areas) => new()
    {
        Number = m.Number, Kind = m.Kind, AreaId = areas[m.Area], Reward = m.Reward, Days = m.Days, State = m.State, Title = m.Title, Wanted = m.Wanted, PostedBy = actor.Code,
        OpenedAt = At(m.Number[^1] - '0', 9), ClaimBy = m.State == CaseState.Open ? StationTime.Day(now).AddDays(4 + (m.Number[^1] - '0') * 3) : null, ApprovedAt = m.State == CaseState.Claimed ? At(2, 15) : null,
    };

    /// <summary>The history that the dates of a case tell.</summary>
    private void Tell(Case c, Claim? claim)
    {
        Line(c, c.State == CaseState.Draft ? CaseChange.Drafted : CaseChange.Published, c.OpenedAt);
        if (c.State == CaseState.Withdrawn) Line(c, CaseChange.Withdrawn, c.OpenedAt.AddDays(2), words: "公路站已经列入计划，不用再认领");
        if (claim is null) return;
        Line(c, CaseChange.Asked, claim.AskedAt.AddHours(-1), claim, claim.Members[0].MemberId);
        if (claim.ApprovedAt is { } approved) Line(c, CaseChange.Approved, approved, claim);
        if (claim.ApprovedAt is not null && claim.SubmittedAt is { } before) Line(c, CaseChange.Noted, before.AddHours(-20), claim, claim.Members[0].MemberId, "走访了附近几户，问清了前后经过");
        if (claim.SubmittedAt is { } submitted) Line(c, CaseChange.Submitted, submitted, claim, claim.Members[0].MemberId, "已经办好，请来看看");
        if (claim.EndedAt is { } closed) Line(c, CaseChange.Closed, closed, claim, points: claim.Reward);
    }

    private void Line(Case c, CaseChange change, DateTime at, Claim? claim = null, int? member = null, string? words = null, int points = 0) =>
        lines.Add(new CaseEvent { CaseId = c.Id, Claim = claim, At = at, Actor = actor.Code, MemberId = member, Change = change, Words = words, Points = points });

    /// <summary>Thirty days after closing somebody went to see; the newest of them are still to be visited.</summary>
    private void Revisit(List<Case> cases)
    {
        var due = cases.Where(c => c.ClosedAt < now.AddDays(-30)).OrderBy(c => c.ClosedAt).ToList();
        foreach (var (c, i) in due.Select((c, i) => (c, i)))
        {
            c.RevisitAskedAt = c.ClosedAt!.Value.AddDays(30);
            Line(c, CaseChange.RevisitAsked, c.RevisitAskedAt.Value);
            if (i >= due.Count - 2) continue;
            (c.RevisitedAt, c.Satisfied) = (c.RevisitAskedAt.Value.AddHours(20) < now ? c.RevisitAskedAt.Value.AddHours(20) : now, i != 1);
            Line(c, i == 1 ? CaseChange.FoundUnwell : CaseChange.FoundWell, c.RevisitedAt.Value, words: i == 1 ? "又有反复，需要再看" : null);
        }
    }

    private void AskForTime(Claim claim)
    {
        (claim.Extension, claim.MoreDays, claim.MoreReason) = (Extension.Asked, 5, "等测绘结果，要多几天");
        lines.Add(new CaseEvent { CaseId = claim.CaseId, Claim = claim, At = At(1, 8), Actor = actor.Code, MemberId = claim.Members[0].MemberId, Change = CaseChange.ExtensionAsked, Words = claim.MoreReason });
    }

    /// <summary>
    /// The one whose account the demo offers holds a case, is asked to join a team and to take another over; on the first of the board
    /// two stand in line.
    /// </summary>
    private async Task LineAsync(List<Case> made, Claim handed, CancellationToken ct)
    {
        var people = await db.Members.Where(m => m.Left == null && m.Kind != MemberKind.Informant).OrderBy(m => m.Number).Select(m => new { m.Id, m.Kind, m.Code }).ToListAsync(ct);
        var (me, others) = (people[0].Id, people.Where(p => p.Kind is MemberKind.GridManager or MemberKind.GridMember && DemoPeople.All.All(d => d.Code != p.Code)).Select(p => p.Id).ToList());
        var mine = Ask(made[4], ClaimState.Held, 3, "周末上门，请村里懂测量的老人一起", (me, 70, true), (others[5], 30, true));
        (mine.ApprovedAt, mine.ApprovedBy, mine.DueAt) = (made[4].ApprovedAt, actor.Code, made[4].ApprovedAt!.Value.AddDays(made[4].Days));
        made[4].Claimants.AddRange(mine.Members.Select(m => new ClaimShare { Position = m.Position, MemberId = m.MemberId, Share = m.Share }));
        Line(made[4], CaseChange.Approved, made[4].ApprovedAt!.Value, mine);
        Line(made[4], CaseChange.Noted, At(1, 16), mine, me, "两户都走访过了，约好周六上午现场丈量");
        Ask(made[0], ClaimState.Asked, 1, "我家就在机耕路边，晚上方便看", (others[0], 100, true));
        Ask(made[0], ClaimState.Waiting, 1, "", (others[1], 100, true));
        Ask(made[1], ClaimState.Asked, 1, "两家我都熟，想和您一起去谈", (others[2], 60, true), (me, 40, false));
        db.Add(new HandOver { ClaimId = handed.Id, FromId = handed.Members[0].MemberId, ToId = me, OfferedAt = At(1, 9), OfferedBy = actor.Code });
        lines.Add(new CaseEvent { CaseId = handed.CaseId, Claim = handed, At = At(1, 9), Actor = actor.Code, MemberId = handed.Members[0].MemberId, Change = CaseChange.HandOverOffered });
    }

    private Claim Ask(Case c, ClaimState state, int daysAgo, string plan, params (int Member, int Share, bool Agreed)[] members)
    {
        var claim = new Claim { CaseId = c.Id, Round = 1, State = state, Plan = plan, AskedAt = At(daysAgo, 11), AskedBy = actor.Code };
        claim.Members.AddRange(members.Select((m, i) => new ClaimMember { Position = i, MemberId = m.Member, Share = m.Share, AgreedAt = m.Agreed ? claim.AskedAt : null, AgreedBy = m.Agreed ? actor.Code : null }));
        db.Claims.Add(claim);
        Line(c, CaseChange.Asked, claim.AskedAt, claim, members[0].Member, plan.Length > 0 ? plan : null);
        return claim;
    }
}
