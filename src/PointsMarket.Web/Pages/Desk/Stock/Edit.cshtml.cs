using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using PointsMarket.Data;
using PointsMarket.Market;
using PointsMarket.Web.Accounts;
using PointsMarket.Web.Shared;
using PointsMarket.Web.Text;

namespace PointsMarket.Web.Pages.Desk.Stock;

/// <summary>A new article, or one to change.</summary>
[Authorize(Policy = Access.Admin)]
public sealed class EditModel(MarketDb db, SaveGoods save, CurrentUser user, IStringLocalizer<Texts> texts) : PageModel
{
    /// <summary>The drawings in <c>goods.svg</c>.</summary>
    public static readonly IReadOnlyList<string> Pictures = ["g-rice", "g-oil", "g-egg", "g-soap", "g-wash", "g-paste", "g-towel", "g-salt", "g-other", "g-card"];

    public sealed class GoodsInput
    {
        [Display(Name = "Desk.Goods.Sku"), StringLength(32)]
        public string? Sku { get; set; }

        [Display(Name = "Desk.Goods.Kind")]
        public GoodsKind Kind { get; set; }

        [Display(Name = "Desk.Goods.NameZh"), Required, StringLength(60)]
        public string NameZh { get; set; } = "";

        [Display(Name = "Desk.Goods.NameEn"), Required, StringLength(60)]
        public string NameEn { get; set; } = "";

        [Display(Name = "Desk.Goods.Unit"), Required, StringLength(10)]
        public string Unit { get; set; } = "";

        [Display(Name = "Desk.Goods.Points"), Required, Range(1, SaveGoods.MostPoints)]
        public int? Points { get; set; }

        [Display(Name = "Desk.Goods.Value"), Required, Range(0, SaveGoods.MostFen / 100)]
        public decimal? Value { get; set; }

        [Display(Name = "Desk.Goods.Limit"), Range(1, SaveGoods.MostLimit)]
        public int? Limit { get; set; }

        [Display(Name = "Desk.Goods.Section"), Required]
        public string Section { get; set; } = "food";

        [Display(Name = "Desk.Goods.Picture"), Required]
        public string Picture { get; set; } = "g-rice";

        [Display(Name = "Desk.Goods.Offered")]
        public bool Offered { get; set; } = true;
    }

    [BindProperty]
    public GoodsInput Input { get; set; } = new();

    /// <summary>The article; null for a new one.</summary>
    public string? Sku { get; private set; }

    public IEnumerable<SelectListItem> Kinds => Enum.GetValues<GoodsKind>().Select(k => new SelectListItem(texts[$"Desk.GoodsKind.{k}"], k.ToString()));

    public IEnumerable<SelectListItem> Sections => SaveGoods.Sections.Select(s => new SelectListItem(texts[$"Desk.Section.{s}"], s));

    public async Task<IActionResult> OnGetAsync(string? sku)
    {
        if (sku is null) return Page();
        var g = await db.Goods.AsNoTracking().SingleOrDefaultAsync(x => x.Sku == sku);
        if (g is null) return NotFound();
        Sku = g.Sku;
        Input = new GoodsInput
        {
            NameZh = g.NameZh, NameEn = g.NameEn, Unit = g.Unit, Points = g.Points, Value = g.ValueFen / 100m, Limit = g.LimitPerMemberMonth,
            Section = g.Section, Picture = g.Picture, Offered = g.Offered,
        };
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(string? sku)
    {
        int? id = null;
        if (sku is not null)
        {
            id = await db.Goods.Where(g => g.Sku == sku).Select(g => (int?)g.Id).SingleOrDefaultAsync();
            if (id is null) return NotFound();
            Sku = sku;
        }

        if (!ModelState.IsValid) return Page();
        var outcome = await save.ExecuteAsync(new SaveGoods.Input
        {
            GoodsId = id, Sku = Input.Sku?.Trim().ToUpperInvariant(), Kind = Input.Kind, NameZh = Input.NameZh.Trim(), NameEn = Input.NameEn.Trim(), Unit = Input.Unit.Trim(),
            Points = Input.Points!.Value, ValueFen = (int)decimal.Round(Input.Value!.Value * 100), LimitPerMemberMonth = Input.Limit,
            Section = Input.Section, Picture = Input.Picture, Offered = Input.Offered, Actor = user.Actor,
        });
        switch (outcome)
        {
            case SaveGoods.Saved saved:
                TempData.Say("Desk.List.Saved");
                return RedirectToPage("History", new { sku = saved.Sku });
            case SaveGoods.SkuTaken:
                ModelState.AddModelError("Input.Sku", texts["Desk.Goods.SkuTaken"]);
                break;
            case SaveGoods.SkuNotValid:
                ModelState.AddModelError("Input.Sku", texts["Desk.Valid.Code"]);
                break;
            case SaveGoods.OutOfBounds wrong:
                ModelState.AddModelError("Input." + wrong.Member, texts["Desk.Valid.Bounds"]);
                break;
            default:
                return NotFound();
        }

        return Page();
    }
}
