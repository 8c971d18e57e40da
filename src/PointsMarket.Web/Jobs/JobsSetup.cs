using System.ComponentModel.DataAnnotations;
using System.Security.Cryptography;
using Microsoft.Data.SqlClient;
using Microsoft.Data.Sqlite;
using Npgsql;
using PointsMarket.Areas;
using PointsMarket.Data;
using Quartz;

namespace PointsMarket.Web.Jobs;

/// <summary>Configuration section <c>Jobs</c>.</summary>
public sealed class JobSettings
{
    /// <summary>The section.</summary>
    public const string Section = "Jobs";

    /// <summary>False for a node that serves pages and runs no jobs.</summary>
    public bool Run { get; set; } = true;

    /// <summary>How many jobs a node runs at once.</summary>
    [Range(1, 16)]
    public int AtOnce { get; set; } = 3;
}

/// <summary>
/// The schedule (Quartz). It lies in the market's own database on the servers, in tables that begin with <c>QRTZ_</c>, where several
/// nodes share it; on SQLite in a file of its own beside the market's, which only one process may write.
/// </summary>
internal static class JobsSetup
{
    public static void AddJobs(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<JobSettings>().BindConfiguration(JobSettings.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<KeepCheckpoints>();
        services.AddHostedService(sp => sp.GetRequiredService<KeepCheckpoints>()); // stops after the jobs, which are added below
        services.AddSingleton(new JobList(MarketJobs.All));
        services.AddScoped<JobDesk>();
        services.AddHealthChecks().AddCheck<JobsHealth>("jobs", timeout: TimeSpan.FromSeconds(5));
        var settings = builder.Configuration.GetSection(JobSettings.Section).Get<JobSettings>() ?? new JobSettings();
        if (settings.Run) AddSchedule(services, settings, Setup.DatabaseSetup.StorageOf(builder.Configuration, builder.Environment.ContentRootPath));
    }

    /// <summary>
    /// Makes the schedule's tables in a server's database, for a site that may not make tables itself. A scheduler of another name
    /// does it, which finds none of the jobs.
    /// </summary>
    public static async Task MakeTablesAsync(MarketStorage storage, CancellationToken ct)
    {
        if (storage.Provider == DatabaseProvider.Sqlite) return;
        await using var factory = QuartzSchedulerBuilder.Create(q =>
        {
            q.ConfigureScheduler(o => o.InstanceName = "market-tables");
            q.UsePersistentStore(s => Store(s, storage));
        }).Build();
        var scheduler = await factory.GetScheduler(ct);
        await scheduler.Start(ct);
        await scheduler.Shutdown(waitForJobsToComplete: true, ct);
    }

    private static void AddSchedule(IServiceCollection services, JobSettings settings, MarketStorage storage)
    {
        services.Configure<QuartzOptions>(o => o.Scheduling.IgnoreDuplicates = true); // with the default, a month missed is lost at the next start
        services.AddQuartz(q =>
        {
            q.ConfigureScheduler(o =>
            {
                o.InstanceName = "market";
                // The page names the node: which machine, which process; the rest keeps two containers of one name apart.
                if (storage.Provider != DatabaseProvider.Sqlite) o.InstanceId = $"{Environment.MachineName}-{Environment.ProcessId}-{RandomNumberGenerator.GetHexString(4, lowercase: true)}";
                o.ShutdownJobInterruption = ShutdownJobInterruption.Always;
            });
            q.UseDefaultTimeZone(StationTime.Zone);
            q.UseDefaultThreadPool(settings.AtOnce);
            q.UsePersistentStore(s => Store(s, storage));
        });
        services.AddQuartzHostedService(o => (o.AutoStart, o.WaitForJobsToComplete) = (false, true));
        services.AddHostedService<JobSchedule>();
    }

    private static void Store(IPersistentStoreBuilder store, MarketStorage storage)
    {
        store.ConfigureStore(o =>
        {
            o.StoreJobDataAsStrings = true;
            o.RecoverFiringsCancelledByShutdown = true;
        });
        store.ProvisionSchema();
        store.UseSystemTextJsonSerializer();
        switch (storage.Provider)
        {
            case DatabaseProvider.Sqlite:
                store.UseSqlite(SqliteFactory.Instance, new SqliteConnectionStringBuilder { DataSource = storage.FilePath + "-jobs", DefaultTimeout = 30 }.ToString());
                return;
            case DatabaseProvider.Postgres:
                store.UsePostgres(NpgsqlFactory.Instance, storage.ConnectionString);
                break;
            default:
                store.UseSqlServer(SqlClientFactory.Instance, storage.ConnectionString);
                break;
        }
        // A node that was killed is noticed, and its job run elsewhere, after about ten seconds.
        store.UseClustering(c => (c.CheckinInterval, c.CheckinMisfireThreshold) = (TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(4)));
    }
}
