using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using PointsMarket.Areas;
using PointsMarket.Data;
using PointsMarket.Duties;
using PointsMarket.Ledger;
using PointsMarket.Loops;
using PointsMarket.Market;
using PointsMarket.Tasks;
using PointsMarket.Web.Accounts;
using PointsMarket.Web.Reports;
using PointsMarket.Web.Shared;

namespace PointsMarket.Web.Pages.Desk;

/// <summary>What waits, and how the month goes: the points of the members, and the slips of the outlets, in the user's area.</summary>
public sealed class IndexModel(MarketDb db, CurrentUser user, Choices choices, StockReads stock, DeskTodo todo, TimeProvider clock) : PageModel
{
    private const int Weeks = 12;

    /// <summary>A number of this month beside the same days of last month.</summary>
    public sealed record Figure(long Now, long Before)
    {
        /// <summary>Whole percent; null when last month had nothing to compare with.</summary>
        public long? Percent => Before == 0 ? null : (Now - Before) * 100 / Before;
    }

    public sealed record Week(DateOnly Monday, long Earned, long Redeemed);

    public int Open { get; private set; }

    public DateTime? Oldest { get; private set; }

    public int Late { get; private set; }

    public IReadOnlyList<StockReads.Row> Low { get; private set; } = [];

    public int LockedPins { get; private set; }

    /// <summary>Reports that wait to be verified, for those who may; counted to <see cref="DeskReports.MostWaiting"/>.</summary>
    public int Reports { get; private set; }

    /// <summary>What else waits for this user.</summary>
    public IReadOnlyList<DeskTodoLine> Todo { get; private set; } = [];

    /// <summary>Shifts that are over and wait for their attendance to be confirmed, for those who may.</summary>
    public int Shifts { get; private set; }

    /// <summary>Hazards, disputes and opinions past their deadline.</summary>
    public int LateLoops { get; private set; }

    /// <summary>Of which kind the first of them is.</summary>
    public LoopKind LateKind { get; private set; }

    public Figure Earned { get; private set; } = null!;

    public Figure Redeemed { get; private set; } = null!;

    public Figure Slips { get; private set; } = null!;

    public int InService { get; private set; }

    public IReadOnlyList<Week> Chart { get; private set; } = [];

    public DateOnly Today { get; private set; }

    public bool IsEmpty { get; private set; }

    public async Task OnGetAsync()
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var path = user.AreaPath;
        Today = StationTime.Day(now);
        var slips = db.Redemptions.Where(r => r.Outlet.Area.Path.StartsWith(path));
        var open = slips.Where(r => r.State == RedemptionState.Held);
        Open = await open.CountAsync();
        Oldest = await open.MinAsync(r => (DateTime?)r.HappenedAt);
        Late = await open.CountAsync(r => r.ExpiresAt <= now);
        Todo = await todo.ReadAsync();
        Low = [.. (await stock.ReadAsync(await choices.OutletsAsync())).Where(r => r.Low).OrderBy(r => r.Shelf)];
        var members = db.Members.Where(m => m.Area.Path.StartsWith(path));
        LockedPins = await members.CountAsync(m => m.PinLocked);
        if (Access.RolesFor(Access.Approve).Any(user.Is))
        {
            Shifts = await db.Shifts.CountAsync(s => s.EndsAt <= now && (s.State == ShiftState.Open || s.State == ShiftState.Drawn) && s.Area.Path.StartsWith(path));
            Reports = await db.TaskReports.Where(r => r.Outcome == ReportOutcome.Pending && r.Area.Path.StartsWith(path)).Take(DeskReports.MostWaiting).CountAsync();
        }

        var late = db.Loops.Where(l => l.DueDay < Today && l.Area.Path.StartsWith(path));
        (LateLoops, LateKind) = (await late.CountAsync(), await late.OrderBy(l => l.DueDay).Select(l => l.Kind).FirstOrDefaultAsync());
        InService = await members.CountAsync(m => m.Left == null || m.Left > Today);
        IsEmpty = InService == 0;
        await MonthAsync(slips, now, path);
        await WeeksAsync(slips, path);
    }

    private async Task MonthAsync(IQueryable<Redemption> slips, DateTime now, string path)
    {
        var first = new DateOnly(Today.Year, Today.Month, 1);
        var before = first.AddMonths(-1);
        var sameDay = before.AddDays(Math.Min(Today.Day, DateTime.DaysInMonth(before.Year, before.Month)));
        var (a, b, c) = (StationTime.StartOf(before), StationTime.StartOf(sameDay), StationTime.StartOf(first));
        var taken = Taken(slips);
        Redeemed = new Figure(await taken.Where(r => r.HappenedAt >= c && r.HappenedAt <= now).SumAsync(r => (long)r.Points), await taken.Where(r => r.HappenedAt >= a && r.HappenedAt < b).SumAsync(r => (long)r.Points));
        Slips = new Figure(await taken.CountAsync(r => r.HappenedAt >= c && r.HappenedAt <= now), await taken.CountAsync(r => r.HappenedAt >= a && r.HappenedAt < b));
        Earned = new Figure(await EarnedAsync(path, c, now.AddMilliseconds(1)), await EarnedAsync(path, a, b));
    }

    private async Task WeeksAsync(IQueryable<Redemption> slips, string path)
    {
        var monday = Today.AddDays(-(((int)Today.DayOfWeek + 6) % 7));
        var weeks = new List<Week>();
        for (var i = Weeks - 1; i >= 0; i--)
        {
            var day = monday.AddDays(-7 * i);
            var (from, to) = (StationTime.StartOf(day), StationTime.StartOf(day.AddDays(7)));
            weeks.Add(new Week(day, await EarnedAsync(path, from, to), await Taken(slips).Where(r => r.HappenedAt >= from && r.HappenedAt < to).SumAsync(r => (long)r.Points)));
        }

        Chart = weeks;
    }

    private static IQueryable<Redemption> Taken(IQueryable<Redemption> slips) => slips.Where(r => r.State == RedemptionState.Held || r.State == RedemptionState.HandedOver);

    /// <summary>What came into the members' accounts for work done: rewards of tasks and cases, less what was taken back.</summary>
    private async Task<long> EarnedAsync(string path, DateTime since, DateTime until) => await (
        from t in db.LedgerTransactions
        where t.HappenedAt >= since && t.HappenedAt < until && (t.Kind == TransactionKinds.TaskReward || t.Kind == TransactionKinds.CaseReward || t.Kind == TransactionKinds.Reversal)
        join e in db.LedgerEntries on new { t.BookId, t.Sequence } equals new { e.BookId, e.Sequence }
        join a in db.LedgerAccounts on new { e.BookId, Number = e.Account } equals new { a.BookId, a.Number }
        where a.Asset == "PTS" && db.Members.Any(m => m.Area.BookId == a.BookId && m.Area.Path.StartsWith(path) && a.Code == "member:" + m.Code)
        select e.Amount).SumAsync();
}
