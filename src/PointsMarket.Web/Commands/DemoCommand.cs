using PointsMarket.Demo;
using PointsMarket.Ledger;

namespace PointsMarket.Web.Commands;

/// <summary><c>demo load</c>: the demo station, without accounts. Exit 1 when the database holds other data.</summary>
internal sealed class DemoCommand : Command
{
    public override string Name => "demo load";

    public override async Task<int> RunAsync(CommandRun run, CancellationToken ct)
    {
        switch (await run.Services.GetRequiredService<LoadDemo>().ExecuteAsync(new LoadDemo.Input { Actor = Actor.System("demo") }, ct))
        {
            case LoadDemo.Loaded loaded:
                await run.Out.WriteLineAsync(run.T["Command.Demo.Loaded", loaded.Rows, loaded.Slips]);
                return ExitCode.Done;
            case LoadDemo.AlreadyLoaded:
                await run.Out.WriteLineAsync(run.T["Command.Demo.AlreadyLoaded"]);
                return ExitCode.Done;
            default:
                await run.Error.WriteLineAsync(run.T["Command.Demo.OtherData"]);
                return ExitCode.Refused;
        }
    }
}
