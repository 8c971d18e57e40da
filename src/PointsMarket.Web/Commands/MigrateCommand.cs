using PointsMarket.Data;
using PointsMarket.Web.Jobs;
using PointsMarket.Web.Setup;

namespace PointsMarket.Web.Commands;

/// <summary><c>migrate</c>: makes the schema, or brings it up to date.</summary>
internal sealed class MigrateCommand : Command
{
    public override string Name => "migrate";

    public override bool Migrates => true;

    public override async Task<int> RunAsync(CommandRun run, CancellationToken ct)
    {
        var contexts = run.Services.GetRequiredService<MarketContexts>();
        switch (await MarketSchema.StateAsync(contexts, ct))
        {
            case SchemaState.Newer:
                await run.Error.WriteLineAsync(run.T["Command.Run.Newer"]);
                return ExitCode.Refused;
            case SchemaState.Current:
                await JobsSetup.MakeTablesAsync(contexts.Storage, ct);
                await run.Services.SealNamesAsync(ct);
                await run.Services.GiveLotsAsync(ct);
                await run.Out.WriteLineAsync(run.T["Command.Migrate.Current"]);
                return ExitCode.Done;
            default:
                await MarketSchema.MigrateAsync(contexts, ct);
                await JobsSetup.MakeTablesAsync(contexts.Storage, ct);
                await run.Services.SealNamesAsync(ct);
                await run.Services.GiveLotsAsync(ct);
                await run.Out.WriteLineAsync(run.T["Command.Migrate.Done"]);
                return ExitCode.Done;
        }
    }
}
