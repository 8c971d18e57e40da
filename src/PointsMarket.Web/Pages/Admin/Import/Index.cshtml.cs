using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using PointsMarket.Areas;
using PointsMarket.Data;
using PointsMarket.Import;
using PointsMarket.Web.Accounts;
using PointsMarket.Web.Importing;
using PointsMarket.Web.Text;

namespace PointsMarket.Web.Pages.Admin.Import;

/// <summary>Takes CSV files in; the next page says what they would do.</summary>
[RequestSizeLimit(LargestBody), RequestFormLimits(MultipartBodyLengthLimit = LargestBody)]
public sealed class IndexModel(MarketDb db, ImportDesk desk, CurrentUser user, IStringLocalizer<Texts> texts) : PageModel
{
    /// <summary>The most files, and the most megabytes in all; the limit of the request leaves room to say so in words.</summary>
    public const int MostFiles = 20, MostMegabytes = 40;

    private const long LargestBody = 80L * 1024 * 1024;

    [BindProperty]
    public InputModel Input { get; set; } = new();

    public sealed class InputModel
    {
        public List<IFormFile> Files { get; set; } = [];
    }

    /// <summary>
    /// A file may hold rows of every village, so it is for who has authority over a whole station; and for the first administrator,
    /// who is there before the first area.
    /// </summary>
    public bool MayImport { get; private set; }

    public async Task OnGetAsync(CancellationToken ct) => MayImport = await MayImportAsync(ct);

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        if (!(MayImport = await MayImportAsync(ct))) return Forbid();
        if (ModelState.IsValid) Check(Input.Files);
        if (!ModelState.IsValid) return Page();
        var upload = await desk.TakeAsync(user.Id, user.Actor, Input.Files, ct);
        return RedirectToPage("Detail", new { id = upload.Id });
    }

    private async Task<bool> MayImportAsync(CancellationToken ct)
    {
        var path = user.AreaPath;
        return await db.Areas.AnyAsync(a => a.Kind == AreaKind.Station && a.Path == path, ct) || !await db.Areas.AnyAsync(ct);
    }

    private void Check(List<IFormFile> files)
    {
        const long megabyte = 1024 * 1024;
        if (files.Count == 0) Refuse(texts["Admin.Import.NoFile"]);
        else if (files.Count > MostFiles) Refuse(texts["Admin.Import.TooManyFiles", MostFiles]);
        else if (files.Find(f => f.Length > ImportLimits.FileBytes) is { } large) Refuse(texts["Admin.Import.FileTooLarge", large.FileName, ImportLimits.FileBytes / megabyte]);
        else if (files.Sum(f => f.Length) > MostMegabytes * megabyte) Refuse(texts["Admin.Import.TooLarge", MostMegabytes]);
    }

    private void Refuse(string why) => ModelState.AddModelError("Input.Files", why);
}
