using Microsoft.EntityFrameworkCore;
using PointsMarket.Areas;
using PointsMarket.Data;
using PointsMarket.Ledger;
using PointsMarket.Market;
using PointsMarket.Sponsors;

namespace PointsMarket.Import.Steps;

internal sealed record DeliveryRow(string Code, DateOnly Date, string? Sponsor, string Outlet, string Sku, int Quantity, DateOnly? Expires) : ImportRow
{
    public override string Reference => Code;

    public override IReadOnlyList<object?> Values => [Code, Date, Sponsor, Outlet, Sku, Quantity, Expires];
}

/// <summary>Goods counted in: <c>sponsor</c> or <c>purchase</c> → <c>shelf</c>.</summary>
internal sealed class DeliveryStep : ImportStep<DeliveryRow>
{
    public override ImportFile File => ImportFile.Deliveries;

    public override IReadOnlyList<string> Columns { get; } = ["reference", "date", "sponsor", "outlet", "sku", "quantity", "expires"];

    protected override DeliveryRow Parse(Cells cells)
    {
        var row = new DeliveryRow(
            cells.Code("reference"), cells.Day("date"), cells.CodeOrNull("sponsor"), cells.Code("outlet"), cells.Code("sku"),
            cells.Number("quantity", 1, 1_000_000), cells.DayOrNull("expires"));
        if (!cells.Failed && row.Expires < row.Date) cells.Refuse("expires", ImportReason.TooEarly, $"{row.Expires:yyyy-MM-dd}", "date");
        return row;
    }

    protected override async Task<List<DeliveryRow>> StoredAsync(MarketDb db, IReadOnlyList<string> references, CancellationToken ct)
    {
        var stored = await db.DeliveryLines.Where(l => references.Contains(l.Delivery.Reference)).Select(l => new
        {
            l.Delivery.Reference, l.Delivery.Date, Sponsor = l.Delivery.Sponsor == null ? null : l.Delivery.Sponsor.Code, Outlet = l.Delivery.Outlet.Code, l.Goods.Sku, l.Accepted, l.Expires,
        }).ToListAsync(ct);
        // One of the desk's, with several lines, is the same as no row of a file.
        return [.. stored.GroupBy(l => l.Reference).Select(g => new DeliveryRow(
            g.Key, g.First().Date, g.First().Sponsor, g.First().Outlet, string.Join('+', g.Select(l => l.Sku)), g.Sum(l => l.Accepted), g.First().Expires))];
    }

    protected override async Task WriteAsync(ImportRun run, IReadOnlyList<DeliveryRow> rows, CancellationToken ct)
    {
        var made = new List<(DeliveryRow Row, Delivery Entity, TransactionRequest Request)>(rows.Count);
        foreach (var row in rows.OrderBy(r => r.Date).ThenBy(r => r.Reference, StringComparer.Ordinal))
        {
            var outlet = run.Find(run.Outlets, ImportFile.Outlets, row, "outlet", row.Outlet);
            var goods = run.Find(run.Goods, ImportFile.Goods, row, "sku", row.Sku);
            var sponsor = row.Sponsor is null ? null : run.Find(run.Sponsors, ImportFile.Sponsors, row, "sponsor", row.Sponsor);
            if (outlet is null || goods is null || (row.Sponsor is not null && sponsor is null)) continue;
            made.Add((row, new Delivery
            {
                Reference = row.Reference, Date = row.Date, SponsorId = sponsor?.Id, OutletId = outlet.Id,
                Lines = { new DeliveryLine { GoodsId = goods.Goods.Id, Accepted = row.Quantity, Expires = row.Expires, ValueFen = goods.Goods.ValueFen } },
            }, new TransactionRequest
            {
                BookId = outlet.Area.Book, Key = $"delivery:{row.Reference}", Kind = TransactionKinds.Delivery, Subject = row.Reference,
                HappenedAt = StationTime.StartOf(row.Date), Actor = run.Actor,
                Postings =
                [
                    new Posting(row.Sponsor is null ? AccountCode.Purchase : AccountCode.Sponsor(row.Sponsor), AccountCode.Shelf(row.Outlet), goods.Goods.Asset, row.Quantity),
                ],
            }));
        }
        if (!run.Writing) return;
        foreach (var (row, delivery, request) in made)
        {
            var posted = await run.PostAsync(row, "quantity", request, new LotTerms { Expires = [row.Expires] }, ct);
            if (posted.Outcome == PostOutcome.Posted) delivery.Lines[0].LotId = (await run.Db.LotsOfAsync(request.BookId, posted.Sequence, ct))[0];
            run.Advance(1, ct);
        }
        if (run.Writing) await run.SaveAsync(made.Select(m => m.Entity), ct);
    }
}
