using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using PointsMarket.Areas;
using PointsMarket.Data;
using PointsMarket.Ledger;
using PointsMarket.Market;
using PointsMarket.Web.Shared;

namespace PointsMarket.Web.Pages.Desk.Stock;

/// <summary>One article at one outlet: every piece that came and went.</summary>
public sealed class HistoryModel(MarketDb db, Choices choices, AccountJournal journal, Actors actors, TimeProvider clock) : PageModel
{
    public Goods Goods { get; private set; } = null!;

    public IReadOnlyList<Choices.OutletChoice> Outlets { get; private set; } = [];

    public Choices.OutletChoice? At { get; private set; }

    public long Shelf { get; private set; }

    /// <summary>The lots on that shelf, those that expire first before the others.</summary>
    public IReadOnlyList<LotAt> Lots { get; private set; } = [];

    public bool HasExpired(LotAt lot) => lot.Expires <= StationTime.Day(clock.GetUtcNow().UtcDateTime);

    public Entries Entries { get; private set; } = null!;

    public Pager Pager { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(string sku, int? outlet)
    {
        var goods = await db.Goods.AsNoTracking().SingleOrDefaultAsync(g => g.Sku == sku);
        if (goods is null) return NotFound();
        Goods = goods;
        Outlets = await choices.OutletsAsync();
        At = Outlets.FirstOrDefault(o => o.Id == outlet) ?? (outlet is null && Outlets.Count > 0 ? Outlets[0] : null);
        if (outlet is not null && At is null) return NotFound();
        var list = ListQuery.From(Request);
        IReadOnlyList<AccountEntry> rows = [];
        var total = 0;
        if (At is { } at)
        {
            var shelf = AccountCode.Shelf(at.Code);
            rows = await journal.ReadAsync(at.BookId, shelf, goods.Asset, list.Skip, list.Size);
            total = await journal.CountAsync(at.BookId, shelf, goods.Asset);
            Lots = [.. (await db.LotsAtAsync(at.BookId, shelf)).Where(l => l.GoodsId == goods.Id)];
            Shelf = await db.BalanceAsync(at.BookId, shelf, goods.Asset);
        }

        Entries = new Entries(rows, await actors.NamesAsync(rows.Select(e => e.Actor)), "Desk.Goods.History");
        Pager = new Pager(list, total);
        return Page();
    }
}
