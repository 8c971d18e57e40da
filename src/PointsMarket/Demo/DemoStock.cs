using Bogus;
using PointsMarket.Areas;
using PointsMarket.Funding;
using PointsMarket.Import.Steps;
using PointsMarket.Market;

namespace PointsMarket.Demo;

/// <summary>What was delivered so that the shelves hold what they should after all slips, and the money it cost.</summary>
internal static class DemoStock
{
    /// <summary>Sku → pieces left at the first outlet: washing liquid is sold out, eggs nearly.</summary>
    public static readonly IReadOnlyDictionary<string, int> LeftAtFirst = new Dictionary<string, int>(StringComparer.Ordinal) { ["WASH"] = 0, ["EGGS"] = 2 };

    private const int FirstDelivery = -58, SecondDelivery = -24;

    private static readonly Dictionary<string, string> Givers = new(StringComparer.Ordinal)
    {
        ["RICE5"] = "S01", ["OIL1"] = "S01", ["SALT"] = "S03", ["EGGS"] = "S03", ["WASH"] = "S02", ["SOAP"] = "S02", ["TOWEL"] = "S02", ["PASTE"] = "S02",
    };

    public static IReadOnlyList<DeliveryRow> Deliveries(Randomizer random, IReadOnlyList<DemoSlip> slips, DateOnly today)
    {
        var rows = new List<DeliveryRow>();
        foreach (var outlet in DemoPlaces.Outlets)
        {
            foreach (var goods in DemoPlaces.Goods)
            {
                // Those that came back were off the shelf for a while too.
                var gone = slips.Where(s => s.Outlet == outlet.Code).SelectMany(s => s.Lines).Where(l => l.Goods.Sku == goods.Sku).Sum(l => l.Quantity);
                var scarce = outlet.Code == DemoPlaces.FirstOutlet && LeftAtFirst.ContainsKey(goods.Sku);
                var left = scarce ? LeftAtFirst[goods.Sku] : goods.Kind == GoodsKind.Card ? random.Int(8, 15) : random.Int(20, 60);
                var first = scarce ? gone + left : (gone * 2 / 3) + left;
                Add(goods, outlet.Code, FirstDelivery, first);
                Add(goods, outlet.Code, SecondDelivery, gone + left - first);
            }
        }
        return [.. rows.OrderBy(r => r.Date).Select((r, i) => r with { Code = $"D{i + 1:0000}" })];

        void Add(GoodsRow goods, string outlet, int day, int quantity)
        {
            if (quantity <= 0) return;
            var date = today.AddDays(day + random.Int(0, 4));
            DateOnly? expires = goods.Sku switch { "RICE5" or "OIL1" or "SALT" => date.AddDays(random.Int(200, 400)), "EGGS" => date.AddDays(75), _ => null };
            rows.Add(new DeliveryRow("", date, Givers.GetValueOrDefault(goods.Sku), outlet, goods.Sku, quantity, expires));
        }
    }

    /// <summary>平安志愿者基金 buys the cards, 见义勇为基金 rewards; both were granted their money two months ago.</summary>
    public static IReadOnlyList<FundRow> Funds(IReadOnlyList<DeliveryRow> deliveries, DateOnly today)
    {
        const string volunteers = "volunteer-fund", bravery = "bravery-fund";
        var price = DemoPlaces.Goods.ToDictionary(g => g.Sku, g => (long)g.ValueFen, StringComparer.Ordinal);
        List<FundRow> rows =
        [
            new("", today.AddDays(-60), volunteers, FundMovementKind.Grant, 6_000_000, "平安志愿者基金拨款"),
            new("", today.AddDays(-60), bravery, FundMovementKind.Grant, 2_000_000, "见义勇为基金拨款"),
            .. deliveries.Where(d => d.Sponsor is null).GroupBy(d => d.Date)
                .Select(g => new FundRow("", g.Key, volunteers, FundMovementKind.Purchase, g.Sum(d => price[d.Sku] * d.Quantity), "购超市卡")),
            new("", today.AddDays(-41), bravery, FundMovementKind.Award, 200_000, "协助抓获奖金"),
            new("", today.AddDays(-33), volunteers, FundMovementKind.Award, 30_000, "巡逻骨干奖金"),
            new("", today.AddDays(-30), volunteers, FundMovementKind.Grant, 500_000, "镇政府补助"),
            new("", today.AddDays(-19), bravery, FundMovementKind.Award, 50_000, "救助落水人员奖金"),
            new("", today.AddDays(-12), volunteers, FundMovementKind.Purchase, 68_000, "购手电筒和雨衣"),
            new("", today.AddDays(-9), bravery, FundMovementKind.Grant, 100_000, "爱心企业捐款"),
            new("", today.AddDays(-5), volunteers, FundMovementKind.Award, 30_000, "护学岗奖金"),
        ];
        return [.. rows.OrderBy(r => r.Date).ThenBy(r => r.Kind).Select((r, i) => r with { Code = $"F{i + 1:0000}" })];
    }
}
