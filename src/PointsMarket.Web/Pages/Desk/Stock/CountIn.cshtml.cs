using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using PointsMarket.Areas;
using PointsMarket.Data;
using PointsMarket.Market;
using PointsMarket.Sponsors;
using PointsMarket.Web.Accounts;
using PointsMarket.Web.Cards;
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

        [Display(Name = "Cards.Form.First"), StringLength(60)]
        public string? FirstSerial { get; set; }

        [Display(Name = "Cards.Form.List"), StringLength(CardSerials.MostText)]
        public string? Serials { get; set; }

        /// <summary>A row that nobody filled in is no line.</summary>
        public bool IsEmpty => GoodsId is null && !HasSerials && Announced is null && Accepted is null && Refused is null && Expires is null && string.IsNullOrWhiteSpace(Reason);

        public bool HasSerials => !string.IsNullOrWhiteSpace(FirstSerial) || !string.IsNullOrWhiteSpace(Serials);
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

        /// <summary>The reference of the announced delivery that this is; null for another.</summary>
        [StringLength(40)]
        public string? Announced { get; set; }

        public List<LineInput> Lines { get; set; } = [];
    }

    [BindProperty]
    public DeliveryInput Input { get; set; } = new();

    public IReadOnlyList<SelectListItem> Outlets { get; private set; } = [];

    public IReadOnlyList<SelectListItem> Goods { get; private set; } = [];

    public IReadOnlyList<SelectListItem> Sponsors { get; private set; } = [];

    private HashSet<int?> CardGoods { get; set; } = [];

    /// <summary>Whether the numbers of a row are shown at once: for cards, and where something is typed or wrong.</summary>
    public bool ShowsNumbers(int row) => CardGoods.Contains(Input.Lines[row].GoodsId) || Input.Lines[row].HasSerials || ModelState[$"Input.Lines[{row}].{nameof(LineInput.Serials)}"]?.Errors.Count > 0;

    public async Task<IActionResult> OnGetAsync(int? outlet, string? sku, string? announced)
    {
        var today = StationTime.Day(clock.GetUtcNow().UtcDateTime);
        Input.OutletId = outlet;
        Input.Date = today;
        Input.Reference = $"D{today:yyMMdd}-{System.Security.Cryptography.RandomNumberGenerator.GetString("23456789ABCDEFGHJKLMNPQRSTUVWXYZ", 6)}";
        Input.Lines = [new() { GoodsId = await db.Goods.Where(g => g.Sku == sku).Select(g => (int?)g.Id).SingleOrDefaultAsync() }];
        if (announced is { Length: > 0 } && !await PrefillAsync(announced)) return NotFound();
        await LoadAsync(announced is null ? RowsAtFirst : Input.Lines.Count);
        return Page();
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
        var announced = Input.Announced is { Length: > 0 } reference ? await Announced(reference).Select(a => (int?)a.Id).SingleOrDefaultAsync() : null;
        if (Input.Announced is { Length: > 0 } && announced is null) return NotFound();
        var serials = new List<IReadOnlyList<string>>();
        foreach (var (line, row) in rows) serials.Add(await SerialsAsync(line, row));
        if (ModelState.IsValid)
        {
            var outcome = await countIn.ExecuteAsync(new CountIn.Input
            {
                Reference = Input.Reference.Trim(), Date = Input.Date!.Value, SponsorId = Input.SponsorId, OutletId = Input.OutletId!.Value, AnnouncementId = announced, Actor = user.Actor, AreaPath = user.AreaPath,
                Lines = [.. rows.Select((r, i) => new CountIn.Line
                {
                    GoodsId = r.Line.GoodsId!.Value, Announced = r.Line.Announced, Accepted = r.Line.Accepted ?? 0, Refused = r.Line.Refused ?? 0, RefusedReason = r.Line.Reason, Expires = r.Line.Expires, Serials = serials[i],
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

    private IQueryable<Announcement> Announced(string reference)
    {
        var path = user.AreaPath;
        return db.Announcements.Where(a => a.Reference == reference && a.Outlet.Area.Path.StartsWith(path));
    }

    /// <summary>Fills in what a firm announced; only what was counted is left to say.</summary>
    private async Task<bool> PrefillAsync(string reference)
    {
        var coming = await Announced(reference).Where(a => a.State == AnnouncementState.Announced)
            .Select(a => new { a.OutletId, a.Pledge.SponsorId, Lines = a.Lines.OrderBy(l => l.GoodsId).Select(l => new LineInput { GoodsId = l.GoodsId, Announced = l.Quantity }).ToList() }).SingleOrDefaultAsync();
        if (coming is null) return false;
        (Input.Announced, Input.OutletId, Input.SponsorId, Input.Lines) = (reference, coming.OutletId, coming.SponsorId, coming.Lines);
        return true;
    }

    /// <summary>The numbers of a line's cards; none where none are typed, which counting in refuses for cards.</summary>
    private async Task<IReadOnlyList<string>> SerialsAsync(LineInput line, int row)
    {
        if (!line.HasSerials) return [];
        var (serials, problem) = await new CardNumbersForm { First = line.FirstSerial, List = line.Serials }.ReadAsync(line.Accepted ?? 0);
        if (problem is not null) ModelState.AddModelError($"Input.Lines[{row}].{nameof(LineInput.Serials)}", texts[problem, CardSerials.MostAtOnce]);
        return serials;
    }

    /// <summary>Marks the field that a refusal speaks of.</summary>
    private void Mark(CountIn.Refused refused, List<int> rows)
    {
        var why = refused.Why.ToString();
        if (refused is { Line: { } at, Cards: { } cards })
        {
            ModelState.AddModelError($"Input.Lines[{rows[at]}].{nameof(LineInput.Serials)}", CardWords.Say(texts, cards));
            return;
        }
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
            CountIn.Problem.NoLines or CountIn.Problem.AnnouncementOver => "",
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
        CardGoods = [.. goods.Where(g => g.Kind == GoodsKind.Card).Select(g => (int?)g.Id)];
        Goods = [new SelectListItem(texts["Desk.CountIn.Choose"], ""), .. goods.Select(g => new SelectListItem($"{GoodsText.Name(g.NameZh, g.NameEn)} ({g.Unit}, {g.Sku})", Text(g.Id)))];
        var sponsors = await db.Sponsors.AsNoTracking().OrderBy(s => s.Code).ToListAsync();
        Sponsors = [new SelectListItem(texts["Desk.CountIn.Bought"], ""), .. sponsors.Select(s => new SelectListItem(s.Name, Text(s.Id)))];
        while (Input.Lines.Count < Math.Min(rows, CountIn.MostLines)) Input.Lines.Add(new LineInput());
    }

    private static string Text(int id) => id.ToString(CultureInfo.InvariantCulture);
}
