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

    /// <summary>Counting stops here: nobody works through more, and a count over years would slow every page.</summary>
    public const int MostCounted = 1000;

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
    public IQueryable<TaskReport> Mine()
    {
        var path = user.AreaPath;
        return db.TaskReports.Where(r => r.Area.Path.StartsWith(path));
    }

    /// <summary>True when the user may not judge it: they did it, or filed it for somebody.</summary>
    public bool IsOwn(Row row) => row.MemberId == user.MemberId || row.FiledBy == user.Actor.Code;

    /// <summary>Everything but the state, so that the tabs can count each.</summary>
    public async Task<IQueryable<TaskReport>> FoundAsync(Filter filter, string q, CancellationToken ct)
    {
        var found = Mine();
        if (filter.Category is { Length: > 0 } category) found = found.Where(r => r.Category == category);
        if (filter.Area is { } area)
        {
            var path = await db.Areas.Where(a => a.Id == area).Select(a => a.Path).SingleOrDefaultAsync(ct) ?? Areas.Area.Nowhere;
            found = found.Where(r => r.Area.Path.StartsWith(path));
        }

        if (filter.From is { } from) found = found.Where(r => r.HappenedDay >= from);
        if (filter.To is { } to) found = found.Where(r => r.HappenedDay <= to);
        if (q.Length == 0) return found;
        var code = q.ToUpperInvariant();
        // An informant is not found by name: the list would say whose code it is.
        return found.Where(r => r.Reference == code || r.Member.Code == code || r.Member.Number == q
            || (r.Member.Kind != MemberKind.Informant && r.Member.Name.Contains(q)) || r.Text.Contains(q));
    }

    /// <summary>The routes that say whose turn a waiting report is.</summary>
    public async Task<RouteBook> RoutesAsync(CancellationToken ct) => routes ??= await RouteBook.ReadAsync(db, ct);

    /// <summary>The waiting ones that stand at the user's level now (轮到我).</summary>
    public async Task<IQueryable<TaskReport>> MyTurnAsync(IQueryable<TaskReport> found, CancellationToken ct)
    {
        var kind = user.MemberId is { } id ? await db.Members.Where(m => m.Id == id).Select(m => (MemberKind?)m.Kind).SingleOrDefaultAsync(ct) : null;
        var book = await RoutesAsync(ct);
        return found.Where(r => r.Outcome == ReportOutcome.Pending).Where(book.At<TaskReport>(Matter.Report, Escalation.LevelOf(kind), Now, r => r.Category, r => r.FiledAt));
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
