using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using PointsMarket.Data;
using PointsMarket.Jobs;
using PointsMarket.Web.Accounts;
using PointsMarket.Web.Jobs;
using PointsMarket.Web.Shared;
using PointsMarket.Web.Text;

namespace PointsMarket.Web.Pages.Admin.Jobs;

/// <summary>What runs by itself: what comes next, what runs now, what ran.</summary>
public sealed class IndexModel(MarketDb db, JobDesk desk, Actors actors, CurrentUser user, IStringLocalizer<Texts> texts) : PageModel
{
    public sealed record Run(long Id, string Job, RunState State, RunCause Cause, string? AskedBy, DateTime AskedAt, DateTime? StartedAt, DateTime? EndedAt, int? Percent, string? Failure, string? TraceId)
    {
        public TimeSpan? Lasted => EndedAt - StartedAt;
    }

    public sealed record Row(string Name, string When, DateTime? Next, bool Paused, Run? Live, Run? Last);

    [BindProperty(SupportsGet = true)]
    public string? Job { get; set; }

    [BindProperty(SupportsGet = true)]
    public RunState? State { get; set; }

    [BindProperty(SupportsGet = true)]
    public DateOnly? From { get; set; }

    [BindProperty(SupportsGet = true)]
    public DateOnly? To { get; set; }

    public ListQuery List { get; private set; } = null!;

    public IReadOnlyList<Row> Rows { get; private set; } = [];

    public IReadOnlyList<Run> History { get; private set; } = [];

    public IReadOnlyDictionary<string, string> Names { get; private set; } = null!;

    public int Total { get; private set; }

    public bool IsOn => desk.IsOn;

    public IEnumerable<Row> LiveRows => Rows.Where(r => r.Live is not null);

    public async Task OnGetAsync(CancellationToken ct)
    {
        var planned = await desk.PlannedAsync(ct);
        var live = await Read(db.JobRuns.Where(r => r.Live != null)).ToDictionaryAsync(r => r.Job, ct);
        var last = db.JobRuns.Where(r => r.EndedAt != null).GroupBy(r => r.Job).Select(g => g.Max(r => r.Id));
        var ended = await Read(db.JobRuns.Where(r => last.Contains(r.Id))).ToDictionaryAsync(r => r.Job, ct);
        Rows = [.. desk.Jobs.All.Select(j => new Row(
            j.Name, texts[$"Jobs.When.{j.Time.Kind}", j.Time.Arguments], planned.GetValueOrDefault(j.Name)?.Next, planned.GetValueOrDefault(j.Name)?.Paused == true,
            live.GetValueOrDefault(j.Name), ended.GetValueOrDefault(j.Name)))];
        var found = Found();
        Total = await found.CountAsync(ct);
        History = await Read(found.OrderByDescending(r => r.Id).Skip(List.Skip).Take(List.Size)).ToListAsync(ct);
        Names = await actors.NamesAsync(History.Concat(live.Values).Select(r => r.AskedBy), ct);
    }

    public async Task<IActionResult> OnGetCsvAsync(CancellationToken ct)
    {
        var names = await actors.NamesAsync(await Found().Select(r => r.AskedBy).Distinct().ToListAsync(ct), ct);
        return new Csv<Run>("jobs.csv", Read(Found().OrderByDescending(r => r.Id)).AsAsyncEnumerable(),
            (texts["Jobs.List.Job"], r => NameOf(r.Job)), (texts["Jobs.List.State"], r => texts[$"Jobs.State.{r.State}"].Value), (texts["Jobs.List.Cause"], r => texts[$"Jobs.Cause.{r.Cause}"].Value),
            (texts["Jobs.List.By"], r => r.AskedBy is { } by ? names[by] : ""), (texts["Jobs.List.Started"], r => r.StartedAt is { } at ? $"{Ui.Local(at):yyyy-MM-dd HH:mm:ss}" : ""),
            (texts["Jobs.List.Ended"], r => r.EndedAt is { } at ? $"{Ui.Local(at):yyyy-MM-dd HH:mm:ss}" : ""), (texts["Jobs.List.Failure"], r => r.Failure is { } f ? texts[$"Jobs.Failure.{f}"].Value : ""),
            (texts["Jobs.List.Trace"], r => r.TraceId));
    }

    public async Task<IActionResult> OnPostRunAsync(string? job, CancellationToken ct)
    {
        if (desk.Jobs.Find(job) is not { } spec) return NotFound();
        switch (await desk.RunAsync(spec.Name, user.Actor, ct))
        {
            case JobDesk.RunOutcome.Asked:
                TempData.Say("Jobs.Said.Asked", NameOf(spec.Name));
                break;
            case JobDesk.RunOutcome.Already:
                TempData.Warn("Jobs.Said.Already", NameOf(spec.Name));
                break;
            default:
                TempData.Refuse("Jobs.Said.Off");
                break;
        }
        return Redirect("/admin/jobs");
    }

    public async Task<IActionResult> OnPostCancelAsync(long run, CancellationToken ct)
    {
        if (await desk.CancelAsync(run, user.Actor, ct)) TempData.Say("Jobs.Said.Cancelled");
        else TempData.Warn("Jobs.Said.NotCancelled");
        return Redirect("/admin/jobs");
    }

    public Task<IActionResult> OnPostPauseAsync(string? job, CancellationToken ct) => PauseAsync(job, true, ct);

    public Task<IActionResult> OnPostResumeAsync(string? job, CancellationToken ct) => PauseAsync(job, false, ct);

    /// <summary>A job in words; one of another version of the program by its name.</summary>
    public string NameOf(string job) => texts[$"Jobs.Name.{job}"] is { ResourceNotFound: false } known ? known : job;

    private async Task<IActionResult> PauseAsync(string? job, bool paused, CancellationToken ct)
    {
        if (desk.Jobs.Find(job) is not { } spec) return NotFound();
        if (await desk.PauseAsync(spec.Name, paused, user.Actor, ct)) TempData.Say(paused ? "Jobs.Said.Paused" : "Jobs.Said.Resumed", NameOf(spec.Name));
        else TempData.Refuse("Jobs.Said.Off");
        return Redirect("/admin/jobs");
    }

    private IQueryable<JobRun> Found()
    {
        List = ListQuery.From(Request);
        IQueryable<JobRun> found = db.JobRuns;
        if (!string.IsNullOrEmpty(Job)) found = found.Where(r => r.Job == Job);
        if (State is { } state) found = found.Where(r => r.State == state);
        if (List.Q.Length > 0) found = found.Where(r => r.TraceId == List.Q || r.Log.Contains(List.Q));
        return found.Within(r => r.AskedAt, From, To);
    }

    private static IQueryable<Run> Read(IQueryable<JobRun> found) =>
        found.Select(r => new Run(r.Id, r.Job, r.State, r.Cause, r.AskedBy, r.AskedAt, r.StartedAt, r.EndedAt, r.Percent, r.Failure, r.TraceId));
}
