using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using PointsMarket.Data;

namespace PointsMarket.Assessments;

/// <summary>
/// What the rated may know of a month's evaluations: the means, and the words in an order that says nothing about who wrote them or
/// when. Only with <see cref="AssessmentScore.LeastRaters"/> raters or more, and only once the month's draft is shown: before, each
/// new rater would show by what changed.
/// </summary>
/// <param name="Month">The first day of the month.</param>
/// <param name="Raters">How many rated.</param>
/// <param name="Means">The means of the six, in hundredths, in the order of the form.</param>
/// <param name="Words">What was said.</param>
public sealed record Received(DateOnly Month, int Raters, IReadOnlyList<int> Means, IReadOnlyList<string> Words)
{
    /// <summary>The months of a member's that may be shown, the latest first, at most <paramref name="most"/>.</summary>
    public static async Task<IReadOnlyList<Received>> ReadAsync(MarketDb db, int memberId, int most, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        var months = await db.AssessmentLines.Where(l => l.MemberId == memberId && l.Assessment.ShownAt != null).OrderByDescending(l => l.Assessment.Month)
            .Select(l => l.Assessment.Month).Take(most).ToListAsync(ct);
        var given = await db.Evaluations.AsNoTracking().Where(e => e.MemberId == memberId && months.Contains(e.Month)).ToListAsync(ct);
        return
        [
            .. from month in months
               let all = given.Where(e => e.Month == month).ToList()
               where all.Count >= AssessmentScore.LeastRaters
               select new Received(month, all.Count, MeansOf(all), [.. all.Select(e => e.Words).OfType<string>().OrderBy(w => Shuffled(month, w), StringComparer.Ordinal)]),
        ];
    }

    private static IReadOnlyList<int> MeansOf(List<Evaluation> all) =>
        [.. Enumerable.Range(0, 6).Select(i => ((200 * all.Sum(e => e.Marks.All[i])) + all.Count) / (2 * all.Count))];

    /// <summary>An order that follows from the words alone.</summary>
    private static string Shuffled(DateOnly month, string words) =>
        Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(FormattableString.Invariant($"{month:yyyy-MM}\n{words}"))));
}
