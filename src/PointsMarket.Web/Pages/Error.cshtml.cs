using System.Diagnostics;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using PointsMarket.Web.Shared;

namespace PointsMarket.Web.Pages;

/// <summary>
/// What a person reads when a request was refused or failed: what happened, what to do, and the number under which it
/// stands in the log. Runs again for whatever request failed, so it reads the answer's status and never a form.
/// </summary>
[AllowAnonymous, IgnoreAntiforgeryToken, ResponseCache(NoStore = true)]
public sealed class ErrorModel(EndpointDataSource endpoints) : PageModel
{
    private string FailedPath =>
        HttpContext.Features.Get<IStatusCodeReExecuteFeature>()?.OriginalPath
        ?? HttpContext.Features.Get<IExceptionHandlerPathFeature>()?.Path
        ?? "/";

    // The kiosk's, the member's and the desk's errors look like the page they came from, and lead back there.
    private StartTile? Audience =>
        StartTiles.Served(endpoints).FirstOrDefault(t => new PathString(FailedPath).StartsWithSegments(t.Href));

    public string Kind => Audience?.Kind ?? "public";

    // A kiosk never leaves the kiosk: where its first page failed, it is tried again.
    public string Home => Audience is { } audience && (audience.Href != FailedPath || audience.Kind == "kiosk") ? audience.Href : "/";

    public bool Fault => Response.StatusCode >= 500;

    public string TraceId => Activity.Current?.TraceId.ToHexString() ?? HttpContext.TraceIdentifier;

    public string TitleKey => Words.Title;

    public string HintKey => Words.Hint;

    private (string Title, string Hint) Words => Response.StatusCode switch
    {
        400 => ("Shell.Error.BadTitle", "Shell.Error.BadHint"),
        401 or 403 => ("Shell.Error.ForbiddenTitle", "Shell.Error.ForbiddenHint"),
        404 or 405 or 410 => ("Shell.Error.MissingTitle", "Shell.Error.MissingHint"),
        413 => ("Shell.Error.TooLargeTitle", "Shell.Error.TooLargeHint"),
        429 => ("Shell.Error.TooOftenTitle", "Shell.Error.TooOftenHint"),
        _ => ("Shell.Error.FaultTitle", "Shell.Error.FaultHint"),
    };

    /// <summary>Typed into the address bar there is no error to tell of: the page is then the missing one.</summary>
    public void OnGet()
    {
        if (HttpContext.Features.Get<IStatusCodeReExecuteFeature>() is null && HttpContext.Features.Get<IExceptionHandlerFeature>() is null)
        {
            Response.StatusCode = StatusCodes.Status404NotFound;
        }
    }
}
