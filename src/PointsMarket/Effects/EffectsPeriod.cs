using System.Globalization;
using PointsMarket.Areas;

namespace PointsMarket.Effects;

/// <summary>What a period is. The names stand in addresses.</summary>
public enum PeriodKind
{
    /// <summary><c>2026-11</c>.</summary>
    Month,

    /// <summary><c>2026-Q4</c>.</summary>
    Quarter,

    /// <summary><c>2026</c>.</summary>
    Year,
}

/// <summary>A month, a quarter or a year of station days, and the same a year before.</summary>
/// <param name="Kind">Which.</param>
/// <param name="From">The first day.</param>
public sealed record EffectsPeriod(PeriodKind Kind, DateOnly From)
{
    private const int FirstYear = 2000, LastYear = 2099;

    /// <summary>The first day that is no longer in it.</summary>
    public DateOnly Next => Kind switch { PeriodKind.Month => From.AddMonths(1), PeriodKind.Quarter => From.AddMonths(3), _ => From.AddYears(1) };

    /// <summary>The one before.</summary>
    public EffectsPeriod Previous => this with { From = Kind switch { PeriodKind.Month => From.AddMonths(-1), PeriodKind.Quarter => From.AddMonths(-3), _ => From.AddYears(-1) } };

    /// <summary>The one after.</summary>
    public EffectsPeriod Following => this with { From = Next };

    /// <summary>How it stands in addresses.</summary>
    public string Text => Kind switch
    {
        PeriodKind.Month => StationMonth.Text(From),
        PeriodKind.Quarter => string.Create(CultureInfo.InvariantCulture, $"{From.Year}-Q{Quarter}"),
        _ => From.Year.ToString(CultureInfo.InvariantCulture),
    };

    /// <summary>1 to 4.</summary>
    public int Quarter => ((From.Month - 1) / 3) + 1;

    /// <summary>The period of this kind that a day lies in.</summary>
    public static EffectsPeriod Of(PeriodKind kind, DateOnly day) => new(kind, kind switch
    {
        PeriodKind.Month => new DateOnly(day.Year, day.Month, 1),
        PeriodKind.Quarter => new DateOnly(day.Year, (((day.Month - 1) / 3) * 3) + 1, 1),
        _ => new DateOnly(day.Year, 1, 1),
    });

    /// <summary>Reads an address; null for anything else.</summary>
    public static EffectsPeriod? Parse(string? text)
    {
        if (StationMonth.Parse(text) is { } month) return new EffectsPeriod(PeriodKind.Month, month);
        if (text is not { Length: 4 or 7 } || !int.TryParse(text.AsSpan(0, 4), NumberStyles.None, CultureInfo.InvariantCulture, out var year) || year is < FirstYear or > LastYear) return null;
        if (text.Length == 4) return new EffectsPeriod(PeriodKind.Year, new DateOnly(year, 1, 1));
        return text[4] == '-' && text[5] is 'Q' or 'q' && text[6] is >= '1' and <= '4' ? new EffectsPeriod(PeriodKind.Quarter, new DateOnly(year, ((text[6] - '1') * 3) + 1, 1)) : null;
    }

    /// <summary>
    /// The days counted, first and first no longer, in this year and in the one before. A period that still runs is compared with the
    /// same days of last year; 29 February with the 28th.
    /// </summary>
    public ((DateOnly From, DateOnly Next) Now, (DateOnly From, DateOnly Next) Before) Days(DateOnly today)
    {
        var before = From.AddYears(-1);
        if (today >= Next.AddDays(-1)) return ((From, Next), (before, Next.AddYears(-1)));
        var last = today < From ? From.AddDays(-1) : today;
        return ((From, last.AddDays(1)), (before, today < From ? before : last.AddYears(-1).AddDays(1)));
    }
}

/// <summary>A number beside the same of last year. The base of the percentage is <see cref="Before"/>.</summary>
public readonly record struct Compared(long Now, long Before)
{
    /// <summary>With a smaller base no percentage is told: one more or less would be a leap.</summary>
    public const int LeastBase = 10;

    /// <summary>The change in whole percent, half away from zero; null when the base is too small.</summary>
    public long? Percent => Before < LeastBase ? null : (long)Math.Round((Now - Before) * 100m / Before, MidpointRounding.AwayFromZero);
}

/// <summary>A part of a whole. The base of the percentage is <see cref="Base"/>.</summary>
public readonly record struct Share(long Part, long Base)
{
    /// <summary>Tenths of a percent, half up; null when the base is too small (<see cref="Compared.LeastBase"/>).</summary>
    public int? PerMille => Base < Compared.LeastBase ? null : (int)(((2000 * Part) + Base) / (2 * Base));
}
