using Microsoft.AspNetCore.Http.Extensions;
using PointsMarket.Web.Shared;

namespace PointsMarket.Web.Tips;

/// <summary>Links between the tip pages: language and text size travel in the address, because no cookie is kept there.</summary>
public static class TipAddress
{
    /// <summary>The path with what this request's address says about language and text size, and a handler where one is named.</summary>
    public static string Of(HttpRequest request, string path, string? handler = null)
    {
        ArgumentNullException.ThrowIfNull(request);
        var query = new QueryBuilder();
        if (handler is not null) query.Add("handler", handler);
        var culture = request.Query["culture"].ToString();
        if (culture is "en" or "zh-CN") query.Add("culture", culture);
        if (request.Query["size"].ToString() is { Length: > 0 } size && TextSize.Steps.Contains(size)) query.Add("size", size);
        return path + query;
    }
}
