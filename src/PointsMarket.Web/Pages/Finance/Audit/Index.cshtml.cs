using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using PointsMarket.Accounts;
using PointsMarket.Areas;
using PointsMarket.Auditing;
using PointsMarket.Data;
using PointsMarket.Web.Accounts;
using PointsMarket.Web.Auditing;
using PointsMarket.Web.Reconciling;
using PointsMarket.Web.Shared;
using PointsMarket.Web.Text;

namespace PointsMarket.Web.Pages.Finance.Audit;

/// <summary>The auditor's desk: samples drawn and to be drawn, and the export that a stranger can prove.</summary>
[Authorize(Policy = Access.Audit)]
public sealed class IndexModel(MarketDb db, CurrentUser user, Actors actors, DrawSample draw, PackDesk packs, TimeProvider clock, IStringLocalizer<Texts> texts) : PageModel
{
    public sealed record Row(int Id, DateOnly Month, int Seed, int Size, int Of, DateTime TakenAt, string TakenBy, int InOrder, int Questioned, int Waiting);

    public sealed class InputModel
    {
        [Display(Name = "Recon.Form.Month"), Required, RegularExpression(@"20\d\d-(0[1-9]|1[0-2])", ErrorMessage = "Recon.Form.BadMonth")]
        public string Month { get; set; } = "";

        [Display(Name = "Audit.Form.Size"), Required, Range(1, DrawSample.Most)]
        public int? Size { get; set; } = 20;

        [Display(Name = "Audit.Form.Seed"), Required, Range(0, int.MaxValue)]
        public int? Seed { get; set; }
    }

    [BindProperty]
    public InputModel Input { get; set; } = new();

    public IReadOnlyList<Row> Rows { get; private set; } = [];

    public IReadOnlyDictionary<string, string> Names { get; private set; } = null!;

    public ListQuery List { get; private set; } = null!;

    public int Total { get; private set; }

    public bool HasStation { get; private set; }

    public PackDesk.State Pack { get; private set; } = null!;

    /// <summary>Only the auditor draws and judges.</summary>
    public bool MayWrite => user.Is(Roles.Auditor);

    public async Task OnGetAsync(CancellationToken ct)
    {
        Input.Month = StationMonth.Text(StationTime.Day(clock.GetUtcNow().UtcDateTime).AddMonths(-1));
        Input.Seed = System.Security.Cryptography.RandomNumberGenerator.GetInt32(1, 1_000_000);
        await LoadAsync(ct);
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        if (!MayWrite) return Forbid();
        if (ModelState.IsValid)
        {
            var outcome = await draw.ExecuteAsync(new DrawSample.Input
            {
                Month = StationMonth.Parse(Input.Month)!.Value, Size = Input.Size!.Value, Seed = Input.Seed!.Value, Actor = user.Actor, AreaPath = user.AreaPath,
            }, ct);
            if (outcome is DrawSample.Drawn drawn) return Redirect($"/finance/audit/{drawn.Id}");
            ModelState.AddModelError("Input.Month", texts[outcome is DrawSample.NothingThere ? "Audit.Form.NothingThere" : "Recon.Said.NotTheStation"]);
        }
        await LoadAsync(ct);
        return Page();
    }

    /// <summary>Starts the export; the page shows how far it is.</summary>
    public async Task<IActionResult> OnPostPackAsync()
    {
        if (!MayWrite) return Forbid();
        await Task.WhenAny(packs.Start(user.Id, user.AreaPath), Task.Delay(1500)); // a small book is written before the page is shown
        return Redirect("/finance/audit#pack");
    }

    public IActionResult OnPostCancel()
    {
        if (!MayWrite) return Forbid();
        packs.Cancel(user.Id);
        return Redirect("/finance/audit#pack");
    }

    public IActionResult OnGetPack() => packs.Open(user.Id) is { } stream ? File(stream, "application/zip", $"audit-{Ui.Local(packs.Of(user.Id).At!.Value):yyyyMMdd-HHmm}.zip") : Redirect("/finance/audit#pack");

    private async Task LoadAsync(CancellationToken ct)
    {
        List = ListQuery.From(Request);
        Pack = packs.Of(user.Id);
        Names = new Dictionary<string, string>();
        if (await ReconReads.BookAsync(db, user, ct) is not { } book) return;
        HasStation = true;
        var samples = db.AuditSamples.Where(s => s.BookId == book);
        Total = await samples.CountAsync(ct);
        Rows = await samples.OrderByDescending(s => s.Id).Skip(List.Skip).Take(List.Size).Select(s => new Row(s.Id, s.Month, s.Seed, s.Size, s.Of, s.TakenAt, s.TakenBy,
            s.Items.Count(i => i.Verdict == SampleVerdict.InOrder), s.Items.Count(i => i.Verdict == SampleVerdict.Questioned), s.Items.Count(i => i.Verdict == SampleVerdict.Waiting))).ToListAsync(ct);
        Names = await actors.NamesAsync(Rows.Select(r => r.TakenBy), ct);
    }
}
