using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;
using PointsMarket.Web.Accounts;
using PointsMarket.Web.Awards;
using PointsMarket.Web.Shared;

namespace PointsMarket.Web.Pages.Desk.Certificates;

/// <summary>A batch on its way into one PDF: progress, cancelling, and the PDF. Another person's is not found.</summary>
[Authorize(Policy = Access.Approve)]
public sealed class PrintModel(PrintRuns runs, CurrentUser user) : PageModel
{
    public PrintRun Run { get; private set; } = null!;

    public override void OnPageHandlerExecuting(PageHandlerExecutingContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (runs.Find(Guid.Parse((string)RouteData.Values["id"]!), user.Id) is { } run)
        {
            Run = run;
            return;
        }

        TempData.Warn("Certificates.Said.PrintGone");
        context.Result = Redirect("/desk/certificates");
    }

    public void OnGet()
    {
    }

    public IActionResult OnGetPdf()
    {
        if (Run.Pdf is not { } pdf) return RedirectToPage(new { id = Run.Id });
        Response.Headers.CacheControl = "no-store";
        return new FileContentResult(pdf, "application/pdf") { FileDownloadName = $"certificates-{Run.Total}.pdf" };
    }

    public IActionResult OnPostCancel()
    {
        runs.Cancel(Run.Id, user.Id);
        return RedirectToPage(new { id = Run.Id });
    }
}
