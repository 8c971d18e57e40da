using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;
using PointsMarket.Data;
using PointsMarket.Web.Accounts;

namespace PointsMarket.Web.Me;

/// <summary>A page about the signed-in member and nobody else: the member comes from the sign-in, never from the address.</summary>
public abstract class MePage(CurrentUser user, MarketDb db) : PageModel
{
    /// <summary>The points file; only the home page is shown without one.</summary>
    public MemberAccount Mine { get; private set; } = null!;

    /// <summary>True when the account is tied to a member.</summary>
    public bool HasFile => Mine is not null;

    protected MarketDb Db => db;

    protected CurrentUser Current => user;

    public override async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(next);
        if (user.MemberId is { } id) Mine = (await MemberAccount.ReadAsync(db, id, HttpContext.RequestAborted))!;
        if (HasFile || context.ActionDescriptor.ViewEnginePath == "/Me/Index") await next();
        else context.Result = new LocalRedirectResult("/me");
    }
}
