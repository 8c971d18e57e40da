using Microsoft.EntityFrameworkCore;
using PointsMarket.Data;
using PointsMarket.Ledger;
using PointsMarket.Loops;
using PointsMarket.Reconciliations;

namespace PointsMarket.Effects;

/// <summary>A matter followed to its end: how many were found, and how many ended.</summary>
public sealed record LoopEffect(LoopKind Kind, Compared Found, Compared Ended);

/// <summary>One month of the chart.</summary>
public sealed record EffectsMonth(DateOnly Month, long Out, long Back);

/// <summary>One of the police's own figures; null where nothing was imported for the whole period.</summary>
public sealed record PoliceEffect(string Key, long? Now, long? Before);

/// <summary>
/// What came of it all in a period, beside the same of last year (DESIGN 8): counts, never people. Confidential tips are not in it.
/// Everything is summed by the database.
/// </summary>
public sealed record EffectsReport
{
    private static readonly string[] Earning = [TransactionKinds.TaskReward, TransactionKinds.CaseReward, TransactionKinds.AssessmentBonus, TransactionKinds.AssessmentCorrection, TransactionKinds.Reversal];

    /// <summary>The period.</summary>
    public required EffectsPeriod Period { get; init; }

    /// <summary>The last day counted.</summary>
    public required DateOnly Until { get; init; }

    /// <summary>Households and residents of the area, as counted by the station.</summary>
    public required (long Households, long Residents) People { get; init; }

    /// <summary>Verified reports by category, in the order of the rule book; those that never happened left out.</summary>
    public required IReadOnlyList<(string Category, Compared Count)> Categories { get; init; }

    /// <summary>Verified reports in all.</summary>
    public required Compared Reports { get; init; }

    /// <summary>Hazards, disputes and opinions.</summary>
    public required IReadOnlyList<LoopEffect> Loops { get; init; }

    /// <summary>Cases that came onto the board.</summary>
    public required Compared Opened { get; init; }

    /// <summary>Of the cases that came onto the board in the period, how many are closed by now.</summary>
    public required Share Closing { get; init; }

    /// <summary>The same of last year.</summary>
    public required Share ClosingBefore { get; init; }

    /// <summary>Of the answers at the kiosk, how many were "satisfied".</summary>
    public required Share Kiosk { get; init; }

    /// <summary>The same of last year.</summary>
    public required Share KioskBefore { get; init; }

    /// <summary>Of the revisits (cases and disputes), how many found the people concerned content.</summary>
    public required Share Revisits { get; init; }

    /// <summary>The same of last year.</summary>
    public required Share RevisitsBefore { get; init; }

    /// <summary>Points that members earned.</summary>
    public required Compared Out { get; init; }

    /// <summary>Points that came back for goods.</summary>
    public required Compared Back { get; init; }

    /// <summary>What stood behind the points at the last reconciliation up to the period's end; null before the first, and for a part of a station.</summary>
    public required (DateOnly Month, Cover Cover)? Cover { get; init; }

    /// <summary>Twelve months up to the last one of the period.</summary>
    public required IReadOnlyList<EffectsMonth> Months { get; init; }

    /// <summary>The police's own figures, in their order; those that never came are left out.</summary>
    public required IReadOnlyList<PoliceEffect> Police { get; init; }

    /// <summary>Reads it for an area and everything below.</summary>
    public static async Task<EffectsReport> ReadAsync(MarketDb db, int bookId, string areaPath, EffectsPeriod period, DateOnly today, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(period);
        var (now, before) = period.Days(today);
        var read = new EffectsReads(db, bookId, areaPath, ct);
        var categories = await read.CategoriesAsync(now, before);
        var (opened, closing) = await read.CasesAsync(now);
        var (openedBefore, closingBefore) = await read.CasesAsync(before);
        return new EffectsReport
        {
            Period = period, Until = now.Next.AddDays(-1), People = await read.PeopleAsync(), Categories = categories,
            Reports = new Compared(categories.Sum(c => c.Count.Now), categories.Sum(c => c.Count.Before)),
            Loops = await read.LoopsAsync(now, before), Opened = new Compared(opened, openedBefore), Closing = closing, ClosingBefore = closingBefore,
            Kiosk = await read.KioskAsync(now), KioskBefore = await read.KioskAsync(before), Revisits = await read.RevisitsAsync(now), RevisitsBefore = await read.RevisitsAsync(before),
            Out = new Compared(await read.EarnedAsync(now), await read.EarnedAsync(before)), Back = new Compared(await read.SpentAsync(now), await read.SpentAsync(before)),
            Cover = await read.CoverAsync(period.Next), Months = await read.MonthsAsync(now.Next), Police = await read.PoliceAsync(period, today),
        };
    }

    internal static IReadOnlyList<string> EarningKinds => Earning;
}
