using Microsoft.EntityFrameworkCore;
using PointsMarket.Data;
using PointsMarket.Duties;
using PointsMarket.Ledger;
using PointsMarket.Members;
using PointsMarket.Tests.Kit;

namespace PointsMarket.Tests.Duties;

/// <summary>Which shifts there are, and that making them again makes none.</summary>
public sealed class RecurrenceTests
{
    public static TheoryData<DatabaseProvider> Databases => TestDatabase.All;

    [Theory]
    [InlineData("2026-12-28", "2027-01-08", "12-28 01-01 01-04 01-08")] // over the year's end
    [InlineData("2028-02-25", "2028-03-06", "02-25 02-28 03-03 03-06")] // a leap year's February
    [InlineData("2026-02-27", "2026-03-02", "02-27 03-02")]
    public void Days_OfMondaysAndFridays_AreThose(string from, string to, string expected) =>
        Assert.Equal(expected, string.Join(' ', Recurrence.Days(Weekdays.Monday | Weekdays.Friday, new(2026, 1, 1), null, DateOnly.Parse(from), DateOnly.Parse(to)).Select(d => $"{d:MM-dd}")));

    [Fact]
    public void Days_EveryDayRoundALeapDay_HaveIt()
    {
        var days = Recurrence.Days(Weekdays.All, new(2028, 2, 28), new(2028, 3, 1), new(2028, 1, 1), new(2028, 12, 31));
        Assert.Equal(["02-28", "02-29", "03-01"], days.Select(d => $"{d:MM-dd}"));
    }

    [Theory]
    [InlineData("07:10", "08:10", "2026-10-04T23:10:00Z", "2026-10-05T00:10:00Z")]
    [InlineData("22:30", "00:30", "2026-10-05T14:30:00Z", "2026-10-05T16:30:00Z")] // past midnight
    [InlineData("22:30", "22:30", "2026-10-05T14:30:00Z", "2026-10-06T14:30:00Z")]
    public void Times_OnTheStationsClock_AreUtc(string starts, string ends, string from, string to)
    {
        var times = Recurrence.Times(new(2026, 10, 5), TimeOnly.Parse(starts), TimeOnly.Parse(ends));
        Assert.Equal((DateTimeOffset.Parse(from).UtcDateTime, DateTimeOffset.Parse(to).UtcDateTime), times);
    }

