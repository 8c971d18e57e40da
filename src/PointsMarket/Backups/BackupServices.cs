using Microsoft.Extensions.DependencyInjection;

namespace PointsMarket.Backups;

internal static class BackupServices
{
    public static void AddBackups(this IServiceCollection services) => services
        .AddSingleton<Copying.CopyDatabase>()
        .AddSingleton<BackUp>()
        .AddSingleton<RestoreBackup>();
}
