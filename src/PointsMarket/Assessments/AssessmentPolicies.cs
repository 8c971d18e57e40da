using PointsMarket.Data;

namespace PointsMarket.Assessments;

/// <summary>Which numbers hold for a month: those in force on its last day.</summary>
public static class AssessmentPolicies
{
    /// <summary>The policy of a month.</summary>
    public static Task<AssessmentPolicy> OfAsync(MarketDb db, DateOnly month, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        return Task.FromResult(AssessmentPolicy.Default);
    }
}
