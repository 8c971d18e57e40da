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
    public bool HasPdf => print.IsPossible && !Sheet.Face.IsRevoked;

    /// <summary>True when the server was asked and could not.</summary>
    public bool Failed { get; private set; }

    protected IActionResult Show(CertificateFace? face)
    {
        if (face is null) return NotFound();
        Sheet = PrintCertificates.Sheet(face, print.Root(Request));
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

        Failed = true;
        return page;
    }
}
