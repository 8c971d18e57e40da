using Microsoft.EntityFrameworkCore;
using PointsMarket.Areas;
using PointsMarket.Data;
using PointsMarket.Funding;
using PointsMarket.Ledger;

namespace PointsMarket.Import.Steps;

internal sealed record FundRow(string Code, DateOnly Date, string Fund, FundMovementKind Kind, long AmountFen, string? Note) : ImportRow
{
    public override string Reference => Code;

    public override IReadOnlyList<object?> Values => [Code, Date, Fund, Kind, AmountFen, Note];
}

/// <summary>Money of the funds: a grant adds to <c>cash:{fund}</c>, a purchase or an award takes from it.</summary>
internal sealed class FundStep : ImportStep<FundRow>
{
    private static readonly IReadOnlyDictionary<string, FundMovementKind> Kinds = FileWords.Small<FundMovementKind>();

    public override ImportFile File => ImportFile.Funds;

    public override IReadOnlyList<string> Columns { get; } = ["reference", "date", "fund", "kind", "amount_fen", "note"];

    protected override FundRow Parse(Cells cells) => new(
        cells.Code("reference"), cells.Day("date"), cells.Code("fund"), cells.OneOf("kind", Kinds),
        cells.Amount("amount_fen", 1, Posting.MaxAmount), cells.TextOrNull("note", 200));

    protected override Task<List<FundRow>> StoredAsync(MarketDb db, IReadOnlyList<string> references, CancellationToken ct) => db.FundMovements
        .Where(m => references.Contains(m.Reference))
        .Select(m => new FundRow(m.Reference, m.Date, m.Fund, m.Kind, m.AmountFen, m.Note))
        .ToListAsync(ct);

    protected override async Task WriteAsync(ImportRun run, IReadOnlyList<FundRow> rows, CancellationToken ct)
    {
        if (rows.Count == 0) return;
        // The file names no station: there must be exactly one.
        var stations = run.Areas.Values.Where(a => a.Kind == AreaKind.Station).ToList();
        if (stations.Count != 1)
        {
            if (run.Writing || stations.Count > 1) run.Refuse(rows[0], null, ImportReason.StationUnclear);
            return;
        }
        if (!run.Writing) return;
        // Grants first within a day: the bank books them in the morning, and a fund that is paid in and out on one day was covered.
        var ordered = rows.OrderBy(r => r.Date).ThenBy(r => r.Kind).ThenBy(r => r.Reference, StringComparer.Ordinal).ToList();
        await OpenFundsAsync(run, stations[0].Book, ordered.Select(r => r.Fund).Distinct(StringComparer.Ordinal), ct);
        await run.SaveAsync(ordered.Select(r => new FundMovement
        {
            Reference = r.Reference, BookId = stations[0].Book, Date = r.Date, Fund = r.Fund, Kind = r.Kind, AmountFen = r.AmountFen, Note = r.Note,
        }), ct);
        foreach (var row in ordered)
        {
            await run.PostAsync(row, "amount_fen", Request(run, stations[0].Book, row), ct);
            run.Advance(1, ct);
        }
    }

    /// <summary>A fund that the file names and nobody has opened is opened, for every purpose: an administrator restricts it.</summary>
    private static async Task OpenFundsAsync(ImportRun run, int book, IEnumerable<string> codes, CancellationToken ct)
    {
        var known = await run.Db.Funds.Where(f => f.BookId == book).Select(f => f.Code).ToListAsync(ct);
        await run.SaveAsync(codes.Except(known, StringComparer.Ordinal).Select(code => KnownFunds.Of(book, code)), ct);
    }

    private static TransactionRequest Request(ImportRun run, int book, FundRow row)
    {
        var cash = AccountCode.Cash(row.Fund);
        var (kind, posting) = row.Kind switch
        {
            FundMovementKind.Grant => (TransactionKinds.Grant, new Posting(AccountCode.Grant(row.Fund), cash, Asset.Money, row.AmountFen)),
            FundMovementKind.Purchase => (TransactionKinds.Purchase, new Posting(cash, AccountCode.Spent(row.Fund, "purchase"), Asset.Money, row.AmountFen)),
            _ => (TransactionKinds.Award, new Posting(cash, AccountCode.Spent(row.Fund, "award"), Asset.Money, row.AmountFen)),
        };
        return new TransactionRequest
        {
            BookId = book, Key = $"fund:{row.Reference}", Kind = kind, Subject = row.Reference,
            HappenedAt = StationTime.StartOf(row.Date), Actor = run.Actor, Postings = [posting],
        };
    }
}
