using Bogus;
using PointsMarket.Areas;
using PointsMarket.Cases;
using PointsMarket.Import.Steps;
using PointsMarket.Market;
using PointsMarket.Tasks;

namespace PointsMarket.Demo;

/// <summary>A slip of the demo: what somebody chose, and how it ended.</summary>
internal sealed record DemoSlip
{
    public required string Reference { get; init; }

    public required Guid BasketKey { get; init; }

    public required string PickupCode { get; init; }

    public required string Member { get; init; }

    public required string Outlet { get; init; }

    public required DateTime At { get; init; }

    public required IReadOnlyList<(GoodsRow Goods, int Quantity)> Lines { get; init; }

    public RedemptionState State { get; init; } = RedemptionState.HandedOver;

    public DateTime? EndedAt { get; init; }

    public string? Reason { get; init; }

    public int? Satisfaction { get; init; }

    public int Points => Lines.Sum(l => l.Goods.Points * l.Quantity);
}

/// <summary>
/// Redemptions over two months, each paid with points its member had by then. It counts with the same rules as the import
/// (<see cref="ReportPoints"/>, <see cref="CaseReward"/>), so that the ledger refuses none of them.
/// </summary>
internal sealed class DemoSlips
{
    private const int Days = 50;

    /// <summary>What 张桂兰 keeps.</summary>
    private const int Kept = 300;

