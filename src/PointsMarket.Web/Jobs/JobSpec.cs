using PointsMarket.Jobs;

namespace PointsMarket.Web.Jobs;

/// <summary>What a job's work is handed: where its operation is found, and where it tells what it does.</summary>
public sealed record JobWork(IServiceProvider Services, RunReport Report)
{
    public T Get<T>()
        where T : notnull => Services.GetRequiredService<T>();

    /// <summary>Runs an operation that answers how much it did, and says so.</summary>
    public async Task CountAsync(Task<int> done) => Report.Count(await done);
}

/// <summary>A job: its name (the words are <c>Jobs.Name.{Name}</c> and <c>Jobs.About.{Name}</c>), when it comes round, and its operation.</summary>
public sealed record JobSpec(string Name, JobTime Time, Func<JobWork, CancellationToken, Task> Work)
{
    /// <summary>Also runs when the site starts, to make up what was missed while it was off.</summary>
    public bool AtStart { get; init; }

    /// <summary>Tried again after 5, 15 and 45 minutes when it failed; the others come round soon enough by themselves.</summary>
    public bool Retries { get; init; }

    /// <summary>Its failure shows in <c>/health</c>.</summary>
    public bool Watched { get; init; }
}

/// <summary>The jobs of this program; a test puts in its own.</summary>
public sealed record JobList(IReadOnlyList<JobSpec> All)
{
    /// <summary>The job of a name; null for none.</summary>
    public JobSpec? Find(string? name) => All.FirstOrDefault(j => j.Name == name);
}
