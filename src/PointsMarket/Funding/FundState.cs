using Microsoft.EntityFrameworkCore;
using PointsMarket.Data;
using PointsMarket.Ledger;

namespace PointsMarket.Funding;

/// <summary>What a fund planned and spent for one purpose in a year, and where that leads.</summary>
/// <param name="Purpose">The purpose; null for imported lines, whose file does not say.</param>
/// <param name="BudgetFen">Planned for the year.</param>
/// <param name="SpentFen">Spent since 1 January, what was taken back left out.</param>
/// <param name="LatelyFen">Spent in the last <see cref="FundState.RateDays"/> days.</param>
/// <param name="ReturnedFen">Paid since 1 January and come back since.</param>
public sealed record FundPlan(FundPurpose? Purpose, long BudgetFen, long SpentFen, long LatelyFen, long ReturnedFen);

/// <summary>
/// Where a fund stands on a day: cash from the ledger, what is promised, the year's budget, and a forecast by the run rate of the last
/// <see cref="RateDays"/> days (or of as many as there are movements for): spent so far + rate × days left in the year; and how many
/// days the free money lasts at that rate.
/// </summary>
public sealed record FundState
{
    /// <summary>How many days the run rate looks back at most.</summary>
    public const int RateDays = 90;

    /// <summary>The fund.</summary>
    public required Fund Fund { get; init; }

    /// <summary>The day.</summary>
    public required DateOnly Day { get; init; }

    /// <summary>At the bank by the ledger.</summary>
    public required long CashFen { get; init; }

    /// <summary>Approved payments that are not paid yet.</summary>
    public required long CommittedFen { get; init; }

    /// <summary>By purpose: those the fund allows or has spent for.</summary>
    public required IReadOnlyList<FundPlan> Plans { get; init; }

    /// <summary>How many days the run rate is measured over, 1 to <see cref="RateDays"/>.</summary>
    public required int Measured { get; init; }

    /// <summary>What may still be promised; below zero where an import spent what was promised.</summary>
    public long FreeFen => CashFen - CommittedFen;

    /// <summary>Planned for the year.</summary>
    public long BudgetFen => Plans.Sum(p => p.BudgetFen);

    /// <summary>Spent since 1 January.</summary>
    public long SpentFen => Plans.Sum(p => p.SpentFen);

    /// <summary>Paid since 1 January and come back since: in no other figure here.</summary>
    public long ReturnedFen => Plans.Sum(p => p.ReturnedFen);

    /// <summary>Spent in the measured days.</summary>
    public long LatelyFen => Plans.Sum(p => p.LatelyFen);

    /// <summary>Days of the year after this one.</summary>
    public int DaysLeft => new DateOnly(Day.Year, 12, 31).DayNumber - Day.DayNumber;

    /// <summary>What will have been spent at the year's end if it goes on like this, rounded down.</summary>
    public long ForecastOf(FundPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        return plan.SpentFen + (plan.LatelyFen * DaysLeft / Measured);
    }

    /// <summary>The same for all purposes.</summary>
    public long ForecastFen => Plans.Sum(ForecastOf);

    /// <summary>How many days the free money lasts at that rate; null when nothing was spent.</summary>
    public long? LastsDays => LatelyFen == 0 ? null : Math.Max(0, FreeFen) * Measured / LatelyFen;

    /// <summary>All funds of a station, those in use first.</summary>
    public static async Task<IReadOnlyList<FundState>> ReadAsync(MarketDb db, int bookId, DateOnly day, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        var (newYear, since) = (new DateOnly(day.Year, 1, 1), day.AddDays(1 - RateDays));
        var earliest = since < newYear ? since : newYear;
        var funds = await db.Funds.AsNoTracking().Where(f => f.BookId == bookId).OrderByDescending(f => f.Active).ThenBy(f => f.Id).ToListAsync(ct);
        var cash = await db.LedgerAccounts.Where(a => a.BookId == bookId && a.Asset == Asset.Money.Code && a.Code.StartsWith("cash:")).ToDictionaryAsync(a => a.Code, a => a.Balance, ct);
        var promised = await db.Payments.Where(p => p.BookId == bookId && p.State == PaymentState.Approved).GroupBy(p => p.FundId).Select(g => new { g.Key, Sum = g.Sum(p => p.AmountFen) }).ToDictionaryAsync(g => g.Key, g => g.Sum, ct);
        var budgets = await db.FundBudgets.AsNoTracking().Where(b => b.Year == day.Year && db.Funds.Any(f => f.Id == b.FundId && f.BookId == bookId)).ToListAsync(ct);
        var own = db.FundMovements.Where(m => m.BookId == bookId && m.Date <= day);
        var first = await own.GroupBy(m => m.Fund).Select(g => new { g.Key, Day = g.Min(m => m.Date) }).ToDictionaryAsync(g => g.Key, g => g.Day, ct);
        var spent = await own.Where(m => m.Date >= earliest && m.Kind != FundMovementKind.Grant)
            .Select(m => new { m.Fund, m.Purpose, m.Date, m.AmountFen, Back = m.ReversedAt != null ? m.AmountFen : m.ReturnedFen }) // an import's line is taken back whole
            .GroupBy(m => new { m.Fund, m.Purpose })
            .Select(g => new
            {
                g.Key.Fund, g.Key.Purpose, Year = g.Sum(m => m.Date >= newYear ? m.AmountFen - m.Back : 0), Lately = g.Sum(m => m.Date >= since ? m.AmountFen - m.Back : 0),
                Back = g.Sum(m => m.Date >= newYear ? m.Back : 0),
            }).ToListAsync(ct);
        return [.. funds.Select(f => new FundState
        {
            Fund = f, Day = day, CashFen = cash.GetValueOrDefault(AccountCode.Cash(f.Code).Value), CommittedFen = promised.GetValueOrDefault(f.Id),
            Measured = first.TryGetValue(f.Code, out var begun) ? Math.Clamp(day.DayNumber - begun.DayNumber + 1, 1, RateDays) : 1,
            Plans =
            [
                .. FundPurposes.All.Select(p => (FundPurpose?)p).Append(null)
                    .Select(p => new FundPlan(p, budgets.Where(b => b.FundId == f.Id && b.Purpose == p).Sum(b => b.AmountFen),
                        spent.Where(s => s.Fund == f.Code && s.Purpose == p).Sum(s => s.Year), spent.Where(s => s.Fund == f.Code && s.Purpose == p).Sum(s => s.Lately),
                        spent.Where(s => s.Fund == f.Code && s.Purpose == p).Sum(s => s.Back)))
                    .Where(p => (p.Purpose is { } one && f.Purposes.HasFlag(one)) || p.BudgetFen + p.SpentFen + p.LatelyFen + p.ReturnedFen > 0),
            ],
        })];
    }
}
