using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using PointsMarket.Data;
using PointsMarket.Ledger;
using PointsMarket.Market;
using PointsMarket.Members;
using PointsMarket.Web.Accounts;
using PointsMarket.Web.Cards;
using PointsMarket.Web.Shared;
using PointsMarket.Web.Text;

namespace PointsMarket.Web.Pages.Desk;

/// <summary>The counter: scan a slip, see what to hand over, hand it over. The queue is beside it.</summary>
public sealed class CounterModel(MarketDb db, CurrentUser user, Choices choices, EndRedemption end, TimeProvider clock, IStringLocalizer<Texts> texts) : PageModel
{
    private const int MostShown = 100;

    public sealed record Line(int GoodsId, string NameZh, string NameEn, string Unit, string Picture, int Quantity);

    public sealed record Slip
    {
        public required int Id { get; init; }
        public required string Reference { get; init; }
        public required string Outlet { get; init; }
        public required int OutletId { get; init; }
        /// <summary>Null for somebody unknown with a voucher.</summary>
        public required MemberKind? Kind { get; init; }
        public required string Code { get; init; }
        public required string Name { get; init; }
        public required RedemptionState State { get; init; }
        public required int Points { get; init; }
        public required DateTime At { get; init; }
        public required DateTime ExpiresAt { get; init; }
        public required DateTime? EndedAt { get; init; }
        public required bool FromKiosk { get; init; }
        public required List<Line> Lines { get; init; }
        public string Who => Kind is { } kind ? MemberNames.Masked(kind, Code, Name) : Code;
    }

    public sealed class FindInput
    {
        [Display(Name = "Desk.Counter.Code"), Required, StringLength(40)]
        public string Code { get; set; } = "";
    }

    [BindProperty(SupportsGet = true)]
    public int? Outlet { get; set; }

    [BindProperty]
    public FindInput Input { get; set; } = new();

    public IReadOnlyList<Choices.OutletChoice> Outlets { get; private set; } = [];

    public Slip? Shown { get; private set; }

    /// <summary>The lots that are set aside for the open slip and expire some day: those pieces are the ones to take.</summary>
    public ILookup<int, LotAt> ToTake { get; private set; } = Array.Empty<LotAt>().ToLookup(l => l.GoodsId);

    /// <summary>How many card numbers the slip shown asks for, by article.</summary>
    public IReadOnlyDictionary<int, int> Asked { get; private set; } = new Dictionary<int, int>();

    /// <summary>What was scanned for an article of the slip, one number a line. Named, because a dictionary without its name takes the fields of every other form here for its own.</summary>
    [BindProperty(Name = "Cards")]
    public Dictionary<int, string?> Cards { get; set; } = [];

    public IReadOnlyList<Slip> Waiting { get; private set; } = [];

    public IReadOnlyList<Slip> Lately { get; private set; } = [];

    /// <summary>How long after the hand-over goods may be brought back.</summary>
    public TimeSpan Returnable { get; private set; }

    public DateTime Now => clock.GetUtcNow().UtcDateTime;

    public bool IsLate(Slip slip) => slip.State == RedemptionState.Held && slip.ExpiresAt <= Now;

    public bool IsReturnable(Slip slip) => slip is { State: RedemptionState.HandedOver, FromKiosk: true } && slip.EndedAt + Returnable > Now;

    public async Task<IActionResult> OnGetAsync(string? slip)
    {
        await LoadAsync(slip);
        return slip is { Length: > 0 } && Shown is null ? NotFound() : Page();
    }

    /// <summary>A scanner typed the slip's 13 digits, or somebody the six, or the reference of an old slip.</summary>
    public async Task<IActionResult> OnPostFindAsync()
    {
        if (!ModelState.IsValid) return await AgainAsync(null);
        var typed = Input.Code.Trim().ToUpperInvariant();
        var code = CardNumbers.PickupCode(typed);
        var path = user.AreaPath;
        var found = await db.Redemptions.Where(r => r.Outlet.Area.Path.StartsWith(path) && (r.Reference == typed || (code != null && r.PickupCode == code)))
            .OrderByDescending(r => r.OutletId == Outlet).Select(r => r.Reference).FirstOrDefaultAsync();
        if (found is not null) return RedirectToPage(new { Outlet, slip = found });
        var elsewhere = code is null ? null : await db.Redemptions.Where(r => r.PickupCode == code).Select(r => r.Outlet.Name).FirstOrDefaultAsync();
        return await AgainAsync(
            elsewhere is not null ? texts["Desk.Counter.OtherOutlet", elsewhere]
            : CardNumbers.IsValid(typed) ? texts["Desk.Counter.ThatIsACard"]
            : code is null ? texts["Desk.Counter.NotACode"]
            : texts["Desk.Counter.NoSuchCode", code]);
    }

    public Task<IActionResult> OnPostHandOverAsync(int id) => EndAsync(id, RedemptionState.HandedOver, null);

    public Task<IActionResult> OnPostCancelAsync(int id, string? reason) => EndAsync(id, RedemptionState.Cancelled, reason);

    public Task<IActionResult> OnPostReturnAsync(int id, string? reason) => EndAsync(id, RedemptionState.Returned, reason);

