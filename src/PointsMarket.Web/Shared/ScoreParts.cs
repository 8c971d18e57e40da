using System.Globalization;
using PointsMarket.Assessments;

namespace PointsMarket.Web.Shared;

/// <summary>Model of the <c>_ScoreParts</c> partial: how a score came about, part by part. Exact fractions; only what is shown is rounded.</summary>
/// <param name="Measures">What was measured.</param>
/// <param name="Score">Hundredths, or null.</param>
/// <param name="Policy">The numbers that hold for the month.</param>
public sealed record ScoreParts(AssessmentMeasures Measures, int? Score, AssessmentPolicy Policy)
{
    /// <summary>The parts in order: its key in <c>Assess.Part.*</c>, and null where it is left out.</summary>
    public IReadOnlyList<(string Name, ScorePart? Part)> All =>
        [("Workload", Counted(AssessmentScore.Workload(Measures, Policy))), ("Quality", Counted(AssessmentScore.Quality(Measures, Policy))), ("Evaluation", Counted(AssessmentScore.Evaluation(Measures, Policy)))];

    /// <summary>The weights that count.</summary>
    public int Weights => All.Sum(p => p.Part?.Weight ?? 0);

    /// <summary>What a part adds: 20 × 26 ÷ 29 = 17.93.</summary>
    public static string Sum(ScorePart part) =>
        string.Create(CultureInfo.InvariantCulture, $"{part.Weight} × {part.Numerator} ÷ {part.Denominator} = {Value(part)}");

    /// <summary>The whole: (60.00 + 17.93) ÷ 80 × 100 = 97.41.</summary>
    public string Total => string.Create(CultureInfo.InvariantCulture,
        $"({string.Join(" + ", All.Where(p => p.Part is not null).Select(p => Value(p.Part!.Value)))}) ÷ {Weights} × 100 = {AssessmentWords.Score(Score)}");

    /// <summary>A part of no weight counts for nothing.</summary>
    private static ScorePart? Counted(ScorePart? part) => part is { Weight: > 0 } ? part : null;

    private static string Value(ScorePart part) => ((decimal)part.Weight * part.Numerator / part.Denominator).ToString("0.00", CultureInfo.InvariantCulture);
}
