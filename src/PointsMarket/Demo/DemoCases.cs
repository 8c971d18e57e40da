using Bogus;
using PointsMarket.Areas;
using PointsMarket.Import.Steps;
using PointsMarket.Members;

namespace PointsMarket.Demo;

/// <summary>The board: settled cases in time and late, submitted ones, claimed ones, and ones that wait for somebody.</summary>
internal static class DemoCases
{
    private const int Closed = 14, Submitted = 2, Claimed = 3;

    private static readonly string[] Shares = ["100", "50;50", "60;40", "34;33;33", "50;25;25"];

    public static IReadOnlyList<CaseRow> Rows(Randomizer random, IReadOnlyList<MemberRow> members, DateOnly today)
    {
        var able = members.Where(m => m.Kind is MemberKind.GridManager or MemberKind.GridMember or MemberKind.Volunteer && DemoPeople.All.All(p => p.Code != m.Code))
            .Select(m => m.Code).ToList();
        return [.. DemoTexts.Cases.Select((c, i) => Row(random, able, today, i, c.Kind, c.Title))];
    }

    private static CaseRow Row(Randomizer random, List<string> able, DateOnly today, int i, string kind, string title)
    {
        var days = random.ArrayElement([7, 10, 15]);
        // One settled too late for its full reward; another too late for any.
        var took = i switch { 4 => days + 4, 9 => days + 9, _ => random.Int(2, days) };
        var claimants = i < Closed + Submitted + Claimed ? Claimants(random, able) : "";
        // The older the number, the longer ago; every closed one ended yesterday at the latest.
        var approved = i < Closed ? -(58 - (i * 2)) : i < Closed + Submitted ? -took - 2 : -random.Int(1, 4);
        if (i < Closed) approved = Math.Min(approved, -took - 3);
        DateTime At(int day, int hour) => StationTime.StartOf(today.AddDays(day)).AddHours(hour).AddMinutes(random.Int(0, 11) * 5);
        return new CaseRow(
            $"A{i + 1:0000}", title, kind, random.ListItem(DemoPlaces.Grids.ToList()), random.ArrayElement([40, 60, 75, 80, 101, 120]), days,
            At(approved - random.Int(1, 3), 9), claimants,
            claimants.Length > 0 ? At(approved, 10) : null,
            i < Closed + Submitted ? At(approved + took, 9) : null,
            i < Closed ? At(approved + took + random.Int(1, 2), 15) : null);
    }

    private static string Claimants(Randomizer random, List<string> able)
    {
        var shares = random.ArrayElement(Shares).Split(';');
        return string.Join(';', random.ListItems(able, shares.Length).Zip(shares, (code, share) => $"{code}:{share}"));
    }
}
