using Microsoft.Extensions.DependencyInjection;

namespace PointsMarket.Assessments;

/// <summary>Registers the monthly assessment.</summary>
internal static class AssessmentServices
{
    public static IServiceCollection AddAssessments(this IServiceCollection services) => services
        .AddSingleton<DraftAssessment>()
        .AddSingleton<CompareDraft>()
        .AddSingleton<PublishAssessment>()
        .AddSingleton<ObjectToAssessment>()
        .AddSingleton<AnswerObjection>()
        .AddSingleton<DraftMissingMonths>()
        .AddSingleton<CorrectAssessment>()
        .AddSingleton<DecideCorrection>()
        .AddSingleton<RateMember>()
        .AddSingleton<RemindRaters>();
}
