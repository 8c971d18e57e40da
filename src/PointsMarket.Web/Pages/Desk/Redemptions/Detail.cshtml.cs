using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using PointsMarket.Data;
using PointsMarket.Market;
using PointsMarket.Members;
using PointsMarket.Web.Accounts;
using PointsMarket.Web.Shared;

namespace PointsMarket.Web.Pages.Desk.Redemptions;

/// <summary>One redemption: what was taken, and every transaction of the ledger about it. What can be done with it is done at the counter.</summary>
public sealed class DetailModel(MarketDb db, CurrentUser user, Actors actors, TimeProvider clock) : PageModel
{
    public sealed record Line(string NameZh, string NameEn, string Unit, string Picture, string Sku, int Quantity, int PointsEach);

    public sealed record Step(long Sequence, string Kind, DateTime At, string Actor, string? Reason);

    public sealed record Slip
    {
        public required string Reference { get; init; }
        public required int? MemberId { get; init; }
        public required string Code { get; init; }
        public required string Name { get; init; }
        public required MemberKind? Kind { get; init; }
        public required string Outlet { get; init; }
        public required int BookId { get; init; }
        public required RedemptionState State { get; init; }
        public required int Points { get; init; }
        public required DateTime At { get; init; }
        public required DateTime ExpiresAt { get; init; }
        public required DateTime? EndedAt { get; init; }
        public required bool FromKiosk { get; init; }
        public required int? Satisfaction { get; init; }
        public required List<Line> Lines { get; init; }
    }

    public Slip Shown { get; private set; } = null!;

    public IReadOnlyList<Step> Steps { get; private set; } = [];

    /// <summary>The supermarket cards that left with it, by article: key and masked number.</summary>
    public ILookup<string, (int Id, string Masked)> Cards { get; private set; } = null!;

    public IReadOnlyDictionary<string, string> Names { get; private set; } = null!;

    /// <summary>Open, or handed over not too long ago.</summary>
    public bool CanBeDone { get; private set; }

    public async Task<IActionResult> OnGetAsync(string reference)
    {
        var path = user.AreaPath;
        var slip = await db.Redemptions.Where(r => r.Reference == reference && r.Outlet.Area.Path.StartsWith(path)).Select(r => new Slip
        {
            Reference = r.Reference, MemberId = r.MemberId, Code = r.Member == null ? r.Voucher!.Code : r.Member.Code, Name = r.Member == null ? "" : r.Member.Name,
            Kind = r.Member == null ? null : r.Member.Kind, Outlet = r.Outlet.Name, BookId = r.Outlet.Area.BookId,
            State = r.State, Points = r.Points, At = r.HappenedAt, ExpiresAt = r.ExpiresAt, EndedAt = r.EndedAt, FromKiosk = r.HoldSequence != null, Satisfaction = r.Satisfaction,
            Lines = r.Lines.OrderBy(l => l.GoodsId).Select(l => new Line(l.Goods.NameZh, l.Goods.NameEn, l.Goods.Unit, l.Goods.Picture, l.Goods.Sku, l.Quantity, l.PointsEach)).ToList(),
        }).SingleOrDefaultAsync();
        if (slip is null) return NotFound();
        Shown = slip;
        var cards = await db.SupermarketCards.Where(c => db.Redemptions.Any(r => r.Id == c.RedemptionId && r.Reference == reference)).OrderBy(c => c.Serial).Select(c => new { c.Id, c.Serial, c.Goods.Sku }).ToListAsync();
        Cards = cards.ToLookup(c => c.Sku, c => (c.Id, CardSerials.Masked(c.Serial)));
        Steps = await db.LedgerTransactions.Where(t => t.BookId == slip.BookId && t.Subject == reference).OrderBy(t => t.Sequence)
            .Select(t => new Step(t.Sequence, t.Kind, t.HappenedAt, t.Actor, t.Reason)).ToListAsync();
        Names = await actors.NamesAsync(Steps.Select(s => s.Actor));
        CanBeDone = slip.State == RedemptionState.Held
            || (slip is { State: RedemptionState.HandedOver, FromKiosk: true, EndedAt: { } gone } && gone + await Redemption.ReturnableAsync(db, gone) > clock.GetUtcNow().UtcDateTime);
        return Page();
    }
}
