using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using PointsMarket.Data;
using PointsMarket.Stock;
using PointsMarket.Web.Accounts;
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

    public async Task<IActionResult> OnGetAsync()
    {
        Input.Key = Guid.NewGuid();
        return await LoadAsync() ? Page() : NotFound();
    }

    public async Task<IActionResult> OnPostAsync()
    {
        if (From is not { } from || !await LoadAsync()) return NotFound();
        var rows = Input.Lines.Select((l, i) => (Line: l, Row: i)).Where(r => r.Line.Pieces is not null).ToList();
        if (ModelState.IsValid)
        {
            var outcome = await send.ExecuteAsync(new SendStock.Input
            {
                Key = Input.Key, FromOutletId = from, ToOutletId = Input.ToOutletId!.Value, Note = Input.Note, Actor = user.Actor, AreaPath = user.AreaPath,
                Lines = [.. rows.Select(r => new SendStock.Line(r.Line.GoodsId, r.Line.Pieces!.Value))],
            });
            if (outcome is SendStock.Sent sent)
            {
                TempData.Say("Moves.Said.Sent", sent.Reference);
                return RedirectToPage("Show", new { id = sent.MoveId });
            }
            var refused = (SendStock.Refused)outcome;
            var field = refused.Line is { } line ? $"Input.Lines[{rows[line].Row}].Pieces" : refused.Why is SendStock.Problem.NoSuchOutlet or SendStock.Problem.SameOutlet ? "Input.ToOutletId" : "";
            ModelState.AddModelError(field, texts[$"Moves.Problem.{refused.Why}", refused.Left ?? 0]);
        }
        return Page();
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
        return true;
    }
}
