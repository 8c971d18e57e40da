using System.Linq.Expressions;
using PointsMarket.Areas;

namespace PointsMarket.Web.Shared;

/// <summary>Narrows a list to station days, as the lists' two date fields ask for it.</summary>
internal static class StationDays
{
    /// <summary>The rows whose UTC time lies from the start of the first day to the end of the last; a day not given is no limit.</summary>
    public static IQueryable<T> Within<T>(this IQueryable<T> rows, Expression<Func<T, DateTime>> at, DateOnly? first, DateOnly? last)
    {
        if (first is { } from)
        {
            var since = StationTime.StartOf(from);
            Expression<Func<DateTime>> bound = () => since; // a variable, so that the database sees a parameter
            rows = rows.Where(Expression.Lambda<Func<T, bool>>(Expression.GreaterThanOrEqual(at.Body, bound.Body), at.Parameters));
        }

        if (last is { } to && to < DateOnly.MaxValue) // no time comes after the last day there is
        {
            var until = StationTime.StartOf(to.AddDays(1));
            Expression<Func<DateTime>> bound = () => until;
            rows = rows.Where(Expression.Lambda<Func<T, bool>>(Expression.LessThan(at.Body, bound.Body), at.Parameters));
        }

        return rows;
    }
}
