using PointsMarket.Data;
using PointsMarket.Ledger;
using PointsMarket.Market;
using PointsMarket.Sealing;

namespace PointsMarket.Import;

/// <summary>
/// Imports files of FORMATS, all or nothing: on any bad row nothing is changed, and every bad row is named. What is in the
/// database with the same content is left as it is, so that importing twice changes nothing.
/// </summary>
public sealed class ImportFiles(MarketWrites writes, LotBook lots, Seal seal)
{
    /// <summary>What to import.</summary>
    public sealed record Input
    {
        /// <summary>The files, in any order.</summary>
        public required IReadOnlyList<ImportSource> Sources { get; init; }

        /// <summary>Who imports.</summary>
        public required Actor Actor { get; init; }

        /// <summary>Told how far it is, from any thread.</summary>
        public IProgress<ImportProgress>? Progress { get; init; }
    }

    /// <summary>Imports. Throws <see cref="OperationCanceledException"/> when cancelled: then nothing was changed either.</summary>
    public Task<ImportOutcome> ExecuteAsync(Input input, CancellationToken ct = default) => RunAsync(input, keep: true, ct);

    internal async Task<ImportOutcome> RunAsync(Input input, bool keep, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(input);
        var shape = new ImportProblems();
        var files = await ImportReading.ReadAsync(input.Sources, shape, input.Progress, ct);
        if (files.Count == 0) return new ImportOutcome([], shape.Named(files), shape.Count);
        return await writes.RunAsync((db, token) => WriteAsync(db, input, shape.Copy(), files, keep, token), ct);
    }

    /// <summary>Inside the door. The demo station comes in here with rows of its own.</summary>
    internal async Task<ImportOutcome> WriteAsync(MarketDb db, Input input, ImportProblems problems, IReadOnlyList<ParsedFile> files, bool keep, CancellationToken ct)
    {
        var run = new ImportRun(db, lots, seal, input.Actor, problems, files, input.Progress);
        await run.LoadAsync(ct);
        var counts = new List<ImportCount>(files.Count);
        foreach (var file in files) counts.Add(await ImportPlan.Of(file.File).RunAsync(run, file, ct));
        var outcome = new ImportOutcome(counts, problems.Named(files), problems.Count);
        return keep && !outcome.Refused ? outcome : db.RollBack(outcome);
    }
}

/// <summary>
/// Says what <see cref="ImportFiles"/> would do with the same files, down to the last posting, and changes nothing: it runs the
/// import inside the door and rolls it back.
/// </summary>
public sealed class PreviewImport(ImportFiles import)
{
    /// <summary>Looks the files over.</summary>
    public Task<ImportOutcome> ExecuteAsync(ImportFiles.Input input, CancellationToken ct = default) => import.RunAsync(input, keep: false, ct);
}
