using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using PointsMarket.Data;
using PointsMarket.Market;
using PointsMarket.Web.Accounts;
using PointsMarket.Web.Cards;
using PointsMarket.Web.Shared;
using PointsMarket.Web.Text;

namespace PointsMarket.Web.Pages.Desk.Cards;

/// <summary>Gives the cards that lie at an outlet without numbers theirs, all at once.</summary>
public sealed class EnterModel(MarketDb db, EnterCards enter, CurrentUser user, IStringLocalizer<Texts> texts) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public int Outlet { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Sku { get; set; }

    [BindProperty]
    public CardNumbersForm Input { get; set; } = new();

    public string OutletName { get; private set; } = "";

    public string GoodsName { get; private set; } = "";

    public long Missing { get; private set; }

    private int GoodsId { get; set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken ct) => await LoadAsync(ct) ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        if (!await LoadAsync(ct)) return NotFound();
        if (!ModelState.IsValid) return Page();
        var (serials, problem) = await Input.ReadAsync((int)Missing, ct);
        if (problem is not null) return Again(texts[problem, CardSerials.MostAtOnce]);
        switch (await enter.ExecuteAsync(new EnterCards.Input { OutletId = Outlet, GoodsId = GoodsId, Serials = serials, Actor = user.Actor, AreaPath = user.AreaPath }, ct))
        {
            case EnterCards.Entered done:
                TempData.Say("Cards.Enter.Done", Ui.Points(done.Count), OutletName);
                return RedirectToPage("Index");
            case EnterCards.Refused refused:
                return Again(CardWords.Say(texts, refused.Why));
            case EnterCards.NothingMissing:
                TempData.Say("Cards.Enter.NothingMissing");
                return RedirectToPage("Index");
            default:
                return NotFound();
        }
    }

    private PageResult Again(string problem)
    {
        ModelState.AddModelError("", problem);
        return Page();
    }

    private async Task<bool> LoadAsync(CancellationToken ct)
    {
        var path = user.AreaPath;
        var outlet = await db.Outlets.Where(o => o.Id == Outlet && o.Area.Path.StartsWith(path)).Select(o => new { o.Name, o.Area.BookId }).SingleOrDefaultAsync(ct);
        var goods = await db.Goods.Where(g => g.Sku == Sku && g.Kind == GoodsKind.Card).Select(g => new { g.Id, g.NameZh, g.NameEn }).SingleOrDefaultAsync(ct);
        if (outlet is null || goods is null) return false;
        (OutletName, GoodsName, GoodsId) = (outlet.Name, GoodsText.Name(goods.NameZh, goods.NameEn), goods.Id);
        Missing = (await CardStock.ReadAsync(db, [outlet.BookId], ct)).Where(s => s.OutletId == Outlet && s.GoodsId == GoodsId).Sum(s => s.Missing);
        return true;
    }
}
