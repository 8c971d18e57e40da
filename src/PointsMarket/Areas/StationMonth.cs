using System.Globalization;
using Microsoft.EntityFrameworkCore;
using PointsMarket.Data;

namespace PointsMarket.Areas;

/// <summary>Months as they stand in files, addresses and keys.</summary>
public static class StationMonth
{
    /// <summary>The first day of <c>YYYY-MM</c>, of the years 2000 to 2099; null for anything else.</summary>
    public static DateOnly? Parse(string? text) =>
        DateOnly.TryParseExact(text, "yyyy-MM", CultureInfo.InvariantCulture, DateTimeStyles.None, out var month) && month.Year is >= 2000 and <= 2099 ? month : null;

    /// <summary><c>YYYY-MM</c>.</summary>
    public static string Text(DateOnly month) => month.ToString("yyyy-MM", CultureInfo.InvariantCulture);

    /// <summary>The station whose whole area the path covers; null when the path is not that of a station.</summary>
    public static Task<int?> BookAsync(MarketDb db, string areaPath, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(db);
        return db.Areas.Where(a => a.Kind == AreaKind.Station && a.Path == areaPath).Select(a => (int?)a.BookId).SingleOrDefaultAsync(ct);
    }
}
