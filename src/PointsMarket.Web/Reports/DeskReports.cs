using Microsoft.EntityFrameworkCore;
using PointsMarket.Areas;
using PointsMarket.Data;
using PointsMarket.Members;
using PointsMarket.Routing;
using PointsMarket.Tasks;
using PointsMarket.Web.Accounts;
using PointsMarket.Web.Shared;

namespace PointsMarket.Web.Reports;

/// <summary>The desk's view of reports: those of the user's area, and what the address asks for of them.</summary>
public sealed class DeskReports(MarketDb db, CurrentUser user, TimeProvider clock)
{
    private RouteBook? routes;

    /// <summary>The moment of this request; what is whose turn is worked out for it.</summary>
    public DateTime Now { get; } = clock.GetUtcNow().UtcDateTime;

    /// <summary>
    /// Counting stops here, and so does sorting by anything but the time of filing, which takes the newest so many: nobody works
    /// through more, and a count or a sort over years would slow every page.
    /// </summary>
    public const int MostCounted = 300;

    /// <summary>What waits is counted as far as one action verifies.</summary>
    public const int MostWaiting = Judgement.Most;

    /// <summary>The tabs stop counting sooner; there are seven of them.</summary>
    public const int MostOnTab = 100;

    /// <summary>What the address may ask for, beside <see cref="ListQuery"/>.</summary>
    /// <param name="State">Only this state; null for all.</param>
    /// <param name="Category">Only this category.</param>
    /// <param name="Area">Only this area and what lies in it.</param>
    /// <param name="From">Happened on this day or after.</param>
    /// <param name="To">Happened on this day or before.</param>
    public sealed record Filter(ReportOutcome? State, string? Category, int? Area, DateOnly? From, DateOnly? To);

    public sealed record Photo(int Id, int Bytes);

    public sealed record Row
    {
        public required int Id { get; init; }
        public required string Reference { get; init; }
        public required int MemberId { get; init; }
        public required MemberKind Kind { get; init; }
        public required string Code { get; init; }
        public required string Name { get; init; }
        public required string Area { get; init; }
        public required string Category { get; init; }
        public required string Text { get; init; }
        public required DateTime HappenedAt { get; init; }
        public required DateOnly HappenedDay { get; init; }
        public required DateTime FiledAt { get; init; }
        public required ReportOutcome State { get; init; }
        public required string? Reason { get; init; }
        public required int Points { get; init; }
        public required CapReached? Cap { get; init; }
        public required string? FiledBy { get; init; }
        public required List<Photo> Photos { get; init; }
        public string Who => MemberNames.Shown(Kind, Code, Name);
    }

    /// <summary>The reports that happened in the user's area.</summary>
    public IQueryable<TaskReport> Mine() => Within(db.TaskReports, user.AreaPath);

    /// <summary>True when the user may not judge it: they did it, or filed it for somebody.</summary>
    public bool IsOwn(Row row) => row.MemberId == user.MemberId || row.FiledBy == user.Actor.Code;

    /// <summary>Everything but the state, so that the tabs can count each.</summary>
    public async Task<IQueryable<TaskReport>> FoundAsync(Filter filter, string q, CancellationToken ct)
    {
        var found = filter.Area is { } asked ? await InAsync(asked, ct) : Mine();
        if (filter.Category is { Length: > 0 } category) found = found.Where(r => r.Category == category);
        if (filter.From is { } from) found = found.Where(r => r.HappenedDay >= from);
        if (filter.To is { } to) found = found.Where(r => r.HappenedDay <= to);
        if (q.Length == 0) return found;
        var code = q.ToUpperInvariant();
        // An informant is not found by name: the list would say whose code it is.
        return found.Where(r => r.Reference == code || r.Member.Code == code || r.Member.Number == q
            || (r.Member.Kind != MemberKind.Informant && r.Member.Name.Contains(q)) || r.Text.Contains(q));
    }

