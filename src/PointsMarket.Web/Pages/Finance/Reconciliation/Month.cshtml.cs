using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using PointsMarket.Accounts;
using PointsMarket.Areas;
using PointsMarket.Data;
using PointsMarket.Import;
using PointsMarket.Reconciliations;
using PointsMarket.Stock;
using PointsMarket.Web.Accounts;
using PointsMarket.Web.Reconciling;
using PointsMarket.Web.Shared;
using PointsMarket.Web.Text;

namespace PointsMarket.Web.Pages.Finance.Reconciliation;

/// <summary>One month on its way: the statements and the stocktake that were taken for it, and the run over them.</summary>
public sealed class MonthModel(
    MarketDb db, CurrentUser user, Actors actors, TakeMonthFile take, WithdrawMonthFile withdraw, ReconcileMonth reconcile, IStringLocalizer<Texts> texts) : PageModel
{
    /// <summary>A looked-over file up to this size travels in the form, so that nobody chooses it twice.</summary>
    private const int MostCarried = 512 * 1024;

    public sealed record Run(int Id, DateTime RunAt, string RunBy, int Matched, int BankLines, int Found, int Open);

    public sealed class FileInput
    {
        [Display(Name = "Recon.Month.Kind")]
        public MonthFileKind Kind { get; set; }

        [Display(Name = "Recon.Month.Fund"), StringLength(40)]
        public string? Fund { get; set; }

        [Display(Name = "Recon.Month.File")]
        public IFormFile? File { get; set; }

        /// <summary>The file as it was looked over, in base 64.</summary>
        [StringLength(1_000_000)]
        public string? Bytes { get; set; }

        /// <summary>What it was called.</summary>
        [StringLength(200)]
        public string? Name { get; set; }
    }

    [BindProperty]
    public FileInput Input { get; set; } = new();

    public DateOnly Month { get; private set; }

    public string MonthText => StationMonth.Text(Month);

    public IReadOnlyList<MonthFile> Files { get; private set; } = [];

    /// <summary>Counts of signed stocktakes, which hold while no file was brought.</summary>
    public IReadOnlyList<SignedCount> Signed { get; private set; } = [];

    public IReadOnlyList<Run> Runs { get; private set; } = [];

    public IReadOnlyList<SelectListItem> Funds { get; private set; } = [];

    public IReadOnlyDictionary<string, string> Names { get; private set; } = null!;

    public bool IsClosed { get; private set; }

    public bool MayWrite => user.Is(Roles.Finance) && !IsClosed;

    public TakeMonthFile.Refused? Refused { get; private set; }

    public TakeMonthFile.Taken? Looked { get; private set; }

    public ImportWords Words => new(texts);

    private int book;

    /// <summary>What the codes of funds are called.</summary>
    public FollowUpNames Called { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(string month, CancellationToken ct) => await LoadAsync(month, ct) ? Page() : NotFound();

    public Task<IActionResult> OnPostLookAsync(string month, CancellationToken ct) => TakeAsync(month, keep: false, ct);

    public Task<IActionResult> OnPostKeepAsync(string month, CancellationToken ct) => TakeAsync(month, keep: true, ct);

    public async Task<IActionResult> OnPostWithdrawAsync(string month, int file, string? words, CancellationToken ct)
    {
        if (!user.Is(Roles.Finance)) return Forbid();
        if (!await LoadAsync(month, ct)) return NotFound();
        var outcome = await withdraw.ExecuteAsync(new WithdrawMonthFile.Input { FileId = file, Reason = words ?? "", Actor = user.Actor, AreaPath = user.AreaPath }, ct);
        if (outcome == WithdrawMonthFile.Outcome.NotFound) return NotFound();
        if (outcome == WithdrawMonthFile.Outcome.Done) TempData.Say("Recon.Month.Withdrawn");
        else TempData.Refuse($"Recon.Step.{outcome}");
        return Redirect($"/finance/reconciliation/month/{MonthText}");
    }

    public async Task<IActionResult> OnPostRunAsync(string month, CancellationToken ct)
    {
        if (!user.Is(Roles.Finance)) return Forbid();
        if (!await LoadAsync(month, ct)) return NotFound();
        var outcome = await reconcile.ExecuteAsync(new ReconcileMonth.Input { Month = Month, Bank = null, Stocktake = null, Actor = user.Actor, AreaPath = user.AreaPath }, ct);
        switch (outcome)
        {
            case ReconcileMonth.Reconciled { Found.Id: > 0 and var id }:
                TempData.Say("Recon.Said.Kept");
                return Redirect($"/finance/reconciliation/{id}");
            case ReconcileMonth.Reconciled:
                TempData.Refuse("Recon.Step.MonthClosed");
                break;
            case ReconcileMonth.NoStatement missing:
                TempData.Refuse("Recon.Month.NoStatement", string.Join(texts["Kiosk.Slip.And"], missing.Funds));
                break;
            default:
                TempData.Refuse(outcome is ReconcileMonth.NoStocktake ? "Recon.Month.NoStocktake" : $"Recon.Said.{outcome.GetType().Name}");
                break;
        }
        return Redirect($"/finance/reconciliation/month/{MonthText}");
    }

    private async Task<IActionResult> TakeAsync(string month, bool keep, CancellationToken ct)
    {
        if (!user.Is(Roles.Finance)) return Forbid();
        if (!await LoadAsync(month, ct)) return NotFound();
        if (!ModelState.IsValid || await BytesAsync(ct) is not { } bytes) return Page();
        var name = Path.GetFileName(Input.File?.FileName ?? Input.Name ?? "") is { Length: > 0 } given ? given : "file.csv";
        var outcome = await take.ExecuteAsync(new TakeMonthFile.Input
        {
            Month = Month, Kind = Input.Kind, Fund = Input.Kind == MonthFileKind.Bank && Input.Fund is { Length: > 0 } fund ? fund : null, Actor = user.Actor, AreaPath = user.AreaPath,
            Source = new ImportSource(name, () => new MemoryStream(bytes)), Keep = keep,
        }, ct);
        switch (outcome)
        {
            case TakeMonthFile.Taken taken when keep:
                TempData.Say("Recon.Month.Taken", taken.File.Name, Ui.Points(taken.File.Rows));
                return Redirect($"/finance/reconciliation/month/{MonthText}");
            case TakeMonthFile.Taken taken:
                Looked = taken;
                ModelState.Clear(); // the form below carries what was read, not what was posted
                (Input.Bytes, Input.Name) = (bytes.Length <= MostCarried ? Convert.ToBase64String(bytes) : null, name);
                break;
            case TakeMonthFile.Refused refused:
                Refused = refused;
                break;
            case TakeMonthFile.MonthClosed:
                ModelState.AddModelError("", texts["Recon.Step.MonthClosed"]);
                break;
            default:
                ModelState.AddModelError("", texts[$"Recon.Said.{outcome.GetType().Name}"]);
                break;
        }
        return Page();
    }

    private async Task<byte[]?> BytesAsync(CancellationToken ct)
    {
        if (Input.File is { } file)
        {
            using var memory = new MemoryStream();
            await file.CopyToAsync(memory, ct);
            return memory.ToArray();
        }
        var bytes = new byte[(Input.Bytes?.Length ?? 0) * 3 / 4];
        if (!string.IsNullOrEmpty(Input.Bytes) && Convert.TryFromBase64String(Input.Bytes, bytes, out var written)) return bytes[..written];
        ModelState.AddModelError("", texts["Recon.Form.NoFile"]);
        return null;
    }

    private async Task<bool> LoadAsync(string text, CancellationToken ct)
    {
        if (StationMonth.Parse(text) is not { } month || await ReconReads.BookAsync(db, user, ct) is not { } own) return false;
        (Month, book) = (month, own);
        Files = await db.MonthFiles.AsNoTracking().Where(f => f.BookId == book && f.Month == month).OrderBy(f => f.Withdrawn != 0).ThenBy(f => f.Kind).ThenBy(f => f.Id).ToListAsync(ct);
        Runs = await db.Reconciliations.Where(r => r.BookId == book && r.Month == month).OrderByDescending(r => r.Id)
            .Select(r => new Run(r.Id, r.RunAt, r.RunBy, r.Matched, r.BankLines, r.Discrepancies.Count, db.FollowUps.Count(f => f.ReconciliationId == r.Id && f.State == FollowUpState.Open))).ToListAsync(ct);
        Called = await ReconReads.NamesAsync(db, book, [], ct);
        Funds = [new SelectListItem(texts["Recon.Month.AllFunds"], ""), .. (await StationFunds.CodesAsync(db, book, ct)).Select(f => new SelectListItem(Called.Fund(f), f))];
        Names = await actors.NamesAsync(Files.SelectMany(f => new[] { f.TakenBy, f.WithdrawnBy }).Concat(Runs.Select(r => r.RunBy)), ct);
        Signed = await SignedCounts.OfMonthAsync(db, book, month, ct);
        IsClosed = await ReconReads.IsClosedAsync(db, book, month, ct);
        return true;
    }
}
