using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using PointsMarket.Tasks;
using PointsMarket.Web.Text;

namespace PointsMarket.Web.Reports;

/// <summary>Photos and documents that come as evidence with notes and payments, on their way in and out.</summary>
internal static class EvidenceFile
{
    /// <summary>What the forms offer to choose.</summary>
    public const string Accept = "image/jpeg,image/png,image/webp,application/pdf,text/plain";

    /// <summary>A file as it lies in the folder.</summary>
    public sealed record Stored(string FileName, string Name, FileKind Kind);

    /// <summary>Why a file is not taken, in words.</summary>
    public static string Why(BadSentFile bad, IStringLocalizer<Texts> texts) =>
        bad.Photo is { } photo ? texts[$"Reports.Photo.{photo}", bad.Number] : texts[$"Cases.File.{bad.File}", bad.Number];

    /// <summary>Reads what was sent, with its names.</summary>
    public static async Task<IReadOnlyList<SentFile>> ReadAsync(IReadOnlyCollection<IFormFile> files, CancellationToken ct) =>
        [.. files.Where(f => f.Length > 0).Zip(await ReportForm.ReadAsync(files, ct), (f, content) => new SentFile(f.FileName, content))];

    /// <summary>
    /// The one file that the query finds, as a download with the type that was found when it came in: never shown in the page's
    /// place, never guessed again, kept in no cache.
    /// </summary>
    public static async Task<IActionResult> OfAsync(PhotoFolder folder, HttpResponse response, IQueryable<Stored> own, CancellationToken ct)
    {
        if (await own.SingleOrDefaultAsync(ct) is not { } file || folder.Open(file.FileName) is not { } content) return new NotFoundResult();
        response.Headers.CacheControl = "no-store";
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
        response.Headers["Cross-Origin-Resource-Policy"] = "same-origin";
        return new FileStreamResult(content, file.Kind == FileKind.Pdf ? "application/pdf" : "text/plain; charset=utf-8") { FileDownloadName = file.Name };
    }
}
