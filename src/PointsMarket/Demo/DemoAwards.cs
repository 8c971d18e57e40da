using System.Globalization;
using Microsoft.EntityFrameworkCore;
using PointsMarket.Areas;
using PointsMarket.Awards;
using PointsMarket.Data;
using PointsMarket.Funding;
using PointsMarket.Members;
using PointsMarket.Notices;

namespace PointsMarket.Demo;

/// <summary>
/// The demo's awards: last year's thirty with their certificates, one of them revoked; this year's activists on public notice with an
/// objection that waits; thanks to two firms; a guest whose name has a rare character; a draft to try. Written as the operations
/// write them, inside the demo's own transaction.
/// </summary>
internal sealed class DemoAwards(MarketDb db, DateTime now)
{
    private const string One = "system:demo", Two = "system:setup";

    private readonly DateOnly today = StationTime.Day(now);
    private readonly Dictionary<int, int> serials = [];
    private int station, book;

    public async Task RunAsync(CancellationToken ct)
    {
        (station, book) = await db.Areas.Where(a => a.Kind == AreaKind.Station).Select(a => new ValueTuple<int, int>(a.Id, a.BookId)).SingleAsync(ct);
        // Whoever a visitor signs in as stands first.
        var people = await db.Members.Where(m => m.Left == null && AwardRule.Measured.Contains(m.Kind)).OrderBy(m => m.Number).Select(m => new { m.Id, m.Code, m.Kind }).ToListAsync(ct);
        var measured = people.Where(p => p.Kind != MemberKind.Informant).ToList();
        var informant = people.First(p => p.Kind == MemberKind.Informant).Id;
        var year = today.Year;
        var thirty = Begun(AwardKind.ModelAide, year - 1, $"{year - 1}年度三十佳辅警标兵", 30, $"您在{year - 1}年度群防群治工作中成绩突出，经考核评选和公示，被评为“三十佳辅警标兵”。特发此证，以资鼓励。");
        (thirty.AmountFen, thirty.MonthlyFen, thirty.Fund) = (1_000_00, 100_00, (await db.Funds.Where(f => f.Active).OrderBy(f => f.Code).ToListAsync(ct)).Find(f => f.Purposes.HasFlag(FundPurpose.Awards))?.Code);
        Rank(thirty, [measured[0].Id, informant, .. measured.Skip(5).Take(43).Select(m => m.Id)], 30, 11);
        await DecideAsync(thirty, 41, ct);
        var gone = await IssueAsync(thirty, 40, ct);
        Revoke(thirty, gone[6]);

        var active = Begun(AwardKind.Activist, year, $"{year}年度平安志愿积极分子", 10, $"您在{year}年度平安志愿服务中表现积极，经考核评选和公示，被评为“积极分子”。特发此证，以资鼓励。");
        (active.AmountFen, active.Fund) = (1_000_00, thirty.Fund);
        Rank(active, [.. measured.Where(m => m.Kind == MemberKind.Volunteer).Skip(2).Take(24).Select(m => m.Id)], 10, 9);
        await NoticeAsync(active, measured[0].Id, ct);

        await ByHandAsync(AwardKind.SponsorThanks, year, $"{year}年度爱心企业", $"贵单位在{year}年度热心公益，为积分超市捐赠物资，让乡亲们的善行有了回报。谨致谢忱。",
            await db.Sponsors.OrderBy(s => s.Code).Take(2).Select(s => new AwardNominee { SponsorId = s.Id }).ToListAsync(ct), ct);
        await ByHandAsync(AwardKind.Lecturer, year, $"{year}年度平安讲师", $"兹聘请您为{year}年度平安讲师，为村民讲授反诈防骗、消防和交通安全知识。此聘。",
            [new AwardNominee { Name = "欧阳玥喆" }, new AwardNominee { MemberId = measured[0].Id }], ct);
        var draft = Begun(AwardKind.Team, year, $"{year}年度先进集体", 5, $"你们在{year}年度平安建设工作中团结协作、成绩突出，被评为先进集体。特发此证，以资鼓励。");
        draft.Nominees.AddRange([new AwardNominee { Name = "吴场村红袖标巡逻队", Place = 1 }, new AwardNominee { Name = "兴谷联勤队", Place = 2 }]);
        await db.SaveChangesAsync(ct);
        Tell(draft, 3, One, AwardChange.Begun);
        await db.SaveChangesAsync(ct);
        db.ChangeTracker.Clear();
    }

    private DateTime At(int daysAgo, int minutes = 0) => StationTime.StartOf(today.AddDays(-daysAgo)).AddHours(9).AddMinutes(20 + minutes) is var at && at < now ? at : now;

    private AwardCycle Begun(AwardKind kind, int year, string title, int quota, string words)
    {
        var cycle = new AwardCycle
        {
            BookId = book, Kind = kind, Year = year, Title = title, Quota = quota, AreaId = station, LeastMonths = AwardRule.For(kind).Ranked ? 6 : 1, Words = words,
            Kinds = AwardRule.For(kind).Ranked ? string.Join(',', AwardRule.Measured.Order()) : "",
        };
        db.AwardCycles.Add(cycle);
        return cycle;
    }

    /// <summary>Candidates with scores that fall a little from place to place.</summary>
    private static void Rank(AwardCycle cycle, IReadOnlyList<int> members, int named, int months) => cycle.Nominees.AddRange(members.Select((m, i) => new AwardNominee
    {
        MemberId = m, Place = i + 1, Months = months, ScoreSum = months * (9_850L - (i * 57)), Points = 640 - (i * 9), Named = i < named,
    }));

