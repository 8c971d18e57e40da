using Microsoft.EntityFrameworkCore;
using PointsMarket.Areas;
using PointsMarket.Cases;
using PointsMarket.Data;
using PointsMarket.Ledger;
using PointsMarket.Loops;
using PointsMarket.Market;
using PointsMarket.Reconciliations;
using PointsMarket.Tasks;

namespace PointsMarket.Effects;

/// <summary>The sums behind <see cref="EffectsReport"/>, each a question that the database answers from an index.</summary>
internal sealed class EffectsReads(MarketDb db, int bookId, string areaPath, CancellationToken ct)
{
    private const int ChartMonths = 12;
    private const string MemberPrefix = "member:";

    public async Task<(long Households, long Residents)> PeopleAsync()
    {
        var path = areaPath;
        var sum = await db.Areas.Where(a => a.Path.StartsWith(path)).GroupBy(_ => 1).Select(g => new { Households = g.Sum(a => (long)a.Households), Residents = g.Sum(a => (long)a.Residents) }).SingleOrDefaultAsync(ct);
        return sum is null ? (0, 0) : (sum.Households, sum.Residents);
    }

    public async Task<IReadOnlyList<(string Category, Compared Count)>> CategoriesAsync((DateOnly From, DateOnly Next) now, (DateOnly From, DateOnly Next) before)
    {
        var (here, then) = (await CountAsync(now), await CountAsync(before));
        return [.. (await TaskCategory.CodesAsync(db, ct)).Select(c => (c, new Compared(here.GetValueOrDefault(c), then.GetValueOrDefault(c)))).Where(c => c.Item2 is not { Now: 0, Before: 0 })];
    }

