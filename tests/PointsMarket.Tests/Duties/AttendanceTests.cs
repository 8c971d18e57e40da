using Microsoft.EntityFrameworkCore;
using PointsMarket.Data;
using PointsMarket.Duties;
using PointsMarket.Ledger;
using PointsMarket.Members;
using PointsMarket.Tasks;
using PointsMarket.Tests.Kit;

namespace PointsMarket.Tests.Duties;

/// <summary>Checking in, and what it brings.</summary>
public sealed class AttendanceTests
{
    private static readonly DateOnly Day = new(2026, 10, 5);

    public static TheoryData<DatabaseProvider> Databases => TestDatabase.All;

    [Fact]
    public async Task CheckIn_AroundTheShift_IsTakenFromTwentyMinutesBeforeToTheEnd()
    {
        var roster = await DutyRoster.OpenAsync();
        await using var market = roster.Market;
        var id = await roster.ShiftAsync(roster.Input(4));
        foreach (var member in roster.Volunteers.Take(4)) await roster.AskAsync(id, member);
        var shift = await roster.DrawnAsync(id);

        market.Clock.Set(shift.StartsAt.AddMinutes(-20).AddSeconds(-1));
        Assert.Equal(new CheckIn.Refused(CheckInProblem.TooEarly), await roster.CheckInAsync(id, roster.Volunteers[0]));
        market.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(new CheckIn.In(shift.StartsAt.AddMinutes(-20), false, false), await roster.CheckInAsync(id, roster.Volunteers[0]));
        Assert.Equal(new CheckIn.In(shift.StartsAt.AddMinutes(-20), false, true), await roster.CheckInAsync(id, roster.Volunteers[0], "wrong")); // already there
        market.Clock.Set(shift.StartsAt.AddMinutes(6));
        Assert.True(Assert.IsType<CheckIn.In>(await roster.CheckInAsync(id, roster.Volunteers[1])).Late);
        market.Clock.Set(shift.EndsAt);
        Assert.IsType<CheckIn.In>(await roster.CheckInAsync(id, roster.Volunteers[2]));
        market.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(new CheckIn.Refused(CheckInProblem.Over), await roster.CheckInAsync(id, roster.Volunteers[3]));
        Assert.Equal(new CheckIn.Refused(CheckInProblem.NotInCrew), await roster.CheckInAsync(id, roster.Volunteers[9]));
    }

    [Fact]
    public async Task CheckIn_WithACodeThatIsOldForgedOrOfAnotherShift_IsRefusedAndTriesEnd()
    {
        var roster = await DutyRoster.OpenAsync();
        await using var market = roster.Market;
        var (id, other) = (await roster.ShiftAsync(), await roster.ShiftAsync());
        var who = roster.Volunteers[0];
        await roster.AskAsync(id, who);
        var shift = await roster.DrawnAsync(id);
        market.Clock.Set(shift.StartsAt);
        var (code, until) = ShiftCode.At(shift.CodeKey, id, roster.Now);
        Assert.Equal(roster.Now.AddSeconds(30), until);
        Assert.True(ShiftCode.IsGood(shift.CodeKey, id, code, roster.Now.AddSeconds(89)));
        market.Clock.Advance(TimeSpan.FromSeconds(90));

        foreach (var bad in (string[])[code, await roster.CodeAsync(other), "", "１２３４５６"])
            Assert.Equal(new CheckIn.Refused(CheckInProblem.WrongCode), await roster.CheckInAsync(id, who, bad));
        Assert.Equal(new CheckIn.Refused(CheckInProblem.TooManyTries), await roster.CheckInAsync(id, who, "000000"));
        Assert.Equal(new CheckIn.Refused(CheckInProblem.TooManyTries), await roster.CheckInAsync(id, who)); // also with the right one
        Assert.Equal(TickCrew.Outcome.Ticked, await TickAsync(roster, id, who, null, who)); // the leader's own tick
        Assert.Equal(CheckInWay.Leader, (await roster.ReadAsync(id)).SignUps.Single().Way);
    }

