using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using PointsMarket.Import;
using PointsMarket.Web.Accounts;
using PointsMarket.Web.Importing;
using PointsMarket.Web.Shared;
using PointsMarket.Web.Text;

namespace PointsMarket.Web.Pages.Admin.Import;

/// <summary>One upload: preview, confirmation, progress, result. Another administrator's is not found.</summary>
public sealed class DetailModel(ImportDesk desk, CurrentUser user, IStringLocalizer<Texts> texts) : PageModel
{
    /// <summary>Problems on the page; the CSV has all that are named.</summary>
    public const int Shown = 200;

    /// <summary>From so many rows on it is worth saying that the kiosks wait meanwhile.</summary>
    public const int Large = 5000;

    public Upload Upload { get; private set; } = null!;

    public ImportWords Words => new(texts);

    /// <summary>Whole per cent; null while the files are being read.</summary>
    public int? Percent => Upload.Progress is { Total: > 0 } p ? (int)(100L * p.Done / p.Total) : null;

    public override void OnPageHandlerExecuting(PageHandlerExecutingContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var id = Guid.Parse((string)RouteData.Values["id"]!);
        if (desk.Find(id, user.Id) is { } upload)
        {
            Upload = upload;
            return;
        }
        TempData.Warn("Admin.Import.Gone");
        context.Result = RedirectToPage("Index");
    }

    public void OnGet()
    {
    }

    public IActionResult OnGetCsv() => new Csv<ImportProblem>(
        "import-problems.csv", Upload.Outcome.Problems.ToAsyncEnumerable(),
        (texts["Admin.Import.File"], p => p.File),
        (texts["Admin.Import.Row"], p => p.Row == 0 ? null : p.Row),
        (texts["Admin.Import.Column"], p => p.Column),
        (texts["Admin.Import.Reason"], p => Words.Reason(p)));

    public IActionResult OnPostConfirm()
    {
        switch (desk.Start(Upload.Id, user.Id))
        {
            case ImportDesk.StartOutcome.Busy:
                TempData.Refuse("Admin.Import.Busy");
                break;
            case ImportDesk.StartOutcome.Gone:
                TempData.Warn("Admin.Import.Gone");
                return RedirectToPage("Index");
        }
        return RedirectToPage(new { id = Upload.Id });
    }

    public IActionResult OnPostCancel()
    {
        var waiting = Upload.State == UploadState.Previewed;
        desk.Cancel(Upload.Id, user.Id);
        if (!waiting) return RedirectToPage(new { id = Upload.Id });
        TempData.Say("Admin.Import.Dropped");
        return RedirectToPage("Index");
    }
}
