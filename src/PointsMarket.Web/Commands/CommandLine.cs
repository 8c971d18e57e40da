using System.Data.Common;
using System.Globalization;
using Microsoft.Extensions.Localization;
using PointsMarket.Data;
using PointsMarket.Web.Setup;
using PointsMarket.Web.Text;

namespace PointsMarket.Web.Commands;

/// <summary>
/// The commands of the web program. They read the same configuration as the site and run the same operations as the pages.
/// A setting may be given like anywhere in .NET: <c>--ConnectionStrings:Market="Data Source=/srv/market.db"</c>.
/// </summary>
internal static class CommandLine
{
    private static readonly IReadOnlyList<Command> All =
    [
        new ImportCommand(), new AssessCommand(), new ReconcileCommand(), new BalancesCommand(), new VerifyCommand(), new MigrateCommand(), new AdminCommand(),
        new BackupCommand(), new RestoreCommand(), new CopyToCommand(), new DemoCommand(),
    ];

    /// <summary>True when the arguments name a command or ask for help; the site's own begin with dashes.</summary>
    public static bool IsFor(string[] args) => args is [var first, ..] && (!first.StartsWith('-') || first is "--help" or "-h" or "-?");

    /// <summary>Runs the process's command.</summary>
    public static async Task<int> RunAsync(string[] args)
    {
        Console.OutputEncoding = new System.Text.UTF8Encoding(false);
        using var stop = new CancellationTokenSource();
        Console.CancelKeyPress += (_, e) =>
        {
            e.Cancel = true; // let the operation roll back and say so
            stop.Cancel();
        };
        await using var output = Console.OpenStandardOutput();
        return await RunAsync(args, output, Console.Error, Environment.GetEnvironmentVariable, stop.Token);
    }

    /// <summary>Runs a command with given outputs and environment; tests come in here.</summary>
    internal static async Task<int> RunAsync(string[] args, Stream output, TextWriter error, Func<string, string?> environment, CancellationToken ct)
    {
        CultureInfo.CurrentUICulture = CultureInfo.CurrentCulture = Language(environment);
        var settings = args.Where(IsSetting).ToArray();
        var builder = WebApplication.CreateBuilder(ProjectStart.Options(settings));
        // Results own the standard output; the log keeps to the other one, and to what matters.
        builder.Logging.ClearProviders().SetMinimumLevel(LogLevel.Error).AddSimpleConsole(o => o.SingleLine = true).AddConsole(o => o.LogToStandardErrorThreshold = LogLevel.Trace);
        builder.Services.AddLocalization();
        try
        {
            builder.AddDatabase();
            builder.AddAccounts();
        }
        catch (Exception e) when (e is InvalidOperationException or ArgumentException or IOException or UnauthorizedAccessException)
        {
            await error.WriteLineAsync(e.Message);
            return ExitCode.WrongUsage;
        }
        await using var app = builder.Build();
        await using var scope = app.Services.CreateAsyncScope();
        return await RunAsync(args.Except(settings).ToList(), scope.ServiceProvider, output, error, ct);
    }

    private static async Task<int> RunAsync(List<string> args, IServiceProvider services, Stream output, TextWriter error, CancellationToken ct)
    {
        var t = services.GetRequiredService<IStringLocalizer<Texts>>();
        if (args[0] is "--help" or "-h" or "-?" or "help")
        {
            await using var help = new CommandRun(services, [], new Dictionary<string, string>(), output, error).Out;
            await help.WriteAsync(Usage(t));
            return ExitCode.Done;
        }
        var command = All.FirstOrDefault(c => c.Name.Split(' ').SequenceEqual(args.Take(c.Name.Split(' ').Length)));
        var run = command is null ? null : Read(command, args.Skip(command.Name.Split(' ').Length), services, output, error);
        if (run is null)
        {
            await error.WriteAsync(Usage(t));
            return ExitCode.WrongUsage;
        }
        try
        {
            if (command!.IsAlone) return await command.RunAsync(run, ct);
            using var use = DatabaseUse.Share(services.GetRequiredService<MarketStorage>());
            if (use is null)
            {
                await error.WriteLineAsync(t["Command.Run.Restoring"]);
                return ExitCode.Refused;
            }
            if (!command.Migrates && await PrepareAsync(run, ct) is { } refusal) return refusal;
            return await command.RunAsync(run, ct);
        }
        catch (OperationCanceledException)
        {
            await error.WriteLineAsync(t["Command.Run.Cancelled"]);
            return ExitCode.Refused;
        }
        catch (Exception e) when (e is DbException or TimeoutException or Microsoft.EntityFrameworkCore.Storage.RetryLimitExceededException)
        {
            await error.WriteLineAsync(t["Command.Run.Database", e.Message]);
            return ExitCode.Refused;
        }
        finally
        {
            await run.Out.DisposeAsync();
        }
    }

