using System.Globalization;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using PointsMarket.Areas;
using PointsMarket.Data;
using PointsMarket.Web.Accounts;

namespace PointsMarket.Web.Shared;

/// <summary>The choices of the desk's selects: only what lies in the user's area.</summary>
public sealed class Choices(MarketDb db, CurrentUser user)
{
    /// <summary>An outlet to choose.</summary>
    public sealed record OutletChoice(int Id, string Code, string Name, int BookId);

    /// <summary>The outlets of the user's area, by code.</summary>
    public async Task<IReadOnlyList<OutletChoice>> OutletsAsync(CancellationToken ct = default)
    {
        var path = user.AreaPath;
        return await db.Outlets.Where(o => o.Area.Path.StartsWith(path)).OrderBy(o => o.Code).Select(o => new OutletChoice(o.Id, o.Code, o.Name, o.Area.BookId)).ToListAsync(ct);
    }

    /// <summary>The areas of the user's area, in the order of the tree, set in by depth.</summary>
    public async Task<IReadOnlyList<SelectListItem>> AreasAsync(CancellationToken ct = default)
    {
        var path = user.AreaPath;
        var areas = await db.Areas.Where(a => a.Path.StartsWith(path)).OrderBy(a => a.Path).Select(a => new { a.Id, a.Name, a.Kind }).ToListAsync(ct);
        var top = areas.Count == 0 ? AreaKind.Station : areas.Min(a => a.Kind);
        return [.. areas.Select(a => new SelectListItem(new string('\u3000', a.Kind - top) + a.Name, a.Id.ToString(CultureInfo.InvariantCulture)))];
    }
}
