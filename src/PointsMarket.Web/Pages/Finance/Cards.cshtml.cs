using System.ComponentModel.DataAnnotations;
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

namespace PointsMarket.Web.Pages.Finance;

/// <summary>Where a card with this number came from and went. The number comes by post and the answer is the page itself: it stands in no address.</summary>
public sealed class CardsModel(MarketDb db, CurrentUser user, Actors actors, IStringLocalizer<Texts> texts) : PageModel
{
    [BindProperty, Display(Name = "Cards.Find.Serial"), Required, StringLength(60)]
    public string Serial { get; set; } = "";

    /// <summary>One for each article that has a card with this number.</summary>
    public IReadOnlyList<CardTrace> Found { get; private set; } = [];

    public IReadOnlyDictionary<string, string> Names { get; private set; } = null!;

    public IReadOnlyList<CardProof> Proofs { get; private set; } = [];

    public Task OnGetAsync(CancellationToken ct) => LoadAsync(ct);

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        var (serial, path) = (CardSerials.Normal(Serial), user.AreaPath);
        if (ModelState.IsValid && CardSerials.IsValid(serial))
        {
            Found = await CardTrace.Of(db, db.SupermarketCards.Where(c => c.Serial == serial && c.Outlet.Area.Path.StartsWith(path)).OrderBy(c => c.Id)).ToListAsync(ct);
            Names = await actors.NamesAsync(Found.SelectMany(c => c.Steps).Select(s => s.Actor), ct);
        }

        if (ModelState.IsValid && Found.Count == 0) ModelState.AddModelError(nameof(Serial), texts[CardSerials.IsValid(serial) ? "Cards.Find.Unknown" : "Cards.Find.NotValid"]);
        Response.Headers.CacheControl = "no-store"; // the whole number stands on it
        await LoadAsync(ct);
        return Page();
    }

    private async Task LoadAsync(CancellationToken ct)
    {
        var path = user.AreaPath;
        foreach (var book in await db.Areas.Where(a => a.Path.StartsWith(path)).Select(a => a.BookId).Distinct().Order().ToListAsync(ct))
            Proofs = [.. Proofs, .. await CardProof.ReadAsync(db, book, ct)];
    }
}
