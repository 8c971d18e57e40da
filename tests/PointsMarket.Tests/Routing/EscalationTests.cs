using FsCheck;
using FsCheck.Fluent;
using PointsMarket.Members;
using PointsMarket.Routing;

namespace PointsMarket.Tests.Routing;

/// <summary>Where a matter stands is a function of when it was filed, its route and the clock.</summary>
public sealed class EscalationTests
{
    private static readonly DateTime Filed = new(2026, 10, 1, 4, 0, 0, DateTimeKind.Utc);
    private static readonly Rung[] Route = [new(MemberKind.GridManager, 2), new(MemberKind.Coordinator, 3), new(MemberKind.GridChief, 1)];

    [Theory]
    [InlineData(-60, 0, MemberKind.GridManager, 0, 2)]
    [InlineData(0, 0, MemberKind.GridManager, 0, 2)]
    [InlineData((2 * 1440) - 1, 0, MemberKind.GridManager, 0, 2)]
    [InlineData(2 * 1440, 1, MemberKind.Coordinator, 2, 5)]
    [InlineData((5 * 1440) - 1, 1, MemberKind.Coordinator, 2, 5)]
    [InlineData(5 * 1440, 2, MemberKind.GridChief, 5, 6)]
    [InlineData(400 * 1440, 2, MemberKind.GridChief, 5, 6)]
    public void LevelAt_MinutesAfterFiling_IsTheRungWhoseDaysRun(int minutes, int step, MemberKind level, int sinceDay, int untilDay)
    {
        var now = Filed.AddMinutes(minutes);
        var standing = Escalation.LevelAt(Route, Filed, now);
        Assert.Equal(new Standing(step, level, Filed.AddDays(sinceDay), Filed.AddDays(untilDay), step == 2), standing);
        Assert.Equal(minutes >= 6 * 1440, standing.IsLate(now));
    }

    [Fact]
    public void LevelAt_AnyRouteAndTime_AgreesWithTheTimesOfFiling()
    {
        var routes = from count in Gen.Choose(1, 3)
                     from levels in Gen.Shuffle(Escalation.Levels.ToArray())
                     from days in Gen.ArrayOf(Gen.Choose(1, 9), count)
                     select levels.Take(count).Zip(days, (l, d) => new Rung(l, d)).ToArray();
        var cases = from route in routes from minutes in Gen.OneOf(Gen.Choose(0, 30 * 1440), Gen.Choose(0, 30).Select(d => d * 1440)) select (route, minutes);
        Prop.ForAll(cases.ToArbitrary(), c =>
        {
            var (route, minutes) = c;
            var now = Filed.AddMinutes(minutes);
            var standing = Escalation.LevelAt(route, Filed, now);
            var at = Escalation.Levels.Where(l => Escalation.FiledFor(route, l, now) is { } w && (w.After is null || Filed > w.After) && (w.UpTo is null || Filed <= w.UpTo)).ToList();
            return at is [var only] && only == standing.Level; // at one level, and at one only
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void LevelOf_AnAccount_IsItsMembersOrTheChiefs() =>
        Assert.Equal((MemberKind.GridManager, MemberKind.Volunteer, MemberKind.GridChief), (Escalation.LevelOf(MemberKind.GridManager), Escalation.LevelOf(MemberKind.Volunteer), Escalation.LevelOf(null)));

    [Fact]
    public void Of_AKindWithoutItsOwnRoute_IsTheOneForTheRest()
    {
        var book = new RouteBook([new RouteStep { Matter = Matter.Case, Kind = "", Level = MemberKind.Coordinator, Days = 2 }, new RouteStep { Matter = Matter.Case, Kind = "lead", Level = MemberKind.GridChief, Days = 1 }]);
        Assert.Equal([new Rung(MemberKind.Coordinator, 2)], book.Of(Matter.Case, "anything"));
        Assert.Equal([new Rung(MemberKind.GridChief, 1)], book.Of(Matter.Case, "lead"));
    }
}
