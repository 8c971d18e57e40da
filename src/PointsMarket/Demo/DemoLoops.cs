using Microsoft.EntityFrameworkCore;
using PointsMarket.Areas;
using PointsMarket.Data;
using PointsMarket.Ledger;
using PointsMarket.Loops;
using PointsMarket.Tasks;

namespace PointsMarket.Demo;

/// <summary>
/// Seven hazards, seven disputes and five opinions of the last month, in every stage, made by the operations themselves as at the
/// moments they tell of. Three of them come from verified reports.
/// </summary>
internal sealed class DemoLoops(MarketDb db, OpenLoop open, StepLoop step, DateTime now, IReadOnlyDictionary<string, SavedPhoto> pictures)
{
    private static readonly Actor Actor = Actor.System("demo");

    private readonly DateOnly today = StationTime.Day(now);

    public async Task RunAsync(CancellationToken ct)
    {
        await AddMediatorsAsync(ct);
        foreach (var story in DemoLoopStories.All)
        {
            var reference = await OpenAsync(story, ct);
            var loop = await db.Loops.Where(l => l.Reference == reference).Select(l => new { l.Id, l.FoundById }).SingleAsync(ct);
            if (story.Finder is { } finder && loop.FoundById is null)
                await db.Loops.Where(l => l.Id == loop.Id).ExecuteUpdateAsync(s => s.SetProperty(l => l.FoundById, db.Members.Where(m => m.Code == finder).Select(m => m.Id).First()), ct);
            var seen = 1;
            foreach (var s in story.Steps)
            {
                db.ChangeTracker.Clear();
                var at = At(s.DaysAgo, s.Hour);
                var outcome = s.Action == LoopAction.Correct
                    ? await CorrectLoop.RunAsync(db, new() { LoopId = loop.Id, Seen = seen, Reason = s.Words, Actor = Actor, AreaPath = Root, MayDecide = true }, s.Words!, at, ct)
                    : await step.RunAsync(db, new()
                    {
                        LoopId = loop.Id, Seen = seen, Action = s.Action, Words = s.Words, Who = s.Who, MemberCode = s.Member, DueDay = s.Days is { } days ? StationTime.Day(at).AddDays(days) : null,
                        Actor = Actor, AreaPath = Root, MayDecide = true,
                    }, s.Picture is { } picture ? [pictures[picture]] : [], at);
                if (outcome is not LoopOutcome.Stepped) throw new InvalidOperationException($"The demo station breaks a rule: {story.Text} {s.Action} {outcome}");
                seen++;
            }
        }

        db.ChangeTracker.Clear();
    }

    private static string Root => DemoPlaces.Station + "/";

    private async Task<string> OpenAsync(DemoLoopStories.Story story, CancellationToken ct)
    {
        db.ChangeTracker.Clear();
        var at = At(story.DaysAgo, story.Hour);
        LoopOutcome outcome;
        if (story.FromCategory is { } category)
        {
            var report = await db.TaskReports.Where(r => r.Category == category && r.Outcome == ReportOutcome.Verified && r.FiledAt < at && !db.Loops.Any(l => l.ReportId == r.Id))
                .OrderByDescending(r => r.Member.Code == "G0001").ThenByDescending(r => r.FiledAt).ThenBy(r => r.Reference).Select(r => r.Reference).FirstAsync(ct);
            outcome = await OpenLoopFromReport.RunAsync(db, new() { Report = report, Type = story.Type ?? DisputeType.Other, Actor = Actor, AreaPath = Root }, at);
        }
        else
        {
            var area = await db.Areas.Where(a => a.Code == story.Grid).Select(a => a.Id).SingleAsync(ct);
            outcome = await open.RunAsync(db, new()
            {
                Kind = story.Kind, Type = story.Type, Place = story.Place, Text = story.Text, AreaId = area, FoundAt = at.AddMinutes(-35), ClientKey = $"demo:{story.Place}", Actor = Actor, AreaPath = Root,
            }, story.Picture is { } picture ? [pictures[picture]] : [], at);
        }

        return outcome is LoopOutcome.Opened opened ? opened.Reference : throw new InvalidOperationException($"The demo station breaks a rule: {story.Text} {outcome}");
    }

    private async Task AddMediatorsAsync(CancellationToken ct)
    {
        foreach (var (code, type, office, member) in DemoLoopStories.Mediators)
        {
            db.Mediators.Add(new Mediator
            {
                AreaId = await db.Areas.Where(a => a.Code == code).Select(a => a.Id).SingleAsync(ct), Type = type, Office = office,
                MemberId = member is null ? null : await db.Members.Where(m => m.Code == member).Select(m => m.Id).SingleAsync(ct),
            });
        }

        await db.SaveChangesAsync(ct);
    }

    /// <summary>A time of the station's day so many days ago; the minutes differ, as they do in life.</summary>
    private DateTime At(int daysAgo, int hour) => StationTime.StartOf(today.AddDays(-daysAgo)).AddHours(hour).AddMinutes(((daysAgo * 17) + (hour * 7)) % 60);
}

/// <summary>The demo's pictures: drawn, and marked as such. They go into the photo folder as a member's would.</summary>
internal static class DemoPictures
{
    private static readonly string[] Names = ["canal-before", "canal-after", "lamp-before", "lamp-after", "wood-before", "wood-after"];

    public static async Task<IReadOnlyDictionary<string, SavedPhoto>> SaveAsync(PhotoFolder folder, CancellationToken ct)
    {
        var saved = new Dictionary<string, SavedPhoto>(StringComparer.Ordinal);
        foreach (var name in Names)
        {
            await using var stream = typeof(DemoPictures).Assembly.GetManifestResourceStream($"PointsMarket.Demo.Pictures.{name}.png") ?? throw new InvalidOperationException($"{name} is missing.");
            var bytes = new byte[stream.Length];
            await stream.ReadExactlyAsync(bytes, ct);
            var photo = CleanPhoto.From(bytes).Photo ?? throw new InvalidOperationException($"{name} is not a photo.");
            saved[name] = SavedPhoto.Of(await folder.SaveAsync(photo.Content, ct), photo);
        }

        return saved;
    }
}
