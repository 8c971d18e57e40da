namespace PointsMarket.Tasks;

/// <summary>
/// What verified reports earn (FORMATS "Report points"). Feed it the reports already verified with <see cref="Count"/>, then the
/// new ones with <see cref="Next"/> in order of filing (<c>filed_at</c>, then reference). Days are station days of the time the
/// thing happened, and so are the months; the rule in force on that day counts. Holds no database; see <see cref="ReportTally"/>.
/// </summary>
public sealed class ReportPoints
{
    private readonly Dictionary<string, ScoringRule[]> rules;
    private readonly Dictionary<(int Member, string Category, DateOnly Day), int> reports = [];
    private readonly Dictionary<(int Member, string Category, DateOnly Month), int> earned = [];

    /// <summary>See the type.</summary>
    /// <param name="book">The whole rule book, in any order.</param>
    public ReportPoints(IEnumerable<ScoringRule> book)
    {
        ArgumentNullException.ThrowIfNull(book);
        rules = book.GroupBy(r => r.Category, StringComparer.Ordinal)
            .ToDictionary(g => g.Key, g => g.OrderByDescending(r => r.From).ToArray(), StringComparer.Ordinal);
    }

    /// <summary>The rule in force for a category on a station day; null when there is none.</summary>
    public ScoringRule? RuleOn(string category, DateOnly day) =>
        rules.TryGetValue(category, out var versions) && Array.Find(versions, r => r.From <= day) is { Retired: false } rule ? rule : null;

    /// <summary>Takes note of reports that were verified before: how many on that day, and the points they earned.</summary>
    public void Count(int member, string category, DateOnly day, int reports, int points)
    {
        var (today, month) = ((member, category, day), (member, category, MonthOf(day)));
        this.reports[today] = this.reports.GetValueOrDefault(today) + reports;
        earned[month] = earned.GetValueOrDefault(month) + points;
    }

    /// <summary>
    /// The points of the next verified report, which is counted at once: 0 beyond the day's number, else the rule's points cut to
    /// what is left of the month. A report that earns 0 counts for the day all the same. Throws
    /// <see cref="InvalidOperationException"/> when no rule is in force that day.
    /// </summary>
    public int Next(int member, string category, DateOnly day) => Judge(member, category, day).Points;

    /// <inheritdoc cref="Next"/>
    /// <returns>The points, and the cap that cut them, if one did.</returns>
    public (int Points, CapReached? Cap) Judge(int member, string category, DateOnly day)
    {
        var rule = RuleOn(category, day) ?? throw new InvalidOperationException($"No rule for {category} is in force on {day:yyyy-MM-dd}.");
        var nth = reports.GetValueOrDefault((member, category, day)) + 1;
        var points = nth > rule.ReportsPerDay ? 0 : rule.Points;
        CapReached? reached = nth > rule.ReportsPerDay ? CapReached.Day : null;
        if (rule.PointsPerMonth is { } cap && cap - earned.GetValueOrDefault((member, category, MonthOf(day))) is var left && left < points)
            (points, reached) = (Math.Max(0, left), CapReached.Month);
        Count(member, category, day, 1, points);
        return (points, reached);
    }

    private static DateOnly MonthOf(DateOnly day) => new(day.Year, day.Month, 1);
}