    private async Task<IActionResult> EndAsync(int id, RedemptionState to, string? reason)
    {
        var path = user.AreaPath;
        var reference = await db.Redemptions.Where(r => r.Id == id && r.Outlet.Area.Path.StartsWith(path)).Select(r => r.Reference).SingleOrDefaultAsync();
        if (reference is null) return NotFound();
        reason = reason?.Trim();
        if (to != RedemptionState.HandedOver && reason is not { Length: > 0 and <= 200 })
        {
            TempData.Refuse("Desk.Counter.ReasonMissing");
            return RedirectToPage(new { Outlet, slip = reference });
        }

        IReadOnlyList<ScannedCards> cards = [.. Cards.Select(c => new ScannedCards(c.Key, CardSerials.List(c.Value)))];
        var outcome = await end.ExecuteAsync(new EndRedemption.Input { RedemptionId = id, To = to, Actor = user.Actor, AreaPath = path, Reason = reason, Cards = cards });
        if (outcome == EndRedemption.Outcome.CardsNotRight && to == RedemptionState.HandedOver && await CardShelf.CheckAsync(db, id, cards) is { } wrong)
        {
            // The page is the answer, not a redirect: what was scanned stays in the form, and stands in no cookie.
            ModelState.AddModelError($"Cards[{wrong.GoodsId}]", CardWords.Say(texts, wrong));
            await LoadAsync(reference);
            return Page();
        }
        return await AnswerAsync(outcome, id, to, reference);
    }

    private async Task<IActionResult> AnswerAsync(EndRedemption.Outcome outcome, int id, RedemptionState to, string reference)
    {
        var now = await db.Redemptions.Where(r => r.Id == id).Select(r => new { r.State, r.EndedAt, r.EndedBy }).SingleAsync();
        switch (outcome)
        {
            // The goods leave once: when somebody else was quicker, say so instead of "done".
            case EndRedemption.Outcome.Done when now.EndedBy != user.Actor.Code:
            case EndRedemption.Outcome.EndedOtherwise:
                TempData.Refuse($"Desk.Counter.Already{now.State}", reference, now.EndedAt is { } at ? Ui.Moment(at) : "");
                return RedirectToPage(new { Outlet, slip = reference });
            case EndRedemption.Outcome.Done:
                TempData.Say($"Desk.Counter.Done{to}", reference);
                return RedirectToPage(new { Outlet });
            case EndRedemption.Outcome.GoodsExpired:
                TempData.Refuse("Desk.Counter.GoodsExpired", reference);
                return RedirectToPage(new { Outlet, slip = reference });
            case EndRedemption.Outcome.TooLate:
                TempData.Refuse(to == RedemptionState.Returned ? "Desk.Counter.ReturnTooLate" : "Desk.Counter.HandOverTooLate", reference);
                return RedirectToPage(new { Outlet, slip = reference });
            case EndRedemption.Outcome.CardsNotRight:
                TempData.Refuse(to == RedemptionState.Returned ? "Cards.Counter.Stopped" : "Cards.Counter.Changed", reference);
                return RedirectToPage(new { Outlet, slip = reference });
            default:
                return NotFound();
        }
    }

    private async Task<IActionResult> AgainAsync(string? problem)
    {
        if (problem is not null) ModelState.AddModelError("Input.Code", problem);
        await LoadAsync(null);
        return Page();
    }

    private async Task LoadAsync(string? slip)
    {
        var path = user.AreaPath;
        Outlets = await choices.OutletsAsync();
        if (Outlets.All(o => o.Id != Outlet)) Outlet = null;
        var mine = db.Redemptions.Where(r => r.Outlet.Area.Path.StartsWith(path));
        if (slip is { Length: > 0 }) Shown = await Read(mine.Where(r => r.Reference == slip)).SingleOrDefaultAsync();
        if (Shown is { State: RedemptionState.Held } open)
        {
            ToTake = (await db.LotsAtAsync(Outlets.First(o => o.Id == open.OutletId).BookId, AccountCode.Reserved(open.Reference))).Where(l => l.Expires is not null).ToLookup(l => l.GoodsId);
            Asked = await CardShelf.AskedAsync(db, open.Id);
        }

        var here = Outlet is { } outlet ? mine.Where(r => r.OutletId == outlet) : mine;
        Waiting = await Read(here.Where(r => r.State == RedemptionState.Held).OrderBy(r => r.HappenedAt)).Take(MostShown).ToListAsync();
        Returnable = await Redemption.ReturnableAsync(db, Now);
        var since = Now - Returnable;
        Lately = await Read(here.Where(r => r.State == RedemptionState.HandedOver && r.EndedAt > since && r.HoldSequence != null).OrderByDescending(r => r.EndedAt)).Take(10).ToListAsync();
    }

    private static IQueryable<Slip> Read(IQueryable<Redemption> slips) => slips.Select(r => new Slip
    {
        Id = r.Id, Reference = r.Reference, Outlet = r.Outlet.Name, OutletId = r.OutletId, Kind = r.Member == null ? null : r.Member.Kind,
        Code = r.Member == null ? r.Voucher!.Code : r.Member.Code, Name = r.Member == null ? "" : r.Member.Name,
        State = r.State, Points = r.Points, At = r.HappenedAt, ExpiresAt = r.ExpiresAt, EndedAt = r.EndedAt, FromKiosk = r.HoldSequence != null,
        Lines = r.Lines.OrderBy(l => l.GoodsId).Select(l => new Line(l.GoodsId, l.Goods.NameZh, l.Goods.NameEn, l.Goods.Unit, l.Goods.Picture, l.Quantity)).ToList(),
    });
}
