using Microsoft.EntityFrameworkCore;
using PointsMarket.Areas;
using PointsMarket.Data;
using PointsMarket.Ledger;
using PointsMarket.Market;

namespace PointsMarket.Import.Steps;

internal sealed record RedemptionRow(string Code, string Member, string Outlet, DateTime HappenedAt, string Sku, int Quantity) : ImportRow
{
    public override string Reference => Code;

    public override IReadOnlyList<object?> Values => [Code, Member, Outlet, HappenedAt, Sku, Quantity];
}

/// <summary>
/// Redemptions of the past, already handed over: <c>member → redeemed</c> and <c>shelf → handed-out</c> at once, at the
/// article's price, without the hold that the kiosk makes.
/// </summary>
internal sealed class RedemptionStep : ImportStep<RedemptionRow>
{
    public override ImportFile File => ImportFile.Redemptions;

    public override IReadOnlyList<string> Columns { get; } = ["reference", "member", "outlet", "happened_at", "sku", "quantity"];

    protected override RedemptionRow Parse(Cells cells) => new(
        cells.Code("reference"), cells.Code("member"), cells.Code("outlet"), cells.Time("happened_at"), cells.Code("sku"), cells.Number("quantity", 1, 1000));

    protected override async Task<List<RedemptionRow>> StoredAsync(MarketDb db, IReadOnlyList<string> references, CancellationToken ct)
    {
        var stored = await db.Redemptions.Where(r => references.Contains(r.Reference))
            .Select(r => new
            {
                r.Reference, Member = r.Member == null ? "" : r.Member.Code, Outlet = r.Outlet.Code, r.HappenedAt,
                Lines = r.Lines.Select(l => new { l.Goods.Sku, l.Quantity }).ToList(),
            }).ToListAsync(ct);
        // One of the kiosk's, with several articles, is the same as no row of a file.
        return [.. stored.Select(r => new RedemptionRow(
            r.Reference, r.Member, r.Outlet, r.HappenedAt, string.Join('+', r.Lines.Select(l => l.Sku)), r.Lines.Sum(l => l.Quantity)))];
    }

    protected override async Task WriteAsync(ImportRun run, IReadOnlyList<RedemptionRow> rows, CancellationToken ct)
    {
        var made = new List<(RedemptionRow Row, Redemption Entity, TransactionRequest Request)>(rows.Count);
        foreach (var row in rows.OrderBy(r => r.HappenedAt).ThenBy(r => r.Reference, StringComparer.Ordinal))
        {
            if (Resolve(run, row) is { } found) made.Add((row, found.Redemption, found.Request));
        }
        if (!run.Writing) return;
        await run.SaveAsync(made.Select(m => m.Entity), ct);
        foreach (var (row, _, request) in made)
        {
            await run.PostAsync(row, null, request, new LotTerms { AsOf = StationTime.Day(row.HappenedAt) }, ct);
            run.Advance(1, ct);
        }
    }

    private static (Redemption Redemption, TransactionRequest Request)? Resolve(ImportRun run, RedemptionRow row)
    {
        var member = run.Member(row, "member", row.Member);
        var outlet = run.Find(run.Outlets, ImportFile.Outlets, row, "outlet", row.Outlet);
        var goods = run.Find(run.Goods, ImportFile.Goods, row, "sku", row.Sku)?.Goods;
        if (member is null || outlet is null || goods is null) return null;
        if (outlet.Area.Station != member.Area.Station)
        {
            run.Refuse(row, "outlet", ImportReason.OtherStation, row.Outlet);
            return null;
        }
        var points = checked(goods.Points * row.Quantity);
        var redemption = new Redemption
        {
            Reference = row.Reference, MemberId = member.Id, OutletId = outlet.Id, State = RedemptionState.HandedOver, Points = points,
            HappenedAt = row.HappenedAt, ExpiresAt = row.HappenedAt + Redemption.Waits, EndedAt = row.HappenedAt, EndedBy = run.Actor.Code,
        };
        redemption.Lines.Add(new RedemptionLine { GoodsId = goods.Id, Quantity = row.Quantity, PointsEach = goods.Points });
        return (redemption, new TransactionRequest
        {
            BookId = outlet.Area.Book, Key = $"redemption:{row.Reference}", Kind = TransactionKinds.HandOver, Subject = row.Reference,
            HappenedAt = row.HappenedAt, Actor = run.Actor,
            Postings =
            [
                new Posting(AccountCode.Member(row.Member), AccountCode.Redeemed, Asset.Points, points),
                new Posting(AccountCode.Shelf(row.Outlet), AccountCode.HandedOut, goods.Asset, row.Quantity),
            ],
        });
    }
}