    private readonly Randomizer random;
    private readonly DateTime now;
    private readonly DateOnly today;
    private readonly Dictionary<string, List<(DateTime At, int Points)>> moves = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Member, string Sku, DateOnly Month), int> taken = [];
    private readonly List<DemoSlip> slips = [];

    private DemoSlips(Randomizer random, DateTime now, IEnumerable<ReportRow> reports, IEnumerable<CaseRow> cases)
    {
        (this.random, this.now, today) = (random, now, StationTime.Day(now));
        Earn(reports, cases);
    }

    public static IReadOnlyList<DemoSlip> Make(Randomizer random, DateTime now, IReadOnlyList<ReportRow> reports, IReadOnlyList<CaseRow> cases)
    {
        var made = new DemoSlips(random, now, reports, cases);
        made.Collected();
        made.Spend("G0001", Kept);
        made.Open();
        return made.slips;
    }

    private void Earn(IEnumerable<ReportRow> reports, IEnumerable<CaseRow> cases)
    {
        var rules = new ReportPoints(DefaultCategories.Rules());
        var numbers = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var r in reports.Where(r => r.Outcome == ReportOutcome.Verified)) // in order of filing
        {
            if (!numbers.TryGetValue(r.Member, out var number)) numbers[r.Member] = number = numbers.Count;
            Move(r.Member, r.FiledAt, rules.Next(number, r.Category, StationTime.Day(r.HappenedAt)));
        }
        foreach (var c in cases)
        {
            if (c is not { ApprovedAt: { } approved, SubmittedAt: { } submitted, ClosedAt: { } closed }) continue;
            var claimants = ClaimantList.Read(c.Claimants)!;
            var parts = CaseReward.Split(CaseReward.Of(c.Reward, c.Days, approved, submitted), [.. claimants.Select(x => x.Share)]);
            foreach (var (claimant, points) in claimants.Zip(parts)) Move(claimant.Code, closed, points);
        }
    }

    /// <summary>Day after day a few people come, most take their things home at once, one changes their mind, one never comes back.</summary>
    private void Collected()
    {
        var others = moves.Keys.Where(m => m is not ("G0001" or "P0001")).Order(StringComparer.Ordinal).ToList();
        for (var day = -Days; day < 0; day++)
        {
            var minute = 8 * 60;
            foreach (var member in random.ListItems(others, random.Int(4, 9)))
            {
                minute += random.Int(5, 60);
                if (Choose(member, StationTime.StartOf(today.AddDays(day)).AddMinutes(minute)) is not { } slip) continue;
                var home = random.Bool(0.75f) || day >= -2 ? slip.At.AddMinutes(random.Int(3, 25)) : slip.At.AddDays(random.Int(1, 2)).AddMinutes(-random.Int(1, 30));
                Add(slip with { EndedAt = home, Satisfaction = random.Bool(0.2f) ? null : random.ArrayElement([3, 3, 3, 3, 3, 2, 2, 1]) });
            }
        }
        Undo(-20, slip => slip with { State = RedemptionState.Cancelled, EndedAt = slip.At.AddMinutes(6), Reason = "选错了，想换别的" });
        Undo(-16, slip => slip with { State = RedemptionState.Expired, EndedAt = slip.At + Redemption.Waits });
    }

    /// <summary>Takes a slip of that day, of soap or towels and the like, and ends it otherwise: its points are simply kept.</summary>
    private void Undo(int day, Func<DemoSlip, DemoSlip> otherwise)
    {
        var from = StationTime.StartOf(today.AddDays(day));
        var at = slips.FindIndex(s => s.At >= from && s.State == RedemptionState.HandedOver && s.Lines.All(l => !Scarce(l.Goods.Sku, s.Outlet)));
        if (at >= 0) slips[at] = otherwise(slips[at] with { Satisfaction = null });
    }

    /// <summary>Spends down to what is kept, a basket every few days, the last one the day before yesterday.</summary>
    private void Spend(string member, int keep)
    {
        for (var day = -30; day < -1; day += 4)
        {
            var at = StationTime.StartOf(today.AddDays(day)).AddHours(9).AddMinutes(random.Int(0, 90));
            var free = Math.Min(Free(member, at), Free(member, now) - keep);
            if (Choose(member, at, free) is { } slip) Add(slip with { EndedAt = slip.At.AddMinutes(8), Satisfaction = 3 });
        }
    }

    /// <summary>Slips that still wait at the counter: four at the first outlet, three at the second.</summary>
    private void Open()
    {
        foreach (var (outlet, ago) in new (string, double)[] { ("O1", 52), ("O1", 27), ("O1", 3), ("O1", 0.4), ("O2", 75), ("O2", 25), ("O2", 1.5) })
        {
            var at = now.AddHours(-ago);
            var rich = moves.Keys.Where(m => m is not ("G0001" or "P0001") && Free(m, at) >= 20 && slips.TrueForAll(s => s.Member != m || s.State != RedemptionState.Held))
                .Order(StringComparer.Ordinal).ToList();
            foreach (var member in random.Shuffle(rich))
            {
                if (Choose(member, at, outlet: outlet) is not { } slip) continue;
                Add(slip with { State = RedemptionState.Held });
                break;
            }
        }
    }

    private DemoSlip? Choose(string member, DateTime at, int? most = null, string? outlet = null)
    {
        outlet ??= random.Bool(0.6f) ? DemoPlaces.FirstOutlet : DemoPlaces.SecondOutlet;
        var (free, month) = (most ?? Free(member, at), MonthOf(at));
        var lines = new List<(GoodsRow Goods, int Quantity)>();
        foreach (var goods in random.Shuffle(DemoPlaces.Goods).Take(random.Int(2, 5)).ToList())
        {
            var left = goods.Limit!.Value - taken.GetValueOrDefault((member, goods.Sku, month));
            var quantity = Math.Min(random.Int(1, 2), Math.Min(left, free / goods.Points));
            if (quantity <= 0 || lines.Count == 3) continue;
            lines.Add((goods, quantity));
            free -= goods.Points * quantity;
        }
        return lines.Count == 0 ? null : new DemoSlip
        {
            Reference = $"K{StationTime.Local(at):yyMMdd}-{random.String2(6, "23456789ABCDEFGHJKLMNPQRSTUVWXYZ")}", BasketKey = random.Guid(),
            PickupCode = random.Int(100_000, 999_999).ToString(System.Globalization.CultureInfo.InvariantCulture),
            Member = member, Outlet = outlet, At = at, Lines = lines,
        };
    }

    private void Add(DemoSlip slip)
    {
        slips.Add(slip);
        Move(slip.Member, slip.At, -slip.Points);
        foreach (var (goods, quantity) in slip.Lines)
        {
            var key = (slip.Member, goods.Sku, MonthOf(slip.At));
            taken[key] = taken.GetValueOrDefault(key) + quantity;
        }
    }

    private void Move(string member, DateTime at, int points)
    {
        if (!moves.TryGetValue(member, out var list)) moves[member] = list = [];
        list.Add((at, points));
    }

    /// <summary>What the member can spend at a time without being short later, because of a slip that was chosen first but is newer.</summary>
    private int Free(string member, DateTime at)
    {
        var balance = 0;
        var least = int.MaxValue;
        foreach (var group in moves[member].OrderBy(m => m.At).GroupBy(m => m.At))
        {
            if (group.Key > at) least = Math.Min(least, balance);
            balance += group.Sum(m => m.Points);
        }
        return Math.Min(least, balance);
    }

    /// <summary>What is sold out or nearly so at the first outlet (<see cref="DemoStock"/>).</summary>
    private static bool Scarce(string sku, string outlet) => outlet == DemoPlaces.FirstOutlet && DemoStock.LeftAtFirst.ContainsKey(sku);

    private static DateOnly MonthOf(DateTime at)
    {
        var day = StationTime.Day(at);
        return new DateOnly(day.Year, day.Month, 1);
    }
}
