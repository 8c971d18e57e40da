using System.Globalization;
using Microsoft.Extensions.Caching.Memory;
using PointsMarket.Assessments;

namespace PointsMarket.Web.Ratings;

/// <summary>
/// How far a shown draft lags behind, for the page that shows it. In a big station the answer takes seconds of reading, so it is kept for
/// twenty times as long as it took: opening the page over and over costs a twentieth of the time at most, and in a small station it
/// is always fresh. Publishing asks for itself.
/// </summary>
public sealed class DraftCheck(CompareDraft compare, IMemoryCache cache, TimeProvider clock)
{
    private const int TimesAsLong = 20;

    /// <summary>How many lines would differ; 0 for what is no shown draft.</summary>
    public async Task<int> LinesAsync(Assessment draft, CancellationToken ct = default)
    {
        if (draft is not { State: AssessmentState.Draft, ShownAt: not null }) return 0;
        if (cache.TryGetValue(KeyOf(draft.Id), out (DateTime? ShownAt, int Lines) kept) && kept.ShownAt == draft.ShownAt) return kept.Lines;
        var start = clock.GetTimestamp();
        var lines = await compare.ExecuteAsync(draft.Id, ct);
        if (clock.GetElapsedTime(start) * TimesAsLong is var time && time > TimeSpan.Zero) cache.Set(KeyOf(draft.Id), (draft.ShownAt, lines), time);
        return lines;
    }

    /// <summary>Asks anew the next time: publishing found something.</summary>
    public void Forget(int assessmentId) => cache.Remove(KeyOf(assessmentId));

    private static string KeyOf(int id) => string.Create(CultureInfo.InvariantCulture, $"draft-check:{id}");
}
