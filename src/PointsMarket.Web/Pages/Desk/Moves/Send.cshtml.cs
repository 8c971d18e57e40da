using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
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

/// <summary>Sends goods to another outlet: first from where, then what.</summary>
public sealed class SendModel(MarketDb db, SendStock send, StockOutlook outlook, CurrentUser user, Choices choices, IStringLocalizer<Texts> texts) : PageModel
{
    public sealed class LineInput
    {
        public int GoodsId { get; set; }

        [Display(Name = "Moves.Send.Pieces"), Range(1, SendStock.MostPieces)]
        public int? Pieces { get; set; }

        [Display(Name = "Cards.Form.First"), StringLength(60)]
        public string? First { get; set; }

        [Display(Name = "Cards.Form.List"), StringLength(CardSerials.MostText)]
        public string? Serials { get; set; }

        public bool HasSerials => !string.IsNullOrWhiteSpace(First) || !string.IsNullOrWhiteSpace(Serials);
    }

    public sealed class SendInput
    {
        public Guid Key { get; set; }

        [Display(Name = "Moves.Send.To"), Required]
        public int? ToOutletId { get; set; }

        [Display(Name = "Moves.Send.Note"), StringLength(SendStock.MostWords)]
        public string? Note { get; set; }

        public List<LineInput> Lines { get; set; } = [];
    }

    [BindProperty(SupportsGet = true)]
    public int? From { get; set; }

    [BindProperty]
    public SendInput Input { get; set; } = new();

    public IReadOnlyList<Choices.OutletChoice> Outlets { get; private set; } = [];

    public IReadOnlyList<SelectListItem> Others { get; private set; } = [];

    /// <summary>What lies there that can be sent.</summary>
    public IReadOnlyList<StockLine> Lines { get; private set; } = [];

    /// <summary>The articles whose cards go by their numbers.</summary>
    public IReadOnlySet<int> Numbered { get; private set; } = new HashSet<int>();

    public async Task<IActionResult> OnGetAsync()
    {
        Input.Key = Guid.NewGuid();
        return await LoadAsync() ? Page() : NotFound();
    }

    public async Task<IActionResult> OnPostAsync()
    {
        if (From is not { } from || !await LoadAsync()) return NotFound();
        var rows = Input.Lines.Select((l, i) => (Line: l, Row: i)).Where(r => r.Line.Pieces is not null || r.Line.HasSerials).ToList();
        var lines = new List<SendStock.Line>();
        foreach (var (line, row) in rows) lines.Add(new SendStock.Line(line.GoodsId, line.Pieces ?? 0) { Serials = await SerialsAsync(line, row) });
        if (!ModelState.IsValid) return Page();
        var outcome = await send.ExecuteAsync(new SendStock.Input { Key = Input.Key, FromOutletId = from, ToOutletId = Input.ToOutletId!.Value, Note = Input.Note, Actor = user.Actor, AreaPath = user.AreaPath, Lines = lines });
        if (outcome is SendStock.Sent sent)
        {
            TempData.Say("Moves.Said.Sent", sent.Reference);
            return RedirectToPage("Show", new { id = sent.MoveId });
        }
        var refused = (SendStock.Refused)outcome;
        if (refused is { Cards: { } cards, Line: { } at }) ModelState.AddModelError($"Input.Lines[{rows[at].Row}].Serials", CardWords.Say(texts, cards));
        else
        {
            var field = refused.Line is { } line ? $"Input.Lines[{rows[line].Row}].Pieces" : refused.Why is SendStock.Problem.NoSuchOutlet or SendStock.Problem.SameOutlet ? "Input.ToOutletId" : "";
            ModelState.AddModelError(field, texts[$"Moves.Problem.{refused.Why}", refused.Left ?? 0]);
        }
        return Page();
    }

    /// <summary>The numbers of a line's cards; none where none are typed, which sending refuses where numbers are kept.</summary>
    private async Task<IReadOnlyList<string>> SerialsAsync(LineInput line, int row)
    {
        if (!line.HasSerials) return [];
        var (serials, problem) = await new CardNumbersForm { First = line.First, List = line.Serials }.ReadAsync(line.Pieces ?? 0);
        if (problem is not null) ModelState.AddModelError($"Input.Lines[{row}].Serials", texts[problem, CardSerials.MostAtOnce]);
        return serials;
    }

    private async Task<bool> LoadAsync()
    {
        Outlets = await choices.OutletsAsync();
        if (From is null && Outlets.Count == 1) From = Outlets[0].Id;
        if (From is null) return true;
        if (Outlets.FirstOrDefault(o => o.Id == From) is not { } here) return false;
        var others = await db.Outlets.Where(o => o.Area.BookId == here.BookId && o.Id != here.Id).OrderBy(o => o.Code).Select(o => new { o.Id, o.Name }).ToListAsync();
        Others = [.. others.Select(o => new SelectListItem(o.Name, o.Id.ToString(CultureInfo.InvariantCulture)))];
        Lines = [.. (await outlook.LinesAsync(db, user.AreaPath, here.Id)).Where(l => l.Good > 0)];
        Numbered = await CardMoves.NumberedAsync(db, here.BookId);
        return true;
    }
}
