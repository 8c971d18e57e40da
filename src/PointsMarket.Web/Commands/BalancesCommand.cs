using PointsMarket.Data;
using PointsMarket.Members;

namespace PointsMarket.Web.Commands;

/// <summary><c>balances [--csv]</c>: every member's points, by code.</summary>
internal sealed class BalancesCommand : Command
{
    public override string Name => "balances";

    public override string Arguments => "[--csv]";

    public override IReadOnlyList<string> Options => ["--csv"];

    public override async Task<int> RunAsync(CommandRun run, CancellationToken ct)
    {
        var balances = await MemberBalances.AllAsync(run.Services.GetRequiredService<MarketDb>(), ct);
        if (run.Has("--csv"))
        {
            // Codes are of the ledger's alphabet and points are digits: nothing to quote, no formula to guard against.
            await run.Out.WriteLineAsync("member,points");
            foreach (var b in balances) await run.Out.WriteLineAsync($"{b.Code},{b.Points}");
            return ExitCode.Done;
        }
        var width = balances.Select(b => b.Code.Length).DefaultIfEmpty().Max();
        foreach (var b in balances) await run.Out.WriteLineAsync($"{b.Code.PadRight(width)} {b.Points,10}");
        await run.Out.WriteLineAsync(run.T["Command.Balances.Sum", balances.Count, balances.Sum(b => b.Points)]);
        return ExitCode.Done;
    }
}