    private Task<Dictionary<string, int>> CountAsync((DateOnly From, DateOnly Next) days)
    {
        var (from, next, path) = (days.From, days.Next, areaPath);
        return db.TaskReports.Where(r => r.Outcome == ReportOutcome.Verified && r.HappenedDay >= from && r.HappenedDay < next && r.Area.Path.StartsWith(path))
            .GroupBy(r => r.Category).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, ct);
    }

    public async Task<IReadOnlyList<LoopEffect>> LoopsAsync((DateOnly From, DateOnly Next) now, (DateOnly From, DateOnly Next) before)
    {
        var ((found, ended), (foundBefore, endedBefore)) = (await LoopsAsync(now), await LoopsAsync(before));
        return [.. Enum.GetValues<LoopKind>().Select(k => new LoopEffect(k, new Compared(found.GetValueOrDefault(k), foundBefore.GetValueOrDefault(k)), new Compared(ended.GetValueOrDefault(k), endedBefore.GetValueOrDefault(k))))];
    }

    private async Task<(Dictionary<LoopKind, int> Found, Dictionary<LoopKind, int> Ended)> LoopsAsync((DateOnly, DateOnly) days)
    {
        var ((from, to), path) = (Utc(days), areaPath);
        var loops = db.Loops.Where(l => l.State != LoopState.Dropped && l.Area.Path.StartsWith(path));
        return (
            await loops.Where(l => l.OpenedAt >= from && l.OpenedAt < to).GroupBy(l => l.Kind).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, ct),
            await loops.Where(l => l.EndedAt >= from && l.EndedAt < to).GroupBy(l => l.Kind).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, ct));
    }

    public async Task<(long Opened, Share Closing)> CasesAsync((DateOnly, DateOnly) days)
    {
        var ((from, to), path) = (Utc(days), areaPath);
        var cases = db.Cases.Where(c => c.State != CaseState.Draft && c.State != CaseState.Withdrawn && c.OpenedAt >= from && c.OpenedAt < to && c.Area.Path.StartsWith(path));
        var opened = await cases.CountAsync(ct);
        return (opened, new Share(await cases.CountAsync(c => c.State == CaseState.Closed, ct), opened));
    }

    public async Task<Share> KioskAsync((DateOnly, DateOnly) days)
    {
        var ((from, to), path) = (Utc(days), areaPath);
        var answers = db.Redemptions.Where(r => r.Satisfaction != null && r.HappenedAt >= from && r.HappenedAt < to && r.Outlet.Area.Path.StartsWith(path));
        return new Share(await answers.CountAsync(r => r.Satisfaction == 3, ct), await answers.CountAsync(ct));
    }

    public async Task<Share> RevisitsAsync((DateOnly, DateOnly) days)
    {
        var ((from, to), path) = (Utc(days), areaPath);
        var cases = db.Cases.Where(c => c.RevisitedAt >= from && c.RevisitedAt < to && c.Satisfied != null && c.Area.Path.StartsWith(path));
        // A step that was corrected is none.
        var steps = db.LoopSteps.Where(s => s.At >= from && s.At < to && s.Loop.Area.Path.StartsWith(path) && !db.LoopSteps.Any(c => c.LoopId == s.LoopId && c.Undoes == s.Number));
        var content = await cases.CountAsync(c => c.Satisfied == true, ct) + await steps.CountAsync(s => s.Action == LoopAction.Revisit, ct);
        return new Share(content, await cases.CountAsync(ct) + await steps.CountAsync(s => s.Action == LoopAction.Revisit || s.Action == LoopAction.RevisitUnsettled, ct));
    }

    /// <summary>What members of the area earned, less what was taken back in the same days.</summary>
    public Task<long> EarnedAsync((DateOnly, DateOnly) days)
    {
        var ((start, end), path, book, prefix, asset) = (Utc(days), areaPath, bookId, MemberPrefix, Asset.Points.Code);
        var kinds = EffectsReport.EarningKinds;
        var members = db.Members.Where(m => m.Area.Path.StartsWith(path)).Select(m => prefix + m.Code);
        return (
            from t in db.LedgerTransactions
            where t.BookId == book && t.HappenedAt >= start && t.HappenedAt < end && kinds.Contains(t.Kind)
            join e in db.LedgerEntries on new { t.BookId, t.Sequence } equals new { e.BookId, e.Sequence }
            join a in db.LedgerAccounts on new { e.BookId, Number = e.Account } equals new { a.BookId, a.Number }
            where a.Asset == asset && members.Contains(a.Code)
            select e.Amount).SumAsync(ct);
    }

    public Task<long> SpentAsync((DateOnly, DateOnly) days)
    {
        var ((from, to), path) = (Utc(days), areaPath);
        return db.Redemptions.Where(r => r.State == RedemptionState.HandedOver && r.HappenedAt >= from && r.HappenedAt < to && r.Outlet.Area.Path.StartsWith(path)).SumAsync(r => (long)r.Points, ct);
    }

    public async Task<IReadOnlyList<EffectsMonth>> MonthsAsync(DateOnly next)
    {
        var last = new DateOnly(next.AddDays(-1).Year, next.AddDays(-1).Month, 1);
        var months = new List<EffectsMonth>();
        for (var i = ChartMonths - 1; i >= 0; i--)
        {
            var month = last.AddMonths(-i);
            var days = (month, month.AddMonths(1) is var end && end > next ? next : end);
            months.Add(new EffectsMonth(month, await EarnedAsync(days), await SpentAsync(days)));
        }

        return months;
    }

    public async Task<(DateOnly Month, Cover Cover)?> CoverAsync(DateOnly next)
    {
        var (path, book) = (areaPath, bookId);
        if (!await db.Areas.AnyAsync(a => a.Kind == AreaKind.Station && a.Path == path, ct)) return null;
        var found = await db.Reconciliations.AsNoTracking().Where(r => r.BookId == book && r.Month < next).OrderByDescending(r => r.Month).ThenByDescending(r => r.Id).FirstOrDefaultAsync(ct);
        return found is null ? null : (found.Month, found.Cover);
    }

    /// <summary>Of each key the figures that lie highest in the area's part of the tree, so that a village is not counted beside its station.</summary>
    public async Task<IReadOnlyList<PoliceEffect>> PoliceAsync(EffectsPeriod period, DateOnly today)
    {
        // Figures come by whole months: a month that still runs is compared with all of the same month.
        var next = period.Next;
        var current = new DateOnly(today.Year, today.Month, 1).AddMonths(1);
        if (next > current) next = current;
        var (here, then) = (await FiguresAsync(period.From, next), await FiguresAsync(period.From.AddYears(-1), next.AddYears(-1)));
        return [.. PoliceKeys.All.Where(k => here.ContainsKey(k) || then.ContainsKey(k)).Select(k => new PoliceEffect(k, here.TryGetValue(k, out var n) ? n : null, then.TryGetValue(k, out var b) ? b : null))];
    }

    private async Task<Dictionary<string, long>> FiguresAsync(DateOnly from, DateOnly next)
    {
        var path = areaPath;
        var figures = await db.PoliceFigures.Where(f => f.Month >= from && f.Month < next && f.Area.Path.StartsWith(path)).Select(f => new { f.Month, f.Key, f.Value, f.Area.Path }).ToListAsync(ct);
        return figures.Where(f => !figures.Any(o => o.Month == f.Month && o.Key == f.Key && o.Path.Length < f.Path.Length && f.Path.StartsWith(o.Path, StringComparison.Ordinal)))
            .GroupBy(f => f.Key).ToDictionary(g => g.Key, g => g.Sum(f => f.Value), StringComparer.Ordinal);
    }

    private static (DateTime From, DateTime To) Utc((DateOnly From, DateOnly Next) days) => (StationTime.StartOf(days.From), StationTime.StartOf(days.Next));
}
