using System.Globalization;
using Bogus;
using PointsMarket.Areas;
using PointsMarket.Import.Steps;
using PointsMarket.Members;
using PointsMarket.Tasks;

namespace PointsMarket.Demo;

/// <summary>Two months of reports: most verified, some rejected with a reason, the newest still waiting.</summary>
internal static class DemoReports
{
    public const int Days = 60, Waiting = 15;

    /// <summary>The rest wait for days: the first level was late, and they climbed.</summary>
    private const int Fresh = 12;

    /// <summary>What 张桂兰 did: enough for a basket at the kiosk whatever the month's caps.</summary>
    private static readonly (string Category, int Times)[] Busy =
        [("dispute", 4), ("hazard-found", 6), ("hazard-fixed", 3), ("care", 8), ("post", 8), ("clue", 2), ("patrol", 10)];

    private static readonly (string Category, int Times)[] Beginner = [("post", 1), ("publicity", 1), ("service", 1)];

    /// <summary>By level: how many reports in two months, and how often which.</summary>
    private static readonly Dictionary<MemberKind, (int Least, int Most, (string Category, int Weight)[] Mix)> Habits = new()
    {
        [MemberKind.Coordinator] = (2, 6, [("opinion", 3), ("training", 1), ("publicity", 2)]),
        [MemberKind.GridManager] = (16, 26, [("dispute", 5), ("hazard-found", 5), ("hazard-fixed", 4), ("care", 5), ("incident", 2), ("training", 1), ("service", 2), ("publicity", 2)]),
        [MemberKind.GridMember] = (8, 18, [("patrol", 6), ("post", 4), ("hazard-found", 4), ("hazard-fixed", 2), ("care", 4), ("dispute", 2), ("service", 3), ("publicity", 2), ("training", 1), ("incident", 1)]),
        [MemberKind.Informant] = (2, 7, [("clue", 5), ("opinion", 4), ("hazard-found", 3), ("publicity", 1)]),
        [MemberKind.Volunteer] = (3, 10, [("patrol", 6), ("post", 5), ("service", 3), ("publicity", 2), ("care", 2), ("training", 1)]),
    };

    private sealed record Draft(MemberRow Member, string Category, DateTime HappenedAt, DateTime FiledAt, ReportOutcome Outcome, string? Reason);

    /// <summary>In order of filing, which is that of the references.</summary>
    public static IReadOnlyList<ReportRow> Rows(Randomizer random, IReadOnlyList<MemberRow> members, DateTime now)
    {
        var today = StationTime.Day(now);
        var drafts = new List<Draft>();
        foreach (var member in members)
        {
            foreach (var category in CategoriesOf(member, random)) drafts.Add(Past(random, member, category, today));
        }
        var grid = members.Where(m => m.Kind == MemberKind.GridMember && m.Code != "G0001").ToList();
        drafts.Add(Past(random, random.ListItem(grid), "capture", today) with { Outcome = ReportOutcome.Verified, Reason = null });
        for (var i = 0; i < Waiting; i++) drafts.Add(New(random, random.ListItem(grid), i < Fresh ? now.AddMinutes(-20 - (i * 130)) : StationTime.StartOf(today.AddDays(Fresh - i - 3)).AddHours(10 + (i % 5))));
        return [.. drafts.OrderBy(d => d.FiledAt).ThenBy(d => d.Member.Code, StringComparer.Ordinal).Select((d, i) => new ReportRow(
            $"R{i + 1:000000}", d.Member.Code, d.Category, d.HappenedAt, d.FiledAt, AreaOf(random, d.Member), TextOf(random, d.Category), d.Outcome, d.Reason))];
    }

    /// <summary>
    /// In the last four weeks posts and patrols come from shifts: what members reported of such by themselves gives way to it, so
    /// that the numbers stay those of one station.
    /// </summary>
    public static IReadOnlyList<ReportRow> WithDuties(IReadOnlyList<ReportRow> reports, IReadOnlyList<ReportRow> shifts, DateOnly today)
    {
        var since = StationTime.StartOf(today.AddDays(-DemoDuties.Days));
        bool GivesWay(ReportRow r) => r.Category is "patrol" or "post" && r.Outcome == ReportOutcome.Verified && r.HappenedAt >= since && DemoPeople.All.All(p => p.Code != r.Member);
        return [.. reports.Where(r => !GivesWay(r)).Concat(shifts).OrderBy(r => r.FiledAt).ThenBy(r => r.Code, StringComparer.Ordinal)];
    }

    private static IEnumerable<string> CategoriesOf(MemberRow member, Randomizer random)
    {
        var fixedOnes = member.Code switch { "G0001" => Busy, "P0001" => Beginner, _ => null };
        if (fixedOnes is not null) return fixedOnes.SelectMany(c => Enumerable.Repeat(c.Category, c.Times));
        if (!Habits.TryGetValue(member.Kind, out var habit)) return [];
        var mix = habit.Mix.SelectMany(c => Enumerable.Repeat(c.Category, c.Weight)).ToList();
        return [.. Enumerable.Range(0, random.Int(habit.Least, habit.Most)).Select(_ => random.ListItem(mix))];
    }

    /// <summary>Done between yesterday and two months ago, in daylight, and filed the same evening.</summary>
    private static Draft Past(Randomizer random, MemberRow member, string category, DateOnly today)
    {
        var happened = StationTime.StartOf(today.AddDays(-random.Int(1, Days))).AddMinutes(random.Int(6 * 60, 18 * 60));
        var rejected = member.Code is not ("G0001" or "P0001") && random.Bool(0.05f);
        return new Draft(
            member, category, happened, happened.AddMinutes(random.Int(15, 300)),
            rejected ? ReportOutcome.Rejected : ReportOutcome.Verified, rejected ? random.ArrayElement(DemoTexts.Rejections) : null);
    }

    private static Draft New(Randomizer random, MemberRow member, DateTime filed) => new(
        member, random.ArrayElement(["patrol", "post", "hazard-found", "dispute", "care", "service", "publicity", "hazard-fixed"]),
        filed.AddMinutes(-random.Int(10, 180)), filed, ReportOutcome.Pending, null);

    private static string AreaOf(Randomizer random, MemberRow member)
    {
        if (member.Area.Contains('G', StringComparison.Ordinal)) return member.Area;
        var village = member.Area.StartsWith('V') ? member.Area : "V4";
        return random.ListItem(DemoPlaces.Grids.Where(g => g.StartsWith(village, StringComparison.Ordinal)).ToList());
    }

    private static string TextOf(Randomizer random, string category) =>
        string.Format(CultureInfo.InvariantCulture, random.ArrayElement(DemoTexts.Reports[category]), random.ArrayElement(DemoTexts.Places));
}
