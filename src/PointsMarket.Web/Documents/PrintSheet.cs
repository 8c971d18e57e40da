using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Razor;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;

namespace PointsMarket.Web.Documents;

/// <summary>A document on its way to the printer: model of <c>_DocumentFile</c>.</summary>
/// <param name="Title">Stands in the PDF's properties.</param>
/// <param name="Css">The stylesheet, whole.</param>
/// <param name="Partial">Path of the partial that draws it.</param>
/// <param name="Model">Its model.</param>
public sealed record DocumentFile(string Title, IHtmlContent Css, string Partial, object Model);

/// <summary>
/// Turns a document's partial into PDF. The same partial is shown on its print page, so that what is seen is what is printed,
/// also where the machine has no browser and the user's own prints.
/// </summary>
public sealed class PrintSheet(PrintPdf print, IRazorViewEngine views, ITempDataProvider tempData, IWebHostEnvironment host)
{
    private const string Frame = "/Pages/Shared/_DocumentFile.cshtml", Style = "css/documents.css";

    /// <summary>True when this machine can print.</summary>
    public bool IsPossible => print.IsPossible;

    /// <summary>The PDF of a partial, to save under a name; null when it could not be printed here.</summary>
    /// <param name="page">The page that asks.</param>
    /// <param name="partial">Path from the root, <c>/Pages/…/_Thing.cshtml</c>.</param>
    /// <param name="model">The partial's model.</param>
    /// <param name="title">Title of the document.</param>
    /// <param name="fileName">Name for saving, with <c>.pdf</c>; no personal data.</param>
    public async Task<FileContentResult?> ExecuteAsync(PageModel page, string partial, object model, string title, string fileName, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(page);
        if (!print.IsPossible) return null;
        var html = await HtmlAsync(page, new DocumentFile(title, new HtmlString(await CssAsync(ct)), partial, model));
        if (await print.ExecuteAsync(html, ct) is not { } pdf) return null;
        page.Response.Headers.CacheControl = "no-store";
        return new FileContentResult(pdf, "application/pdf") { FileDownloadName = fileName };
    }

    private async Task<string> HtmlAsync(PageModel page, DocumentFile file)
    {
        var found = views.GetView(null, Frame, isMainPage: true);
        if (!found.Success) throw new InvalidOperationException($"{Frame} is missing.");
        await using var text = new StringWriter();
        var data = new ViewDataDictionary<DocumentFile>(new EmptyModelMetadataProvider(), new ModelStateDictionary()) { Model = file };
        var view = new ViewContext(page.PageContext, found.View, data, new TempDataDictionary(page.HttpContext, tempData), text, new HtmlHelperOptions());
        await found.View.RenderAsync(view);
        return text.ToString();
    }

    private async Task<string> CssAsync(CancellationToken ct)
    {
        await using var stream = host.WebRootFileProvider.GetFileInfo(Style).CreateReadStream();
        using var reader = new StreamReader(stream);
        return await reader.ReadToEndAsync(ct);
    }
}
