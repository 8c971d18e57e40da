using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using PointsMarket.Tasks;

namespace PointsMarket.Web.Reports;

/// <summary>
/// A photo to those who may see its report. The type is the one that was found when it came in, never guessed again; nothing
/// is kept in a cache on the way or on a shared machine.
/// </summary>
internal static class PhotoResult
{
    /// <summary>A photo as it lies in the folder.</summary>
    public sealed record Stored(string FileName, PhotoKind Kind);

    /// <summary>The one photo that the query finds; its WHERE says whose it is.</summary>
    public static async Task<IActionResult> OfAsync(PhotoFolder folder, HttpResponse response, IQueryable<Stored> own, CancellationToken ct) =>
        await own.SingleOrDefaultAsync(ct) is { } photo ? Of(folder, response, photo.FileName, photo.Kind) : new NotFoundResult();

    /// <summary>A photo that was sealed.</summary>
    public static IActionResult Of(byte[] content, HttpResponse response, PhotoKind kind)
    {
        Guard(response);
        return new FileContentResult(content, TypeOf(kind));
    }

    private static IActionResult Of(PhotoFolder folder, HttpResponse response, string name, PhotoKind kind)
    {
        if (folder.Open(name) is not { } file) return new NotFoundResult();
        Guard(response);
        return new FileStreamResult(file, TypeOf(kind));
    }

    private static void Guard(HttpResponse response)
    {
        response.Headers.CacheControl = "no-store";
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers["Cross-Origin-Resource-Policy"] = "same-origin";
    }

    private static string TypeOf(PhotoKind kind) => kind switch { PhotoKind.Jpeg => "image/jpeg", PhotoKind.Png => "image/png", _ => "image/webp" };
}
