using FsCheck;
using FsCheck.Fluent;
using Microsoft.EntityFrameworkCore;
using PointsMarket.Data;
using PointsMarket.Duties;
using PointsMarket.Ledger;
using PointsMarket.Members;
using PointsMarket.Tests.Kit;

namespace PointsMarket.Tests.Duties;

/// <summary>Who gets a place: the draw, the reserve, and sixteen at once.</summary>
public sealed class SeatTests
{
    public static TheoryData<DatabaseProvider> Databases => TestDatabase.All;

    [Fact]
    public void Order_OfTheSameSeed_IsTheSameAndPutsTheLeastServedFirst()
    {
        var candidates = Enumerable.Range(0, 30).Select(i => new Lots.Candidate($"P{i:0000}", i % 3)).ToList();

        var order = Lots.Order("seed", candidates);

        Assert.Equal(order, Lots.Order("seed", candidates.AsEnumerable().Reverse()));
        Assert.Equal(order.Select(c => c.Served).Order(), order.Select(c => c.Served));
        Assert.NotEqual(order, Lots.Order("another", candidates));
        // Worked out by hand as the rule says: printf 'seed:P0000' | sha256sum
        Assert.Equal("eaed8bc3", Lots.Lot("seed", "P0000")[..8]);
    }

    [Fact]
    public void Order_OverManySeeds_FavoursNobody()
    {
        var candidates = Enumerable.Range(0, 4).Select(i => new Lots.Candidate($"P{i:0000}", 0)).ToList();
        var wins = Enumerable.Range(0, 4000).Select(i => Lots.Order($"{i}", candidates)[0].Code).GroupBy(c => c).Select(g => g.Count());
        Assert.All(wins, w => Assert.InRange(w, 880, 1120)); // 1000 each; four standard deviations
    }

