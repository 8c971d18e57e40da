using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;

namespace PointsMarket.Web.Setup;

/// <summary>
/// Answers 400 to a query with a NUL in it, as the framework does for forms. No keyboard types one; PostgreSQL refuses it and
/// SQLite reads a text only up to it.
/// </summary>
internal sealed class RefuseNul : IResourceFilter
{
    public void OnResourceExecuting(ResourceExecutingContext context)
    {
        if (context.HttpContext.Request.Query.Any(q => q.Value.Any(v => v?.Contains('\0', StringComparison.Ordinal) == true)))
            context.Result = new BadRequestResult();
    }

    public void OnResourceExecuted(ResourceExecutedContext context)
    {
    }
}
