using Microsoft.EntityFrameworkCore;
using PointsMarket.Areas;
using PointsMarket.Assessments;
using PointsMarket.Data;
using PointsMarket.Ledger;

namespace PointsMarket.Web.Commands;

/// <summary><c>assess YYYY-MM [--csv]</c>: drafts the month's assessment, as the page does, and prints it. It never publishes.</summary>
internal sealed class AssessCommand : Command
{
    public override string Name => "assess";

    public override string Arguments => "YYYY-MM [--csv]";

    public override IReadOnlyList<string> Options => ["--csv", StationOption.Name];

    public override int Words => 1;

    public override async Task<int> RunAsync(CommandRun run, CancellationToken ct)
    {
        if (StationMonth.Parse(run.Words[0]) is not { } month)
        {
            await run.Error.WriteLineAsync(run.T["Command.Station.BadMonth", run.Words[0]]);
            return ExitCode.WrongUsage;
        }
        if (await StationOption.PathAsync(run, ct) is not { } path) return ExitCode.Refused;
        var outcome = await run.Services.GetRequiredService<DraftAssessment>().ExecuteAsync(
            new DraftAssessment.Input { Month = month, Actor = Actor.System("command"), AreaPath = path }, ct);
        await run.Error.WriteLineAsync(run.T[$"Command.Assess.{outcome}", run.Words[0]]);
        if (outcome is DraftAssessment.Outcome.MonthNotOver or DraftAssessment.Outcome.NotTheStation) return ExitCode.Refused;

        var db = run.Services.GetRequiredService<MarketDb>();
        var lines = await db.AssessmentLines.AsNoTracking().Include(l => l.Member)
            .Where(l => l.Assessment.Month == month && db.Areas.Any(a => a.Path == path && a.BookId == l.Assessment.BookId)).ToListAsync(ct);
        lines.Sort((a, b) => string.CompareOrdinal(a.Member.Code, b.Member.Code));
        if (run.Has("--csv")) await WriteCsvAsync(run.Out, lines);
        else await WriteTableAsync(run, lines);
        return ExitCode.Done;
    }

    // Codes are of the ledger's alphabet and the rest are digits and fixed words: nothing to quote, no formula to guard against.
    private static async Task WriteCsvAsync(StreamWriter to, List<AssessmentLine> lines)
    {
        await to.WriteLineAsync("member,points,verified,rejected,raters,score,grade,bonus");
        foreach (var l in lines)
            await to.WriteLineAsync(FormattableString.Invariant($"{l.Member.Code},{l.Points},{l.Verified},{l.Rejected},{l.Raters},{AssessmentWords.Score(l.Score)},{AssessmentWords.Of(l.Grade)},{l.Bonus}"));
    }

    private static async Task WriteTableAsync(CommandRun run, List<AssessmentLine> lines)
    {
        var width = lines.Select(l => l.Member.Code.Length).DefaultIfEmpty().Max();
        foreach (var l in lines) await run.Out.WriteLineAsync($"{l.Member.Code.PadRight(width)} {AssessmentWords.Score(l.Score),7} {run.T[$"Enum.Grade.{l.Grade}"]}");
        await run.Out.WriteLineAsync(run.T["Command.Assess.Sum", lines.Count,
            lines.Count(l => l.Grade == Grade.Excellent), lines.Count(l => l.Grade == Grade.Competent), lines.Count(l => l.Grade == Grade.NotCompetent), lines.Sum(l => l.Bonus)]);
    }
}
