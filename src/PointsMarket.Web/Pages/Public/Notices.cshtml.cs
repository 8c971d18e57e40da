using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using PointsMarket.Areas;
using PointsMarket.Awards;
using PointsMarket.Cases;
using PointsMarket.Data;
using PointsMarket.Notices;
using PointsMarket.Rules;
using PointsMarket.Settings;
using PointsMarket.Tasks;

namespace PointsMarket.Web.Pages.Public;

/// <summary>
/// The notice board that anybody may read without signing in: the month's leaderboard by village with masked names, changes of the
/// rule book, and the month in numbers. Nothing here leads to a person, and tips are never counted.
/// </summary>
public sealed class NoticesModel(MarketDb db, TimeProvider clock) : PageModel
{
    public sealed record Station(string Code, string Name, int BookId);

    /// <summary>Code of the village shown; the first one without it.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Village { get; set; }

    /// <summary>True for the month before this one.</summary>
    [BindProperty(SupportsGet = true)]
    public bool Last { get; set; }

    /// <summary>Code of the station, where there are more than one.</summary>
    [BindProperty(SupportsGet = true, Name = "station")]
    public string? StationCode { get; set; }

    public IReadOnlyList<Station> Stations { get; private set; } = [];

    /// <summary>The station shown; null before there is one.</summary>
    public Station? Here { get; private set; }

    public DateOnly Today { get; private set; }

    /// <summary>The first day of the month shown.</summary>
    public DateOnly Month { get; private set; }

    public Leaderboard Board { get; private set; } = new([]);

    public Leaderboard.Village? Shown { get; private set; }

    public IReadOnlyList<RuleChange> Changes { get; private set; } = [];

    /// <summary>Changes of settings that members live by.</summary>
    public IReadOnlyList<SettingNews> Settings { get; private set; } = [];

    /// <summary>Reports verified, cases closed, points given for both, all in the month.</summary>
    public int Verified { get; private set; }

    /// <inheritdoc cref="Verified"/>
    public int Closed { get; private set; }

    /// <summary>Members who took a share of a closed case's reward.</summary>
    public int Awards { get; private set; }

    /// <summary>Lists of awards on public notice, or decided a short time ago.</summary>
    public IReadOnlyList<AwardNotice> AwardLists { get; private set; } = [];

    /// <summary>The address with one thing changed.</summary>
    public string Link(string? village, bool last)
    {
        var query = new QueryBuilder();
        if (Stations.Count > 1 && Here is not null) query.Add("station", Here.Code);
        if (!string.IsNullOrEmpty(village)) query.Add("village", village);
        if (last) query.Add("last", "true");
        return "/notices" + query.ToQueryString().Value;
    }

    public async Task OnGetAsync(CancellationToken ct)
    {
        Today = StationTime.Day(clock.GetUtcNow().UtcDateTime);
        Month = new DateOnly(Today.Year, Today.Month, 1).AddMonths(Last ? -1 : 0);
        Changes = await RuleChange.ReadAsync(db, Today, ct);
        Settings = await SettingNews.ReadAsync(db, Today, ct);
        Stations = await db.Areas.Where(a => a.Kind == AreaKind.Station).OrderBy(a => a.Code).Select(a => new Station(a.Code, a.Name, a.BookId)).ToListAsync(ct);
        Here = Stations.FirstOrDefault(s => s.Code == StationCode) ?? (Stations.Count > 0 ? Stations[0] : null);
        if (Here is null) return;
        var book = Here.BookId;
        Board = await Leaderboard.ReadAsync(db, book, Month, Today, ct);
        Shown = Board.Villages.FirstOrDefault(v => v.Code == Village) ?? Board.Villages.FirstOrDefault(v => v.Rows.Count > 0) ?? (Board.Villages.Count > 0 ? Board.Villages[0] : null);
        AwardLists = await AwardNotice.ReadAsync(db, book, Today, ct);
        var next = Month.AddMonths(1);
        var (start, end) = StationTime.Month(Month);
        Verified = await db.TaskReports.CountAsync(r => r.Outcome == ReportOutcome.Verified && r.HappenedDay >= Month && r.HappenedDay < next && r.Area.BookId == book, ct);
        var closed = db.Cases.Where(c => c.State == CaseState.Closed && c.ClosedAt >= start && c.ClosedAt < end && c.Area.BookId == book);
        Closed = await closed.CountAsync(ct);
        Awards = await closed.SelectMany(c => c.Claimants).CountAsync(ct);
    }
}
