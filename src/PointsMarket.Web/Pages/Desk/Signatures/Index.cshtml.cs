using System.Globalization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using PointsMarket.Data;
using PointsMarket.Market;
using PointsMarket.Sponsors;
using PointsMarket.Stock;
using PointsMarket.Web.Accounts;
using PointsMarket.Web.Cards;
using PointsMarket.Web.Shared;
using PointsMarket.Web.Text;

namespace PointsMarket.Web.Pages.Desk.Signatures;

/// <summary>What one person asked for and a second one signs: pieces that a move lacks, cards lost or found, deliveries taken back.</summary>
[Authorize(Policy = Access.Approve)]
public sealed class IndexModel(MarketDb db, SignMove signMove, SignCard signCard, TakeBackDelivery takeBack, CurrentUser user, Actors actors, IStringLocalizer<Texts> texts) : PageModel
{
    private const int MostDecided = 20;

    /// <summary>One line; <see cref="What"/> in words, <see cref="Href"/> the page of it, or null where this reader has none.</summary>
    public sealed record Row(SecondSignature Signature, string What, string? Href, bool IsOwn);

    public IReadOnlyList<Row> Waiting { get; private set; } = [];

    public IReadOnlyList<Row> Decided { get; private set; } = [];

    public IReadOnlyDictionary<string, string> Names { get; private set; } = null!;

    public async Task OnGetAsync(CancellationToken ct)
    {
        var mine = Mine();
        Waiting = await RowsAsync(await mine.Where(s => s.State == SignatureState.Waiting).OrderBy(s => s.AskedAt).ThenBy(s => s.Id).ToListAsync(ct), ct);
        Decided = await RowsAsync(await mine.Where(s => s.State != SignatureState.Waiting).OrderByDescending(s => s.DecidedAt).ThenBy(s => s.Id).Take(MostDecided).ToListAsync(ct), ct);
        Names = await actors.NamesAsync(Waiting.Concat(Decided).SelectMany(r => new[] { r.Signature.AskedBy, r.Signature.DecidedBy }), ct);
    }

    public async Task<IActionResult> OnGetCsvAsync(CancellationToken ct)
    {
        var rows = await RowsAsync(await Mine().OrderByDescending(s => s.Id).ToListAsync(ct), ct);
        var names = await actors.NamesAsync(rows.SelectMany(r => new[] { r.Signature.AskedBy, r.Signature.DecidedBy }), ct);
        return new Csv<Row>("signatures.csv", rows.ToAsyncEnumerable(),
            (texts["Signatures.List.What"], r => texts[$"Signatures.Kind.{r.Signature.Kind}"].Value), (texts["Signatures.List.About"], r => r.What), (texts["Desk.Counter.Outlet"], r => r.Signature.Outlet.Name), (texts["Signatures.List.Why"], r => r.Signature.Reason),
            (texts["Signatures.List.AskedBy"], r => names[r.Signature.AskedBy]), (texts["Signatures.List.AskedAt"], r => $"{Ui.Local(r.Signature.AskedAt):yyyy-MM-dd HH:mm}"),
            (texts["Signatures.List.Answer"], r => texts[$"Signatures.State.{r.Signature.State}"].Value), (texts["Signatures.List.DecidedBy"], r => r.Signature.DecidedBy is { } by ? names[by] : null));
    }

    public async Task<IActionResult> OnPostAsync(int id, bool sign, CancellationToken ct)
    {
        if (await Mine().Where(s => s.Id == id).Select(s => (SignatureKind?)s.Kind).SingleOrDefaultAsync(ct) is not { } kind) return NotFound();
        var step = new SignatureStep { SignatureId = id, Sign = sign, Actor = user.Actor, AreaPath = user.AreaPath };
        var outcome = kind switch
        {
            SignatureKind.MoveLacks => await signMove.ExecuteAsync(step, ct),
            SignatureKind.DeliveryBack => await takeBack.AnswerAsync(step, ct),
            _ => await signCard.ExecuteAsync(step, ct),
        };
        if (outcome == SignatureOutcome.NotFound) return NotFound();
        if (outcome == SignatureOutcome.Done) TempData.Say(sign ? "Signatures.Said.Signed" : "Signatures.Said.Refused");
        else TempData.Refuse($"Signatures.Outcome.{outcome}");
        return RedirectToPage();
    }

    private IQueryable<SecondSignature> Mine()
    {
        var path = user.AreaPath;
        return db.SecondSignatures.AsNoTracking().Include(s => s.Outlet).Where(s => s.Outlet.Area.Path.StartsWith(path));
    }

    private async Task<IReadOnlyList<Row>> RowsAsync(List<SecondSignature> signatures, CancellationToken ct)
    {
        var rows = new List<Row>();
        foreach (var s in signatures)
        {
            var (what, href) = s.Kind switch
            {
                SignatureKind.MoveLacks => await MoveAsync(s.Subject, ct),
                SignatureKind.DeliveryBack => await DeliveryAsync(s.Subject, ct),
                _ => await CardAsync(int.Parse(s.Subject, CultureInfo.InvariantCulture), ct),
            };
            rows.Add(new Row(s, what, href, s.AskedBy == user.Actor.Code));
        }
        return rows;
    }

    private async Task<(string, string?)> MoveAsync(string reference, CancellationToken ct)
    {
        var move = await db.StockMoves.AsNoTracking().Include(m => m.Lines).ThenInclude(l => l.Goods).SingleAsync(m => m.Reference == reference, ct);
        var cards = await CardMoves.MissingAsync(db, reference, ct);
        var lacks = move.Lines.Where(l => l.Received < l.Sent).OrderBy(l => l.GoodsId).Select(l =>
            $"{GoodsText.Name(l.Goods.NameZh, l.Goods.NameEn)} × {l.Sent - l.Received} {CardWords.Masked(cards.Where(c => c.GoodsId == l.GoodsId).Select(c => c.Serial))}".TrimEnd());
        return (string.Join("; ", lacks.Prepend(reference)), $"/desk/moves/{move.Id}");
    }

    private async Task<(string, string?)> CardAsync(int id, CancellationToken ct)
    {
        var card = await db.SupermarketCards.AsNoTracking().Include(c => c.Goods).SingleAsync(c => c.Id == id, ct);
        return ($"{GoodsText.Name(card.Goods.NameZh, card.Goods.NameEn)} {card.Masked}", $"/desk/cards/{id}");
    }

    private async Task<(string, string?)> DeliveryAsync(string reference, CancellationToken ct)
    {
        var lines = await db.DeliveryLines.AsNoTracking().Where(l => l.Delivery.Reference == reference && l.Accepted > 0).OrderBy(l => l.Position).Select(l => new { l.Goods.NameZh, l.Goods.NameEn, l.Accepted }).ToListAsync(ct);
        var given = await db.Deliveries.AnyAsync(d => d.Reference == reference && d.SponsorId != null, ct);
        return (string.Join("; ", lines.Select(l => $"{GoodsText.Name(l.NameZh, l.NameEn)} × {l.Accepted}").Prepend(reference)), given ? $"/desk/sponsors/receipt/{reference}" : null);
    }
}