    /// <summary>
    /// The rows of one page, in the order the list asks for. First their keys, from an index; then what is shown of those few.
    /// </summary>
    /// <param name="found">What the filter finds.</param>
    /// <param name="list">Sort and page.</param>
    /// <param name="byDay">True where the filter names days: then the newest are those that happened last.</param>
    /// <param name="ct">Gives up.</param>
    public async Task<IReadOnlyList<Row>> PageAsync(IQueryable<TaskReport> found, ListQuery list, bool byDay, CancellationToken ct)
    {
        if (byDay) found = found.OrderByDescending(r => r.HappenedDay).ThenByDescending(r => r.FiledAt).Take(MostCounted);
        else if (list.Sort != "filed") found = found.OrderByDescending(r => r.FiledAt).Take(MostCounted);
        var ids = await Sorted(found, list).Skip(list.Skip).Take(list.Size).Select(r => r.Id).ToListAsync(ct);
        var rows = await Read(db.TaskReports.Where(r => ids.Contains(r.Id))).ToDictionaryAsync(r => r.Id, ct);
        return [.. ids.Select(id => rows[id])];
    }

    /// <summary>The reports of one area in the user's; none of any other.</summary>
    private async Task<IQueryable<TaskReport>> InAsync(int area, CancellationToken ct)
    {
        var path = user.AreaPath;
        var asked = await db.Areas.Where(a => a.Id == area && a.Path.StartsWith(path)).Select(a => new { a.Path, a.Kind }).SingleOrDefaultAsync(ct);
        // Nothing lies below a grid, and an index knows its reports.
        return asked?.Kind == AreaKind.Grid ? db.TaskReports.Where(r => r.AreaId == area) : Within(db.TaskReports, asked?.Path ?? Area.Nowhere);
    }

    /// <summary>
    /// The reports of an area. Asked as "is there such an area", not as a join: SQLite then walks the reports by the index that
    /// fits the filter and stops when the page is full, instead of fetching every report of every area.
    /// </summary>
    private IQueryable<TaskReport> Within(IQueryable<TaskReport> reports, string path) => reports.Where(r => db.Areas.Any(a => a.Id == r.AreaId && a.Path.StartsWith(path)));

    /// <summary>The routes that say whose turn a waiting report is.</summary>
    public async Task<RouteBook> RoutesAsync(CancellationToken ct) => routes ??= await RouteBook.ReadAsync(db, ct);

    /// <summary>The waiting ones that stand at the user's level now (轮到我).</summary>
    public async Task<IQueryable<TaskReport>> MyTurnAsync(IQueryable<TaskReport> found, CancellationToken ct)
    {
        var level = await RouteBook.LevelOfAsync(db, user.MemberId, ct);
        var book = await RoutesAsync(ct);
        return found.Where(r => r.Outcome == ReportOutcome.Pending).Where(book.At<TaskReport>(Matter.Report, level, Now, r => r.Category, r => r.FiledAt));
    }

    /// <summary>Sorted as the list asks: filed, happened, member or points.</summary>
    public static IQueryable<TaskReport> Sorted(IQueryable<TaskReport> found, ListQuery list) => (list.Sort, list.Descending) switch
    {
        ("happened", true) => found.OrderByDescending(r => r.HappenedAt).ThenByDescending(r => r.Id),
        ("happened", false) => found.OrderBy(r => r.HappenedAt).ThenBy(r => r.Id),
        ("member", true) => found.OrderByDescending(r => r.Member.Code).ThenByDescending(r => r.FiledAt),
        ("member", false) => found.OrderBy(r => r.Member.Code).ThenByDescending(r => r.FiledAt),
        ("points", true) => found.OrderByDescending(r => r.Points).ThenByDescending(r => r.FiledAt),
        ("points", false) => found.OrderBy(r => r.Points).ThenByDescending(r => r.FiledAt),
        (_, false) => found.OrderBy(r => r.FiledAt).ThenBy(r => r.Id),
        _ => found.OrderByDescending(r => r.FiledAt).ThenByDescending(r => r.Id),
    };

    public static IQueryable<Row> Read(IQueryable<TaskReport> found) => found.Select(r => new Row
    {
        Id = r.Id, Reference = r.Reference, MemberId = r.MemberId, Kind = r.Member.Kind, Code = r.Member.Code, Name = r.Member.Name, Area = r.Area.Name,
        Category = r.Category, Text = r.Text, HappenedAt = r.HappenedAt, HappenedDay = r.HappenedDay, FiledAt = r.FiledAt, State = r.Outcome, Reason = r.Reason,
        Points = r.Points, Cap = r.Cap, FiledBy = r.FiledBy, Photos = r.Photos.OrderBy(p => p.Number).Select(p => new Photo(p.Id, p.Bytes)).ToList(),
    });
}