    [SkippableTheory, MemberData(nameof(Databases))]
    public async Task Save_NewDuty_MakesFourWeeksOfShiftsAndTheJobNoMore(DatabaseProvider provider)
    {
        var roster = await DutyRoster.OpenAsync(provider);
        await using var market = roster.Market;

        var saved = Assert.IsType<SaveDuty.Saved>(await roster.SaveAsync(roster.Input(kind: DutyKind.SchoolEscort, days: Weekdays.None)));

        Assert.Equal(8, saved.Made); // four Mondays, four Fridays
        var shifts = await market.ReadAsync(db => db.Shifts.OrderBy(s => s.Day).ToListAsync());
        Assert.All(shifts, s => Assert.True(s.Day.DayOfWeek is DayOfWeek.Monday or DayOfWeek.Friday));
        Assert.Equal((new DateOnly(2026, 10, 2), new DateOnly(2026, 10, 26)), (shifts[0].Day, shifts[^1].Day));
        Assert.Equal(shifts[1].StartsAt.Date.AddDays(-1).AddHours(4), shifts[1].DrawAt); // noon in Shanghai
        Assert.Equal(8, shifts.Select(s => s.Seed).Distinct().Count());
        Assert.Equal(0, await market.Get<MakeShifts>().ExecuteAsync());

        market.Clock.Advance(TimeSpan.FromDays(7));
        Assert.Equal(2, await market.Get<MakeShifts>().ExecuteAsync());
        market.Clock.Advance(TimeSpan.FromDays(-8)); // the clock was set back
        Assert.Equal(0, await market.Get<MakeShifts>().ExecuteAsync());
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => market.Get<MakeShifts>().ExecuteAsync())));
        Assert.Equal(10, await market.ReadAsync(db => db.Shifts.CountAsync()));
    }

    [Fact]
    public async Task Save_Changed_ReachesOnlyFutureShiftsThatNobodySignedUpFor()
    {
        var roster = await DutyRoster.OpenAsync();
        await using var market = roster.Market;
        var taken = await roster.ShiftAsync(day: new(2026, 10, 6));
        var left = await market.ReadAsync(db => db.Shifts.SingleAsync(s => s.Day == new DateOnly(2026, 10, 7)));
        await roster.AskAsync(taken, roster.Volunteers[0]);
        await roster.AskAsync(left.Id, roster.Volunteers[1]);
        await roster.LeaveAsync(left.Id, roster.Volunteers[1]);

        // Tuesdays only, an hour later: the 6th is one, with somebody in it.
        var saved = Assert.IsType<SaveDuty.Saved>(await roster.SaveAsync(roster.Input(days: Weekdays.Tuesday) with { DutyId = left.DutyId, StartsAt = new(20, 0) }));

        Assert.Equal((0, 3, 24, 1), (saved.Made, saved.Changed, saved.Removed, saved.Kept));
        Assert.Equal(new DateTime(2026, 10, 6, 11, 0, 0, DateTimeKind.Utc), (await roster.ReadAsync(taken)).StartsAt);
        Assert.All(await market.ReadAsync(db => db.Shifts.Where(s => s.Id != taken).ToListAsync()), s => Assert.Equal(12, s.StartsAt.Hour));
        Assert.Equal(0, await market.Get<MakeShifts>().ExecuteAsync());
    }

    [Fact]
    public async Task Save_SessionOnOneDay_IsOneShiftOfThatDay()
    {
        var roster = await DutyRoster.OpenAsync();
        await using var market = roster.Market;
        var day = new DateOnly(2026, 10, 10);
        await roster.SaveAsync(roster.Input(40, DutyKind.Training, Weekdays.None) with { FirstDay = day, LastDay = day });

        var shift = await market.ReadAsync(db => db.Shifts.SingleAsync());
        Assert.Equal((day, 40, "training"), (shift.Day, shift.Crew.Seats.Count, DutyKinds.Category(shift.Kind)));
    }

    [Fact]
    public async Task Save_WhatMakesNoSense_IsRefusedAndNothingIsThere()
    {
        var roster = await DutyRoster.OpenAsync();
        await using var market = roster.Market;
        var good = roster.Input();
        var outside = await market.ReadAsync(db => db.Areas.Where(a => a.Path == DutyRoster.OtherVillage).Select(a => a.Id).SingleAsync());
        (DutyProblem Problem, SaveDuty.Input Input)[] tries =
        [
            (DutyProblem.Place, good with { Place = " " }), (DutyProblem.Place, good with { Place = new string('长', 41) }), (DutyProblem.NoDays, good with { Weekdays = Weekdays.None }),
            (DutyProblem.Times, good with { EndsAt = good.StartsAt }), (DutyProblem.Times, good with { StartsAt = new(8, 0), EndsAt = new(20, 1) }),
            (DutyProblem.Dates, good with { LastDay = new(2026, 9, 30) }), (DutyProblem.Dates, good with { FirstDay = new(1999, 1, 1) }),
            (DutyProblem.Crew, good with { Crew = [(null, 0)] }), (DutyProblem.Crew, good with { Crew = [(null, 61)] }), (DutyProblem.Crew, good with { Crew = [(null, 2), (MemberKind.Volunteer, -1)] }),
            (DutyProblem.DrawDays, good with { DrawDays = 0 }), (DutyProblem.Area, good with { AreaPath = DutyRoster.Village, AreaId = outside }), (DutyProblem.NoSuchDuty, good with { DutyId = 99 }),
        ];
        foreach (var (problem, input) in tries) Assert.Equal(new SaveDuty.Refused(problem), await roster.SaveAsync(input));
        Assert.Equal((0, 0), (await market.ReadAsync(db => db.Duties.CountAsync()), await market.ReadAsync(db => db.Shifts.CountAsync())));
    }

    [Fact]
    public async Task Cancel_WithPeopleInIt_TellsThemAndIsNotMadeAgain()
    {
        var roster = await DutyRoster.OpenAsync();
        await using var market = roster.Market;
        var id = await roster.ShiftAsync();
        await roster.AskAsync(id, roster.Volunteers[0]);
        await roster.AskAsync(id, roster.Volunteers[1]);
        await roster.LeaveAsync(id, roster.Volunteers[1]);
        CancelShift.Input input = new() { ShiftId = id, Reason = "下大雨", Actor = Actor.User(1), AreaPath = DutyRoster.Village };
        var cancel = market.Get<CancelShift>();

        Assert.IsType<CancelShift.BadReason>(await cancel.ExecuteAsync(input with { Reason = " " }));
        Assert.IsType<CancelShift.NotFound>(await cancel.ExecuteAsync(input with { AreaPath = DutyRoster.OtherVillage }));
        Assert.Equal(new CancelShift.Cancelled(1), await cancel.ExecuteAsync(input));
        Assert.IsType<CancelShift.TooLate>(await cancel.ExecuteAsync(input));

        Assert.Equal(["shift-cancelled"], await roster.InboxAsync(roster.Volunteers[0]));
        Assert.Empty(await roster.InboxAsync(roster.Volunteers[1]));
        Assert.Equal(0, await market.Get<MakeShifts>().ExecuteAsync());
        Assert.Equal(new AskForSeat.Refused(SeatProblem.NotOpen), await roster.AskAsync(id, roster.Volunteers[2]));
    }
}
