using Microsoft.Extensions.DependencyInjection;

namespace PointsMarket.Tips;

/// <summary>Registers confidential tips.</summary>
internal static class TipServices
{
    public static IServiceCollection AddTips(this IServiceCollection services) => services
        .AddSingleton<SendTip>()
        .AddSingleton<OpenMailbox>()
        .AddSingleton<ReadTip>()
        .AddSingleton<ReadTipPhoto>()
        .AddSingleton<WriteToTip>()
        .AddSingleton<ReplaceVoucher>()
        .AddSingleton<OpenTip>()
        .AddSingleton<AnswerTip>()
        .AddSingleton<CloseTip>()
        .AddSingleton<ProposeTipReward>()
        .AddSingleton<DecideTipReward>()
        .AddSingleton<GrantTipRewards>();
}
