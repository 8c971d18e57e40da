using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using PointsMarket.Areas;
using PointsMarket.Data;
using PointsMarket.Sponsors;
using PointsMarket.Web.Accounts;
using PointsMarket.Web.Shared;
using PointsMarket.Web.Text;

namespace PointsMarket.Web.Pages.Desk.Stock;

/// <summary>A delivery is counted in, line by line. Its reference is made with the form, so that sending it twice counts once.</summary>
public sealed class CountInModel(MarketDb db, CountIn countIn, CurrentUser user, Choices choices, TimeProvider clock, IStringLocalizer<Texts> texts) : PageModel
{
    private const int RowsAtFirst = 3;

    public sealed class LineInput
    {
        [Display(Name = "Desk.CountIn.Goods")]
        public int? GoodsId { get; set; }

        [Display(Name = "Desk.CountIn.Announced"), Range(0, CountIn.MostPieces)]
        public int? Announced { get; set; }

        [Display(Name = "Desk.CountIn.Accepted"), Range(0, CountIn.MostPieces)]
        public int? Accepted { get; set; }

        [Display(Name = "Desk.CountIn.Refused"), Range(0, CountIn.MostPieces)]
        public int? Refused { get; set; }

        [Display(Name = "Desk.CountIn.Expires")]
        public DateOnly? Expires { get; set; }

        [Display(Name = "Desk.CountIn.Reason"), StringLength(CountIn.MostWords)]
        public string? Reason { get; set; }

        /// <summary>A row that nobody filled in is no line.</summary>
        public bool IsEmpty => GoodsId is null && Announced is null && Accepted is null && Refused is null && Expires is null && string.IsNullOrWhiteSpace(Reason);
    }

    public sealed class DeliveryInput
    {
        [Display(Name = "Desk.CountIn.Outlet"), Required]
        public int? OutletId { get; set; }

        [Display(Name = "Desk.CountIn.Sponsor")]
        public int? SponsorId { get; set; }

        [Display(Name = "Desk.CountIn.Date"), Required]
        public DateOnly? Date { get; set; }

        [Display(Name = "Desk.CountIn.Reference"), Required, StringLength(40)]
        public string Reference { get; set; } = "";

        public List<LineInput> Lines { get; set; } = [];
    }

    [BindProperty]
    public DeliveryInput Input { get; set; } = new();

    public IReadOnlyList<SelectListItem> Outlets { get; private set; } = [];

    public IReadOnlyList<SelectListItem> Goods { get; private set; } = [];

    public IReadOnlyList<SelectListItem> Sponsors { get; private set; } = [];

    public async Task OnGetAsync(int? outlet, string? sku)
    {
        var today = StationTime.Day(clock.GetUtcNow().UtcDateTime);
        Input.OutletId = outlet;
        Input.Date = today;
        Input.Reference = $"D{today:yyMMdd}-{System.Security.Cryptography.RandomNumberGenerator.GetString("23456789ABCDEFGHJKLMNPQRSTUVWXYZ", 6)}";
        Input.Lines = [new() { GoodsId = await db.Goods.Where(g => g.Sku == sku).Select(g => (int?)g.Id).SingleOrDefaultAsync() }];
        await LoadAsync(RowsAtFirst);
    }

    /// <summary>One more row; nothing is counted in yet.</summary>
    public async Task<IActionResult> OnPostRowAsync()
    {
        ModelState.Clear(); // what was typed stays, and is looked at when it is sent
        await LoadAsync(Input.Lines.Count + 1);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync()
    {
        var rows = Input.Lines.Select((l, i) => (Line: l, Row: i)).Where(r => !r.Line.IsEmpty).ToList();
        foreach (var (_, row) in rows.Where(r => r.Line.GoodsId is null)) Wrong(row, nameof(LineInput.GoodsId), "NoSuchGoods");
        if (ModelState.IsValid)
        {
            var outcome = await countIn.ExecuteAsync(new CountIn.Input
            {
                Reference = Input.Reference.Trim(), Date = Input.Date!.Value, SponsorId = Input.SponsorId, OutletId = Input.OutletId!.Value, Actor = user.Actor, AreaPath = user.AreaPath,
                Lines = [.. rows.Select(r => new CountIn.Line
                {
                    GoodsId = r.Line.GoodsId!.Value, Announced = r.Line.Announced, Accepted = r.Line.Accepted ?? 0, Refused = r.Line.Refused ?? 0, RefusedReason = r.Line.Reason, Expires = r.Line.Expires,
                })],
            });
            if (outcome is CountIn.Refused { Why: CountIn.Problem.NoSuchOutlet }) return NotFound();
            if (outcome is CountIn.Refused refused) Mark(refused, [.. rows.Select(r => r.Row)]);
            else
            {
                TempData.Say("Desk.CountIn.Done", Ui.Points(rows.Sum(r => r.Line.Accepted ?? 0)), Input.Reference);
                return RedirectToPage("Index", new { outlet = Input.OutletId });
            }
        }

        await LoadAsync(Input.Lines.Count);
        return Page();
    }

    /// <summary>Marks the field that a refusal speaks of.</summary>
    private void Mark(CountIn.Refused refused, List<int> rows)
    {
        var why = refused.Why.ToString();
        if (refused.Line is { } line)
        {
            Wrong(rows[line], refused.Why switch
            {
                CountIn.Problem.ExpiredAlready => nameof(LineInput.Expires),
                CountIn.Problem.ReasonMissing => nameof(LineInput.Reason),
                CountIn.Problem.NoSuchGoods => nameof(LineInput.GoodsId),
                _ => nameof(LineInput.Accepted),
            }, why);
            return;
        }
        ModelState.AddModelError(refused.Why switch
        {
            CountIn.Problem.NoLines => "",
            CountIn.Problem.DateNotYet or CountIn.Problem.MonthClosed => "Input.Date",
            CountIn.Problem.NoSuchSponsor => "Input.SponsorId",
            _ => "Input.Reference",
        }, texts[$"Desk.CountInProblem.{why}"]);
    }

    private void Wrong(int row, string field, string why) => ModelState.AddModelError($"Input.Lines[{row}].{field}", texts[$"Desk.CountInProblem.{why}"]);

    private async Task LoadAsync(int rows)
    {
        Outlets = [.. (await choices.OutletsAsync()).Select(o => new SelectListItem(o.Name, Text(o.Id)))];
        var goods = await db.Goods.AsNoTracking().OrderByDescending(g => g.Offered).ThenBy(g => g.Sku).ToListAsync();
        Goods = [new SelectListItem(texts["Desk.CountIn.Choose"], ""), .. goods.Select(g => new SelectListItem($"{GoodsText.Name(g.NameZh, g.NameEn)} ({g.Unit}, {g.Sku})", Text(g.Id)))];
        var sponsors = await db.Sponsors.AsNoTracking().OrderBy(s => s.Code).ToListAsync();
        Sponsors = [new SelectListItem(texts["Desk.CountIn.Bought"], ""), .. sponsors.Select(s => new SelectListItem(s.Name, Text(s.Id)))];
        while (Input.Lines.Count < Math.Min(rows, CountIn.MostLines)) Input.Lines.Add(new LineInput());
    }

    private static string Text(int id) => id.ToString(CultureInfo.InvariantCulture);
}
