using Microsoft.AspNetCore.Mvc;
using PointsMarket.Tasks;

namespace PointsMarket.Web.Reports;

/// <summary>
/// A photo to those who may see its report. The type is the one that was found when it came in, never guessed again; nothing
/// is kept in a cache on the way or on a shared machine.
/// </summary>
internal static class PhotoResult
{
    public static IActionResult Of(PhotoFolder folder, HttpResponse response, string? name, PhotoKind kind)
    {
        if (name is null || folder.Open(name) is not { } file) return new NotFoundResult();
        response.Headers.CacheControl = "no-store";
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers["Cross-Origin-Resource-Policy"] = "same-origin";
        return new FileStreamResult(file, kind switch { PhotoKind.Jpeg => "image/jpeg", PhotoKind.Png => "image/png", _ => "image/webp" });
    }
}
