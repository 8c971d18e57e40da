using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;
using PointsMarket.Market;
using PointsMarket.Web.Shared;

namespace PointsMarket.Web.Kiosk;

/// <summary>A page of a paired screen. A screen that is not paired is led to pairing.</summary>
public abstract class KioskPage(KioskScreen screen) : PageModel
{
    /// <summary>Where the screen stands.</summary>
    public KioskScreen.Place Place { get; private set; } = null!;

    protected KioskScreen Screen => screen;

    /// <summary>True when htmx asks: it wants a part of the page, and follows no redirect by itself.</summary>
    public bool ForSwap => Request.Headers.ContainsKey("HX-Request");

    public override async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(next);
        if (await screen.PlaceAsync(HttpContext.RequestAborted) is { } place)
        {
            Place = place;
            await RunAsync(context, next);
        }
        else
        {
            context.Result = Go("/kiosk/pair");
        }
    }

    /// <summary>Runs the handler; a page that needs more than a paired screen looks for it here.</summary>
    protected virtual async Task RunAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        ArgumentNullException.ThrowIfNull(next);
        await next();
    }

    /// <summary>Leads to another page of the kiosk, also when htmx asked.</summary>
    protected IActionResult Go(string path)
    {
        if (!ForSwap) return LocalRedirect(path);
        Response.Headers["HX-Redirect"] = path;
        return new StatusCodeResult(StatusCodes.Status204NoContent);
    }
}

/// <summary>A page for somebody who has identified. When the visit is over, the screen starts again.</summary>
public abstract class KioskVisitPage(KioskScreen screen) : KioskPage(screen)
{
    /// <summary>Whose visit.</summary>
    public KioskSessions.Live Visit { get; private set; } = null!;

    protected override async Task RunAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (await Screen.VisitAsync(Place, HttpContext.RequestAborted) is { } visit)
        {
            Visit = visit;
            await base.RunAsync(context, next);
        }
        else
        {
            context.Result = await OverAsync();
        }
    }

    /// <summary>Forgets a visit that is over, and says so; Back after leaving, without a visit, says nothing.</summary>
    protected async Task<IActionResult> OverAsync()
    {
        if (Screen.HasVisitor)
        {
            await Screen.LeaveAsync(HttpContext.RequestAborted);
            TempData.Refuse("Kiosk.Identify.Over");
        }

        return Go("/kiosk");
    }
}
