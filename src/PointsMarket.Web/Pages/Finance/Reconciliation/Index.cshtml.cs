using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using PointsMarket.Accounts;
using PointsMarket.Areas;
using PointsMarket.Data;
using PointsMarket.Import;
using PointsMarket.Reconciliations;
using PointsMarket.Web.Accounts;
using PointsMarket.Web.Shared;
using PointsMarket.Web.Text;

namespace PointsMarket.Web.Pages.Finance.Reconciliation;

/// <summary>The months that were reconciled, and the form that reconciles one: look the files over first, then keep the result.</summary>
public sealed class IndexModel(MarketDb db, CurrentUser user, ReconcileMonth reconcile, TimeProvider clock, IStringLocalizer<Texts> texts) : PageModel
{
    /// <summary>Looked-over files up to this size travel in the form, so that nobody chooses them twice.</summary>
    private const long MostCarried = 512 * 1024;

    public sealed record Row(int Id, DateOnly Month, DateTime RunAt, int BankLines, int Matched, int Found, Cover Cover);

    public sealed class RunInput
    {
        [Display(Name = "Recon.Form.Month"), Required, RegularExpression(@"20\d\d-(0[1-9]|1[0-2])", ErrorMessage = "Recon.Form.BadMonth")]
        public string Month { get; set; } = "";

        [Display(Name = "Recon.Form.Bank")]
        public IFormFile? Bank { get; set; }

        [Display(Name = "Recon.Form.Stocktake")]
        public IFormFile? Stocktake { get; set; }

        /// <summary>The files as they were looked over: name, then the bytes in base 64.</summary>
        [StringLength(1_000_000)]
        public string? BankBytes { get; set; }

        /// <inheritdoc cref="BankBytes"/>
        [StringLength(1_000_000)]
        public string? StocktakeBytes { get; set; }
    }

    [BindProperty]
    public RunInput Input { get; set; } = new();

    public bool MayWrite => user.Is(Roles.Finance);

    public IReadOnlyList<Row> Rows { get; private set; } = [];

    public ReconcileMonth.Refused? Refused { get; private set; }

    public PointsMarket.Reconciliations.Reconciliation? Looked { get; private set; }

    public ImportWords Words => new(texts);

    public async Task OnGetAsync()
    {
        var today = StationTime.Day(clock.GetUtcNow().UtcDateTime);
        Input.Month = StationMonth.Text(today.AddMonths(-1));
        await LoadAsync();
    }

    public Task<IActionResult> OnPostAsync() => RunAsync(keep: false);

    public Task<IActionResult> OnPostKeepAsync() => RunAsync(keep: true);

    private async Task<IActionResult> RunAsync(bool keep)
    {
        if (!MayWrite) return Forbid();
        var bank = await SourceAsync(Input.Bank, Input.BankBytes, "Input.Bank", "bank.csv");
        var stock = await SourceAsync(Input.Stocktake, Input.StocktakeBytes, "Input.Stocktake", "stocktake.csv");
        if (ModelState.IsValid && bank is not null && stock is not null)
        {
            var outcome = await reconcile.ExecuteAsync(new ReconcileMonth.Input
            {
                Month = StationMonth.Parse(Input.Month)!.Value, Bank = bank.Value.Source, Stocktake = stock.Value.Source, Actor = user.Actor, AreaPath = user.AreaPath, Keep = keep,
            });
            switch (outcome)
            {
                case ReconcileMonth.Reconciled { Found: var found } when keep:
                    TempData.Say("Recon.Said.Kept");
                    return RedirectToPage("/Finance/Reconciliation/Show", new { id = found.Id });
                case ReconcileMonth.Reconciled { Found: var found }:
                    Looked = found;
                    Carry(bank.Value.Bytes, stock.Value.Bytes);
                    break;
                case ReconcileMonth.Refused refused:
                    Refused = refused;
                    break;
                default:
                    ModelState.AddModelError("Input.Month", texts[$"Recon.Said.{outcome.GetType().Name}"]);
                    break;
            }
        }
        await LoadAsync();
        return Page();
    }

    private void Carry(byte[] bank, byte[] stock)
    {
        // The field shows what was posted unless the state of the model lets go of it.
        ModelState.Remove("Input.BankBytes");
        ModelState.Remove("Input.StocktakeBytes");
        var small = bank.Length + stock.Length <= MostCarried;
        (Input.BankBytes, Input.StocktakeBytes) = small ? (Convert.ToBase64String(bank), Convert.ToBase64String(stock)) : (null, null);
    }

    private async Task<(ImportSource Source, byte[] Bytes)?> SourceAsync(IFormFile? file, string? carried, string field, string name)
    {
        byte[] bytes;
        if (file is not null)
        {
            using var memory = new MemoryStream();
            await file.CopyToAsync(memory);
            (bytes, name) = (memory.ToArray(), Path.GetFileName(file.FileName));
        }
        else if (!TryBytes(carried, out bytes))
        {
            ModelState.AddModelError(field, texts["Recon.Form.NoFile"]);
            return null;
        }
        return (new ImportSource(name, () => new MemoryStream(bytes)), bytes);
    }

    private static bool TryBytes(string? text, out byte[] bytes)
    {
        bytes = new byte[(text?.Length ?? 0) * 3 / 4];
        if (string.IsNullOrEmpty(text) || !Convert.TryFromBase64String(text, bytes, out var written)) return false;
        bytes = bytes[..written];
        return true;
    }

    private async Task LoadAsync()
    {
        var path = user.AreaPath;
        Rows = await db.Reconciliations.Where(r => db.Areas.Any(a => a.Kind == AreaKind.Station && a.Path == path && a.BookId == r.BookId))
            .OrderByDescending(r => r.Month).ThenByDescending(r => r.Id).Take(120)
            .Select(r => new Row(r.Id, r.Month, r.RunAt, r.BankLines, r.Matched, r.Discrepancies.Count, new Cover(r.CashFen, r.GoodsFen, r.CardsFen, r.PointsOutstanding, r.PointValueFen)))
            .ToListAsync();
    }
}