    private async Task DecideAsync(AwardCycle cycle, int daysAgo, CancellationToken ct)
    {
        var ranked = AwardRule.For(cycle.Kind).Ranked;
        (cycle.State, cycle.FixedBy, cycle.ConfirmedBy, cycle.DecidedBy, cycle.DecidedAt) = (AwardState.Decided, One, Two, Two, At(daysAgo));
        if (ranked) (cycle.RankedAt, cycle.NoticeFrom, cycle.NoticeTo) = (At(daysAgo + 10), today.AddDays(-daysAgo - 8), today.AddDays(-daysAgo - 1));
        foreach (var n in cycle.Nominees.Where(n => n.Named && n.MemberId is not null)) n.OwedFen = cycle.AmountFen;
        await db.SaveChangesAsync(ct);
        var count = cycle.Nominees.Count(n => n.Named).ToString(CultureInfo.InvariantCulture);
        Tell(cycle, daysAgo + 11, One, AwardChange.Begun);
        if (ranked) Tell(cycle, daysAgo + 10, One, AwardChange.Ranked, cycle.Nominees.Count.ToString(CultureInfo.InvariantCulture));
        Tell(cycle, daysAgo + 9, One, AwardChange.Fixed, count);
        Tell(cycle, daysAgo + 8, Two, AwardChange.Confirmed);
        Tell(cycle, daysAgo, Two, AwardChange.Decided, count);
    }

    private async Task<List<Certificate>> IssueAsync(AwardCycle cycle, int daysAgo, CancellationToken ct)
    {
        var (at, day) = (At(daysAgo), today.AddDays(-daysAgo));
        var certificates = cycle.Nominees.Where(n => n.Named).OrderBy(n => n.Place).Select(n => new Certificate
        {
            BookId = book, Year = day.Year, Serial = serials[day.Year] = serials.GetValueOrDefault(day.Year) + 1, Code = CertificateCodes.New(), Kind = cycle.Kind, CycleId = cycle.Id, NomineeId = n.Id,
            MemberId = n.MemberId, SponsorId = n.SponsorId, Name = n.Name, Title = cycle.Title, Words = cycle.Words, IssuedOn = day, IssuedAt = at, IssuedBy = One,
        }).ToList();
        db.Certificates.AddRange(certificates);
        (cycle.State, cycle.IssuedBy) = (AwardState.Issued, One);
        Tell(cycle, daysAgo, One, AwardChange.Issued, certificates.Count.ToString(CultureInfo.InvariantCulture));
        await db.SaveChangesAsync(ct);
        db.CertificatePrints.AddRange(certificates.Take(3).Select(c => new CertificatePrint { CertificateId = c.Id, At = at.AddHours(1) < now ? at.AddHours(1) : now, By = One }));
        Inbox.TellMembers(db, InboxKinds.CertificateIssued, at, certificates.Where(c => c.MemberId is not null).Select(c => (c.MemberId!.Value, c.Number, "/me/certificates")));
        return certificates;
    }

    private void Revoke(AwardCycle cycle, Certificate certificate)
    {
        const string Why = "年底核查发现有两个月的巡逻记录不实，取消称号";
        (certificate.RevokedAt, certificate.RevokedBy, certificate.RevokedFor) = (At(12), Two, Why);
        cycle.Nominees.Single(n => n.Id == certificate.NomineeId).OwedFen = 0;
        Tell(cycle, 12, Two, AwardChange.Revoked, $"{certificate.Number}: {Why}");
    }

    private async Task NoticeAsync(AwardCycle cycle, int objector, CancellationToken ct)
    {
        (cycle.State, cycle.RankedAt, cycle.FixedBy, cycle.ConfirmedBy, cycle.NoticeFrom, cycle.NoticeTo) = (AwardState.Noticed, At(4), One, Two, today.AddDays(-2), today.AddDays(5));
        await db.SaveChangesAsync(ct);
        Tell(cycle, 5, One, AwardChange.Begun);
        Tell(cycle, 4, One, AwardChange.Ranked, cycle.Nominees.Count.ToString(CultureInfo.InvariantCulture));
        Tell(cycle, 3, One, AwardChange.Fixed, cycle.Quota.ToString(CultureInfo.InvariantCulture));
        Tell(cycle, 2, Two, AwardChange.Confirmed);
        db.AwardObjections.Add(new AwardObjection { CycleId = cycle.Id, MemberId = objector, NomineeId = cycle.Nominees[3].Id, At = At(1), Text = "这位志愿者下半年搬到镇上去了，后几个月没怎么参加巡逻，请核实一下。" });
        Tell(cycle, 1, "system:notice", AwardChange.Objected);
        Inbox.TellMembers(db, InboxKinds.AwardNoticed, At(2), cycle.Nominees.Where(n => n.Named).Select(n => (n.MemberId!.Value, cycle.Title, "/me/awards")));
    }

    private async Task ByHandAsync(AwardKind kind, int year, string title, string words, List<AwardNominee> who, CancellationToken ct)
    {
        var cycle = Begun(kind, year, title, Math.Max(2, who.Count), words);
        for (var i = 0; i < who.Count; i++) (who[i].Place, who[i].Named) = (i + 1, true);
        cycle.Nominees.AddRange(who);
        await DecideAsync(cycle, 20, ct);
        await IssueAsync(cycle, 19, ct);
    }

    private void Tell(AwardCycle cycle, int daysAgo, string actor, AwardChange change, string? detail = null) =>
        db.AwardEvents.Add(new AwardEvent { CycleId = cycle.Id, At = At(daysAgo, (int)change), Actor = actor, Change = change, Detail = detail });
}
