using Microsoft.Extensions.DependencyInjection;

namespace PointsMarket.Cases;

/// <summary>Registers the operations on cases and claims.</summary>
internal static class CaseServices
{
    public static IServiceCollection AddCases(this IServiceCollection services) => services
        .AddSingleton<SaveCase>()
        .AddSingleton<PublishCase>()
        .AddSingleton<WithdrawCase>()
        .AddSingleton<AskForCase>()
        .AddSingleton<AgreeToClaim>()
        .AddSingleton<ApproveClaim>()
        .AddSingleton<RefuseClaim>()
        .AddSingleton<ReleaseClaim>()
        .AddSingleton<LapseClaims>()
        .AddSingleton<TellClimbedCases>()
        .AddSingleton<AddNote>()
        .AddSingleton<AskForExtension>()
        .AddSingleton<DecideExtension>()
        .AddSingleton<OfferHandOver>()
        .AddSingleton<SignHandOver>()
        .AddSingleton<ConfirmHandOver>()
        .AddSingleton<SubmitClaim>()
        .AddSingleton<SendBackClaim>()
        .AddSingleton<CloseCase>()
        .AddSingleton<ReopenCase>()
        .AddSingleton<AskForRevisits>()
        .AddSingleton<AnswerRevisit>();
}
