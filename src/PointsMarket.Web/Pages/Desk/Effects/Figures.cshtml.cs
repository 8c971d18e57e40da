using System.ComponentModel.DataAnnotations;
using System.Text;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using PointsMarket.Data;
using PointsMarket.Effects;
using PointsMarket.Import;
using PointsMarket.Web.Accounts;
using PointsMarket.Web.Shared;
using PointsMarket.Web.Text;

namespace PointsMarket.Web.Pages.Desk.Effects;

/// <summary>The police's monthly figures: the file is looked over first and then taken in whole, or not at all.</summary>
[Authorize(Policy = Access.Approve)]
[RequestSizeLimit(LargestBody), RequestFormLimits(MultipartBodyLengthLimit = LargestBody)]
public sealed class FiguresModel(MarketDb db, ImportPoliceFigures import, CurrentUser user, IStringLocalizer<Texts> texts) : PageModel
{
    /// <summary>A looked-over file up to this size travels in the form, so that nobody chooses it twice. Larger ones are not figures.</summary>
    public const int MostBytes = 256 * 1024;

    private const long LargestBody = 4 * 1024 * 1024;

    public sealed record Row(DateOnly Month, string Area, string Key, long Value);

    public sealed class FileInput
    {
        [Display(Name = "Effects.Figures.File")]
        public IFormFile? File { get; set; }

        /// <summary>The file as it was looked over, in base 64.</summary>
        [StringLength(MostBytes * 3 / 2)]
        public string? Bytes { get; set; }

        [Display(Name = "Effects.Figures.Replace")]
        public bool Replace { get; set; }
    }

    [BindProperty]
    public FileInput Input { get; set; } = new();

    public ListQuery List { get; private set; } = null!;

    public IReadOnlyList<Row> Rows { get; private set; } = [];

    public int Total { get; private set; }

    /// <summary>What the file would do; null before one was looked over.</summary>
    public ImportPoliceFigures.Outcome? Looked { get; private set; }

    public ImportWords Words => new(texts);

    public Task OnGetAsync(CancellationToken ct) => LoadAsync(ct);

    public Task<IActionResult> OnPostAsync(CancellationToken ct) => RunAsync(keep: false, ct);

    public Task<IActionResult> OnPostKeepAsync(CancellationToken ct) => RunAsync(keep: true, ct);

    private async Task<IActionResult> RunAsync(bool keep, CancellationToken ct)
    {
        if (ModelState.IsValid && await SourceAsync(ct) is { } source)
        {
            var outcome = await import.ExecuteAsync(new ImportPoliceFigures.Input { Source = source, Replace = Input.Replace, Keep = keep, Actor = user.Actor, AreaPath = user.AreaPath }, ct);
            if (keep && !outcome.Refused)
            {
                TempData.Say("Effects.Figures.Kept", $"{outcome.New}", $"{outcome.Replaced}", $"{outcome.Unchanged}");
                return Redirect("/desk/effects/figures");
            }

            Looked = outcome;
        }

        await LoadAsync(ct);
        return Page();
    }

    private async Task<ImportSource?> SourceAsync(CancellationToken ct)
    {
        if (Input.File is { Length: > 0 } file)
        {
            if (file.Length > MostBytes)
            {
                ModelState.AddModelError("Input.File", texts["Effects.Figures.TooLarge", MostBytes / 1024]);
                return null;
            }

            using var memory = new MemoryStream();
            await file.CopyToAsync(memory, ct);
            Input.Bytes = Convert.ToBase64String(memory.ToArray());
            ModelState.Remove("Input.Bytes"); // the form shows what was looked over, not what was sent
        }

        var bytes = new byte[(Input.Bytes?.Length ?? 0) * 3 / 4];
        if (Input.Bytes is { Length: > 0 } text && Convert.TryFromBase64String(text, bytes, out var length))
            return new ImportSource("police-figures.csv", () => new MemoryStream(bytes, 0, length, writable: false));
        ModelState.AddModelError("Input.File", texts["Effects.Figures.NoFile"]);
        return null;
    }

    private async Task LoadAsync(CancellationToken ct)
    {
        List = ListQuery.From(Request);
        var path = user.AreaPath;
        var figures = db.PoliceFigures.Where(f => f.Area.Path.StartsWith(path));
        Total = await figures.CountAsync(ct);
        Rows = await figures.OrderByDescending(f => f.Month).ThenBy(f => f.Area.Path).ThenBy(f => f.Key).Skip(List.Skip).Take(List.Size).Select(f => new Row(f.Month, f.Area.Name, f.Key, f.Value)).ToListAsync(ct);
    }
}
