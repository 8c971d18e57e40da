using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using PointsMarket.Data;
using PointsMarket.Ledger;
using PointsMarket.Market;

namespace PointsMarket.Web.Commands;

/// <summary><c>verify [--json]</c>: proves every book from its entries up, and the lots against them. Exit 1 if anything is off.</summary>
internal sealed class VerifyCommand : Command
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true, NewLine = "\n", Converters = { new JsonStringEnumConverter() }, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public override string Name => "verify";

    public override string Arguments => "[--json]";

    public override IReadOnlyList<string> Options => ["--json"];

    public override async Task<int> RunAsync(CommandRun run, CancellationToken ct)
    {
        var verifier = run.Services.GetRequiredService<LedgerVerifier>();
        var reports = await verifier.VerifyAsync(run.Services.GetRequiredService<MarketDb>(), null, ct);
        var lots = await run.Services.GetRequiredService<CheckLots>().ExecuteAsync(ct);
        var clean = reports.All(r => r.IsClean) && lots.Count == 0;
        if (run.Has("--json"))
        {
            await run.Out.WriteLineAsync(JsonSerializer.Serialize(new
            {
                Clean = clean,
                Books = reports.Select(r => new { r.Book, r.Transactions, r.Entries, r.Outstanding, r.FirstBad, r.Findings, r.Head }),
                Lots = lots,
            }, Json));
            return clean ? ExitCode.Done : ExitCode.Refused;
        }
        foreach (var report in reports)
        {
            await run.Out.WriteLineAsync(run.T["Command.Verify.Book", report.Book, report.Transactions, report.Entries]);
            foreach (var f in report.Findings)
                await run.Out.WriteLineAsync(run.T["Command.Verify.Finding", f.Sequence is { } s ? s.ToString(System.Globalization.CultureInfo.InvariantCulture) : "–", run.T[$"Verify.Fault.{f.Fault}"].Value, f.Where]);
        }
        foreach (var f in lots) await run.Out.WriteLineAsync(run.T[$"Lots.Fault.{f.Fault}", f.Where, f.Book, f.Lots]);
        await run.Out.WriteLineAsync(run.T[clean ? "Command.Verify.Clean" : "Command.Verify.Off"]);
        return clean ? ExitCode.Done : ExitCode.Refused;
    }
}
