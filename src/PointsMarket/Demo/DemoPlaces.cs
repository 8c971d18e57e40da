using Bogus;
using PointsMarket.Areas;
using PointsMarket.Import;
using PointsMarket.Import.Steps;
using PointsMarket.Market;

namespace PointsMarket.Demo;

/// <summary>The station, its villages and grids, its outlets, articles and firms. The numbers are those of DESIGN 1.</summary>
internal static class DemoPlaces
{
    public const string Station = "STA", Room = "PR1", FirstOutlet = "O1", SecondOutlet = "O2";

    private const int GridsEach = 13;

    public static readonly IReadOnlyList<string> Villages = ["吴场", "陆圩", "兴东", "兴谷", "林疃"];

    /// <summary>The codes of the 65 grids, village by village.</summary>
    public static readonly IReadOnlyList<string> Grids =
        [.. Enumerable.Range(1, Villages.Count).SelectMany(v => Enumerable.Range(1, GridsEach).Select(g => $"V{v}G{g:00}"))];

    public static readonly IReadOnlyList<GoodsRow> Goods =
    [
        new("RICE5", "大米5公斤", "Rice 5 kg", "袋", 30, 3000, GoodsKind.Goods, 4),
        new("EGGS", "鸡蛋20枚", "20 eggs", "盒", 24, 2400, GoodsKind.Goods, 4),
        new("OIL1", "食用油1升", "Cooking oil 1 l", "瓶", 15, 1500, GoodsKind.Goods, 4),
        new("SALT", "食盐", "Salt", "袋", 2, 200, GoodsKind.Goods, 10),
        new("WASH", "洗衣液2公斤", "Washing liquid 2 kg", "瓶", 18, 1800, GoodsKind.Goods, 4),
        new("TOWEL", "毛巾", "Towel", "条", 8, 800, GoodsKind.Goods, 6),
        new("PASTE", "牙膏", "Toothpaste", "支", 6, 600, GoodsKind.Goods, 6),
        new("SOAP", "洗衣皂", "Laundry soap", "块", 3, 300, GoodsKind.Goods, 10),
        new("CARD50", "超市卡50元", "Supermarket card 50", "张", 50, 5000, GoodsKind.Card, 2),
        new("CARD100", "超市卡100元", "Supermarket card 100", "张", 100, 10000, GoodsKind.Card, 1),
    ];

    public static readonly IReadOnlyList<SponsorRow> Sponsors = [new("S01", "东海县第一粮油公司"), new("S02", "兴谷日化厂"), new("S03", "房山镇超市")];

    public static readonly IReadOnlyList<OutletRow> Outlets = [new(FirstOutlet, "兴谷警务室兑换点", "V4"), new(SecondOutlet, "吴场村兑换点", "V1")];

    /// <summary>4,530 households and 21,295 residents, spread unevenly: what one grid of a pair has more, the other has less.</summary>
    public static IReadOnlyList<ImportRow> Areas(Randomizer random)
    {
        const int households = 4530, residents = 21295;
        var rows = new List<ImportRow>
        {
            new AreaRow(Station, "房山派出所", AreaKind.Station, null, 0, 0),
            new AreaRow(Room, "兴谷警务室", AreaKind.PoliceRoom, Station, 0, 0),
        };
        rows.AddRange(Villages.Select((name, v) => new AreaRow($"V{v + 1}", name, AreaKind.Village, Room, 0, 0)));
        var more = 0;
        for (var i = 0; i < Grids.Count; i++)
        {
            if (i % 2 == 0) more = i == Grids.Count - 1 ? 0 : random.Int(-14, 14);
            var village = i / GridsEach;
            rows.Add(new AreaRow(
                Grids[i], $"{Villages[village]}第{(i % GridsEach) + 1}网格", AreaKind.Grid, $"V{village + 1}",
                Slice(households, i) + more, Slice(residents, i) + (more * 5)));
            more = -more;
        }
        return rows;
    }

    private static int Slice(int total, int i) => (total * (i + 1) / Grids.Count) - (total * i / Grids.Count);
}
