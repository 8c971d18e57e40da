using Bogus;
using PointsMarket.Import.Steps;
using PointsMarket.Members;

namespace PointsMarket.Demo;

/// <summary>1 grid chief, 5 coordinators, 6 grid managers, 45 grid members, 75 informants (DESIGN 1), and 60 volunteers.</summary>
internal static class DemoMembers
{
    // Characters that forms and fonts stumble over; two of them are two UTF-16 units long.
    private static readonly string[] RareGivenNames = ["㛃", "龑", "𬱖", "犇", "䶮", "𠅤", "㼆"];

    // The list of first names that comes with Bogus is one of young men's; these are a village's.
    private static readonly string[] VillageGivenNames =
        ["桂英", "淑华", "秀兰", "玉梅", "春花", "凤英", "红霞", "小燕", "丽娟", "爱华", "建国", "国庆", "永强", "大柱", "宝山", "福生", "长顺", "学军", "晓梅", "月娥", "彩云", "金凤", "志刚", "德胜"];

    private static readonly (MemberKind Kind, char Letter, int Count)[] Kinds =
    [
        (MemberKind.GridChief, 'C', 1), (MemberKind.Coordinator, 'K', 5), (MemberKind.GridManager, 'M', 6),
        (MemberKind.GridMember, 'G', 45), (MemberKind.Informant, 'I', 75), (MemberKind.Volunteer, 'P', 60),
    ];

    /// <summary>The ones a visitor knows first, then from the chief down.</summary>
    public static IReadOnlyList<MemberRow> Rows(Randomizer random, DateOnly today)
    {
        var faker = new Faker("zh_CN") { Random = random };
        var taken = DemoPeople.All.Select(p => p.Name).ToHashSet(StringComparer.Ordinal);
        var known = DemoPeople.All.ToDictionary(p => p.Code, StringComparer.Ordinal);
        var rows = new List<MemberRow>();
        foreach (var (kind, letter, count) in Kinds)
        {
            for (var i = 1; i <= count; i++)
            {
                var code = $"{letter}{i:0000}";
                var name = known.TryGetValue(code, out var person) ? person.Name : Name(faker, taken, rare: rows.Count % 27 == 20 ? rows.Count / 27 : -1);
                rows.Add(new MemberRow(code, name, kind, AreaOf(kind, i, random), today.AddDays(-random.Int(90, 900)), null));
            }
        }
        return [.. rows.OrderBy(r => known.ContainsKey(r.Code) ? 0 : 1).ThenBy(r => known.TryGetValue(r.Code, out var p) ? p.Number : "")];
    }

    private static string Name(Faker faker, HashSet<string> taken, int rare)
    {
        while (true)
        {
            var name = faker.Name.LastName() + (rare >= 0 ? RareGivenNames[rare % RareGivenNames.Length] : Given(faker));
            if (taken.Add(name)) return name;
        }
    }

    private static string Given(Faker faker) => faker.Random.Bool(0.6f) ? faker.Random.ArrayElement(VillageGivenNames) : faker.Name.FirstName();

    private static string AreaOf(MemberKind kind, int number, Randomizer random) => kind switch
    {
        MemberKind.GridChief => DemoPlaces.Room,
        MemberKind.Coordinator or MemberKind.GridManager => $"V{((number - 1) % DemoPlaces.Villages.Count) + 1}",
        MemberKind.GridMember => DemoPlaces.Grids[(number - 1) * DemoPlaces.Grids.Count / 45],
        _ => random.ListItem((List<string>)[.. DemoPlaces.Grids]),
    };
}
