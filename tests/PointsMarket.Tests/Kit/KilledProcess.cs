using System.Diagnostics;
using PointsMarket.Data;

namespace PointsMarket.Tests.Kit;

/// <summary>A process of tests/PointsMarket.Killed: redeems until it is killed, and remembers what it said.</summary>
internal sealed class KilledProcess : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private readonly string name;
    private readonly Process process;
    private readonly Task<string> errors;

    /// <summary>Starts it; it loads what it needs and waits for <see cref="RunAsync"/>.</summary>
    public KilledProcess(MarketStorage storage, IEnumerable<string> kiosks, string? killAt = null, int? rounds = null)
    {
        name = killAt ?? "no kill point";
        var start = new ProcessStartInfo(Environment.ProcessPath is { } host && Path.GetFileNameWithoutExtension(host) == "dotnet" ? host : "dotnet")
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        foreach (var argument in (string[])["exec", Path.Combine(AppContext.BaseDirectory, "PointsMarket.Killed.dll"), storage.Provider.ToString(), storage.ConnectionString, .. kiosks])
            start.ArgumentList.Add(argument);
        start.Environment["DOTNET_TC_CallCountingDelayMs"] = "FFFF"; // it dies before anything would be worth compiling again
        if (killAt is not null) start.Environment["POINTSMARKET_KILL_AT"] = killAt;
        if (rounds is not null) start.Environment["POINTSMARKET_KILL_AFTER"] = rounds.ToString();
        process = Process.Start(start)!;
        errors = process.StandardError.ReadToEndAsync();
    }

    /// <summary>Lets it run until it ends; where <paramref name="killAfter"/> is given, kills it so long after its first answer. Returns its lines.</summary>
    public async Task<List<string>> RunAsync(TimeSpan? killAfter = null)
    {
        using var patience = new CancellationTokenSource(Patience);
        var said = new List<string>();
        var killing = Task.CompletedTask;
        try
        {
            while (await process.StandardOutput.ReadLineAsync(patience.Token) is { } line)
            {
                if (line == "ready") await process.StandardInput.WriteLineAsync("go");
                said.Add(line);
                if (killAfter is { } wait && killing.IsCompleted && line.StartsWith("answered", StringComparison.Ordinal)) killing = KillAsync(wait);
            }
            await process.WaitForExitAsync(patience.Token);
            await killing;
        }
        catch (OperationCanceledException)
        {
            process.Kill();
            Assert.Fail($"{name}: not at its end after {Patience}: {string.Join('\n', said.TakeLast(5))}\n{await errors}");
        }
        Errors = await errors;
        return said;
    }

    public string Errors { get; private set; } = "";

    /// <summary>137 where it was killed (SIGKILL), 0 where it came to its end.</summary>
    public int ExitCode => process.ExitCode;

    public void Dispose()
    {
        if (!process.HasExited) process.Kill();
        process.Dispose();
    }

    private async Task KillAsync(TimeSpan wait)
    {
        await Task.Delay(wait);
        process.Kill();
    }
}
