using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using PointsMarket.Data;
using PointsMarket.Stock;
using PointsMarket.Web.Accounts;
using PointsMarket.Web.Shared;
using PointsMarket.Web.Text;

namespace PointsMarket.Web.Pages.Desk.Stocktakes;

/// <summary>One stocktake: counted blind on a tablet, what differs counted again, then signed by two people.</summary>
public sealed class ShowModel(MarketDb db, StocktakeCounts counts, SignStocktake sign, CurrentUser user, Actors actors, IStringLocalizer<Texts> texts) : PageModel
{
    public sealed class LineInput
    {
        public int Position { get; set; }

        [Display(Name = "Stocktakes.Count.Counted"), Range(0, StocktakeCounts.MostPieces)]
        public int? Counted { get; set; }
    }

    public sealed class SignInput
    {
        [Display(Name = "Stocktakes.Sign.Reason"), StringLength(SignStocktake.MostWords)]
        public string? Reason { get; set; }
    }

    [BindProperty]
    public List<LineInput> Lines { get; set; } = [];

    [BindProperty]
    public SignInput Input { get; set; } = new();

    public Stocktake Sheet { get; private set; } = null!;

    public IReadOnlyDictionary<string, string> Names { get; private set; } = null!;

    /// <summary>Lot → the day it expires, for what is to be written off.</summary>
    public IReadOnlyDictionary<int, DateOnly?> LotDays { get; private set; } = null!;

    public bool IsCounting => Sheet.State is StocktakeState.Counting or StocktakeState.Recounting;

    public bool IsAgain => Sheet.State == StocktakeState.Recounting;

    /// <summary>What is to be counted now: everything, or in the second round what differed.</summary>
    public IEnumerable<StocktakeLine> ToCount => Sheet.Lines.Where(l => !IsAgain || StocktakeCounts.ToRecount(l)).OrderBy(l => l.Position);

    public int Done => ToCount.Count(l => IsAgain ? l.EarlierCounted is not null : l.Counted is not null);

    public bool IsOwnSignature => Sheet.FirstBy == user.Actor.Code;

    private StocktakeBy By => new() { StocktakeId = Sheet.Id, Actor = user.Actor, AreaPath = user.AreaPath };

    /// <summary>What the field of a line shows: in the second round not what was counted in the first.</summary>
    public int? Shown(StocktakeLine line) => Lines.Find(l => l.Position == line.Position) is { } typed ? typed.Counted : IsAgain && line.EarlierCounted is null ? null : line.Counted;

    public async Task<IActionResult> OnGetAsync(int id) => await LoadAsync(id) ? Page() : NotFound();

    /// <summary>The sheet as a file of FORMATS: blind while it is counted.</summary>
    public async Task<IActionResult> OnGetCsvAsync(int id) => !await LoadAsync(id) ? NotFound() : new Csv<StocktakeLine>(
        $"stocktake-{Areas.StationMonth.Text(Sheet.Month)}.csv", Sheet.Lines.OrderBy(l => l.Position).ToAsyncEnumerable(), ("outlet", _ => Sheet.Outlet.Code), ("sku", l => l.Goods.Sku), ("counted", l => l.Counted));

    public Task<IActionResult> OnPostSaveAsync(int id) => CountAsync(id, finish: false);

    public Task<IActionResult> OnPostFinishAsync(int id) => CountAsync(id, finish: true);

    public async Task<IActionResult> OnPostSignAsync(int id)
    {
        if (!await LoadAsync(id)) return NotFound();
        if (!ModelState.IsValid) return Page();
        var second = Sheet.FirstBy is not null && !IsOwnSignature;
        var outcome = await sign.ExecuteAsync(By, Input.Reason);
        if (outcome != StocktakeOutcome.ReasonMissing) return Said(outcome, second ? "Stocktakes.Said.Signed" : "Stocktakes.Said.SignedFirst");
        ModelState.AddModelError("Input.Reason", texts["Stocktakes.Outcome.ReasonMissing"]);
        return Page();
    }

    public async Task<IActionResult> OnPostWithdrawAsync(int id) =>
        await LoadAsync(id) ? Said(await counts.WithdrawAsync(By), "Stocktakes.Said.Withdrawn") : NotFound();

    private async Task<IActionResult> CountAsync(int id, bool finish)
    {
        if (!await LoadAsync(id)) return NotFound();
        if (!ModelState.IsValid) return Page();
        var typed = Lines.Where(l => l.Counted is not null).DistinctBy(l => l.Position).ToDictionary(l => l.Position, l => l.Counted!.Value);
        var outcome = await counts.PutDownAsync(By, typed);
        if (outcome != StocktakeOutcome.Done || !finish) return Said(outcome, "Stocktakes.Said.Saved");
        outcome = await counts.FinishAsync(By);
        return Said(outcome, "Stocktakes.Said.Finished");
    }

    private RedirectToPageResult Said(StocktakeOutcome outcome, string done)
    {
        if (outcome == StocktakeOutcome.Done) TempData.Say(done, Sheet.Number);
        else TempData.Refuse($"Stocktakes.Outcome.{outcome}", Sheet.Number);
        return RedirectToPage("Show", new { id = Sheet.Id });
    }

    private async Task<bool> LoadAsync(int id)
    {
        var path = user.AreaPath;
        var sheet = await db.Stocktakes.AsNoTracking().Include(s => s.Outlet).Include(s => s.Lines).ThenInclude(l => l.Goods).SingleOrDefaultAsync(s => s.Id == id && s.Outlet.Area.Path.StartsWith(path));
        if (sheet is null) return false;
        Sheet = sheet;
        Names = await actors.NamesAsync(sheet.Lines.SelectMany(l => new[] { l.CountedBy, l.EarlierBy }).Concat([sheet.OpenedBy, sheet.FirstBy, sheet.EndedBy]));
        var lots = sheet.Lines.Select(l => l.LotId).OfType<int>().ToList();
        LotDays = await db.Lots.Where(l => lots.Contains(l.Id)).ToDictionaryAsync(l => l.Id, l => l.Expires);
        return true;
    }
}
