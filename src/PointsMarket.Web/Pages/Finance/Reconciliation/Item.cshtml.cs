using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using PointsMarket.Accounts;
using PointsMarket.Data;
using PointsMarket.Funding;
using PointsMarket.Market;
using PointsMarket.Reconciliations;
using PointsMarket.Web.Accounts;
using PointsMarket.Web.Cards;
using PointsMarket.Web.Funding;
using PointsMarket.Web.Reconciling;
using PointsMarket.Web.Shared;
using PointsMarket.Web.Text;

namespace PointsMarket.Web.Pages.Finance.Reconciliation;

/// <summary>What can be done about something that is off. Names the words of the page; stored nowhere.</summary>
public enum ItemDeed
{
    /// <summary>Say why it may stay.</summary>
    Explain,

    /// <summary>Match with a movement.</summary>
    Match,

    /// <summary>Record the movement that only the bank has.</summary>
    Record,

    /// <summary>Sign a write-off or find.</summary>
    Sign,

    /// <summary>Sign why pieces may stay off.</summary>
    ExplainPieces,

    /// <summary>Open it again.</summary>
    Reopen,
}

/// <summary>One thing that is off: what it is, what was said and done about it, and what can be done now.</summary>
public sealed class ItemModel(
    MarketDb db, CurrentUser user, Actors actors, ExplainDiscrepancy explain, ExplainPieces explainPieces, MatchByHand match, RecordMissingMovement record, SignStockDifference sign, ReopenDiscrepancy reopen, IStringLocalizer<Texts> texts) : PageModel
{
    public sealed class InputModel
    {
        [Display(Name = "Recon.Step.Words"), Required, StringLength(500)]
        public string? Words { get; set; }

        [Display(Name = "Recon.Step.How")]
        public Remedy How { get; set; } = Remedy.BankError;

        [Display(Name = "Recon.Step.With")]
        public int? With { get; set; }

        [Display(Name = "Recon.Step.Cards"), StringLength(CardSerials.MostText)]
        public string? Cards { get; set; }

        [Display(Name = "Recon.Step.Purpose")]
        public FundPurpose? Purpose { get; set; }
    }

    [BindProperty]
    public InputModel Input { get; set; } = new();

    [BindProperty(SupportsGet = true, Name = "do")]
    public ItemDeed? Asked { get; set; }

    public FollowUp Item { get; private set; } = null!;

    public PointsMarket.Reconciliations.Reconciliation Run { get; private set; } = null!;

    /// <summary>What the codes are called.</summary>
    public FollowUpNames Called { get; private set; } = null!;

    public IReadOnlyList<FollowUpEvent> History { get; private set; } = [];

    /// <summary>What only the other side has, of the same fund and amount, in this month or left over from an earlier one.</summary>
    public IReadOnlyList<FollowUp> Candidates { get; private set; } = [];

    public ReconciledLine? Line { get; private set; }

    /// <summary>The movement that the bank's line already is, in another month or beside another line; null when there is none.</summary>
    public FundMovement? Booked { get; private set; }

    /// <summary>The other half of a match by hand; it may lie in another month.</summary>
    public FollowUp? Other { get; private set; }

    /// <summary>The request to record it that climbs the ladder, or did; null when nobody asked.</summary>
    public Payment? Recording { get; private set; }

    /// <summary>What the fund's money may have gone out for.</summary>
    public IReadOnlyList<SelectListItem> Purposes { get; private set; } = [];

    /// <summary>True while others are asked for their word on recording it.</summary>
    public bool IsAsked => Recording is { State: PaymentState.Asked } && Item.State == FollowUpState.Open;

    /// <summary>How many cards the first signature must name: missing ones below 0.</summary>
    public int Need { get; private set; }

    /// <summary>The cards it is about.</summary>
    public IReadOnlyList<FollowUpCard> Cards { get; private set; } = [];

    private (int Outlet, int Goods) Place { get; set; }

    public IReadOnlyDictionary<string, string> Names { get; private set; } = null!;

    /// <summary>What this user can do about it now.</summary>
    public IReadOnlyList<ItemDeed> Deeds { get; private set; } = [];

    public ItemDeed? Chosen => Asked is { } asked && Deeds.Contains(asked) ? asked : Deeds.Count > 0 ? Deeds[0] : null;

    public async Task<IActionResult> OnGetAsync(int id, int item, CancellationToken ct) => await LoadAsync(id, item, ct) ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(int id, int item, CancellationToken ct)
    {
        if (!user.Is(Roles.Finance) && !user.Is(Roles.Administrator)) return Forbid();
        if (!await LoadAsync(id, item, ct)) return NotFound();
        if (Asked is not { } deed || !Enum.IsDefined(deed)) return NotFound();
        if (deed is not (ItemDeed.Sign or ItemDeed.ExplainPieces) && !user.Is(Roles.Finance)) return Forbid();
        if (deed == ItemDeed.Match && Input.With is null) ModelState.AddModelError("Input.With", texts["Recon.Step.ChooseOne"]);
        if (!ModelState.IsValid) return Page();
        var serials = CardSerials.List(Input.Cards);
        var step = new FollowUpStep { Id = item, Words = Input.Words!, Cards = serials, Actor = user.Actor, AreaPath = user.AreaPath };
        var outcome = deed switch
        {
            ItemDeed.Match => await match.ExecuteAsync(step, Input.With!.Value, ct),
            ItemDeed.Record => await record.ExecuteAsync(step, Input.Purpose, ct),
            ItemDeed.Sign => await sign.ExecuteAsync(step, ct),
            ItemDeed.ExplainPieces => await explainPieces.ExecuteAsync(step, ct),
            ItemDeed.Reopen => await reopen.ExecuteAsync(step, ct),
            _ => await explain.ExecuteAsync(step, Input.How is Remedy.BankError or Remedy.OtherMonth ? Input.How : Remedy.Words, ct),
        };
        if (outcome == FollowUpOutcome.CardsNotRight && (await CardCount.NamedAsync(db, Place.Outlet, Place.Goods, Need, serials, there: false, ct)).Wrong is { } wrong)
        {
            ModelState.AddModelError("Input.Cards", CardWords.SayInCount(texts, wrong));
            return Page();
        }
        if (outcome == FollowUpOutcome.Done) TempData.Say($"Recon.Deed.{deed}Done");
        else if (outcome is FollowUpOutcome.WaitsForSecond or FollowUpOutcome.WaitsForSignatures) TempData.Warn($"Recon.Step.{outcome}");
        else return await RefusedAsync(id, item, outcome, ct);
        return Redirect($"/finance/reconciliation/{id}/item/{item}");
    }

    /// <summary>The page as it stands by now, with what was typed: somebody else may have dealt with it meanwhile.</summary>
    private async Task<IActionResult> RefusedAsync(int id, int item, FollowUpOutcome why, CancellationToken ct)
    {
        if (!await LoadAsync(id, item, ct)) return NotFound();
        ModelState.AddModelError(why == FollowUpOutcome.BadPurpose ? "Input.Purpose" : "", texts[$"Recon.Step.{why}"]);
        return Page();
    }

    private async Task<bool> LoadAsync(int id, int item, CancellationToken ct)
    {
        var book = await ReconReads.BookAsync(db, user, ct);
        Run = (await db.Reconciliations.AsNoTracking().SingleOrDefaultAsync(r => r.Id == id && r.BookId == book, ct))!;
        Item = (await db.FollowUps.AsNoTracking().SingleOrDefaultAsync(f => f.Id == item && f.ReconciliationId == id, ct))!;
        if (Run is null || Item is null) return false;
        Called = await ReconReads.NamesAsync(db, Run.BookId, [Item], ct);
        History = await db.FollowUpEvents.AsNoTracking().Where(e => e.FollowUpId == item).OrderBy(e => e.Id).ToListAsync(ct);
        Line = Item.Line is { } line ? await db.ReconciledLines.AsNoTracking().SingleOrDefaultAsync(l => l.ReconciliationId == id && l.Position == line, ct) : null;
        if (Item.Kind is DiscrepancyKind.BankOnly or DiscrepancyKind.LedgerOnly) await LoadMoneyAsync(ct);
        if (Item.Kind == DiscrepancyKind.CountDiffers) await LoadCardsAsync(ct);
        Names = await actors.NamesAsync(History.Select(h => h.Actor).Concat([Item.Owner, Item.FirstSignature]), ct);
        var newest = !await db.Reconciliations.AnyAsync(r => r.BookId == book && r.Month == Run.Month && r.Id > id, ct);
        Deeds = newest && !await ReconReads.IsClosedAsync(db, Run.BookId, Run.Month, ct) ? [.. Possible()] : [];
        return true;
    }

    private async Task LoadMoneyAsync(CancellationToken ct)
    {
        Other = Item.WithId is { } with ? await db.FollowUps.AsNoTracking().SingleOrDefaultAsync(f => f.Id == with, ct) : null;
        if (Item.State != FollowUpState.Settled) Candidates = await MatchByHand.Partners(db, Run, Item).AsNoTracking().OrderByDescending(f => f.Day).ToListAsync(ct);
        if (Item.Kind != DiscrepancyKind.BankOnly) return;
        Booked = await RecordMissingMovement.BookedAsync(db, Run.BookId, Item, ct);
        Recording = Item.PaymentId is { } asked ? await db.Payments.AsNoTracking().SingleOrDefaultAsync(p => p.Id == asked, ct) : null;
        var purposes = Item.Outside < 0 ? await db.Funds.Where(f => f.BookId == Run.BookId && f.Code == Item.Place).Select(f => f.Purposes).SingleOrDefaultAsync(ct) : FundPurpose.None;
        Purposes = [new SelectListItem("", ""), .. FundWords.Purposes(FundPurposes.Of(purposes), texts)];
    }

    private async Task LoadCardsAsync(CancellationToken ct)
    {
        Cards = await db.FollowUpCards.AsNoTracking().Where(c => c.FollowUpId == Item.Id).ToListAsync(ct);
        var outlet = await db.Outlets.Where(o => o.Area.BookId == Run.BookId && o.Code == Item.Place).Select(o => o.Id).SingleOrDefaultAsync(ct);
        var goods = await db.Goods.Where(g => g.Sku == Item.Item && g.Kind == GoodsKind.Card).Select(g => g.Id).SingleOrDefaultAsync(ct);
        Place = (outlet, goods);
        if (outlet > 0 && goods > 0 && Item.State != FollowUpState.Settled && !IsSecond(ItemDeed.Sign)) Need = await CardCount.NeedAsync(db, Run.BookId, outlet, goods, Item.Difference, ct);
    }

    /// <summary>True where a signature of this kind would be the second one.</summary>
    public bool IsSecond(ItemDeed deed) => Item.FirstSignature is not null && Item.IsHalfExplained == (deed == ItemDeed.ExplainPieces);

    private bool IsOwn(ItemDeed deed) => IsSecond(deed) && Item.FirstSignature == user.Actor.Code;

    private IEnumerable<ItemDeed> Possible()
    {
        var finance = user.Is(Roles.Finance);
        if (IsAsked) yield break; // first they answer, or who asked takes it back
        if (Item.State == FollowUpState.Settled)
        {
            if (finance && Item.How == Remedy.MatchedByHand) yield return ItemDeed.Reopen;
            yield break;
        }
        if (Item.IsPieces && (finance || user.Is(Roles.Administrator)))
        {
            if (Item.Kind == DiscrepancyKind.CountDiffers && !IsOwn(ItemDeed.Sign)) yield return ItemDeed.Sign;
            if (Item.State == FollowUpState.Open && !IsOwn(ItemDeed.ExplainPieces)) yield return ItemDeed.ExplainPieces;
        }
        if (!finance) yield break;
        if (Candidates.Count > 0) yield return ItemDeed.Match;
        if (Item.Kind == DiscrepancyKind.BankOnly && Booked is null) yield return ItemDeed.Record;
        if (Item.State == FollowUpState.Explained) yield return ItemDeed.Reopen;
        else if (Item.IsMoney) yield return ItemDeed.Explain;
    }
}
