using Microsoft.EntityFrameworkCore;
using PointsMarket.Areas;
using PointsMarket.Data;
using PointsMarket.Ledger;

namespace PointsMarket.Import.Steps;

internal sealed record AreaRow(string Code, string Name, AreaKind Kind, string? Parent, int Households, int Residents) : ImportRow
{
    public override string Reference => Code;

    public override IReadOnlyList<object?> Values => [Code, Name, Kind, Parent, Households, Residents];
}

/// <summary>Areas, from the station down. A station opens its ledger book.</summary>
internal sealed class AreaStep : ImportStep<AreaRow>
{
    private static readonly IReadOnlyDictionary<string, AreaKind> Kinds = FileWords.Names<AreaKind>();

    public override ImportFile File => ImportFile.Areas;

    public override IReadOnlyList<string> Columns { get; } = ["code", "name", "kind", "parent", "households", "residents"];

    protected override AreaRow Parse(Cells cells)
    {
        var row = new AreaRow(
            cells.Code("code"), cells.Name("name", 100), cells.OneOf("kind", Kinds), cells.CodeOrNull("parent"),
            cells.Number("households", 0, 10_000_000), cells.Number("residents", 0, 100_000_000));
        if (!cells.Failed && (row.Kind == AreaKind.Station) != (row.Parent is null))
            cells.Refuse("parent", row.Parent is null ? ImportReason.Required : ImportReason.BadParent, row.Parent);
        return row;
    }

    protected override Task<List<AreaRow>> StoredAsync(MarketDb db, IReadOnlyList<string> references, CancellationToken ct) => db.Areas
        .Where(a => references.Contains(a.Code))
        .Select(a => new AreaRow(a.Code, a.Name, a.Kind, a.Parent == null ? null : a.Parent.Code, a.Households, a.Residents))
        .ToListAsync(ct);

    protected override async Task WriteAsync(ImportRun run, IReadOnlyList<AreaRow> rows, CancellationToken ct)
    {
        var inFile = rows.Select(r => r.Code).ToHashSet(StringComparer.Ordinal);
        // A parent is of a higher kind, so level by level every parent is known before its children, and no circle can close.
        foreach (var level in rows.GroupBy(r => r.Kind).OrderBy(g => g.Key))
        {
            var made = new List<(Area Entity, KnownArea Known)>();
            foreach (var row in level)
            {
                if (Resolve(run, row, inFile) is { } area) made.Add(area);
            }
            if (!run.Writing) continue;
            if (level.Key == AreaKind.Station)
            {
                foreach (var (entity, known) in made) entity.BookId = known.Book = await Journal.OpenBookAsync(run.Db, entity.Code, ct);
            }
            await run.SaveAsync(made.Select(m => m.Entity), ct);
            foreach (var (entity, known) in made) known.Id = entity.Id;
            run.Advance(made.Count, ct);
        }
    }

    private static (Area, KnownArea)? Resolve(ImportRun run, AreaRow row, HashSet<string> inFile)
    {
        KnownArea? parent = null;
        if (row.Parent is { } code)
        {
            if (!run.Areas.ContainsKey(code) && inFile.Contains(code))
            {
                run.Refuse(row, "parent", ImportReason.BadParent, code);
                return null;
            }
            parent = run.Area(row, "parent", code);
            if (parent is null) return null;
            if (parent.Kind >= row.Kind)
            {
                run.Refuse(row, "parent", ImportReason.BadParent, code);
                return null;
            }
        }
        var known = new KnownArea { Kind = row.Kind, Path = $"{parent?.Path}{row.Code}/", Book = parent?.Book ?? 0 };
        run.Areas[row.Code] = known;
        var entity = new Area
        {
            Code = row.Code, Name = row.Name, Kind = row.Kind, ParentId = parent?.Id, Path = known.Path, BookId = known.Book,
            Households = row.Households, Residents = row.Residents,
        };
        return (entity, known);
    }
}
