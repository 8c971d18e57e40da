namespace PointsMarket.Assessments;

/// <summary>What a member's month was measured by. <paramref name="Target"/> is null for those who are only evaluated.</summary>
public readonly record struct AssessmentMeasures(int? Target, long Points, int Verified, int Rejected, int Raters, int Marks);

/// <summary>One of the three parts: the share <c>Numerator / Denominator</c> (0–1) of its weight. Exact; nothing is rounded here.</summary>
public readonly record struct ScorePart(int Weight, long Numerator, long Denominator);

/// <summary>What a month came to: the score in hundredths (null when nothing could be measured), its grade, its bonus points.</summary>
public readonly record struct AssessmentResult(int? Score, Grade Grade, int Bonus);

/// <summary>
/// The arithmetic of DESIGN 7 and FORMATS: exact fractions, rounded once, half up, to hundredths. Parts that cannot be measured are
/// left out, and their weights with them.
/// </summary>
public static class AssessmentScore
{
    /// <summary>With fewer raters the evaluations are left out, and no mean is shown to anybody.</summary>
    public const int LeastRaters = 3;

    private const int MarksEach = 6;
    private const int BestMark = 5;

    /// <summary>Points against the target, capped at it; null when left out.</summary>
    public static ScorePart? Workload(in AssessmentMeasures m, AssessmentPolicy policy) =>
        m.Target is { } target ? new ScorePart(Checked(policy).WorkloadWeight, Math.Clamp(m.Points, 0, target), target) : null;

    /// <summary>Verified among judged reports; null when left out.</summary>
    public static ScorePart? Quality(in AssessmentMeasures m, AssessmentPolicy policy) =>
        m.Target is not null && m.Verified + m.Rejected > 0 ? new ScorePart(Checked(policy).QualityWeight, m.Verified, (long)m.Verified + m.Rejected) : null;

    /// <summary>The mean mark over five; null when left out.</summary>
    public static ScorePart? Evaluation(in AssessmentMeasures m, AssessmentPolicy policy) =>
        m.Raters >= LeastRaters ? new ScorePart(Checked(policy).EvaluationWeight, m.Marks, (long)m.Raters * MarksEach * BestMark) : null;

    /// <summary>The parts that count, in the order workload, quality, evaluation. A part of no weight counts for nothing.</summary>
    public static IReadOnlyList<ScorePart> Parts(in AssessmentMeasures m, AssessmentPolicy policy) =>
        [.. ((ScorePart?[])[Workload(m, policy), Quality(m, policy), Evaluation(m, policy)]).OfType<ScorePart>().Where(p => p.Weight > 0)];

    /// <summary>The score, grade and bonus.</summary>
    public static AssessmentResult Of(in AssessmentMeasures m, AssessmentPolicy policy)
    {
        var parts = Parts(m, policy);
        if (parts.Count == 0) return new AssessmentResult(null, Grade.None, 0);
        // Σ weight·n/d over Σ weight, over one denominator. 128 bits hold it for any counts that fit a database.
        Int128 numerator = 0, denominator = 1;
        var weights = 0;
        foreach (var part in parts)
        {
            numerator = checked((numerator * part.Denominator) + (part.Weight * denominator * part.Numerator));
            denominator = checked(denominator * part.Denominator);
            weights += part.Weight;
        }
        denominator *= weights;
        var score = (int)(((2 * 10_000 * numerator) + denominator) / (2 * denominator));
        return score >= policy.ExcellentFrom ? new AssessmentResult(score, Grade.Excellent, policy.ExcellentBonus)
            : score >= policy.CompetentFrom ? new AssessmentResult(score, Grade.Competent, policy.CompetentBonus)
            : new AssessmentResult(score, Grade.NotCompetent, 0);
    }

    private static AssessmentPolicy Checked(AssessmentPolicy policy)
    {
        ArgumentNullException.ThrowIfNull(policy);
        return policy;
    }
}

/// <summary>How scores and grades stand in files.</summary>
public static class AssessmentWords
{
    /// <summary>Two decimals from hundredths; empty when nothing could be measured.</summary>
    public static string Score(int? hundredths) =>
        hundredths is { } h ? string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{h / 100}.{h % 100:00}") : "";

    /// <summary>The word of FORMATS.</summary>
    public static string Of(Grade grade) => grade switch
    {
        Grade.Excellent => "excellent",
        Grade.Competent => "competent",
        Grade.NotCompetent => "not-competent",
        _ => "none",
    };
}
