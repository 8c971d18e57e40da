using System.Globalization;
using PointsMarket.Backups;
using PointsMarket.Copying;
using PointsMarket.Data;
using PointsMarket.Import;

namespace PointsMarket.Web.Commands;

/// <summary><c>backup FILE</c>: database, checkpoints and photos in one file, also while the site runs.</summary>
internal sealed class BackupCommand : Command
{
    public override string Name => "backup";

    public override string Arguments => "FILE";

    public override int Words => 1;

    public override async Task<int> RunAsync(CommandRun run, CancellationToken ct)
    {
        var path = ImportCommand.Resolve(run.Words[0]);
        var progress = new RowsLine(run);
        try
        {
            var outcome = await run.Services.GetRequiredService<BackUp>().ExecuteAsync(new BackUp.Input { Path = path, Progress = progress }, ct);
            progress.End();
            if (outcome is not BackUp.Written written)
            {
                await run.Error.WriteLineAsync(run.T["Command.Backup.NotCopied"]);
                return ExitCode.Refused;
            }
            foreach (var book in written.Manifest.Books) await run.Out.WriteLineAsync(run.T["Command.Backup.Book", book.Code, book.Sequence]);
            await run.Out.WriteLineAsync(run.T["Command.Backup.Done", path, (written.Size + 1023) / 1024, written.Manifest.Files.Count]);
            await run.Error.WriteLineAsync(run.T["Command.Backup.NoKey", run.Services.GetRequiredService<MarketStorage>().SealKeyPath]);
            return ExitCode.Done;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            progress.End();
            await run.Error.WriteLineAsync(run.T["Command.Backup.NotWritten", path, e.Message]);
            return ExitCode.Refused;
        }
    }
}

/// <summary><c>restore FILE [--force-older]</c>: proves a backup and puts it in the place of the database. The site must be stopped.</summary>
internal sealed class RestoreCommand : Command
{
    private const string ForceOlder = "--force-older";

    public override string Name => "restore";

    public override string Arguments => $"FILE [{ForceOlder}]";

    public override IReadOnlyList<string> Options => [ForceOlder];

    public override int Words => 1;

    public override bool IsAlone => true;

    public override async Task<int> RunAsync(CommandRun run, CancellationToken ct)
    {
        var path = ImportCommand.Resolve(run.Words[0]);
        var progress = new RowsLine(run);
        RestoreBackup.Outcome outcome;
        try
        {
            outcome = await run.Services.GetRequiredService<RestoreBackup>().ExecuteAsync(new RestoreBackup.Input { Path = path, ForceOlder = run.Has(ForceOlder), Progress = progress }, ct);
        }
        catch (FileNotFoundException)
        {
            await run.Error.WriteLineAsync(run.T["Command.Restore.NoFile", path]);
            return ExitCode.WrongUsage;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            await run.Error.WriteLineAsync(run.T["Command.Backup.NotWritten", path, e.Message]);
            return ExitCode.Refused;
        }
        finally
        {
            progress.End();
        }
        if (outcome is not RestoreBackup.Restored restored)
        {
            await run.Error.WriteLineAsync(Refusal(run, outcome));
            return ExitCode.Refused;
        }
        foreach (var book in restored.Manifest.Books) await run.Out.WriteLineAsync(run.T["Command.Backup.Book", book.Code, book.Sequence]);
        await run.Out.WriteLineAsync(run.T["Command.Restore.Done", restored.Manifest.At.ToString("u", CultureInfo.InvariantCulture)]);
        if (restored.Aside is { } aside) await run.Out.WriteLineAsync(run.T["Command.Restore.Aside", aside]);
        await run.Error.WriteLineAsync(run.T["Command.Restore.Key", run.Services.GetRequiredService<MarketStorage>().SealKeyPath]);
        return ExitCode.Done;
    }

    private static string Refusal(CommandRun run, RestoreBackup.Outcome outcome) => outcome switch
    {
        RestoreBackup.Damaged d => run.T["Command.Restore.Damaged", d.Name],
        RestoreBackup.BooksOff b => run.T["Command.Restore.BooksOff", string.Join(", ", b.Reports.Where(r => !r.IsClean).Select(r => r.Book))],
        RestoreBackup.Contradicts c => run.T["Command.Restore.Contradicts", c.Book, c.Sequence],
        RestoreBackup.Older o => run.T["Command.Restore.Older", o.Book, o.Has, o.Proven, o.At.ToString("u", CultureInfo.InvariantCulture), ForceOlder],
        RestoreBackup.Newer => run.T["Command.Restore.Newer"],
        RestoreBackup.InUse => run.T["Command.Restore.InUse"],
        RestoreBackup.TargetNotEmpty => run.T["Command.Copy.NotEmpty"],
        _ => run.T["Command.Restore.NotABackup"],
    };
}

