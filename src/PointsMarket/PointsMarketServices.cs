using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using PointsMarket.Accounts;
using PointsMarket.Assessments;
using PointsMarket.Auditing;
using PointsMarket.Awards;
using PointsMarket.Backups;
using PointsMarket.Cases;
using PointsMarket.Data;
using PointsMarket.Demo;
using PointsMarket.Duties;
using PointsMarket.Funding;
using PointsMarket.Effects;
using PointsMarket.Import;
using PointsMarket.Jobs;
using PointsMarket.Ledger;
using PointsMarket.Loops;
using PointsMarket.Market;
using PointsMarket.Meetings;
using PointsMarket.Notices;
using PointsMarket.Reconciliations;
using PointsMarket.Routing;
using PointsMarket.Rules;
using PointsMarket.Sealing;
using PointsMarket.Settings;
using PointsMarket.Sponsors;
using PointsMarket.Stock;
using PointsMarket.Tasks;
using PointsMarket.Tips;
using PointsMarket.Unsealing;

namespace PointsMarket;

/// <summary>Registers the library: the database, the door, the ledger and every feature's operations.</summary>
public static class PointsMarketServices
{
    /// <summary>Adds everything on the given database.</summary>
    public static IServiceCollection AddPointsMarket(this IServiceCollection services, Func<IServiceProvider, MarketStorage> storage)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(storage);
        services.AddSingleton<MarketContexts>();
        services.AddSingleton<MarketWrites>();
        services.AddScoped(sp =>
        {
            var db = sp.GetRequiredService<MarketContexts>().Read();
            db.Door = sp.GetRequiredService<MarketWrites>();
            return db;
        });
        services.AddSingleton<Journal>();
        services.AddSingleton(sp => new CheckpointFile(sp.GetRequiredService<MarketStorage>().CheckpointPath));
        services.AddSingleton<LedgerVerifier>();
        services.AddSingleton<ReverseTransaction>();
        services.AddSingleton<MoveClosing>();
        services.AddSealing();
        services.AddAccounts();
        services.AddMarket();
        services.AddSponsors();
        services.AddStock();
        services.AddTasks();
        services.AddDuties();
        services.AddCases();
        services.AddLoops();
        services.AddImport();
        services.AddDemo();
        services.AddAssessments();
        services.AddReconciliations();
        services.AddAuditing();
        services.AddNotices();
        services.AddRules();
        services.AddRoutes();
        services.AddTips();
        services.AddUnsealing();
        services.AddSettings();
        services.AddFunding();
        services.AddJobRuns();
        services.AddBackups();
        services.AddMeetings();
        services.AddEffects();
        services.AddAwards();
        return services;
    }
}
