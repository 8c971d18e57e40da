using Microsoft.Extensions.Localization;
using PointsMarket.Web.Text;

namespace PointsMarket.Web.Commands;

/// <summary>One command. Results go to <see cref="CommandRun.Out"/>, words about progress to <see cref="CommandRun.Error"/>.</summary>
internal abstract class Command
{
    /// <summary>What is typed: <c>import</c>, <c>admin create</c>.</summary>
    public abstract string Name { get; }

    /// <summary>What comes after it, such as <c>PATH [--preview]</c>; empty for nothing.</summary>
    public virtual string Arguments => "";

    /// <summary>The options it takes, such as <c>--csv</c>; one ending in <c>=</c> takes a value.</summary>
    public virtual IReadOnlyList<string> Options => [];

    /// <summary>How many words without dashes it takes.</summary>
    public virtual int Words => 0;

    /// <summary>True for the one command that itself brings the schema up to date.</summary>
    public virtual bool Migrates => false;

    /// <summary>True for a command that wants the database to itself, and looks at its schema by itself.</summary>
    public virtual bool IsAlone => false;

    /// <summary>Runs it; the exit code (<see cref="ExitCode"/>).</summary>
    public abstract Task<int> RunAsync(CommandRun run, CancellationToken ct);
}

/// <summary>What a process ends with. Source: FORMATS.</summary>
internal static class ExitCode
{
    public const int Done = 0;

    public const int Refused = 1;

    public const int WrongUsage = 2;
}

/// <summary>What a command runs with.</summary>
internal sealed class CommandRun(IServiceProvider services, IReadOnlyList<string> words, IReadOnlyDictionary<string, string> options, Stream output, TextWriter error)
{
    /// <summary>A scope of the command's own.</summary>
    public IServiceProvider Services => services;

    /// <summary>The arguments without dashes.</summary>
    public IReadOnlyList<string> Words => words;

    /// <summary>Progress and refusals.</summary>
    public TextWriter Error => error;

    /// <summary>Results: UTF-8 without a mark, lines ended by LF on every system, so that two files can be compared to the byte.</summary>
    public StreamWriter Out { get; } = new(output, new System.Text.UTF8Encoding(false), leaveOpen: true) { NewLine = "\n" };

    /// <summary>The words of the language that the environment asks for.</summary>
    public IStringLocalizer<Texts> T { get; } = services.GetRequiredService<IStringLocalizer<Texts>>();

    /// <summary>True if the option was given.</summary>
    public bool Has(string option) => options.ContainsKey(option);

    /// <summary>The value of an option, or null.</summary>
    public string? Value(string option) => options.GetValueOrDefault(option);
}
