using Microsoft.EntityFrameworkCore;
using PointsMarket.Data;
using PointsMarket.Market;

namespace PointsMarket.Web.Cards;

/// <summary>One card whole: from which delivery, where, against which slip, on which day.</summary>
public sealed record CardTrace
{
    public sealed record Happened(CardStep Step, DateTime At, string Actor, string? Slip, string? Words);

    public required int Id { get; init; }

    /// <summary>Whole; a page shows it masked unless it is the auditor's.</summary>
    public required string Serial { get; init; }

    public required string NameZh { get; init; }

    public required string NameEn { get; init; }

    public required string Outlet { get; init; }

    public required CardState State { get; init; }

    public required string? Batch { get; init; }

    public required DateOnly? BatchDay { get; init; }

    /// <summary>The firm that gave the batch; null for a bought one.</summary>
    public required string? Giver { get; init; }

    public required string? Slip { get; init; }

    public required List<Happened> Steps { get; init; }

    /// <summary>Reads cards whole; for one or a few.</summary>
    public static IQueryable<CardTrace> Of(MarketDb db, IQueryable<SupermarketCard> cards) => cards.Select(c => new CardTrace
    {
        Id = c.Id, Serial = c.Serial, NameZh = c.Goods.NameZh, NameEn = c.Goods.NameEn, Outlet = c.Outlet.Name, State = c.State, Batch = c.Batch,
        BatchDay = db.Deliveries.Where(d => d.Reference == c.Batch).Select(d => (DateOnly?)d.Date).FirstOrDefault(),
        Giver = db.Deliveries.Where(d => d.Reference == c.Batch).Select(d => d.Sponsor == null ? null : d.Sponsor.Name).FirstOrDefault(),
        Slip = db.Redemptions.Where(r => r.Id == c.RedemptionId).Select(r => r.Reference).FirstOrDefault(),
        Steps = c.Events.OrderBy(v => v.Id).Select(v => new Happened(v.Step, v.At, v.Actor, v.Redemption == null ? null : v.Redemption.Reference, v.Words)).ToList(),
    });
}
