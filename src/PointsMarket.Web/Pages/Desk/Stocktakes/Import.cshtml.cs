using System.ComponentModel.DataAnnotations;
using System.Text;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using PointsMarket.Areas;
using PointsMarket.Import;
using PointsMarket.Stock;
using PointsMarket.Web.Accounts;
using PointsMarket.Web.Shared;
using PointsMarket.Web.Text;

namespace PointsMarket.Web.Pages.Desk.Stocktakes;

/// <summary>Counts from a file: looked over first, then put down in the sheets.</summary>
[RequestSizeLimit(1024 * 1024)]
public sealed class ImportModel(ImportStocktake import, CurrentUser user, TimeProvider clock, IStringLocalizer<Texts> texts) : PageModel
{
    /// <summary>The largest file, bytes: ten thousand lines.</summary>
    private const int MostBytes = 256 * 1024;

    public sealed class FileInput
    {
        [Display(Name = "Stocktakes.Import.Month"), Required]
        public string? Month { get; set; }

        [Display(Name = "Stocktakes.Import.File")]
        public IFormFile? File { get; set; }

        /// <summary>What was looked over, carried to the confirmation.</summary>
        [StringLength(MostBytes * 2)]
        public string? Carried { get; set; }
    }

    [BindProperty]
    public FileInput Input { get; set; } = new();

    public IReadOnlyList<ImportStocktake.Sheet>? Looked { get; private set; }

    public ImportStocktake.Refused? Refused { get; private set; }

    public ImportWords Words => new(texts);

    public void OnGet() => Input.Month = StationMonth.Text(StationTime.Day(clock.GetUtcNow().UtcDateTime).AddDays(-OpenStocktake.DaysAfter));

    public Task<IActionResult> OnPostAsync() => RunAsync(keep: false);

    public Task<IActionResult> OnPostKeepAsync() => RunAsync(keep: true);

    private async Task<IActionResult> RunAsync(bool keep)
    {
        if (StationMonth.Parse(Input.Month) is not { } month) ModelState.AddModelError("Input.Month", texts["Stocktakes.Import.MonthNotValid"]);
        else if (await BytesAsync() is { } bytes && ModelState.IsValid)
        {
            var source = new ImportSource(Input.File is { } file ? Path.GetFileName(file.FileName) : "stocktake.csv", () => new MemoryStream(bytes));
            switch (await import.ExecuteAsync(new ImportStocktake.Input { Source = source, Month = month, Keep = keep, Actor = user.Actor, AreaPath = user.AreaPath }))
            {
                case ImportStocktake.Counted { Sheets: var sheets } when keep:
                    TempData.Say("Stocktakes.Import.Done");
                    return sheets is [{ StocktakeId: { } only }] ? RedirectToPage("Show", new { id = only }) : RedirectToPage("Index");
                case ImportStocktake.Counted counted:
                    Looked = counted.Sheets;
                    ModelState.Remove("Input.Carried"); // the field shows what is carried now
                    Input.Carried = Convert.ToBase64String(bytes);
                    break;
                case ImportStocktake.OthersWait others:
                    ModelState.AddModelError("", texts["Stocktakes.Import.OthersWait", string.Join(", ", others.Sheets.Where(s => s.InTheWay is not null).Select(s => $"{s.Outlet} {Stocktake.NumberOf(s.InTheWay!.Value)}"))]);
                    break;
                case ImportStocktake.Refused refused:
                    Refused = refused;
                    break;
                case ImportStocktake.MonthClosed:
                    ModelState.AddModelError("Input.Month", texts["Stocktakes.Said.MonthClosed", Input.Month!]);
                    break;
                default:
                    ModelState.AddModelError("Input.Month", texts["Stocktakes.Said.MonthNotYet"]);
                    break;
            }
        }
        return Page();
    }

    private async Task<byte[]?> BytesAsync()
    {
        if (Input.File is { } file)
        {
            if (file.Length > MostBytes)
            {
                ModelState.AddModelError("Input.File", texts["Stocktakes.Import.TooLarge", MostBytes / 1024]);
                return null;
            }
            using var memory = new MemoryStream();
            await file.CopyToAsync(memory);
            return memory.ToArray();
        }
        var bytes = new byte[Encoding.UTF8.GetByteCount(Input.Carried ?? "")];
        if (!string.IsNullOrEmpty(Input.Carried) && Convert.TryFromBase64String(Input.Carried, bytes, out var written)) return bytes[..written];
        ModelState.AddModelError("Input.File", texts["Stocktakes.Import.NoFile"]);
        return null;
    }
}
