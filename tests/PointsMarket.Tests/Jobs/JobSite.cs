using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.TestHost;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PointsMarket.Data;
using PointsMarket.Jobs;
using PointsMarket.Tests.Kit;
using PointsMarket.Web.Jobs;

namespace PointsMarket.Tests.Jobs;

/// <summary>A site whose schedule runs, with the jobs that a test gives it. Its clock stands still, so that nothing is due by itself.</summary>
internal sealed class JobSite(params JobSpec[] jobs) : SiteHost
{
    private JobSpec[]? next;

    /// <summary>A job that is due on the first of a month, for tests that move the clock.</summary>
    public static JobSpec Monthly(string name, Func<JobWork, CancellationToken, Task> work) => new(name, JobTime.EveryMonth(1, 0, 30), work);

    public static async Task<JobSite> StartAsync(params JobSpec[] jobs)
    {
        var site = new JobSite(jobs);
        await site.InitializeAsync();
        return site;
    }

    /// <summary>The same site after a restart, with other jobs or the same.</summary>
    public async Task<JobSite> AgainAsync(params JobSpec[] others)
    {
        next = others.Length > 0 ? others : null;
        return (JobSite)await RestartAsync();
    }

    /// <summary>Waits until so many runs of a job ended, and gives them, oldest first.</summary>
    public async Task<List<JobRun>> EndedAsync(string job, int count)
    {
        for (var i = 0; i < 400; i++)
        {
            var runs = await ReadAsync(db => db.JobRuns.AsNoTracking().Where(r => r.Job == job && r.EndedAt != null).OrderBy(r => r.Id).ToListAsync());
            if (runs.Count >= count) return runs;
            await Task.Delay(25);
        }
        Assert.Fail($"{job} did not end {count} times: " + string.Join(", ", await ReadAsync(db => db.JobRuns.Select(r => r.Job + " " + r.State + " " + r.Cause).ToListAsync())));
        return [];
    }

    protected override SiteHost Sibling() => new JobSite(next ?? jobs);

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        base.ConfigureWebHost(builder);
        builder.UseSetting("Jobs:Run", "true");
        builder.ConfigureTestServices(services => services.AddSingleton(new JobList(jobs)));
    }
}
