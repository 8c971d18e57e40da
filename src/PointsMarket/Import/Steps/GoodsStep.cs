using Microsoft.EntityFrameworkCore;
using PointsMarket.Data;
using PointsMarket.Market;

namespace PointsMarket.Import.Steps;

internal sealed record GoodsRow(string Sku, string NameZh, string NameEn, string Unit, int Points, int ValueFen, GoodsKind Kind, int? Limit) : ImportRow
{
    public override string Reference => Sku;

    public override IReadOnlyList<object?> Values => [Sku, NameZh, NameEn, Unit, Points, ValueFen, Kind, Limit];
}

/// <summary>Articles. The shelf at the kiosk and the drawing are told by the name.</summary>
internal sealed class GoodsStep : ImportStep<GoodsRow>
{
    private const int LongestSku = 32;

    private static readonly IReadOnlyDictionary<string, GoodsKind> Kinds = FileWords.Small<GoodsKind>();

    public override ImportFile File => ImportFile.Goods;

    public override IReadOnlyList<string> Columns { get; } = ["sku", "name_zh", "name_en", "unit", "points", "value_fen", "kind", "limit_per_member_month"];

    protected override GoodsRow Parse(Cells cells)
    {
        var row = new GoodsRow(
            cells.Code("sku"), cells.Name("name_zh", 60), cells.Name("name_en", 60), cells.Name("unit", 10), cells.Number("points", 1, 1_000_000),
            cells.Number("value_fen", 0, 100_000_000), cells.OneOf("kind", Kinds), cells.NumberOrNull("limit_per_member_month", 1, 10_000));
        if (!cells.Failed && row.Sku.Length > LongestSku) cells.Refuse("sku", ImportReason.TooLong, row.Sku, $"{LongestSku}");
        return row;
    }

    protected override Task<List<GoodsRow>> StoredAsync(MarketDb db, IReadOnlyList<string> references, CancellationToken ct) => db.Goods
        .Where(g => references.Contains(g.Sku))
        .Select(g => new GoodsRow(g.Sku, g.NameZh, g.NameEn, g.Unit, g.Points, g.ValueFen, g.Kind, g.LimitPerMemberMonth))
        .ToListAsync(ct);

    protected override async Task WriteAsync(ImportRun run, IReadOnlyList<GoodsRow> rows, CancellationToken ct)
    {
        var made = new List<Goods>(rows.Count);
        foreach (var row in rows)
        {
            var (picture, section) = GoodsPictures.For(row.Kind, row.Sku, row.NameZh, row.NameEn);
            made.Add(new Goods
            {
                Sku = row.Sku, NameZh = row.NameZh, NameEn = row.NameEn, Unit = row.Unit, Points = row.Points, ValueFen = row.ValueFen,
                Kind = row.Kind, LimitPerMemberMonth = row.Limit, Section = section, Picture = picture,
            });
            run.Goods[row.Sku] = new KnownGoods(made[^1]);
        }
        if (!run.Writing) return;
        await run.SaveAsync(made, ct);
        run.Advance(made.Count, ct);
    }
}