/// <summary>
/// <c>copy-to PROVIDER --ConnectionStrings:Target=…</c>: everything into an empty database of any engine, and the proof of both. The
/// connection may stand in the environment (<c>ConnectionStrings__Target</c>), where a password is not seen by other users.
/// </summary>
internal sealed class CopyToCommand : Command
{
    public override string Name => "copy-to";

    public override string Arguments => "Sqlite|Postgres|SqlServer --ConnectionStrings:Target=…";

    public override int Words => 1;

    public override bool IsAlone => true;

    public override async Task<int> RunAsync(CommandRun run, CancellationToken ct)
    {
        var source = run.Services.GetRequiredService<MarketStorage>();
        if (Target(run, source) is not { } target)
        {
            await run.Error.WriteLineAsync(run.T["Command.Copy.NoTarget"]);
            return ExitCode.WrongUsage;
        }
        using var here = DatabaseUse.Alone(source);
        using var there = DatabaseUse.Alone(target);
        if (here is null || there is null)
        {
            await run.Error.WriteLineAsync(run.T["Command.Copy.InUse"]);
            return ExitCode.Refused;
        }
        var progress = new RowsLine(run);
        var outcome = await run.Services.GetRequiredService<CopyDatabase>().ExecuteAsync(new CopyDatabase.Input { Target = target, Progress = progress }, ct);
        progress.End();
        if (outcome is not CopyDatabase.Copied copied)
        {
            await run.Error.WriteLineAsync(outcome switch
            {
                CopyDatabase.TargetNotEmpty => run.T["Command.Copy.NotEmpty"],
                CopyDatabase.SourceOff => run.T["Command.Copy.SourceOff"],
                CopyDatabase.Differs differs => run.T["Command.Copy.Differs", differs.Where],
                _ => run.T["Command.Run.Older"],
            });
            return ExitCode.Refused;
        }
        foreach (var (table, rows) in copied.Tables.Where(t => t.Rows > 0)) await run.Out.WriteLineAsync($"{table,-28} {rows,12}");
        foreach (var head in copied.Heads) await run.Out.WriteLineAsync(run.T["Command.Copy.Head", head.Book, head.Sequence, head.Hash[..16]]);
        await run.Out.WriteLineAsync(run.T["Command.Copy.Done", copied.Tables.Count, copied.Tables.Sum(t => t.Rows)]);
        await run.Out.WriteLineAsync(run.T["Command.Copy.Files", source.CheckpointPath, source.PhotoPath, source.SealKeyPath]);
        return ExitCode.Done;
    }

    private static MarketStorage? Target(CommandRun run, MarketStorage source)
    {
        if (!Enum.TryParse<DatabaseProvider>(run.Words[0], ignoreCase: true, out var provider) || !Enum.IsDefined(provider)) return null;
        if (run.Services.GetRequiredService<IConfiguration>().GetConnectionString("Target") is not { Length: > 0 } connection) return null;
        if (provider == DatabaseProvider.Sqlite)
        {
            var sqlite = new Microsoft.Data.Sqlite.SqliteConnectionStringBuilder(connection);
            sqlite.DataSource = ImportCommand.Resolve(sqlite.DataSource);
            connection = sqlite.ToString();
        }
        return new MarketStorage { Provider = provider, ConnectionString = connection, CheckpointPath = source.CheckpointPath, PhotoPath = source.PhotoPath, SealKeyPath = source.SealKeyPath };
    }
}

/// <summary>The progress of rows or bytes on the line that imports use too.</summary>
internal sealed class RowsLine(CommandRun run) : IProgress<(string Table, long Done, long Total)>, IProgress<(long Done, long Total)>
{
    private readonly ProgressLine line = new(run.Error, run.T);

    public void Report((string Table, long Done, long Total) value) => line.Report(new ImportProgress(value.Table, Percent(value.Done, value.Total), 100));

    public void Report((long Done, long Total) value) => line.Report(new ImportProgress("", Percent(value.Done, value.Total), 100));

    public void End() => line.End();

    private static int Percent(long done, long total) => total <= 0 ? 0 : (int)Math.Clamp(done * 100 / total, 0, 100);
}
