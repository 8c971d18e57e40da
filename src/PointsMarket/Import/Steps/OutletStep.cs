using Microsoft.EntityFrameworkCore;
using PointsMarket.Data;
using PointsMarket.Market;

namespace PointsMarket.Import.Steps;

internal sealed record OutletRow(string Code, string Name, string Area) : ImportRow
{
    public override string Reference => Code;

    public override IReadOnlyList<object?> Values => [Code, Name, Area];
}

/// <summary>Outlets.</summary>
internal sealed class OutletStep : ImportStep<OutletRow>
{
    public override ImportFile File => ImportFile.Outlets;

    public override IReadOnlyList<string> Columns { get; } = ["code", "name", "area"];

    protected override OutletRow Parse(Cells cells) => new(cells.Code("code"), cells.Name("name", 100), cells.Code("area"));

    protected override Task<List<OutletRow>> StoredAsync(MarketDb db, IReadOnlyList<string> references, CancellationToken ct) => db.Outlets
        .Where(o => references.Contains(o.Code)).Select(o => new OutletRow(o.Code, o.Name, o.Area.Code)).ToListAsync(ct);

    protected override async Task WriteAsync(ImportRun run, IReadOnlyList<OutletRow> rows, CancellationToken ct)
    {
        var made = new List<(Outlet Entity, KnownOutlet Known)>(rows.Count);
        foreach (var row in rows)
        {
            if (run.Area(row, "area", row.Area) is not { } area) continue;
            var known = new KnownOutlet { Area = area };
            run.Outlets[row.Code] = known;
            made.Add((new Outlet { Code = row.Code, Name = row.Name, AreaId = area.Id }, known));
        }
        if (!run.Writing) return;
        await run.SaveAsync(made.Select(m => m.Entity), ct);
        foreach (var (entity, known) in made) known.Id = entity.Id;
        run.Advance(made.Count, ct);
    }
}
