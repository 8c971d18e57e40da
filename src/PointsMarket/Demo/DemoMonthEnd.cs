using Microsoft.EntityFrameworkCore;
using PointsMarket.Areas;
using PointsMarket.Assessments;
using PointsMarket.Data;
using PointsMarket.Effects;
using PointsMarket.Ledger;
using PointsMarket.Meetings;
using PointsMarket.Members;
using PointsMarket.Settings;

namespace PointsMarket.Demo;

/// <summary>
/// The month's end of the demo: evaluations of this month partly given, a published month with an objection that was answered, a
/// weekly meeting with open actions, and the police's figures of this year and the last. Runs inside the demo's own transaction, so
/// it writes what the operations would.
/// </summary>
internal sealed class DemoMonthEnd(MarketDb db, Journal journal, Actor actor, DateTime now)
{
    private const string Publisher = "system:setup", Known = "G0001";

    /// <summary>How many months of figures the police have sent.</summary>
    private const int FigureMonths = 26;

    private static readonly string[] Said = ["上报及时，线索写得清楚。", "调解有办法，就是有时回得慢。", "值班从不迟到。", "对老人很有耐心。", "建议多跑跑西边几户。"];

    private static readonly (string Key, int Base, int Wave, int Trend)[] Figures =
        [("calls", 380, 40, -2), ("criminal", 9, 3, 0), ("public-order", 34, 6, 0), ("theft", 14, 4, 0), ("fraud", 11, 3, 0), ("disputes", 96, 14, -1), ("traffic", 52, 9, 0), ("fires", 4, 2, 0), ("escalated", 1, 1, 0)];

    private readonly DateOnly today = StationTime.Day(now);

    private DateOnly ThisMonth => new(today.Year, today.Month, 1);

    /// <summary>The last month that can be published by now: drafted after the first three days, shown for three more.</summary>
    private DateOnly Published => ThisMonth.AddMonths(today.Day >= 8 ? -1 : -2);

    public async Task RunAsync(CancellationToken ct)
    {
        await RateAsync(ct);
        await PublishAsync(ct);
        await MeetAsync(ct);
        await FiguresAsync(ct);
        db.ChangeTracker.Clear();
    }

    /// <summary>Everybody rated everybody they are asked to for the published month; for this one every other has.</summary>
    private async Task RateAsync(CancellationToken ct)
    {
        var people = await WhoRates.InService(db, today).OrderBy(m => m.Code).Select(m => new { m.Id, m.Kind, m.Area.Path }).ToListAsync(ct);
        var pairs = (
            from rater in people
            from rated in people
            where rater.Id != rated.Id && WhoRates.Of(new Rater(rater.Id, null, rater.Kind, rater.Path), rated.Kind, rated.Path) == Rates.Asked
            select (Rater: rater.Id, Rated: rated.Id)).ToList();
        for (var i = 0; i < pairs.Count; i++)
        {
            db.Evaluations.Add(Of(Published, pairs[i], i));
            if (i % 2 == 0) db.Evaluations.Add(Of(ThisMonth, pairs[i], i + 1));
        }

        await db.SaveChangesAsync(ct);
    }

    private static Evaluation Of(DateOnly month, (int Rater, int Rated) pair, int i) => new()
    {
        Month = month, RaterId = pair.Rater, MemberId = pair.Rated, Words = i % 5 == 0 ? Said[i / 5 % Said.Length] : null,
        Marks = new Marks(Mark(i, 1), Mark(i, 2), Mark(i, 3), Mark(i, 4), Mark(i, 5), Mark(i, 6)),
    };

    /// <summary>Mostly 4 and 5, now and then a 3.</summary>
    private static int Mark(int i, int thing) => (((i * 7) + (thing * 5)) % 9) switch { 0 => 3, < 5 => 5, _ => 4 };

