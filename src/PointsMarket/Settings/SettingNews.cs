using Microsoft.EntityFrameworkCore;
using PointsMarket.Data;

namespace PointsMarket.Settings;

/// <summary>A setting that members live by and that changes, or changed of late, for the public notice page.</summary>
/// <param name="Setting">Which.</param>
/// <param name="From">From which day.</param>
/// <param name="Before">What it was until then.</param>
/// <param name="Value">What it is from then on.</param>
public sealed record SettingNews(Setting Setting, DateOnly From, long Before, long Value)
{
    /// <summary>How long after its first day a change is still told of.</summary>
    public const int ToldDays = 60;

    /// <summary>The changes to come and those of the last <see cref="ToldDays"/> days, the latest first.</summary>
    public static async Task<IReadOnlyList<SettingNews>> ReadAsync(MarketDb db, DateOnly today, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        var rows = await db.SettingValues.AsNoTracking().ToListAsync(ct); // a few dozen in years
        return
        [
            .. from row in rows
               let setting = SettingList.Find(row.Setting)
               where setting is { Public: true } && row.From >= today.AddDays(-ToldDays)
               orderby row.From descending, row.Id
               select new SettingNews(setting, row.From, SettingBook.On(rows, setting, row.From.AddDays(-1)), row.Value),
        ];
    }
}
