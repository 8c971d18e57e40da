using Bogus;
using PointsMarket.Areas;
using PointsMarket.Import;

namespace PointsMarket.Demo;

/// <summary>
/// The demo station as rows of FORMATS, and its slips. The same moment gives the same station, to the byte; everything lies in
/// the two months before it.
/// </summary>
internal sealed record DemoStation(IReadOnlyList<ParsedFile> Files, IReadOnlyList<DemoSlip> Slips, IReadOnlyDictionary<string, string> Cards, DemoDuties Duties)
{
    private const int Seed = 19_6527;

    /// <summary>Makes it as it stands at a moment (UTC).</summary>
    public static DemoStation At(DateTime now)
    {
        // A part each, so that a change to one leaves the others as they are.
        var areas = DemoPlaces.Areas(new Randomizer(Seed));
        var today = StationTime.Day(now);
        var members = DemoMembers.Rows(new Randomizer(Seed + 1), today);
        var duties = DemoDuties.At(new Randomizer(Seed + 7), members, now);
        var reports = DemoReports.WithDuties(DemoReports.Rows(new Randomizer(Seed + 2), members, now), duties.Rows, today);
        var cases = DemoCases.Rows(new Randomizer(Seed + 3), members, today);
        var slips = DemoSlips.Make(new Randomizer(Seed + 4), now, reports, cases);
        var deliveries = DemoStock.Deliveries(new Randomizer(Seed + 5), slips, today);
        var random = new Randomizer(Seed + 6);
        var cards = members.ToDictionary(m => m.Code, _ => Members.CardNumbers.Of(random.Long(3_000_000_000, 9_999_999_999)), StringComparer.Ordinal);
        foreach (var known in DemoPeople.All) cards[known.Code] = known.Card;
        return new DemoStation(
            [
                File(ImportFile.Areas, areas), File(ImportFile.Members, members), File(ImportFile.Goods, DemoPlaces.Goods),
                File(ImportFile.Sponsors, DemoPlaces.Sponsors), File(ImportFile.Outlets, DemoPlaces.Outlets), File(ImportFile.Deliveries, deliveries),
                File(ImportFile.Funds, DemoStock.Funds(deliveries, today)), File(ImportFile.Reports, reports), File(ImportFile.Cases, cases),
            ], slips, cards, duties);
    }

    private static ParsedFile File(ImportFile file, IEnumerable<ImportRow> rows) =>
        new(ImportPlan.Of(file).FileName, file, [.. rows.Select((r, i) => r with { Row = i + 2 })], new HashSet<string>(), Whole: true);
}
