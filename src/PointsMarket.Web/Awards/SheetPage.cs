using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using PointsMarket.Awards;
using PointsMarket.Web.Accounts;

namespace PointsMarket.Web.Awards;

/// <summary>A page that shows one certificate and hands out its PDF. Which ones may be asked for, each page says itself.</summary>
public abstract class SheetPage(CurrentUser user, PrintCertificates print) : PageModel
{
    public CertificateSheet Sheet { get; private set; } = null!;

    /// <summary>True when the server prints this one; a revoked one is only looked at.</summary>
    private bool HasPdf => print.IsPossible && !Sheet.Face.IsRevoked;

    protected IActionResult Show(CertificateFace? face)
    {
        if (face is null) return NotFound();
        Sheet = PrintCertificates.Sheet(face, print.Root(Request));
        // Here and not in the partial that the three pages share: what a partial says, the layout does not hear.
        ViewData["Title"] = face.Number;
        if (HasPdf) ViewData["Pdf"] = $"{Request.Path}?handler=pdf";
        return Page();
    }

    protected async Task<IActionResult> PdfAsync(CertificateFace? face, CancellationToken ct)
    {
        var page = Show(face);
        if (face is null || !HasPdf) return page;
        if (await print.ExecuteAsync([face], print.Root(Request), user.Actor, null, ct) is { } pdf)
        {
            Response.Headers.CacheControl = "no-store";
            return new FileContentResult(pdf, "application/pdf") { FileDownloadName = $"{face.Number}.pdf" };
        }

        ViewData["Failed"] = true;
        return page;
    }
}