    [Fact]
    public void Fill_OfAnyCrew_LeavesNoSeatThatFitsAndPassesNobodyBy()
    {
        var kinds = Enum.GetValues<MemberKind>();
        var crews = Gen.Choose(0, 3).ArrayOf(kinds.Length + 1).Where(n => n.Sum() > 0);
        var people = Gen.Elements(kinds).ArrayOf();
        Prop.ForAll(crews.Zip(people).ToArbitrary(), input =>
        {
            var (seats, who) = input;
            var crew = Crew.Of(seats.Select((n, i) => (i < kinds.Length ? kinds[i] : (MemberKind?)null, n)));
            var shift = new Shift { Place = "", Seed = "", CodeKey = "", Crew = crew, State = ShiftState.Drawn };
            for (var i = 0; i < who.Length; i++)
            {
                shift.SignUps.Add(new ShiftSignUp { MemberId = i + 1, AskedBy = "", Member = new Member { Code = "", Name = "", Number = "", Kind = who[i] }, State = SignUpState.Reserve, Rank = i + 1 });
                if (i % 3 == 2) Seating.Fill(shift); // in the draw, and one by one after it
            }
            Seating.Fill(shift);
            // The plain way to count: each in turn takes a kept seat, else one for anybody.
            var left = kinds.ToDictionary(k => k, k => crew.Count(k));
            var any = crew.Count(null);
            var expected = who.Select(k => left[k]-- > 0 || any-- > 0).ToArray();
            var seated = shift.SignUps.Where(u => u.State == SignUpState.Seated).ToList();
            return seated.Count == expected.Count(e => e)
                && shift.SignUps.Select(u => u.State == SignUpState.Seated).SequenceEqual(expected)
                && seated.Select(u => u.Seat).Distinct().Count() == seated.Count
                && seated.All(u => crew.Fits(u.Seat!.Value, u.Member.Kind));
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public async Task Draw_MoreThanThereArePlaces_TakesTheLeastServedAndTellsEverybody()
    {
        var roster = await DutyRoster.OpenAsync();
        await using var market = roster.Market;
        var busy = roster.Volunteers[0];
        await roster.HeldAsync(roster.Input(), new(2026, 10, 3), busy);
        var id = await roster.ShiftAsync(roster.Input(2) with { StartsAt = new(6, 0), EndsAt = new(7, 0) }, new(2026, 10, 6));
        foreach (var member in (int[])[busy, .. roster.Volunteers.Skip(1).Take(3)]) await roster.AskAsync(id, member);
        Assert.Equal(ShiftState.Open, (await roster.ReadAsync(id)).State);

        var shift = await roster.DrawnAsync(id);

        var order = shift.SignUps.OrderBy(u => u.Rank).ToList();
        Assert.Equal([1, 2, 3, 4], order.Select(u => u.Rank!.Value));
        Assert.Equal((busy, 1), (order[3].MemberId, order[3].Served)); // last, however the lot fell
        Assert.Equal(order.Take(3).OrderBy(u => Lots.Lot(shift.Seed, u.Member.Code), StringComparer.Ordinal).Select(u => u.MemberId), order.Take(3).Select(u => u.MemberId));
        Assert.Equal(["shift-won", "shift-won", "shift-reserve", "shift-won"], [(await roster.InboxAsync(order[0].MemberId))[^1], (await roster.InboxAsync(order[1].MemberId))[^1], (await roster.InboxAsync(order[2].MemberId))[^1], (await roster.InboxAsync(busy))[0]]);
        Assert.Equal(order[0].MemberId, shift.LeaderId);
        Assert.Equal(0, await market.Get<DrawShifts>().ExecuteAsync());
    }

    [Fact]
    public async Task Draw_WithACrewTemplate_KeepsTheSeatsOfEachLevel()
    {
        var roster = await DutyRoster.OpenAsync();
        await using var market = roster.Market;
        var id = await roster.ShiftAsync(roster.Input() with { Crew = [(MemberKind.GridManager, 1), (MemberKind.Coordinator, 1), (MemberKind.Volunteer, 1)] });
        foreach (var member in roster.Volunteers.Take(5)) await roster.AskAsync(id, member);
        await roster.AskAsync(id, roster.Manager);
        Assert.Equal(new AskForSeat.Refused(SeatProblem.NoSeatForKind), await roster.AskAsync(id, roster.Station.Zhang.Id));

        var shift = await roster.DrawnAsync(id);

        Assert.Equal(2, shift.SignUps.Count(u => u.State == SignUpState.Seated));
        Assert.Equal(roster.Manager, shift.LeaderId);
        // The coordinator comes late, and the seat is still there.
        Assert.Equal(new AskForSeat.Noted(SignUpState.Seated), await roster.AskAsync(id, roster.Coordinator));
        Assert.Equal(3, (await roster.SeatedAsync(id)).Count);
    }

    [Fact]
    public async Task Leave_AfterTheDraw_MovesTheNextUpAndTellsThem()
    {
        var roster = await DutyRoster.OpenAsync();
        await using var market = roster.Market;
        var id = await roster.ShiftAsync();
        foreach (var member in roster.Volunteers.Take(3)) await roster.AskAsync(id, member);
        var order = (await roster.DrawnAsync(id)).SignUps.OrderBy(u => u.Rank).Select(u => u.MemberId).ToList();

        Assert.Equal(LeaveShift.Outcome.Left, await roster.LeaveAsync(id, order[0]));

        Assert.Equal([order[1]], await roster.SeatedAsync(id));
        Assert.Equal("shift-moved-up", (await roster.InboxAsync(order[1]))[^1]);
        Assert.Equal(order[1], (await roster.ReadAsync(id)).LeaderId);
        Assert.Equal(LeaveShift.Outcome.NotIn, await roster.LeaveAsync(id, order[0]));
        Assert.Equal(new AskForSeat.Noted(SignUpState.Reserve), await roster.AskAsync(id, order[0])); // back, behind the others
        Assert.Equal(4, (await roster.ReadAsync(id)).SignUps.Single(u => u.MemberId == order[0]).Rank);
        market.Clock.Set((await roster.ReadAsync(id)).StartsAt);
        Assert.Equal(LeaveShift.Outcome.TooLate, await roster.LeaveAsync(id, order[1]));
        Assert.Equal(new AskForSeat.Refused(SeatProblem.Begun), await roster.AskAsync(id, roster.Volunteers[5]));
    }

    [Fact]
    public async Task Ask_ForTwoShiftsAtOnce_IsRefusedButOneAfterTheOtherIsNot()
    {
        var roster = await DutyRoster.OpenAsync();
        await using var market = roster.Market;
        var (first, same, after) = (await roster.ShiftAsync(), await roster.ShiftAsync(roster.Input() with { StartsAt = new(20, 59), EndsAt = new(22, 0) }), await roster.ShiftAsync(roster.Input() with { StartsAt = new(21, 0), EndsAt = new(22, 0) }));
        var who = roster.Volunteers[0];
        await roster.AskAsync(first, who);

        Assert.Equal(new AskForSeat.Refused(SeatProblem.Overlaps, first), await roster.AskAsync(same, who));
        Assert.Equal(new AskForSeat.Refused(SeatProblem.Already), await roster.AskAsync(first, who));
        Assert.IsType<AskForSeat.Noted>(await roster.AskAsync(after, who));
        await roster.LeaveAsync(first, who);
        await roster.LeaveAsync(after, who);
        Assert.IsType<AskForSeat.Noted>(await roster.AskAsync(same, who));
    }

    [Fact]
    public async Task Ask_ForSomebodyElse_StaysInTheAreaAndIsTold()
    {
        var roster = await DutyRoster.OpenAsync();
        await using var market = roster.Market;
        var id = await roster.ShiftAsync();
        var who = roster.Volunteers[0];

        Assert.Equal(new AskForSeat.Refused(SeatProblem.NoSuchMember), await roster.AskAsync(id, who, DutyRoster.OtherVillage));
        Assert.Equal(new AskForSeat.Refused(SeatProblem.NoSuchShift), await roster.AskAsync(99, who, DutyRoster.Village));
        Assert.IsType<AskForSeat.Noted>(await roster.AskAsync(id, who, DutyRoster.Village));
        Assert.Equal(["shift-signed-up"], await roster.InboxAsync(who));
    }

    [SkippableTheory, MemberData(nameof(Databases))]
    public async Task Ask_SixteenForTheLastPlaceAtTheSameMoment_SeatsOneAndKeepsTheOthersInOrder(DatabaseProvider provider)
    {
        var roster = await DutyRoster.OpenAsync(provider);
        await using var market = roster.Market;
        var id = await roster.ShiftAsync();
        await roster.DrawnAsync(id); // nobody wanted it

        var outcomes = await Task.WhenAll(roster.Volunteers.Take(16).Select(v => Task.Run(() => roster.AskAsync(id, v))));

        Assert.Equal(1, outcomes.Count(o => o is AskForSeat.Noted(SignUpState.Seated)));
        Assert.Equal(15, outcomes.Count(o => o is AskForSeat.Noted(SignUpState.Reserve)));
        var shift = await roster.ReadAsync(id);
        Assert.Equal(Enumerable.Range(1, 16), shift.SignUps.Select(u => u.Rank!.Value).Order());

        // All of them give it up at once, and two of them at once again and again: never two in one seat.
        await Task.WhenAll(roster.Volunteers.Take(15).SelectMany(v => (Task[])[Task.Run(() => roster.LeaveAsync(id, v)), Task.Run(() => roster.LeaveAsync(id, v))]));
        Assert.Equal([roster.Volunteers[15]], await roster.SeatedAsync(id));
    }

    [SkippableTheory, MemberData(nameof(Databases))]
    public async Task Draw_WhileSixteenAsk_SeatsAsManyAsThereAre(DatabaseProvider provider)
    {
        var roster = await DutyRoster.OpenAsync(provider);
        await using var market = roster.Market;
        var id = await roster.ShiftAsync(roster.Input(3));
        await roster.AskAsync(id, roster.Volunteers[0]);
        market.Clock.Set((await roster.ReadAsync(id)).DrawAt);

        await Task.WhenAll([.. roster.Volunteers.Take(16).Select(v => Task.Run(() => (Task)roster.AskAsync(id, v))), .. Enumerable.Range(0, 3).Select(_ => Task.Run(() => (Task)market.Get<DrawShifts>().ExecuteAsync()))]);

        var shift = await roster.ReadAsync(id);
        Assert.Equal((16, 3, 13), (shift.SignUps.Count, shift.SignUps.Count(u => u.State == SignUpState.Seated), shift.SignUps.Count(u => u.State == SignUpState.Reserve)));
        Assert.Equal(16, shift.SignUps.Select(u => u.Rank).Distinct().Count());
    }
}
