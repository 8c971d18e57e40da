using System.Globalization;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Localization;
using PointsMarket.Areas;
using PointsMarket.Data;
using PointsMarket.Effects;
using PointsMarket.Web.Shared;
using PointsMarket.Web.Text;

namespace PointsMarket.Web.Effects;

/// <summary>An area whose effects are shown, and its station's book.</summary>
public sealed record EffectsPlace(string Code, string Name, string Path, int BookId);

/// <summary>Model of the <c>_Effects</c> and <c>_Board</c> partials: a report with its place, and the address of the page.</summary>
/// <param name="Place">Where.</param>
/// <param name="Report">What came of it.</param>
/// <param name="Home">Path of the page.</param>
/// <param name="Kept">What else stands in the address, such as the area.</param>
public sealed record EffectsView(EffectsPlace Place, EffectsReport Report, string Home, IReadOnlyList<KeyValuePair<string, string>> Kept)
{
    /// <summary>The same page for another period.</summary>
    public string Link(EffectsPeriod period)
    {
        var query = new QueryBuilder(Kept) { { "period", period.Text } };
        return Home + query.ToQueryString().Value;
    }
}

/// <summary>Reads a report for a page. The public one is kept for a minute: it is asked for by everybody and changes slowly.</summary>
public sealed class EffectsPages(MarketDb db, IMemoryCache cache, TimeProvider clock)
{
    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(1);

    public DateOnly Today => StationTime.Day(clock.GetUtcNow().UtcDateTime);

    /// <summary>The period of an address; the month before this one without any, because it is whole.</summary>
    public EffectsPeriod PeriodOf(string? text) => EffectsPeriod.Parse(text) is { } p && p.From <= Today ? p : EffectsPeriod.Of(PeriodKind.Month, Today).Previous;

    public Task<EffectsReport> ReadAsync(EffectsPlace place, EffectsPeriod period, CancellationToken ct) => EffectsReport.ReadAsync(db, place.BookId, place.Path, period, Today, ct);

    public async Task<EffectsReport> ReadKeptAsync(EffectsPlace place, EffectsPeriod period, CancellationToken ct)
    {
        // Periods from the address are many; only those a visitor is led to are worth keeping.
        if (period.From < Today.AddYears(-3)) return await ReadAsync(place, period, ct);
        return (await cache.GetOrCreateAsync(("effects", place.Path, period.Text, Today), async entry =>
        {
            entry.AbsoluteExpirationRelativeToNow = Kept;
            return await ReadAsync(place, period, ct);
        }))!;
    }

    /// <summary>The stations, by code.</summary>
    public Task<List<EffectsPlace>> StationsAsync(CancellationToken ct) =>
        db.Areas.Where(a => a.Kind == AreaKind.Station).OrderBy(a => a.Code).Select(a => new EffectsPlace(a.Code, a.Name, a.Path, a.BookId)).ToListAsync(ct);

    /// <summary>The areas from a path down to the villages, in the order of the tree.</summary>
    public Task<List<EffectsPlace>> PlacesAsync(string path, CancellationToken ct) =>
        db.Areas.Where(a => a.Path.StartsWith(path)).OrderBy(a => a.Path).Select(a => new EffectsPlace(a.Code, a.Name, a.Path, a.BookId)).ToListAsync(ct);
}

/// <summary>How numbers of the effects page are written.</summary>
public static class EffectsWords
{
    /// <summary>2026年11月; 2026年第4季度; 2026年.</summary>
    public static string Period(EffectsPeriod period, IStringLocalizer<Texts> t)
    {
        ArgumentNullException.ThrowIfNull(period);
        ArgumentNullException.ThrowIfNull(t);
        return period.Kind switch
        {
            PeriodKind.Month => period.From.ToString(t["Effects.Period.MonthFormat"], CultureInfo.CurrentCulture),
            PeriodKind.Quarter => t["Effects.Period.QuarterOf", period.From.Year, period.Quarter],
            _ => t["Effects.Period.YearOf", period.From.Year],
        };
    }

    /// <summary>+12%, −3%, or that the base is too small.</summary>
    public static string Change(Compared c, IStringLocalizer<Texts> t)
    {
        ArgumentNullException.ThrowIfNull(t);
        return c.Percent is { } p ? $"{Ui.Change(p)}%" : t["Effects.Word.TooFew"];
    }

    /// <summary>92.5%, or that the base is too small.</summary>
    public static string Rate(Share s, IStringLocalizer<Texts> t)
    {
        ArgumentNullException.ThrowIfNull(t);
        return s.PerMille is { } p ? string.Create(CultureInfo.InvariantCulture, $"{p / 10}.{p % 10}%") : t["Effects.Word.TooFew"];
    }
}
