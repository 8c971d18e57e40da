using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Microsoft.AspNetCore.Authorization;
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

/// <summary>One card by its last four, what happened to it, and for an approver the way to stop it.</summary>
public sealed class ShowModel(MarketDb db, MarkCard mark, CurrentUser user, Actors actors, IAuthorizationService authorization, IStringLocalizer<Texts> texts) : PageModel
{
    [BindProperty, Display(Name = "Cards.Mark.Reason"), Required, StringLength(MarkCard.MostWords)]
    public string Reason { get; set; } = "";

    public CardTrace Card { get; private set; } = null!;

    public IReadOnlyDictionary<string, string> Names { get; private set; } = null!;

    public bool MayMark { get; private set; }

    /// <summary>What about it waits for a second person's signature; null when nothing does.</summary>
    public SignatureKind? Waiting { get; private set; }

    public async Task<IActionResult> OnGetAsync(int id, CancellationToken ct) => await LoadAsync(id, ct) ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(int id, MarkCard.Mark to, CancellationToken ct)
    {
        if (!await LoadAsync(id, ct)) return NotFound();
        if (!MayMark) return Forbid();
        if (!ModelState.IsValid) return Page();
        var outcome = await mark.ExecuteAsync(new MarkCard.Input { CardId = id, To = to, Reason = Reason, Actor = user.Actor, AreaPath = user.AreaPath }, ct);
        if (outcome == MarkCard.Outcome.NotFound) return NotFound();
        if (outcome is MarkCard.Outcome.Done or MarkCard.Outcome.WaitsForSecond)
        {
            TempData.Say(outcome == MarkCard.Outcome.Done ? $"Cards.Marked.{to}" : $"Cards.Waits.{to}", CardSerials.Masked(Card.Serial));
            return RedirectToPage(new { id });
        }

        ModelState.AddModelError(outcome == MarkCard.Outcome.ReasonMissing ? nameof(Reason) : "", texts[$"Cards.MarkProblem.{outcome}"]);
        return Page();
    }

    private async Task<bool> LoadAsync(int id, CancellationToken ct)
    {
        var path = user.AreaPath;
        var card = await CardTrace.Of(db, db.SupermarketCards.Where(c => c.Id == id && c.Outlet.Area.Path.StartsWith(path))).SingleOrDefaultAsync(ct);
        if (card is null) return false;
        Card = card;
        Names = await actors.NamesAsync(card.Steps.Select(s => s.Actor), ct);
        var subject = id.ToString(CultureInfo.InvariantCulture);
        Waiting = await db.SecondSignatures.Where(s => s.Subject == subject && s.State == SignatureState.Waiting && (s.Kind == SignatureKind.CardStopped || s.Kind == SignatureKind.CardFound)).Select(s => (SignatureKind?)s.Kind).SingleOrDefaultAsync(ct);
        MayMark = (await authorization.AuthorizeAsync(User, Access.Approve)).Succeeded;
        return true;
    }
}
