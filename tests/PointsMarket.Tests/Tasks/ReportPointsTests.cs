using PointsMarket.Tasks;

namespace PointsMarket.Tests.Tasks;

/// <summary>FORMATS "Report points" and the rule book of DESIGN 4.</summary>
public sealed class ReportPointsTests
{
    private static readonly DateOnly Day = new(2026, 9, 8);

    private readonly ReportPoints points = new(DefaultCategories.Rules());

    [Theory]
    [InlineData("clue", 20)]
    [InlineData("capture", 200)]
    [InlineData("hazard-found", 10)]
    [InlineData("service", 4)]
    public void Next_FirstReport_EarnsTheRulesPoints(string category, int expected) => Assert.Equal(expected, points.Next(1, category, Day));

    [Fact]
    public void Next_OverTheDaysNumber_EarnsNothing() =>
        Assert.Equal([30, 30, 0, 0], Enumerable.Range(0, 4).Select(_ => points.Next(1, "dispute", Day)));

    [Fact]
    public void Next_OnAnotherDayOrByAnotherMember_CountsAnew()
    {
        Assert.Equal([5, 5, 0], Enumerable.Range(0, 3).Select(_ => points.Next(1, "patrol", Day)));
        Assert.Equal(5, points.Next(1, "patrol", Day.AddDays(1)));
        Assert.Equal(5, points.Next(2, "patrol", Day));
        Assert.Equal(5, points.Next(1, "post", Day));
    }

    [Fact]
    public void Next_NearTheMonthsCap_IsCutToWhatIsLeft()
    {
        // care: 8 each, 2 a day, 80 a month; hazard-found would fit exactly, so take publicity 3 and 30, then training.
        points.Count(1, "care", new DateOnly(2026, 9, 1), 9, 75);
        Assert.Equal([5, 0], Enumerable.Range(0, 2).Select(_ => points.Next(1, "care", Day)));
        Assert.Equal(8, points.Next(1, "care", new DateOnly(2026, 10, 1)));
    }

    [Fact]
    public void Next_AReportThatEarnsNothing_StillCountsForTheDay()
    {
        points.Count(1, "patrol", Day.AddDays(-1), 20, 100); // the month is full
        Assert.Equal(0, points.Next(1, "patrol", Day));
        var next = new ReportPoints([Rule("patrol", 2000, 5, day: 1, month: null)]);
        next.Count(1, "patrol", Day, 1, 0);
        Assert.Equal(0, next.Next(1, "patrol", Day));
    }

    [Fact]
    public void Next_WhenTheRuleChanged_TakesTheOneInForceThatDay()
    {
        var book = new ReportPoints([Rule("clue", 2027, 40), Rule("clue", 2000, 20)]);
        Assert.Equal(20, book.Next(1, "clue", new DateOnly(2026, 12, 31)));
        Assert.Equal(40, book.Next(1, "clue", new DateOnly(2027, 1, 1)));
        Assert.Null(book.RuleOn("clue", new DateOnly(1999, 12, 31)));
        Assert.Throws<InvalidOperationException>(() => book.Next(1, "clue", new DateOnly(1999, 12, 31)));
    }

    private static ScoringRule Rule(string category, int from, int each, int? day = null, int? month = null) =>
        new() { Category = category, From = new DateOnly(from, 1, 1), Points = each, ReportsPerDay = day, PointsPerMonth = month };
}