    [SkippableTheory, MemberData(nameof(Databases))]
    public async Task CheckIn_TwiceAtTheSameMoment_IsOne(DatabaseProvider provider)
    {
        var roster = await DutyRoster.OpenAsync(provider);
        await using var market = roster.Market;
        var id = await roster.ShiftAsync();
        await roster.AskAsync(id, roster.Volunteers[0]);
        market.Clock.Set((await roster.DrawnAsync(id)).StartsAt);
        var code = await roster.CodeAsync(id);

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(() => roster.CheckInAsync(id, roster.Volunteers[0], code))));

        Assert.Single(outcomes, o => o is CheckIn.In { Before: false });
        Assert.Equal(15, outcomes.Count(o => o is CheckIn.In { Before: true }));
    }

    [Fact]
    public async Task Tick_ByTheLeader_TakesBackTicksButNoCodes()
    {
        var roster = await DutyRoster.OpenAsync();
        await using var market = roster.Market;
        var id = await roster.ShiftAsync(roster.Input(3));
        foreach (var member in roster.Volunteers.Take(3)) await roster.AskAsync(id, member);
        var shift = await roster.DrawnAsync(id);
        var leader = shift.LeaderId!.Value;
        var (one, two) = (roster.Volunteers.Take(3).First(v => v != leader), roster.Volunteers.Take(3).Last(v => v != leader));

        Assert.Equal(TickCrew.Outcome.TooEarly, await TickAsync(roster, id, leader, null, one));
        market.Clock.Set(shift.StartsAt);
        Assert.Equal(TickCrew.Outcome.NotFound, await TickAsync(roster, id, one, null, one)); // not the leader
        Assert.Equal(TickCrew.Outcome.NotFound, await TickAsync(roster, id, null, DutyRoster.OtherVillage, one));
        await roster.CheckInAsync(id, one);
        Assert.Equal(TickCrew.Outcome.Ticked, await TickAsync(roster, id, leader, null, two, roster.Volunteers[9]));
        Assert.Equal(2, (await roster.ReadAsync(id)).SignUps.Count(u => u.CheckedInAt != null));
        Assert.Equal(TickCrew.Outcome.Ticked, await TickAsync(roster, id, leader, null));
        Assert.Equal(one, (await roster.ReadAsync(id)).SignUps.Single(u => u.CheckedInAt != null).MemberId);
        Assert.Equal(TickCrew.Outcome.Ticked, await TickAsync(roster, id, null, DutyRoster.Village));
        Assert.DoesNotContain((await roster.ReadAsync(id)).SignUps, u => u.CheckedInAt != null);
    }

    [SkippableTheory, MemberData(nameof(Databases))]
    public async Task Confirm_ByManyAtTheSameMoment_GivesEachAttendeeTheirPointsOnce(DatabaseProvider provider)
    {
        var roster = await DutyRoster.OpenAsync(provider);
        await using var market = roster.Market;
        var (one, two, away) = (roster.Volunteers[0], roster.Volunteers[1], roster.Volunteers[2]);
        var id = await roster.ShiftAsync(roster.Input(3), Day);
        foreach (var member in (int[])[one, two, away]) await roster.AskAsync(id, member);
        var shift = await roster.DrawnAsync(id);
        market.Clock.Set(shift.StartsAt);
        await roster.CheckInAsync(id, one);
        await roster.CheckInAsync(id, two);
        Assert.Equal(new ConfirmAttendance.Refused(AttendanceProblem.NotOver), await roster.ConfirmAsync(id));
        market.Clock.Set(shift.EndsAt);

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(() => roster.ConfirmAsync(id, 10 + i))));

        Assert.Single(outcomes, new ConfirmAttendance.Confirmed(2, 1, 10, 0));
        Assert.Equal(7, outcomes.Count(o => o == new ConfirmAttendance.Refused(AttendanceProblem.Before)));
        Assert.Equal((5L, 5L, 0L), (await roster.PointsAsync("P0001"), await roster.PointsAsync("P0002"), await roster.PointsAsync("P0003")));
        var report = await market.ReadAsync(db => db.TaskReports.Include(r => r.Events).SingleAsync(r => r.MemberId == one));
        Assert.Equal(("patrol", ReportOutcome.Verified, 5, $"shift:{id}", Day, shift.StartsAt), (report.Category, report.Outcome, report.Points, report.ClientKey, report.HappenedDay, report.HappenedAt));
        Assert.Equal($"村口到河堤 2026-10-05 19:00–21:00 (S{id}) ✓ 19:00", report.Text);
        Assert.Equal([ReportChange.Filed, ReportChange.Verified], report.Events.OrderBy(e => e.Id).Select(e => e.Change));
        Assert.Equal([true, true, false], (await roster.ReadAsync(id)).SignUps.OrderBy(u => u.MemberId).Select(u => u.Attended!.Value));
        Assert.True(Assert.Single(await market.ReadAsync(db => market.Get<LedgerVerifier>().VerifyAsync(db, null, default))).IsClean);
    }

    [Fact]
    public async Task Confirm_OwnShiftOrOwnTicksOrOtherArea_IsRefused()
    {
        var roster = await DutyRoster.OpenAsync();
        await using var market = roster.Market;
        var id = await roster.HeldAsync(roster.Input(2), Day, roster.Volunteers[0], roster.Volunteers[1]);

        Assert.Equal(new ConfirmAttendance.Refused(AttendanceProblem.Own), await roster.ConfirmAsync(id, member: roster.Volunteers[1]));
        Assert.Equal(new ConfirmAttendance.Refused(AttendanceProblem.NotFound), await roster.ConfirmAsync(id, area: DutyRoster.OtherVillage));
        await TickAsync(roster, id, null, DutyRoster.Village); // user 7 strikes both off, and ticks them again
        await TickAsync(roster, id, null, DutyRoster.Village, roster.Volunteers[0], roster.Volunteers[1]);
        Assert.Equal(new ConfirmAttendance.Refused(AttendanceProblem.OwnTick), await roster.ConfirmAsync(id, user: 7));
        Assert.Equal(0, await market.ReadAsync(db => db.TaskReports.CountAsync()));
        Assert.IsType<ConfirmAttendance.Confirmed>(await roster.ConfirmAsync(id, user: 8));
        Assert.Equal(ReportChange.FiledFor, await market.ReadAsync(db => db.ReportEvents.OrderBy(e => e.Id).Select(e => e.Change).FirstAsync()));
        Assert.Equal(TickCrew.Outcome.TooLate, await TickAsync(roster, id, null, DutyRoster.Village));
    }

    [Fact]
    public async Task Confirm_MoreThanTheDayAllows_KeepsTheCapsAndAReversalTakesItBack()
    {
        var roster = await DutyRoster.OpenAsync();
        await using var market = roster.Market;
        var who = roster.Volunteers[0];
        var points = new List<long>();
        foreach (var hour in (int[])[7, 9, 11]) // two patrols a day earn points
        {
            market.Clock.Set(new DateTimeOffset(2026, 10, 1, 12, 0, 0, TimeSpan.FromHours(8)));
            var id = await roster.HeldAsync(roster.Input() with { StartsAt = new(hour, 0), EndsAt = new(hour + 1, 0) }, Day, who);
            points.Add(Assert.IsType<ConfirmAttendance.Confirmed>(await roster.ConfirmAsync(id)).Points);
        }
        Assert.Equal([5, 5, 0], points);

        var report = await market.ReadAsync(db => db.TaskReports.OrderBy(r => r.Id).FirstAsync());
        var reversed = await market.Get<ReverseReport>().ExecuteAsync(new Judgement { ReportIds = [report.Id], Actor = Actor.User(3), ActorMemberId = null, AreaPath = "STA/" }, "那天没有来");
        Assert.IsType<ReverseReport.Reversed>(reversed);
        Assert.Equal(5, await roster.PointsAsync("P0001"));
    }

    [Fact]
    public async Task Confirm_WhereTheMemberFiledUnderTheShiftsKeyBefore_PaysTheShiftOnly()
    {
        var roster = await DutyRoster.OpenAsync();
        await using var market = roster.Market;
        var id = await roster.HeldAsync(roster.Input(), Day, roster.Volunteers[0]);
        Assert.IsType<FileReport.Filed>(await market.Get<FileReport>().ExecuteAsync(new FileReport.Input
        {
            MemberId = roster.Volunteers[0], ClientKey = $"shift:{id}", Category = "capture", HappenedAt = roster.Now, AreaId = roster.VillageId, Text = "我抓到了人", Actor = Actor.User(101),
        }));

        Assert.Equal(new ConfirmAttendance.Confirmed(1, 0, 5, 0), await roster.ConfirmAsync(id));
        Assert.Equal(ReportOutcome.Pending, await market.ReadAsync(db => db.TaskReports.Where(r => r.Category == "capture").Select(r => r.Outcome).SingleAsync()));
    }

    [Fact]
    public async Task Confirm_PastMidnightAtTheMonthsEnd_CountsOnTheDayItBegan()
    {
        var roster = await DutyRoster.OpenAsync();
        await using var market = roster.Market;
        market.Clock.Set(new DateTimeOffset(2026, 12, 25, 12, 0, 0, TimeSpan.FromHours(8)));
        var id = await roster.HeldAsync(roster.Input() with { StartsAt = new(22, 30), EndsAt = new(0, 30) }, new(2026, 12, 31), roster.Volunteers[0]);

        Assert.IsType<ConfirmAttendance.Confirmed>(await roster.ConfirmAsync(id));

        Assert.Equal(new DateOnly(2026, 12, 31), await market.ReadAsync(db => db.TaskReports.Select(r => r.HappenedDay).SingleAsync()));
    }

    [Fact]
    public async Task Confirm_WithSomebodyWhoLeftTheService_PaysTheOthers()
    {
        var roster = await DutyRoster.OpenAsync();
        await using var market = roster.Market;
        var id = await roster.HeldAsync(roster.Input(2), Day, roster.Volunteers[0], roster.Volunteers[1]);
        await market.Writes.RunAsync(db => db.Members.Where(m => m.Code == "P0001").ExecuteUpdateAsync(s => s.SetProperty(m => m.Left, Day)));

        Assert.Equal(new ConfirmAttendance.Confirmed(2, 0, 5, 1), await roster.ConfirmAsync(id));
    }

    private static Task<TickCrew.Outcome> TickAsync(DutyRoster roster, int shift, int? leader, string? area, params int[] present) =>
        roster.Market.Get<TickCrew>().ExecuteAsync(new() { ShiftId = shift, Present = present, Actor = Actor.User(7), LeaderId = leader, AreaPath = area });
}
