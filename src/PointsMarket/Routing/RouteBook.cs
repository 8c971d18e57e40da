using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using PointsMarket.Data;
using PointsMarket.Members;

namespace PointsMarket.Routing;

/// <summary>All routes, and who is to act by them. Read once for a page; a few dozen rows.</summary>
public sealed class RouteBook
{
    private readonly Dictionary<(Matter Matter, string Kind), Rung[]> routes;

    /// <summary>See the type. Each matter must have a route for <see cref="RouteStep.AnyKind"/>.</summary>
    public RouteBook(IEnumerable<RouteStep> steps)
    {
        ArgumentNullException.ThrowIfNull(steps);
        routes = steps.GroupBy(s => (s.Matter, s.Kind)).ToDictionary(g => g.Key, g => g.OrderBy(s => s.Position).Select(s => new Rung(s.Level, s.Days)).ToArray());
    }

    /// <summary>The routes that are written down.</summary>
    public IReadOnlyCollection<(Matter Matter, string Kind)> Written => routes.Keys;

    /// <summary>Reads the book.</summary>
    public static async Task<RouteBook> ReadAsync(MarketDb db, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        return new RouteBook(await db.RouteSteps.AsNoTracking().ToListAsync(ct));
    }

    /// <summary>The level of an account that decides; see <see cref="Escalation.LevelOf"/>.</summary>
    public static async Task<MemberKind> LevelOfAsync(MarketDb db, int? memberId, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        return Escalation.LevelOf(memberId is null ? null : await db.Members.Where(m => m.Id == memberId).Select(m => (MemberKind?)m.Kind).SingleOrDefaultAsync(ct));
    }

    /// <summary>The route of a kind, or the one for the rest.</summary>
    public IReadOnlyList<Rung> Of(Matter matter, string kind) =>
        routes.TryGetValue((matter, kind), out var own) ? own : routes[(matter, RouteStep.AnyKind)];

    /// <summary>Where a matter stands; see <see cref="Escalation.LevelAt"/>.</summary>
    public Standing LevelAt(Matter matter, string kind, DateTime filedAt, DateTime now) => Escalation.LevelAt(Of(matter, kind), filedAt, now);

    /// <summary>
    /// A condition for a WHERE that is true for rows that stand at a level now: the same answer as <see cref="LevelAt"/>, for a list
    /// that the database filters and counts.
    /// </summary>
    /// <param name="matter">What the rows are.</param>
    /// <param name="level">The level.</param>
    /// <param name="now">UTC.</param>
    /// <param name="kind">A row's kind.</param>
    /// <param name="filedAt">Since when a row waits, UTC.</param>
    /// <param name="climbed">True for only those that did not begin at this level.</param>
    public Expression<Func<T, bool>> At<T>(
        Matter matter, MemberKind level, DateTime now, Expression<Func<T, string>> kind, Expression<Func<T, DateTime>> filedAt, bool climbed = false)
    {
        ArgumentNullException.ThrowIfNull(kind);
        ArgumentNullException.ThrowIfNull(filedAt);
        var row = kind.Parameters[0];
        var filed = new Exchange(filedAt.Parameters[0], row).Visit(filedAt.Body);
        var written = routes.Where(r => r.Key.Matter == matter && r.Key.Kind != RouteStep.AnyKind).ToList();
        var groups = written.Select(r => (r.Key.Kind, Filed: Within(r.Value))).Where(r => r.Filed is not null).GroupBy(r => r.Filed!.Value, r => r.Kind)
            .Select(g => And(OneOf(kind.Body, [.. g], among: true), filed, g.Key)).ToList();
        if (Within(routes[(matter, RouteStep.AnyKind)]) is { } rest)
            groups.Add(And(OneOf(kind.Body, [.. written.Select(r => r.Key.Kind)], among: false), filed, rest));
        var any = groups.Count == 0 ? Expression.Constant(false) : groups.Aggregate(Expression.OrElse);
        return Expression.Lambda<Func<T, bool>>(any, row);

        FiledWithin? Within(Rung[] route) => climbed && route[0].Level == level ? null : Escalation.FiledFor(route, level, now);
    }

    // Values stand in closures, so that the database sees parameters and keeps one plan.
    private static Expression OneOf(Expression kind, string[] kinds, bool among)
    {
        Expression<Func<string, bool>> has = k => kinds.Contains(k);
        var contains = new Exchange(has.Parameters[0], kind).Visit(has.Body);
        return among ? contains : Expression.Not(contains);
    }

    private static Expression And(Expression condition, Expression filed, FiledWithin within)
    {
        if (within.After is { } after)
        {
            Expression<Func<DateTime>> bound = () => after;
            condition = Expression.AndAlso(condition, Expression.GreaterThan(filed, bound.Body));
        }

        if (within.UpTo is { } upTo)
        {
            Expression<Func<DateTime>> bound = () => upTo;
            condition = Expression.AndAlso(condition, Expression.LessThanOrEqual(filed, bound.Body));
        }

        return condition;
    }

    private sealed class Exchange(ParameterExpression from, Expression to) : ExpressionVisitor
    {
        protected override Expression VisitParameter(ParameterExpression node) => node == from ? to : node;
    }
}
