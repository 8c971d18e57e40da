using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using PointsMarket.Areas;
using PointsMarket.Data;
using PointsMarket.Sponsors;
using PointsMarket.Web.Accounts;
using PointsMarket.Web.Shared;
using PointsMarket.Web.Sponsors;
using PointsMarket.Web.Text;

namespace PointsMarket.Web.Pages.Sponsor.Pledges;

/// <summary>One pledge of the firm's: the desk's answer, the deliveries announced against it, and the next one.</summary>
public sealed class ShowModel(
    MarketDb db, AnnounceDelivery announce, CallOffDelivery callOff, WithdrawPledge withdraw, CurrentUser user, TimeProvider clock, IStringLocalizer<Texts> texts) : PageModel
{
    private const int Rows = 3;

    public sealed class LineInput
    {
        [Display(Name = "Sponsor.Announce.Goods")]
        public int? GoodsId { get; set; }

        [Display(Name = "Sponsor.Announce.Quantity"), Range(1, CountIn.MostPieces)]
        public int? Quantity { get; set; }
    }

    public sealed class AnnounceInput
    {
        public Guid Key { get; set; }

        [Display(Name = "Sponsor.Announce.Day"), Required]
        public DateOnly? Day { get; set; }

        [Display(Name = "Desk.Counter.Outlet"), Required]
        public int? OutletId { get; set; }

        public List<LineInput> Lines { get; set; } = [];
    }

    [BindProperty]
    public AnnounceInput Input { get; set; } = new();

    public PledgeRow Pledge { get; private set; } = null!;

    public IReadOnlyList<ComingRow> Coming { get; private set; } = [];

    public IReadOnlyList<SelectListItem> Outlets { get; private set; } = [];

    public IReadOnlyList<SelectListItem> Goods { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(string reference, CancellationToken ct)
    {
        if (!await LoadAsync(reference, ct)) return NotFound();
        var today = StationTime.Day(clock.GetUtcNow().UtcDateTime);
        Input = new AnnounceInput
        {
            Key = Guid.NewGuid(), Day = Pledge.Day < today ? today : Pledge.Day, OutletId = Pledge.OutletId,
            Lines = [new LineInput { GoodsId = Pledge.GoodsId, Quantity = Pledge.Left is > 0 and { } left ? (int)left : null }],
        };
        FillRows();
        return Page();
    }

    public async Task<IActionResult> OnPostAnnounceAsync(string reference, CancellationToken ct)
    {
        if (!await LoadAsync(reference, ct)) return NotFound();
        var lines = Input.Lines.Where(l => l.GoodsId is not null || l.Quantity is not null).ToList();
        if (ModelState.IsValid)
        {
            var outcome = await announce.ExecuteAsync(new AnnounceDelivery.Input
            {
                Key = Input.Key, Pledge = reference, SponsorId = user.SponsorId!.Value, OutletId = Input.OutletId!.Value, Day = Input.Day!.Value, Actor = user.Actor,
                Lines = [.. lines.Select(l => new AnnounceDelivery.Line(l.GoodsId ?? 0, l.Quantity ?? 0))],
            }, ct);
            if (outcome is PledgeMade.Done done)
            {
                TempData.Say("Sponsor.Announce.Done", done.Reference);
                return LocalRedirect($"/sponsor/pledges/{reference}");
            }

            var why = ((PledgeMade.Refused)outcome).Why;
            ModelState.AddModelError(why switch { PledgeProblem.BadDay => "Input.Day", PledgeProblem.NoSuchOutlet => "Input.OutletId", _ => "" }, texts[$"Sponsor.Problem.{why}"]);
        }

        FillRows();
        return Page();
    }

    public async Task<IActionResult> OnPostCallOffAsync(string reference, string? announced, CancellationToken ct)
    {
        if (!await LoadAsync(reference, ct)) return NotFound();
        return Answer(reference, await callOff.ExecuteAsync(new CallOffDelivery.Input { Reference = announced ?? "", SponsorId = user.SponsorId!.Value, Actor = user.Actor }, ct), "Sponsor.Pledge.CalledOff");
    }

    public async Task<IActionResult> OnPostWithdrawAsync(string reference, CancellationToken ct)
    {
        if (!await LoadAsync(reference, ct)) return NotFound();
        return Answer(reference, await withdraw.ExecuteAsync(new WithdrawPledge.Input { Reference = reference, SponsorId = user.SponsorId!.Value, Actor = user.Actor }, ct), "Sponsor.Pledge.Withdrawn");
    }

    private IActionResult Answer(string reference, PledgeOutcome outcome, string done)
    {
        if (outcome == PledgeOutcome.NotFound) return NotFound();
        if (outcome == PledgeOutcome.Done) TempData.Say(done, reference);
        else TempData.Refuse("Sponsor.Pledge.Over", reference);
        return LocalRedirect($"/sponsor/pledges/{reference}");
    }

    private void FillRows()
    {
        while (Input.Lines.Count < Rows) Input.Lines.Add(new LineInput());
    }

    private async Task<bool> LoadAsync(string reference, CancellationToken ct)
    {
        if (user.SponsorId is not { } firm) return false;
        if (await PledgeRow.Of(db, db.Pledges.Where(p => p.Reference == reference && p.SponsorId == firm)).SingleOrDefaultAsync(ct) is not { } pledge) return false;
        Pledge = pledge;
        Coming = await ComingRow.Of(db.Announcements.Where(a => a.PledgeId == pledge.Id).OrderByDescending(a => a.Id)).ToListAsync(ct);
        var outlets = await db.Outlets.Where(o => db.Outlets.Any(p => p.Id == pledge.OutletId && p.Area.BookId == o.Area.BookId)).OrderBy(o => o.Code).Select(o => new { o.Id, o.Name }).ToListAsync(ct);
        Outlets = [.. outlets.Select(o => new SelectListItem(o.Name, Text(o.Id)))];
        var goods = await db.Goods.AsNoTracking().Where(g => g.Offered || g.Id == pledge.GoodsId).OrderBy(g => g.Sku).ToListAsync(ct);
        Goods = [new SelectListItem(texts["Desk.CountIn.Choose"], ""), .. goods.Select(g => new SelectListItem(GoodsNames.Unit(g.Unit) is { } unit ? $"{g.NameZh} ({unit})" : g.NameEn, Text(g.Id)))];
        return true;
    }

    private static string Text(int id) => id.ToString(CultureInfo.InvariantCulture);
}
