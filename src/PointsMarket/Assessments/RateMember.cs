using Microsoft.EntityFrameworkCore;
using PointsMarket.Areas;
using PointsMarket.Data;

namespace PointsMarket.Assessments;

/// <summary>
/// Gives somebody the month's six marks, or changes them; until the month is drafted. One evaluation for each rater, rated and month:
/// the unique keys of the table hold it. Nothing is written into the change record, because it would name the rater.
/// </summary>
public sealed class RateMember(MarketWrites writes, TimeProvider clock)
{
    /// <summary>What is given.</summary>
    public sealed record Input
    {
        /// <summary>The account of who rates.</summary>
        public required int UserId { get; init; }

        /// <summary>Who is rated.</summary>
        public required int MemberId { get; init; }

        /// <summary>Any day of the month.</summary>
        public required DateOnly Month { get; init; }

        /// <summary>The marks.</summary>
        public required Marks Marks { get; init; }

        /// <summary>What is to be said besides, at most <see cref="Evaluation.MostWords"/> letters; null or blank for nothing.</summary>
        public string? Words { get; init; }
    }

    /// <summary>What came of it.</summary>
    public enum Outcome
    {
        /// <summary>Kept, in place of what the rater said before.</summary>
        Rated,

        /// <summary>A mark is missing or none of 1 to 5, or there are too many words.</summary>
        NotValid,

        /// <summary>The month is drafted, or not one that may be rated now.</summary>
        Closed,

        /// <summary>The rater does not rate this member; nobody rates themselves.</summary>
        NotYours,
    }

    /// <summary>Rates.</summary>
    public async Task<Outcome> ExecuteAsync(Input input, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(input);
        var words = string.IsNullOrWhiteSpace(input.Words) ? null : input.Words.Trim();
        if (!input.Marks.AreValid || words is { Length: > Evaluation.MostWords }) return Outcome.NotValid;
        return await writes.RunAsync((db, token) => RunAsync(db, input, words, token), ct);
    }

    private async Task<Outcome> RunAsync(MarketDb db, Input input, string? words, CancellationToken ct)
    {
        await db.TakeTurnAsync(); // nothing is rated once the month's draft has begun
        var today = StationTime.Day(clock.GetUtcNow().UtcDateTime);
        if (await WhoRates.RaterAsync(db, input.UserId, today, ct) is not { } rater) return Outcome.NotYours;
        var rated = await WhoRates.InService(db, today).Where(m => m.Id == input.MemberId && m.Id != rater.MemberId).Select(m => new { m.Kind, m.Area.Path }).SingleOrDefaultAsync(ct);
        if (rated is null || WhoRates.Of(rater, rated.Kind, rated.Path) == Rates.No) return Outcome.NotYours;
        var month = new DateOnly(input.Month.Year, input.Month.Month, 1);
        if (!(await WhoRates.OpenMonthsAsync(db, rated.Path, today, ct)).Contains(month)) return Outcome.Closed;
        // Given as an account before the account became a member's: it is the same rater's.
        var (member, user) = (rater.MemberId, rater.UserId);
        var given = await db.Evaluations.AsTracking().FirstOrDefaultAsync(
            e => e.Month == month && e.MemberId == input.MemberId && ((member != null && e.RaterId == member) || (user != null && e.RaterUserId == user)), ct);
        if (given is null)
        {
            given = new Evaluation { Month = month, MemberId = input.MemberId, RaterId = member, RaterUserId = member is null ? user : null };
            db.Evaluations.Add(given);
        }

        (given.Marks, given.Words) = (input.Marks, words);
        await db.SaveChangesAsync(ct);
        return Outcome.Rated;
    }
}
