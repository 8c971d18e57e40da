using Microsoft.EntityFrameworkCore;
using PointsMarket.Areas;
using PointsMarket.Assessments;
using PointsMarket.Data;
using PointsMarket.Web.Accounts;

namespace PointsMarket.Web.Ratings;

/// <summary>What a rater sees: the months that may be rated, whom they rate, and what they gave so far. Only ever their own marks.</summary>
public sealed class RatingDesk(MarketDb db, CurrentUser user, TimeProvider clock)
{
    /// <summary>Somebody to rate, and what was given.</summary>
    public sealed record Row(Rated Rated, Evaluation? Given);

    /// <summary>The list of a month.</summary>
    /// <param name="IsRater">False for somebody who rates nobody: an administrator, an attendant, a volunteer.</param>
    /// <param name="Months">The months that may be rated, the earlier one first.</param>
    /// <param name="Month">The one shown.</param>
    /// <param name="Rows">Whom, those asked for first.</param>
    public sealed record Sheet(bool IsRater, IReadOnlyList<DateOnly> Months, DateOnly Month, IReadOnlyList<Row> Rows)
    {
        /// <summary>How many are asked for.</summary>
        public int Asked => Rows.Count(r => r.Rated.Rates == Rates.Asked);

        /// <summary>How many of them are given.</summary>
        public int Given => Rows.Count(r => r.Rated.Rates == Rates.Asked && r.Given is not null);

        /// <summary>The next one asked for that is not given; null when all are.</summary>
        public Row? Next => Rows.FirstOrDefault(r => r.Rated.Rates == Rates.Asked && r.Given is null);
    }

    public DateOnly Today => StationTime.Day(clock.GetUtcNow().UtcDateTime);

    /// <summary>The list; of the month asked for where that one may be rated, else of the earliest that may.</summary>
    public async Task<Sheet> ReadAsync(string? month, CancellationToken ct)
    {
        if (await WhoRates.RaterAsync(db, user.Id, Today, ct) is not { } rater) return new Sheet(false, [], new DateOnly(Today.Year, Today.Month, 1), []);
        var months = await WhoRates.OpenMonthsAsync(db, rater.Path, Today, ct);
        var asked = StationMonth.Parse(month);
        var shown = asked is { } a && months.Contains(a) ? a : months.Count > 0 ? months[0] : new DateOnly(Today.Year, Today.Month, 1);
        var (member, account) = (rater.MemberId, rater.UserId);
        var given = await db.Evaluations.AsNoTracking().Where(e => e.Month == shown && ((member != null && e.RaterId == member) || (account != null && e.RaterUserId == account)))
            .ToListAsync(ct);
        var rows = (await WhoRates.RatedByAsync(db, rater, Today, ct)).Select(r => new Row(r, given.Find(e => e.MemberId == r.MemberId))).ToList();
        return new Sheet(true, months, shown, rows);
    }
}
