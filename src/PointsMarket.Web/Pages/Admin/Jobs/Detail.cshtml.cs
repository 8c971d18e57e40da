using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using PointsMarket.Data;
using PointsMarket.Jobs;
using PointsMarket.Web.Jobs;
using PointsMarket.Web.Shared;
using PointsMarket.Web.Text;

namespace PointsMarket.Web.Pages.Admin.Jobs;

/// <summary>One run: what it said, how it ended, and what to do about it.</summary>
public sealed class DetailModel(MarketDb db, JobDesk desk, Actors actors, IStringLocalizer<Texts> texts) : PageModel
{
    public JobRun Run { get; private set; } = null!;

    public IReadOnlyList<RunLine> Lines { get; private set; } = [];

    public string? By { get; private set; }

    /// <summary>True while the job may be asked for again from here.</summary>
    public bool MayRetry { get; private set; }

    public string Name => texts[$"Jobs.Name.{Run.Job}"] is { ResourceNotFound: false } known ? known : Run.Job;

    public async Task<IActionResult> OnGetAsync(long id, CancellationToken ct)
    {
        if (await db.JobRuns.AsNoTracking().SingleOrDefaultAsync(r => r.Id == id, ct) is not { } run) return NotFound();
        Run = run;
        Lines = RunLine.ReadAll(run.Log);
        By = run.AskedBy is { } by ? (await actors.NamesAsync([by], ct))[by] : null;
        MayRetry = desk.IsOn && !run.IsLive && desk.Jobs.Find(run.Job) is not null && !await db.JobRuns.AnyAsync(r => r.Live == run.Job, ct);
        return Page();
    }

    /// <summary>A line in words; one of another version of the program by its code.</summary>
    public string Words(RunLine line)
    {
        ArgumentNullException.ThrowIfNull(line);
        return texts[$"Jobs.Line.{line.Code}"] is { ResourceNotFound: false } ? texts[$"Jobs.Line.{line.Code}", [.. line.Arguments, "", "", ""]] : line.Code;
    }
}
