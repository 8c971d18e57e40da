using Microsoft.EntityFrameworkCore;
using PointsMarket.Data;
using PointsMarket.Sponsors;
using PointsMarket.Web.Shared;

namespace PointsMarket.Web.Sponsors;

/// <summary>A pledge as lists and pages show it, for the firm and for the desk.</summary>
public sealed record PledgeRow
{
    public required int Id { get; init; }
    public required string Reference { get; init; }
    public required string Firm { get; init; }
    public required int OutletId { get; init; }
    public required string Outlet { get; init; }
    public required int? GoodsId { get; init; }
    public required string? NameZh { get; init; }
    public required string? NameEn { get; init; }
    public required string? Unit { get; init; }
    public required string? Words { get; init; }
    public required int? Quantity { get; init; }
    public required long? ValueFen { get; init; }
    public required DateOnly Day { get; init; }
    public required PledgeState State { get; init; }
    public required DateTime MadeAt { get; init; }
    public required string MadeBy { get; init; }
    public required DateTime? DecidedAt { get; init; }
    public required string? DecidedBy { get; init; }
    public required string? Answer { get; init; }

    /// <summary>Pieces that came of it and were accepted.</summary>
    public required long Came { get; init; }

    /// <summary>What it is: the article, or the words.</summary>
    public string What => NameZh is null ? Words ?? "" : GoodsText.Name(NameZh, NameEn!);

    /// <summary>How much is still to come; null when no number was said.</summary>
    public long? Left => Quantity is { } all ? Math.Max(0, all - Came) : null;

    /// <summary>Reads them.</summary>
    public static IQueryable<PledgeRow> Of(MarketDb db, IQueryable<Pledge> pledges) => pledges.Select(p => new PledgeRow
    {
        Id = p.Id, Reference = p.Reference, Firm = p.Sponsor.Name, OutletId = p.OutletId, Outlet = p.Outlet.Name, GoodsId = p.GoodsId,
        NameZh = p.Goods == null ? null : p.Goods.NameZh, NameEn = p.Goods == null ? null : p.Goods.NameEn, Unit = p.Goods == null ? null : p.Goods.Unit,
        Words = p.Words, Quantity = p.Quantity, ValueFen = p.ValueFen, Day = p.Day, State = p.State, MadeAt = p.MadeAt, MadeBy = p.MadeBy,
        DecidedAt = p.DecidedAt, DecidedBy = p.DecidedBy, Answer = p.Answer,
        Came = db.Announcements.Where(a => a.PledgeId == p.Id && a.DeliveryId != null).SelectMany(a => a.Delivery!.Lines).Sum(l => (long)l.Accepted),
    });
}

/// <summary>An announced delivery as lists show it.</summary>
public sealed record ComingRow(int Id, string Reference, string Pledge, string Firm, string Outlet, DateOnly Day, AnnouncementState State, string? Delivery, List<ComingRow.Line> Lines)
{
    public sealed record Line(string NameZh, string NameEn, string Unit, int Quantity);

    /// <summary>Reads them.</summary>
    public static IQueryable<ComingRow> Of(IQueryable<Announcement> announced) => announced.Select(a => new ComingRow(
        a.Id, a.Reference, a.Pledge.Reference, a.Pledge.Sponsor.Name, a.Outlet.Name, a.Day, a.State, a.Delivery == null ? null : a.Delivery.Reference,
        a.Lines.OrderBy(l => l.GoodsId).Select(l => new Line(l.Goods.NameZh, l.Goods.NameEn, l.Goods.Unit, l.Quantity)).ToList()));
}