    /// <summary>The words and options of a command; null when they do not fit.</summary>
    private static CommandRun? Read(Command command, IEnumerable<string> args, IServiceProvider services, Stream output, TextWriter error)
    {
        var words = new List<string>();
        var options = new Dictionary<string, string>(StringComparer.Ordinal);
        using var rest = args.GetEnumerator();
        while (rest.MoveNext())
        {
            var arg = rest.Current;
            if (!arg.StartsWith("--", StringComparison.Ordinal)) words.Add(arg);
            else if (command.Options.Contains(arg)) options[arg] = "";
            else if (arg.IndexOf('=', StringComparison.Ordinal) is var at and > 0 && command.Options.Contains(arg[..(at + 1)])) options[arg[..at]] = arg[(at + 1)..];
            else if (command.Options.Contains(arg + "=") && rest.MoveNext()) options[arg] = rest.Current;
            else return null;
        }
        return words.Count == command.Words ? new CommandRun(services, words, options, output, error) : null;
    }

    /// <summary>Makes the schema of an empty database; refuses one that is not this program's. Null when all is well.</summary>
    private static async Task<int?> PrepareAsync(CommandRun run, CancellationToken ct)
    {
        var contexts = run.Services.GetRequiredService<MarketContexts>();
        switch (await MarketSchema.StateAsync(contexts, ct))
        {
            case SchemaState.Newer:
                await run.Error.WriteLineAsync(run.T["Command.Run.Newer"]);
                return ExitCode.Refused;
            case SchemaState.Older:
                await run.Error.WriteLineAsync(run.T["Command.Run.Older"]);
                return ExitCode.Refused;
            case SchemaState.Empty:
                await MarketSchema.MigrateAsync(contexts, ct);
                return null;
            default:
                return null;
        }
    }

    private static string Usage(IStringLocalizer<Texts> t)
    {
        var rows = All.Select(c => (Line: $"{c.Name} {c.Arguments}".TrimEnd(), What: t[$"Command.Help.{c.GetType().Name}"].Value)).ToList();
        var width = rows.Max(r => r.Line.Length) + 2;
        return $"{t["Command.Help.Usage"]}\n\n{string.Concat(rows.Select(r => $"  {r.Line.PadRight(width)}{r.What}\n"))}\n{t["Command.Help.Settings"]}\n";
    }

    /// <summary>A configuration key has a colon: <c>--Database:Provider=Postgres</c>.</summary>
    private static bool IsSetting(string arg) =>
        arg.StartsWith("--", StringComparison.Ordinal) && arg.IndexOf('=', StringComparison.Ordinal) is var at && arg.AsSpan(0, at < 0 ? arg.Length : at).Contains(':');

    /// <summary>English when the environment says so, else Chinese: a server's bare <c>C</c> says nothing about who reads.</summary>
    private static CultureInfo Language(Func<string, string?> environment)
    {
        var asked = ((string[])["LC_ALL", "LC_MESSAGES", "LANG"]).Select(environment).FirstOrDefault(v => !string.IsNullOrEmpty(v)) ?? "";
        return CultureInfo.GetCultureInfo(asked.StartsWith("en", StringComparison.OrdinalIgnoreCase) ? "en" : "zh-CN");
    }
}
