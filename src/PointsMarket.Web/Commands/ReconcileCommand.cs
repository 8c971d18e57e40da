using System.Text.Json;
using PointsMarket.Areas;
using PointsMarket.Import;
using PointsMarket.Ledger;
using PointsMarket.Reconciliations;
using PointsMarket.Web.Shared;

namespace PointsMarket.Web.Commands;

/// <summary><c>reconcile YYYY-MM --bank FILE --stocktake FILE [--json]</c>: the month's books, money, goods and cards, as the page does.</summary>
internal sealed class ReconcileCommand : Command
{
    private const string Bank = "--bank=";
    private const string Stocktake = "--stocktake=";

    public override string Name => "reconcile";

    public override string Arguments => "YYYY-MM --bank FILE --stocktake FILE [--json]";

    public override IReadOnlyList<string> Options => [Bank, Stocktake, "--json", StationOption.Name];

    public override int Words => 1;

    public override async Task<int> RunAsync(CommandRun run, CancellationToken ct)
    {
        if (StationMonth.Parse(run.Words[0]) is not { } month)
        {
            await run.Error.WriteLineAsync(run.T["Command.Station.BadMonth", run.Words[0]]);
            return ExitCode.WrongUsage;
        }
        var sources = new List<ImportSource>();
        foreach (var option in (string[])[Bank, Stocktake])
        {
            var file = run.Value(option.TrimEnd('=')) is { } typed ? ImportCommand.Resolve(typed) : null;
            if (!File.Exists(file))
            {
                await run.Error.WriteLineAsync(run.T["Command.Reconcile.NoFile", option.TrimEnd('='), file ?? "–"]);
                return ExitCode.WrongUsage;
            }
            sources.AddRange(ImportSource.FromPath(file, out _));
        }
        if (await StationOption.PathAsync(run, ct) is not { } path) return ExitCode.Refused;
        var outcome = await run.Services.GetRequiredService<ReconcileMonth>().ExecuteAsync(
            new ReconcileMonth.Input { Month = month, Bank = sources[0], Stocktake = sources[1], Actor = Actor.System("command"), AreaPath = path }, ct);
        switch (outcome)
        {
            case ReconcileMonth.Reconciled { Found: var found }:
                if (run.Has("--json")) await WriteJsonAsync(run.Out, found);
                else await WriteAsync(run, found);
                return ExitCode.Done;
            case ReconcileMonth.Refused refused:
                var words = new ImportWords(run.T);
                foreach (var problem in refused.Problems) await run.Error.WriteLineAsync(words.Line(problem));
                await run.Error.WriteLineAsync(run.T["Command.Reconcile.Refused", refused.ProblemCount]);
                return ExitCode.Refused;
            default:
                await run.Error.WriteLineAsync(run.T["Command.Assess.MonthNotOver", run.Words[0]]);
                return ExitCode.Refused;
        }
    }

    /// <summary>Keys, nesting and order of FORMATS.</summary>
    private static async Task WriteJsonAsync(StreamWriter to, Reconciliation found)
    {
        var json = JsonSerializer.Serialize(new
        {
            month = StationMonth.Text(found.Month),
            matched = found.Matched,
            money = found.Discrepancies.Where(d => d.Kind is DiscrepancyKind.AmountDiffers or DiscrepancyKind.BankOnly or DiscrepancyKind.LedgerOnly)
                .Select(d => new { kind = d.Kind.Word(), fund = d.Place, reference = d.Item, bank = d.Outside, ledger = d.Book }),
            goods = found.Discrepancies.Where(d => d.Kind == DiscrepancyKind.CountDiffers)
                .Select(d => new { outlet = d.Place, sku = d.Item, book = d.Book, counted = d.Outside, difference = d.Difference }),
        }, Json);
        await to.WriteLineAsync(json);
    }

    private static readonly JsonSerializerOptions Json = new()
    {
        WriteIndented = true, IndentSize = 1, NewLine = "\n", Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private static async Task WriteAsync(CommandRun run, Reconciliation found)
    {
        var words = new DiscrepancyText(run.T);
        await run.Out.WriteLineAsync(run.T["Command.Reconcile.Matched", found.BankLines, found.Movements, found.Matched, found.Shelves]);
        foreach (var d in found.Discrepancies) await run.Out.WriteLineAsync(words.Line(d));
        await run.Out.WriteLineAsync(found.Cover.Ratio is { } ratio
            ? run.T["Command.Reconcile.Cover", DiscrepancyText.Percent(ratio), Ui.Yuan(found.Cover.AssetsFen), Ui.Yuan(found.Cover.PointsFen)]
            : run.T["Command.Reconcile.NoPoints"]);
        await run.Out.WriteLineAsync(found.Discrepancies.Count == 0 ? run.T["Command.Reconcile.Balanced"] : run.T["Command.Reconcile.Off", found.Discrepancies.Count]);
    }
}
