using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using PointsMarket.Accounts;
using PointsMarket.Areas;
using PointsMarket.Data;
using PointsMarket.Reconciliations;
using PointsMarket.Web.Accounts;
using PointsMarket.Web.Reconciling;
using PointsMarket.Web.Shared;

namespace PointsMarket.Web.Pages.Finance.Reconciliation;

/// <summary>The months: reconciled, closed or waiting, and what stands behind the points over time.</summary>
public sealed class IndexModel(MarketDb db, CurrentUser user, TimeProvider clock) : PageModel
{
    /// <summary>Months in the trend.</summary>
    public const int TrendMonths = 24;

    public sealed record Row(int Id, DateOnly Month, DateTime RunAt, int BankLines, int Matched, int Found, int Open, Cover Cover);

    public IReadOnlyList<Row> Rows { get; private set; } = [];

    public IReadOnlyDictionary<DateOnly, MonthClosing> Closings { get; private set; } = null!;

    public IReadOnlyList<CoverMonth> Trend { get; private set; } = [];

    public CoverPace? Pace { get; private set; }

    public (long Warn, long Stop) Limits { get; private set; }

    /// <summary>The month that is looked at next: the last one that is over.</summary>
    public string Suggested { get; private set; } = "";

    /// <summary>False for a user whose area is not a whole station: there is nothing to reconcile in a part.</summary>
    public bool HasStation { get; private set; }

    public bool MayWrite => user.Is(Roles.Finance);

    public ListQuery List { get; private set; } = null!;

    public int Total { get; private set; }

    public async Task OnGetAsync(CancellationToken ct)
    {
        List = ListQuery.From(Request);
        var today = StationTime.Day(clock.GetUtcNow().UtcDateTime);
        Suggested = StationMonth.Text(today.AddMonths(-1));
        Closings = new Dictionary<DateOnly, MonthClosing>();
        if (await ReconReads.BookAsync(db, user, ct) is not { } book) return;
        HasStation = true;
        var newest = db.Reconciliations.Where(r => r.BookId == book).GroupBy(r => r.Month).Select(g => g.Max(r => r.Id));
        Total = await newest.CountAsync(ct);
        Rows = await db.Reconciliations.Where(r => newest.Contains(r.Id)).OrderByDescending(r => r.Month).Skip(List.Skip).Take(List.Size)
            .Select(r => new Row(r.Id, r.Month, r.RunAt, r.BankLines, r.Matched, r.Discrepancies.Count, db.FollowUps.Count(f => f.ReconciliationId == r.Id && f.State == FollowUpState.Open),
                new Cover(r.CashFen, r.GoodsFen, r.CardsFen, r.PointsOutstanding, r.PointValueFen)))
            .ToListAsync(ct);
        Closings = await db.MonthClosings.AsNoTracking().Where(c => c.BookId == book && c.Past == 0).ToDictionaryAsync(c => c.Month, ct);
        Trend = await CoverBook.TrendAsync(db, book, TrendMonths, ct);
        Limits = await CoverBook.LimitsAsync(db, today, ct);
        if (Trend is [.., var last])
            Pace = await CoverBook.PaceAsync(db, await db.Reconciliations.AsNoTracking().SingleAsync(r => r.Id == last.ReconciliationId, ct), ct);
    }

    /// <summary>The form that asks for a month: to its page.</summary>
    public IActionResult OnGetOpen(string? month) =>
        StationMonth.Parse(month) is { } asked ? Redirect($"/finance/reconciliation/month/{StationMonth.Text(asked)}") : Redirect("/finance/reconciliation");
}
