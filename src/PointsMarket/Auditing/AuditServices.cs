using Microsoft.Extensions.DependencyInjection;

namespace PointsMarket.Auditing;

/// <summary>Registers the auditor's work.</summary>
internal static class AuditServices
{
    public static IServiceCollection AddAuditing(this IServiceCollection services) =>
        services.AddSingleton<DrawSample>().AddSingleton<JudgeSample>().AddSingleton<WriteAuditPack>();
}
