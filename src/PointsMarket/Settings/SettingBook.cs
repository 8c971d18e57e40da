using Microsoft.EntityFrameworkCore;
using PointsMarket.Data;

namespace PointsMarket.Settings;

/// <summary>What the settings are on a day. Works inside the door and outside; reads a row, no more.</summary>
public static class SettingBook
{
    /// <summary>The value in force on a station day, in the setting's unit.</summary>
    public static async Task<long> ValueAsync(MarketDb db, Setting setting, DateOnly day, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(setting);
        return await db.SettingValues.Where(v => v.Setting == setting.Key && v.From <= day).OrderByDescending(v => v.From).Select(v => (long?)v.Value).FirstOrDefaultAsync(ct) ?? setting.Default;
    }

    /// <summary>The values of several settings on a station day, in one query.</summary>
    public static async Task<IReadOnlyDictionary<Setting, long>> ValuesAsync(MarketDb db, IReadOnlyCollection<Setting> settings, DateOnly day, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(settings);
        var keys = settings.Select(s => s.Key).ToList();
        var rows = await db.SettingValues.AsNoTracking().Where(v => keys.Contains(v.Setting) && v.From <= day).ToListAsync(ct);
        return settings.ToDictionary(s => s, s => On(rows, s, day));
    }

    /// <summary>The value on a day among rows that were read before.</summary>
    internal static long On(IEnumerable<SettingValue> rows, Setting setting, DateOnly day) =>
        rows.Where(v => v.Setting == setting.Key && v.From <= day).MaxBy(v => v.From)?.Value ?? setting.Default;
}
