using Microsoft.EntityFrameworkCore;
using PointsMarket.Areas;
using PointsMarket.Data;
using PointsMarket.Ledger;
using PointsMarket.Market;
using PointsMarket.Tasks;

namespace PointsMarket.Sponsors;

/// <summary>One article of what a firm gave, and where every piece of it is. The pieces are known by their lots, not guessed.</summary>
/// <param name="GoodsId">The article.</param>
/// <param name="Received">Accepted, less deliveries that were taken back.</param>
/// <param name="OnShelf">On shelves.</param>
/// <param name="Reserved">Set aside for slips.</param>
/// <param name="InTransit">On the way between outlets.</param>
/// <param name="HandedOut">Handed out.</param>
/// <param name="WrittenOff">Written off, less what was found of it again.</param>
public sealed record GivenArticle(int GoodsId, long Received, long OnShelf, long Reserved, long InTransit, long HandedOut, long WrittenOff)
{
    /// <summary>True when every piece is accounted for.</summary>
    public bool AddsUp => Received == OnShelf + Reserved + InTransit + HandedOut + WrittenOff;
}

/// <summary>A kind of deeds, and its share of the points.</summary>
/// <param name="Category">The code of a task category.</param>
/// <param name="Points">Points for it in the base.</param>
/// <param name="People">How many different people.</param>
public sealed record DeedShare(string Category, long Points, int People);

/// <summary>For which kind of deeds a firm's pieces were handed out, never for whom.</summary>
/// <param name="People">Different people behind the slips; 0 when fewer than <see cref="SponsorImpact.Fewest"/>: then nothing is told.</param>
/// <param name="Slips">Slips with a piece of the firm's in <see cref="SponsorImpact.Months"/> months.</param>
/// <param name="Points">Points of the kinds that are told.</param>
/// <param name="Kinds">The kinds, the largest first; those that fewer than <see cref="SponsorImpact.Fewest"/> people did are left out, also of the sum.</param>
public sealed record DeedShares(int People, int Slips, long Points, IReadOnlyList<DeedShare> Kinds);

/// <summary>
/// What became of what a firm gave. The deeds are those reports, verified with points, that the people who took a piece home had done
/// in the <see cref="Days"/> days before it: a person's points are one pot, so which deed paid for which bag of rice nobody can say,
/// and this does not pretend to.
/// </summary>
public static class SponsorImpact
{
    /// <summary>Fewer people than this are not told of, as everywhere.</summary>
    public const int Fewest = 5;

    /// <summary>How far back slips are looked at, and how long before a slip deeds count.</summary>
    public const int Months = 12, Days = 90;

    /// <summary>Where every piece is, by article; of one delivery when it is given.</summary>
    public static async Task<IReadOnlyList<GivenArticle>> ArticlesAsync(MarketDb db, int sponsorId, int? deliveryId = null, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        var places = await (
            from s in db.LotStocks
            join l in LinesOf(db, sponsorId).Where(l => deliveryId == null || l.DeliveryId == deliveryId) on (int?)s.LotId equals l.LotId
            select new
            {
                l.GoodsId, s.Quantity,
                Place = s.Place.StartsWith("sponsor:") ? "sponsor" : s.Place.StartsWith("shelf:") ? "shelf" : s.Place.StartsWith("reserved:") ? "reserved" : s.Place.StartsWith("transit:") ? "transit" : s.Place,
            }).GroupBy(x => new { x.GoodsId, x.Place }).Select(g => new { g.Key.GoodsId, g.Key.Place, Sum = g.Sum(x => x.Quantity) }).ToListAsync(ct);
        return
        [
            .. from p in places
               group p by p.GoodsId into g
               let at = g.ToDictionary(p => p.Place, p => p.Sum, StringComparer.Ordinal)
               orderby at.GetValueOrDefault("sponsor")
               select new GivenArticle(
                   g.Key, -at.GetValueOrDefault("sponsor"), at.GetValueOrDefault("shelf"), at.GetValueOrDefault("reserved"), at.GetValueOrDefault("transit"),
                   at.GetValueOrDefault("handed-out"), at.GetValueOrDefault("written-off") + at.GetValueOrDefault("found")),
        ];
    }

    /// <summary>For which kind of deeds.</summary>
    public static async Task<DeedShares> DeedsAsync(MarketDb db, int sponsorId, DateTime now, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        var since = StationTime.StartOf(StationTime.Day(now).AddMonths(-Months));
        var slips = await (
            from r in db.Redemptions
            where r.State == RedemptionState.HandedOver && r.MemberId != null && r.EndedAt >= since && r.EndSequence != null
                && db.LotMovements.Any(m => m.BookId == r.Outlet.Area.BookId && m.Sequence == r.EndSequence && LinesOf(db, sponsorId).Any(l => l.LotId == m.LotId))
            select new { Member = r.MemberId!.Value, At = r.HappenedAt }).ToListAsync(ct);
        var takers = slips.GroupBy(s => s.Member).ToDictionary(g => g.Key, g => g.Select(s => s.At).ToList());
        if (takers.Count < Fewest) return new DeedShares(0, slips.Count, 0, []);

        var first = slips.Min(s => s.At).AddDays(-Days);
        var deeds = new List<(int Member, string Category, int Points, DateTime At)>();
        foreach (var some in takers.Keys.Chunk(500))
        {
            deeds.AddRange((await db.TaskReports.Where(t => some.Contains(t.MemberId) && t.Outcome == ReportOutcome.Verified && t.Points > 0 && t.HappenedAt >= first)
                .Select(t => new { t.MemberId, t.Category, t.Points, t.HappenedAt }).ToListAsync(ct)).Select(t => (t.MemberId, t.Category, t.Points, t.HappenedAt)));
        }
        // A deed before two slips counts once.
        var counted = deeds.Where(d => takers[d.Member].Exists(at => d.At < at && d.At >= at.AddDays(-Days)));
        List<DeedShare> kinds =
        [
            .. counted.GroupBy(d => d.Category, StringComparer.Ordinal).Select(g => new DeedShare(g.Key, g.Sum(d => (long)d.Points), g.Select(d => d.Member).Distinct().Count()))
                .Where(k => k.People >= Fewest).OrderByDescending(k => k.Points).ThenBy(k => k.Category, StringComparer.Ordinal),
        ];
        return new DeedShares(takers.Count, slips.Count, kinds.Sum(k => k.Points), kinds);
    }

    /// <summary>The lines of a firm's deliveries that brought a lot.</summary>
    private static IQueryable<DeliveryLine> LinesOf(MarketDb db, int sponsorId) => db.DeliveryLines.Where(l => l.LotId != null && l.Delivery.SponsorId == sponsorId);
}
