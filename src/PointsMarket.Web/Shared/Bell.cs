using Microsoft.AspNetCore.Diagnostics;
using Microsoft.EntityFrameworkCore;
using PointsMarket.Data;
using PointsMarket.Notices;
using PointsMarket.Web.Accounts;

namespace PointsMarket.Web.Shared;

/// <summary>The bell in the header: how many messages are new. One query over an index for each page that shows it.</summary>
public sealed class Bell(MarketDb db, CurrentUser user, IHttpContextAccessor http)
{
    /// <summary>More are shown as 99+.</summary>
    public const int Most = 99;

    /// <summary>New messages, at most one more than <see cref="Most"/>; null where no bell belongs: nobody signed in, or an error page.</summary>
    public async Task<int?> CountAsync()
    {
        if (http.HttpContext is not { } context || context.User.Identity?.IsAuthenticated != true || Claims.IsHeldBack(context.User)) return null;
        // An error page asks nothing of the database: that may be what failed.
        if (context.Features.Get<IExceptionHandlerFeature>() is not null || context.Features.Get<IStatusCodeReExecuteFeature>() is not null) return null;
        return await Inbox.Of(db, user.Id, user.MemberId).Where(m => m.ReadAt == null).Take(Most + 1).CountAsync(context.RequestAborted);
    }
}
