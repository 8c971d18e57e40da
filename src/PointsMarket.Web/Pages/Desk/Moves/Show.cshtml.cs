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

namespace PointsMarket.Web.Pages.Desk.Moves;

/// <summary>One move: the other outlet counts what arrived, or it is called back.</summary>
public sealed class ShowModel(MarketDb db, EndMove end, CurrentUser user, Actors actors, IStringLocalizer<Texts> texts) : PageModel
{
    public sealed class LineInput
    {
        public int GoodsId { get; set; }

        [Display(Name = "Moves.Show.Arrived"), Range(0, SendStock.MostPieces)]
        public int? Received { get; set; }

        [Display(Name = "Cards.Form.First"), StringLength(60)]
        public string? First { get; set; }

        [Display(Name = "Cards.Form.List"), StringLength(CardSerials.MostText)]
        public string? Serials { get; set; }
    }

    public sealed class EndInput
    {
        [Display(Name = "Moves.Show.Reason"), StringLength(SendStock.MostWords)]
        public string? Reason { get; set; }

        public List<LineInput> Lines { get; set; } = [];
    }

    [BindProperty]
    public EndInput Input { get; set; } = new();

    public StockMove Move { get; private set; } = null!;

    public IReadOnlyDictionary<string, string> Names { get; private set; } = null!;

    /// <summary>Article → how many numbers came with it, while it is on the way.</summary>
    public IReadOnlyDictionary<int, int> Numbered { get; private set; } = new Dictionary<int, int>();

    /// <summary>The cards that never came.</summary>
    public IReadOnlyList<(int GoodsId, string Serial)> Missing { get; private set; } = [];

    public bool MayReceive { get; private set; }

    public bool MayRecall { get; private set; }

    public async Task<IActionResult> OnGetAsync(int id) => await LoadAsync(id) ? Page() : NotFound();

    public async Task<IActionResult> OnPostReceiveAsync(int id)
    {
        if (!await LoadAsync(id) || !MayReceive) return NotFound();
        if (!ModelState.IsValid) return Page();
        var counts = Input.Lines.Where(l => l.Received is not null).DistinctBy(l => l.GoodsId).ToDictionary(l => l.GoodsId, l => l.Received!.Value);
        var cards = new List<ScannedCards>();
        foreach (var line in Input.Lines.Where(l => Numbered.ContainsKey(l.GoodsId)).DistinctBy(l => l.GoodsId)) cards.Add(await CardsAsync(line));
        if (!ModelState.IsValid) return Page();
        var outcome = await EndAsync(counts, cards);
        if (outcome != EndMove.Outcome.CardsNotRight) return Answer(outcome, "Moves.Said.Received");
        await SayWhichAsync(counts, cards);
        return Page();
    }

    /// <summary>The numbers that are said to have come in a line; none where none came.</summary>
    private async Task<ScannedCards> CardsAsync(LineInput line)
    {
        if (string.IsNullOrWhiteSpace(line.First) && string.IsNullOrWhiteSpace(line.Serials)) return new ScannedCards(line.GoodsId, []);
        var (serials, problem) = await new CardNumbersForm { First = line.First, List = line.Serials }.ReadAsync(line.Received ?? 0);
        if (problem is not null) ModelState.AddModelError(FieldOf(line.GoodsId), texts[problem, CardSerials.MostAtOnce]);
        return new ScannedCards(line.GoodsId, serials);
    }

    private async Task SayWhichAsync(Dictionary<int, int> counts, List<ScannedCards> cards)
    {
        foreach (var scanned in cards)
        {
            if (await CardMoves.CheckAsync(db, Move.Reference, scanned.GoodsId, counts.GetValueOrDefault(scanned.GoodsId), scanned.Serials) is { } wrong)
                ModelState.AddModelError(FieldOf(scanned.GoodsId), CardWords.Say(texts, wrong));
        }
        if (ModelState.IsValid) ModelState.AddModelError("", texts["Moves.Said.CardsChanged"]);
    }

    private string FieldOf(int goods) => $"Input.Lines[{Input.Lines.FindIndex(l => l.GoodsId == goods)}].Serials";

    public async Task<IActionResult> OnPostRecallAsync(int id)
    {
        if (!await LoadAsync(id) || !MayRecall) return NotFound();
        return ModelState.IsValid ? Answer(await EndAsync(null, []), "Moves.Said.Recalled") : Page();
    }

    private Task<EndMove.Outcome> EndAsync(Dictionary<int, int>? received, IReadOnlyList<ScannedCards> cards) =>
        end.ExecuteAsync(new EndMove.Input { MoveId = Move.Id, Received = received, Cards = cards, Reason = Input.Reason, Actor = user.Actor, AreaPath = user.AreaPath });

    private IActionResult Answer(EndMove.Outcome outcome, string done)
    {
        switch (outcome)
        {
            case EndMove.Outcome.Done:
                TempData.Say(done, Move.Reference);
                return RedirectToPage("Show", new { id = Move.Id });
            case EndMove.Outcome.WaitsForSecond:
                TempData.Warn("Moves.Said.Lacking", Move.Reference);
                return RedirectToPage("Show", new { id = Move.Id });
            case EndMove.Outcome.EndedOtherwise:
                TempData.Refuse("Moves.Said.EndedOtherwise", Move.Reference);
                return RedirectToPage("Show", new { id = Move.Id });
            case EndMove.Outcome.NotACount:
                ModelState.AddModelError("", texts["Moves.Said.NotACount"]);
                return Page();
            case EndMove.Outcome.ReasonMissing:
                ModelState.AddModelError("Input.Reason", texts["Moves.Said.ReasonMissing"]);
                return Page();
            default:
                return NotFound();
        }
    }

    private async Task<bool> LoadAsync(int id)
    {
        var path = user.AreaPath;
        var move = await db.StockMoves.AsNoTracking().Include(m => m.Lines).ThenInclude(l => l.Goods).Include(m => m.FromOutlet.Area).Include(m => m.ToOutlet.Area)
            .SingleOrDefaultAsync(m => m.Id == id && (m.FromOutlet.Area.Path.StartsWith(path) || m.ToOutlet.Area.Path.StartsWith(path)));
        if (move is null) return false;
        Move = move;
        var open = move.State == StockMoveState.Sent;
        MayReceive = open && move.ToOutlet.Area.Path.StartsWith(path, StringComparison.Ordinal);
        MayRecall = open && move.FromOutlet.Area.Path.StartsWith(path, StringComparison.Ordinal);
        if (open) Numbered = await CardMoves.OnTheWayAsync(db, move.Reference);
        else if (move.Lines.Exists(l => l.Received < l.Sent)) Missing = await CardMoves.MissingAsync(db, move.Reference);
        Names = await actors.NamesAsync([move.SentBy, move.EndedBy]);
        return true;
    }
}