    private async Task PublishAsync(CancellationToken ct)
    {
        var book = await db.LedgerBooks.Select(b => b.Id).SingleAsync(ct);
        var members = (await AssessmentInputs.ReadAsync(db, book, Published, ct)).OrderBy(m => m.MemberId).ToList();
        var codes = await db.Members.ToDictionaryAsync(m => m.Id, m => m.Code, ct);
        var shown = StationTime.StartOf(Published.AddMonths(1).AddDays((int)SettingList.DraftAfterDays.Default)).AddHours(1);
        var assessment = new Assessment { BookId = book, Month = Published, State = AssessmentState.Published, ShownAt = shown, DraftedBy = "system:schedule", PublishedAt = shown.AddDays(3).AddHours(9), PublishedBy = Publisher };
        db.Assessments.Add(assessment);
        await db.SaveChangesAsync(ct);
        var month = StationMonth.Text(Published);
        foreach (var (member, m, result) in members)
        {
            var line = new AssessmentLine
            {
                AssessmentId = assessment.Id, MemberId = member, Target = m.Target, Points = m.Points, Verified = m.Verified, Rejected = m.Rejected, Raters = m.Raters, Marks = m.Marks,
                Score = result.Score, Grade = result.Grade, Bonus = result.Bonus,
            };
            if (result.Bonus > 0)
            {
                var posted = await journal.PostAsync(db, new TransactionRequest
                {
                    BookId = book, Key = $"assessment:{month}:{codes[member]}", Kind = TransactionKinds.AssessmentBonus, Subject = month, HappenedAt = assessment.PublishedAt.Value, Actor = actor,
                    Postings = [new Posting(AccountCode.Issue("assessment"), AccountCode.Member(codes[member]), Asset.Points, result.Bonus)],
                }, ct);
                line.BonusSequence = posted.Outcome == PostOutcome.Posted ? posted.Sequence : throw new InvalidOperationException($"The demo station breaks a rule: {month} {posted}");
            }

            db.AssessmentLines.Add(line);
        }

        db.AssessmentObjections.Add(new AssessmentObjection
        {
            AssessmentId = assessment.Id, MemberId = codes.First(c => c.Value == Known).Key, At = shown.AddHours(30), Text = "15号晚上的巡逻好像没有算进去，请帮我看看。",
            Answer = "查过了：15号那次当天已满两次，按规定不再计分，但仍算一次完成。谢谢您提出来。", AnsweredBy = Publisher, AnsweredAt = shown.AddHours(50),
        });
        await db.SaveChangesAsync(ct);
    }

    private async Task MeetAsync(CancellationToken ct)
    {
        var room = await db.Areas.Where(a => a.Code == DemoPlaces.Room).Select(a => a.Id).SingleAsync(ct);
        var members = await db.Members.Where(m => m.Kind == MemberKind.GridManager || m.Kind == MemberKind.Coordinator || m.Code == Known).ToDictionaryAsync(m => m.Code, m => m.Id, ct);
        var monday = today.AddDays(-(((int)today.DayOfWeek + 6) % 7));
        Meeting Held(DateOnly day, string title, string notes) => new() { AreaId = room, HeldOn = day, Title = title, Notes = notes, WrittenBy = Publisher, WrittenAt = StationTime.StartOf(day).AddHours(17) };
        var last = Held(monday.AddDays(-7), "周例会：冬季防火防盗", "一、上周各村巡逻都到岗，吴场、兴东夜间照明有两处不亮。\n二、反诈宣传覆盖到每个网格，下周起进集市。\n三、护学岗周一、周五照常，雨天提前十分钟到。");
        var current = Held(monday, "周例会：集市和护学岗", "一、集市日加一组固定值守，七点到九点。\n二、上周交办的路灯已报修，跟进到修好为止。\n三、本月评议请在月底前评完。");
        Give(last, 1, "联系供电所，把吴场村口两盏路灯修好", members["M0001"], monday.AddDays(-2), null);
        Give(last, 2, "把反诈宣传单分到每个网格", members["K0001"], monday.AddDays(-3), "已分到65个网格，剩余放在警务室。");
        Give(current, 1, "排出集市日固定值守的班次", members["K0002"], monday.AddDays(9), null);
        Give(current, 2, "把护学岗雨具领回来，放在校门口值班室", members[Known], monday.AddDays(8), null);
        db.Meetings.AddRange(last, current);
        await db.SaveChangesAsync(ct);
    }

    private static void Give(Meeting meeting, int number, string what, int member, DateOnly due, string? result)
    {
        var done = result is null ? (DateTime?)null : StationTime.StartOf(due).AddHours(-8);
        meeting.Actions.Add(new MeetingAction { Number = number, What = what, OwnerMemberId = member, DueDay = due, Result = result, DoneAt = done, DoneBy = done is null ? null : Publisher });
    }

    private async Task FiguresAsync(CancellationToken ct)
    {
        var station = await db.Areas.Where(a => a.Code == DemoPlaces.Station).Select(a => a.Id).SingleAsync(ct);
        for (var back = 1; back <= FigureMonths; back++)
        {
            var month = ThisMonth.AddMonths(-back);
            foreach (var ((key, size, wave, trend), i) in Figures.Select((f, i) => (f, i)))
            {
                var value = size + (((month.Month * 5) + (month.Year * 3) + (i * 7)) % ((2 * wave) + 1)) - wave - (trend * back);
                db.PoliceFigures.Add(new PoliceFigure { Month = month, AreaId = station, Key = key, Value = Math.Max(0, value), ImportedAt = now, ImportedBy = Publisher });
            }
        }

        await db.SaveChangesAsync(ct);
    }
}
