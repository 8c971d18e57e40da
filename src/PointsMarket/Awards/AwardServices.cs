using Microsoft.Extensions.DependencyInjection;

namespace PointsMarket.Awards;

/// <summary>Registers the operations on awards and certificates.</summary>
internal static class AwardServices
{
    public static IServiceCollection AddAwards(this IServiceCollection services) => services
        .AddSingleton<SaveCycle>()
        .AddSingleton<NameRecipient>()
        .AddSingleton<RemoveRecipient>()
        .AddSingleton<RankCandidates>()
        .AddSingleton<StrikeCandidate>()
        .AddSingleton<FixList>()
        .AddSingleton<ConfirmList>()
        .AddSingleton<SendBackList>()
        .AddSingleton<CallOffAward>()
        .AddSingleton<DeclareInterest>()
        .AddSingleton<ObjectToAward>()
        .AddSingleton<AnswerAwardObjection>()
        .AddSingleton<DecideAward>()
        .AddSingleton<AskAwardMoney>()
        .AddSingleton<IssueCertificates>()
        .AddSingleton<RevokeCertificate>()
        .AddSingleton<RecordPrints>();
}
