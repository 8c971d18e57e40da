using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Metadata;

namespace PointsMarket.Web.Setup;

/// <summary>
/// A form that is too large gets a page in words. Left to the server, the connection is cut while the browser still sends, and nobody
/// reads why: so the rest is read, thrown away unseen, and then answered. Nothing of it is kept, in memory or on the disk.
/// </summary>
internal static class RefuseLargeBody
{
    /// <summary>The most that is read to be polite; whoever sends more is cut off.</summary>
    private const long MostRead = 256L * 1024 * 1024;

    private const int Piece = 64 * 1024;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    public static void UseWordedLimit(this WebApplication app) => app.Use(async (http, next) =>
    {
        var limit = http.GetEndpoint()?.Metadata.GetMetadata<IRequestSizeLimitMetadata>()?.MaxRequestBodySize ?? Hosting.LargestBody;
        var answering = http.Features.Get<IStatusCodeReExecuteFeature>() is not null; // the page of this very refusal
        if (answering || http.Request.ContentLength is not { } length || length <= limit)
        {
            await next(http);
            return;
        }

        if (length <= MostRead) await ReadOnAsync(http);
        http.Response.StatusCode = StatusCodes.Status413PayloadTooLarge;
    });

    private static async Task ReadOnAsync(HttpContext http)
    {
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size) size.MaxRequestBodySize = MostRead;
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted);
        enough.CancelAfter(Patience);
        var piece = new byte[Piece];
        try
        {
            while (await http.Request.Body.ReadAsync(piece, enough.Token) > 0)
            {
            }
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            // The sender has gone, or is too slow to wait for: there is nobody to answer.
        }
    }
}
