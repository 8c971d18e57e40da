using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using PointsMarket.Data;
using PointsMarket.Market;
using PointsMarket.Stock;
using PointsMarket.Web.Accounts;
using PointsMarket.Web.Cards;
using PointsMarket.Web.Shared;
using PointsMarket.Web.Text;

namespace PointsMarket.Web.Pages.Desk.Stocktakes;

/// <summary>One stocktake: counted blind on a tablet, what differs counted again, then signed by two people.</summary>
public sealed class ShowModel(MarketDb db, StocktakeCounts counts, SignStocktake sign, NameCards name, CurrentUser user, Actors actors, IStringLocalizer<Texts> texts) : PageModel
{
    public sealed class LineInput
    {
        public int Position { get; set; }

        [Display(Name = "Stocktakes.Count.Counted"), Range(0, StocktakeCounts.MostPieces)]
        public int? Counted { get; set; }

        /// <summary>Cards' numbers, one a line.</summary>
        [Display(Name = "Stocktakes.Count.Numbers"), StringLength(CardSerials.MostText)]
        public string? Numbers { get; set; }

        /// <summary>Forget what was scanned before; without numbers: there is none.</summary>
        public bool StartOver { get; set; }
    }

    public sealed class CardsInput
    {
        public int Position { get; set; }

        [Display(Name = "Stocktakes.Name.Numbers"), StringLength(CardSerials.MostText)]
        public string? Numbers { get; set; }

        /// <summary>They are the ones that lie there.</summary>
        public bool There { get; set; }
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

    [BindProperty]
    public CardsInput Name { get; set; } = new();

    /// <summary>The articles whose cards are counted by number here.</summary>
    public IReadOnlySet<int> Numbered { get; private set; } = null!;

    /// <summary>Line → how many cards it must name (below 0: missing ones), of those counted by pieces.</summary>
    public Dictionary<int, int> Asked { get; } = [];

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

    /// <summary>True while nobody has said which cards are missing or were found.</summary>
    public bool IsUnnamed => Sheet.Lines.Exists(l => Asked.TryGetValue(l.Position, out var need) && Math.Abs(need) != l.Named.Count());

    /// <summary>Whether this user may say so: whoever signed first, or anybody before.</summary>
    public bool MayName => Sheet.State == StocktakeState.Signing && (Sheet.FirstBy is null || IsOwnSignature) && Access.Works(User);

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

    /// <summary>Says which cards a line is about that was counted by pieces.</summary>
    public async Task<IActionResult> OnPostNameAsync(int id)
    {
        if (!await LoadAsync(id)) return NotFound();
        if (Sheet.Lines.Find(l => l.Position == Name.Position) is not { } line) return NotFound();
        var serials = CardSerials.List(Name.Numbers);
        var outcome = ModelState.IsValid ? await name.ExecuteAsync(new NameCards.Input { By = By, Position = line.Position, Serials = serials, There = Name.There }) : StocktakeOutcome.CardsNotRight;
        if (outcome != StocktakeOutcome.CardsNotRight) return Said(outcome, "Stocktakes.Said.Named");
        if (ModelState.IsValid)
        {
            var wrong = (await CardCount.NamedAsync(db, Sheet.OutletId, line.GoodsId, Asked.GetValueOrDefault(line.Position), serials, Name.There)).Wrong;
            ModelState.AddModelError("Name.Numbers", wrong is null ? texts["Stocktakes.Outcome.CardsNotRight", Sheet.Number] : CardWords.SayInCount(texts, wrong));
        }
        return Page();
    }

    public async Task<IActionResult> OnPostWithdrawAsync(int id) =>
        await LoadAsync(id) ? Said(await counts.WithdrawAsync(By), "Stocktakes.Said.Withdrawn") : NotFound();

    private async Task<IActionResult> CountAsync(int id, bool finish)
    {
        if (!await LoadAsync(id)) return NotFound();
        if (!ModelState.IsValid) return Page();
        var typed = Lines.Where(l => l.Counted is not null).DistinctBy(l => l.Position).ToDictionary(l => l.Position, l => l.Counted!.Value);
        var scans = Lines.Where(l => l.StartOver || !string.IsNullOrWhiteSpace(l.Numbers)).DistinctBy(l => l.Position).ToDictionary(l => l.Position, l => new StocktakeCounts.Scan(CardSerials.List(l.Numbers), l.StartOver));
        var outcome = await counts.PutDownAsync(By, typed, scans);
        if (outcome is StocktakeOutcome.CardsNotRight or StocktakeOutcome.NotACount)
        {
            if (outcome == StocktakeOutcome.NotACount || !await SayWhichAsync(scans)) ModelState.AddModelError("", texts[$"Stocktakes.Outcome.{outcome}", Sheet.Number]);
            return Page(); // nothing was kept, so what was typed stays in its fields
        }
        if (outcome != StocktakeOutcome.Done || !finish) return Said(outcome, "Stocktakes.Said.Saved");
        outcome = await counts.FinishAsync(By);
        return Said(outcome, "Stocktakes.Said.Finished");
    }

    /// <summary>Says beside each field of numbers what is wrong with them; nothing was kept, and what was scanned stays in the field.</summary>
    private async Task<bool> SayWhichAsync(Dictionary<int, StocktakeCounts.Scan> scans)
    {
        foreach (var (position, scan) in scans)
        {
            if (Sheet.Lines.Find(l => l.Position == position) is not { } line || await CardCount.CheckAsync(db, Sheet.OutletId, line.GoodsId, scan.Serials) is not { } wrong) continue;
            ModelState.AddModelError($"Lines[{Lines.FindIndex(l => l.Position == position)}].Numbers", CardWords.SayInCount(texts, wrong));
        }
        return !ModelState.IsValid;
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
        var sheet = await db.Stocktakes.AsNoTracking().Include(s => s.Outlet).Include(s => s.Lines).ThenInclude(l => l.Goods).Include(s => s.Lines).ThenInclude(l => l.Cards).SingleOrDefaultAsync(s => s.Id == id && s.Outlet.Area.Path.StartsWith(path));
        if (sheet is null) return false;
        Sheet = sheet;
        Numbered = IsCounting ? await CardCount.NumberedAsync(db, sheet.OutletId) : new HashSet<int>();
        foreach (var line in sheet.Lines.Where(l => sheet.State == StocktakeState.Signing && NameCards.IsAsked(l)))
        {
            if (await CardCount.NeedAsync(db, sheet.BookId, sheet.OutletId, line.GoodsId, line.Difference) is not 0 and var need) Asked[line.Position] = need;
        }
        Names = await actors.NamesAsync(sheet.Lines.SelectMany(l => new[] { l.CountedBy, l.EarlierBy }).Concat([sheet.OpenedBy, sheet.FirstBy, sheet.EndedBy]));
        var lots = sheet.Lines.Select(l => l.LotId).OfType<int>().ToList();
        LotDays = await db.Lots.Where(l => lots.Contains(l.Id)).ToDictionaryAsync(l => l.Id, l => l.Expires);
        return true;
    }
}
