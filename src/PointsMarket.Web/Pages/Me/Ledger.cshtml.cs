using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using PointsMarket.Areas;
using PointsMarket.Data;
using PointsMarket.Web.Accounts;
using PointsMarket.Web.Me;
using PointsMarket.Web.Shared;
using PointsMarket.Web.Text;

namespace PointsMarket.Web.Pages.Me;

/// <summary>Every change of the member's points, by month, page by page, or as a file.</summary>
public sealed class LedgerModel(CurrentUser user, MarketDb db, PointsHistory history, IStringLocalizer<Texts> texts) : MePage(user, db)
{
    /// <summary>The month shown, 2026-09; anything else shows all.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Month { get; set; }

    public IReadOnlyList<DateOnly> Months { get; private set; } = [];

    public IReadOnlyList<PointsHistory.Change> Changes { get; private set; } = [];

    public Pager Pager { get; private set; } = null!;

    /// <summary>What came in and went out in what is shown.</summary>
    public (long In, long Out) Sums { get; private set; }

    /// <summary>First day of the month shown, or null for all.</summary>
    public DateOnly? Shown =>
        DateOnly.TryParseExact(Month + "-01", "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day.Year is > 2000 and < 2200 ? day : null;

    public async Task OnGetAsync(CancellationToken ct)
    {
        var list = ListQuery.From(Request);
        var entries = history.Entries(Mine, Shown);
        Months = await history.MonthsAsync(Mine, ct);
        Sums = (await entries.Where(e => e.Amount > 0).SumAsync(e => e.Amount, ct), await entries.Where(e => e.Amount < 0).SumAsync(e => e.Amount, ct));
        Pager = new Pager(list, await entries.CountAsync(ct));
        Changes = await history.InWordsAsync(Mine, await entries.Skip(list.Skip).Take(list.Size).ToListAsync(ct), ct);
    }

    public async Task<IActionResult> OnGetCsvAsync(CancellationToken ct)
    {
        var rows = await history.InWordsAsync(Mine, await history.Entries(Mine, Shown).ToListAsync(ct), ct);
        return new Csv<PointsHistory.Change>(
            $"points{Shown:-yyyy-MM}.csv",
            rows.ToAsyncEnumerable(),
            (texts["Me.Ledger.When"], c => StationTime.Local(c.HappenedAt).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)),
            (texts["Me.Ledger.Cause"], c => c.Cause),
            (texts["Me.Ledger.Detail"], c => c.Detail),
            (texts["Me.Ledger.Change"], c => c.Amount),
            (texts["Me.Ledger.Balance"], c => c.BalanceAfter));
    }
}
