using PointsMarket.Import;
using PointsMarket.Ledger;
using PointsMarket.Web.Shared;

namespace PointsMarket.Web.Commands;

/// <summary><c>import PATH</c>: one file, or a folder's files in order of dependence.</summary>
internal sealed class ImportCommand : Command
{
    private const string Preview = "--preview";

    public override string Name => "import";

    public override string Arguments => $"PATH [{Preview}]";

    public override IReadOnlyList<string> Options => [Preview];

    public override int Words => 1;

    public override async Task<int> RunAsync(CommandRun run, CancellationToken ct)
    {
        var path = Resolve(run.Words[0]);
        IReadOnlyList<ImportSource> sources;
        IReadOnlyList<string> leftOut;
        try
        {
            sources = ImportSource.FromPath(path, out leftOut);
        }
        catch (FileNotFoundException)
        {
            await run.Error.WriteLineAsync(run.T["Command.Import.NoPath", path]);
            return ExitCode.WrongUsage;
        }
        foreach (var name in leftOut) await run.Error.WriteLineAsync(run.T["Command.Import.LeftOut", name]);
        if (sources.Count == 0)
        {
            await run.Error.WriteLineAsync(run.T["Command.Import.NoFiles", path]);
            return ExitCode.WrongUsage;
        }

        var progress = new ProgressLine(run.Error, run.T);
        var input = new ImportFiles.Input { Sources = sources, Actor = Actor.System("import"), Progress = progress };
        ImportOutcome outcome;
        try
        {
            outcome = run.Has(Preview)
                ? await run.Services.GetRequiredService<PreviewImport>().ExecuteAsync(input, ct)
                : await run.Services.GetRequiredService<ImportFiles>().ExecuteAsync(input, ct);
        }
        finally
        {
            progress.End();
        }
        await SayAsync(run, outcome);
        return outcome.Refused ? ExitCode.Refused : ExitCode.Done;
    }

    private static async Task SayAsync(CommandRun run, ImportOutcome outcome)
    {
        var words = new ImportWords(run.T);
        foreach (var problem in outcome.Problems) await run.Out.WriteLineAsync(words.Line(problem));
        if (outcome.ProblemCount > outcome.Problems.Count) await run.Out.WriteLineAsync(run.T["Import.Result.More", outcome.ProblemCount - outcome.Problems.Count]);
        foreach (var file in outcome.Files) await run.Out.WriteLineAsync(run.T["Command.Import.File", file.Name, file.New, file.Unchanged, file.Bad]);
        await run.Out.WriteLineAsync(
            outcome.Refused ? run.T["Command.Import.Refused", outcome.ProblemCount]
            : run.Has(Preview) ? run.T["Command.Import.Previewed", outcome.New, outcome.Unchanged]
            : run.T["Command.Import.Done", outcome.New, outcome.Unchanged]);
    }

    /// <summary>
    /// <c>dotnet run --project</c> moves the process into the project's folder; what the caller typed is meant from where they
    /// stood, which a shell leaves in PWD.
    /// </summary>
    internal static string Resolve(string path)
    {
        var from = Environment.CurrentDirectory;
        if (File.Exists(Path.Combine(from, "PointsMarket.Web.csproj")) && Environment.GetEnvironmentVariable("PWD") is { } stood && Directory.Exists(stood)) from = stood;
        return Path.GetFullPath(path, from);
    }
}
