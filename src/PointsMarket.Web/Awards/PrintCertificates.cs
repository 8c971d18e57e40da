using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Abstractions;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.Razor;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.Extensions.Options;
using PointsMarket.Awards;
using PointsMarket.Ledger;
using PointsMarket.Web.Documents;

namespace PointsMarket.Web.Awards;

/// <summary>How far a print is.</summary>
/// <param name="Composed">Certificates laid out.</param>
/// <param name="Total">All of them.</param>
/// <param name="Printing">True once the browser has the pages.</param>
public readonly record struct PrintProgress(int Composed, int Total, bool Printing)
{
    /// <summary>Whole per cent: laying out is the smaller part, and the browser does not say how far it is.</summary>
    public int Percent => Total == 0 ? 0 : Printing ? 60 : 50 * Composed / Total;
}

/// <summary>
/// Makes certificates into one PDF, a page each, signed where a certificate file is configured, and puts on record that they were
/// printed. Needs no request, so that a large batch runs in the background. A PDF that is not finished leaves nothing behind.
/// </summary>
public sealed class PrintCertificates(
    PrintPdf print, IServiceScopeFactory scopes, IWebHostEnvironment host, RecordPrints record, IOptions<CertificateSettings> settings, TimeProvider clock, ILogger<PrintCertificates> log)
{
    private const string Frame = "/Pages/Shared/_DocumentFile.cshtml", Pages = "/Pages/Shared/_CertificatePages.cshtml", One = "/Pages/Shared/_Certificate.cshtml", Style = "css/certificates.css";

    /// <summary>True when this machine can print.</summary>
    public bool IsPossible => print.IsPossible;

    /// <summary>The address that a certificate's QR code leads to.</summary>
    /// <param name="request">Where the site was asked at, in case no address is configured.</param>
    public string Root(HttpRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return settings.Value.PublicUrl is { Length: > 0 } url ? url.TrimEnd('/') : $"{request.Scheme}://{request.Host}";
    }

    /// <summary>One certificate, ready to be drawn.</summary>
    public static CertificateSheet Sheet(CertificateFace face, string root)
    {
        ArgumentNullException.ThrowIfNull(face);
        return new(face, $"{root}/verify/{face.Code}");
    }

    /// <summary>The PDF; null when it could not be printed here (the log says why).</summary>
    public async Task<byte[]?> ExecuteAsync(IReadOnlyList<CertificateFace> faces, string root, Actor actor, IProgress<PrintProgress>? progress = null, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(faces);
        if (!print.IsPossible || faces.Count == 0) return null;
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CertificateSheet.Language; // in this asynchronous flow only
        var html = await ComposeAsync(faces, root, progress, ct);
        progress?.Report(new PrintProgress(faces.Count, faces.Count, Printing: true));
        if (await print.ExecuteAsync(html, ct) is not { } pdf) return null;
        if (Sign(pdf) is not { } finished) return null;
        await record.ExecuteAsync([.. faces.Select(f => f.Id)], actor, ct);
        return finished;
    }

    /// <summary>Signed where a file is configured; null when it should be and cannot: nobody is handed an unsigned one by accident.</summary>
    private byte[]? Sign(byte[] pdf)
    {
        if (settings.Value.SigningFile.Length == 0) return pdf;
        try
        {
            using var key = SigningKey.Load(settings.Value);
            var now = clock.GetUtcNow();
            if (now.UtcDateTime > key.Certificate.NotAfter.ToUniversalTime())
            {
                log.LogError("The certificate in {File} ended on {Day}: certificates are not printed until it is renewed.", settings.Value.SigningFile, key.Certificate.NotAfter);
                return null;
            }
            return SignPdf.Execute(pdf, key.Certificate, key.Chain, now);
        }
        catch (Exception e) when (e is System.Security.Cryptography.CryptographicException or IOException or UnauthorizedAccessException or NotSupportedException)
        {
            log.LogError(e, "A certificate could not be signed.");
            return null;
        }
    }

    private async Task<string> ComposeAsync(IReadOnlyList<CertificateFace> faces, string root, IProgress<PrintProgress>? progress, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var context = new ActionContext(new DefaultHttpContext { RequestServices = scope.ServiceProvider }, new RouteData(), new ActionDescriptor());
        var pages = new StringBuilder();
        for (var i = 0; i < faces.Count; i++)
        {
            ct.ThrowIfCancellationRequested();
            pages.Append(await RenderAsync(context, One, Sheet(faces[i], root)));
            progress?.Report(new PrintProgress(i + 1, faces.Count, Printing: false));
        }
        var title = faces.Count == 1 ? faces[0].Number : $"{faces[0].Number} – {faces[^1].Number}"; // no name: a title goes into lists of files
        return await RenderAsync(context, Frame, new DocumentFile(title, new HtmlString(await CssAsync(ct)), Pages, new HtmlString(pages.ToString())));
    }

    private static async Task<string> RenderAsync<T>(ActionContext context, string path, T model)
    {
        var services = context.HttpContext.RequestServices;
        var found = services.GetRequiredService<IRazorViewEngine>().GetView(null, path, isMainPage: path == Frame); // a partial has no layout around it
        if (!found.Success) throw new InvalidOperationException($"{path} is missing.");
        await using var text = new StringWriter(CultureInfo.InvariantCulture);
        var data = new ViewDataDictionary<T>(new EmptyModelMetadataProvider(), new ModelStateDictionary()) { Model = model };
        var tempData = new TempDataDictionary(context.HttpContext, services.GetRequiredService<ITempDataProvider>());
        await found.View.RenderAsync(new ViewContext(context, found.View, data, tempData, text, new HtmlHelperOptions()));
        return text.ToString();
    }

    private async Task<string> CssAsync(CancellationToken ct)
    {
        await using var stream = host.WebRootFileProvider.GetFileInfo(Style).CreateReadStream();
        using var reader = new StreamReader(stream);
        return await reader.ReadToEndAsync(ct);
    }
}
