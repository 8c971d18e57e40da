using Microsoft.EntityFrameworkCore;
using PointsMarket.Areas;
using PointsMarket.Data;
using PointsMarket.Loops;
using PointsMarket.Members;
using PointsMarket.Web.Accounts;
using PointsMarket.Web.Shared;

namespace PointsMarket.Web.Loops;

/// <summary>The desk's view of loops: those of the user's area, and what the address asks for of them.</summary>
public sealed class DeskLoops(MarketDb db, CurrentUser user, TimeProvider clock)
{
    /// <summary>Values of <c>show</c> beside the names of states.</summary>
    public const string Open = "open", Overdue = "overdue", Ended = "ended", All = "all";

    public sealed record Person(string Code, string Name, MemberKind Kind)
    {
        public string Shown => MemberNames.Shown(Kind, Code, Name);
    }

    public sealed record Row
    {
        public required int Id { get; init; }
        public required string Reference { get; init; }
        public required LoopKind Kind { get; init; }
        public required DisputeType? Type { get; init; }
        public required LoopState State { get; init; }
        public required int Version { get; init; }
        public required int AreaId { get; init; }
        public required string Area { get; init; }
        public required string AreaPath { get; init; }
        public required string Place { get; init; }
        public required string Text { get; init; }
        public required DateTime FoundAt { get; init; }
        public required DateTime OpenedAt { get; init; }
        public required string OpenedBy { get; init; }
        public required Person? Finder { get; init; }
        public required string? Report { get; init; }
        public required string? Office { get; init; }
        public required string? Account { get; init; }
        public required Person? Member { get; init; }
        public required string? Side { get; init; }
        public required DateOnly? DueDay { get; init; }
        public required DateTime? EndedAt { get; init; }
        public required int Photos { get; init; }

        /// <summary>Whose turn it is, in words: the office, the account's name, the member's; empty while nobody has it.</summary>
        public string Owner => string.Join(" · ", new[] { Office, Account, Member?.Shown }.OfType<string>());

        /// <summary>Days past the deadline; 0 when in time.</summary>
        public int Late(DateOnly today) => DueDay is { } due && due < today ? today.DayNumber - due.DayNumber : 0;
    }

    public DateOnly Today => StationTime.Day(clock.GetUtcNow().UtcDateTime);

    /// <summary>True for approvers and administrators: they decide.</summary>
    public bool MayDecide => Access.RolesFor(Access.Approve).Any(user.Is);

    public IQueryable<Loop> Mine()
    {
        var path = user.AreaPath;
        return db.Loops.Where(l => l.Area.Path.StartsWith(path));
    }

    /// <summary>Everything but the kind, so that the tabs can count each.</summary>
    public async Task<IQueryable<Loop>> FoundAsync(string? show, int? area, string q, CancellationToken ct)
    {
        var found = Mine();
        var today = Today;
        found = show switch
        {
            All => found,
            Overdue => found.Where(l => l.DueDay < today),
            Ended => found.Where(l => l.EndedAt != null),
            _ when Enum.TryParse<LoopState>(show, out var state) && Enum.IsDefined(state) => found.Where(l => l.State == state),
            _ => found.Where(l => l.EndedAt == null),
        };
        if (area is { } id)
        {
            var path = await db.Areas.Where(a => a.Id == id).Select(a => a.Path).SingleOrDefaultAsync(ct) ?? Area.Nowhere;
            found = found.Where(l => l.Area.Path.StartsWith(path));
        }

        if (q.Length == 0) return found;
        var code = q.ToUpperInvariant();
        return found.Where(l => l.Reference == code || l.Text.Contains(q) || l.Place.Contains(q) || (l.Owner != null && l.Owner.Contains(q)) || (l.Side != null && l.Side.Contains(q)));
    }

    /// <summary>Sorted as the list asks: due, opened, area or state.</summary>
    public static IQueryable<Loop> Sorted(IQueryable<Loop> found, ListQuery list) => (list.Sort, list.Descending) switch
    {
        ("opened", true) => found.OrderByDescending(l => l.OpenedAt).ThenByDescending(l => l.Id),
        ("opened", false) => found.OrderBy(l => l.OpenedAt).ThenBy(l => l.Id),
        ("area", true) => found.OrderByDescending(l => l.Area.Path).ThenBy(l => l.Id),
        ("area", false) => found.OrderBy(l => l.Area.Path).ThenBy(l => l.Id),
        ("due", true) => found.OrderBy(l => l.DueDay == null).ThenByDescending(l => l.DueDay).ThenByDescending(l => l.SteppedAt),
        // What has ended has no deadline and comes last, the newest first.
        _ => found.OrderBy(l => l.DueDay == null).ThenBy(l => l.DueDay).ThenByDescending(l => l.SteppedAt),
    };

    public static IQueryable<Row> Read(IQueryable<Loop> found) => found.Select(l => new Row
    {
        Id = l.Id, Reference = l.Reference, Kind = l.Kind, Type = l.Type, State = l.State, Version = l.Version, AreaId = l.AreaId, Area = l.Area.Name, AreaPath = l.Area.Path,
        Place = l.Place, Text = l.Text, FoundAt = l.FoundAt, OpenedAt = l.OpenedAt, OpenedBy = l.OpenedBy, Report = l.Report == null ? null : l.Report.Reference,
        Finder = l.FoundBy == null ? null : new Person(l.FoundBy.Code, l.FoundBy.Name, l.FoundBy.Kind),
        Office = l.Owner, Account = l.OwnerUser == null ? null : l.OwnerUser.DisplayName,
        Member = l.OwnerMember == null ? null : new Person(l.OwnerMember.Code, l.OwnerMember.Name, l.OwnerMember.Kind),
        Side = l.Side, DueDay = l.DueDay, EndedAt = l.EndedAt, Photos = l.Steps.SelectMany(s => s.Photos).Count(),
    });
}
