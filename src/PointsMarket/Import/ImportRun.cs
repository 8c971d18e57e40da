using Microsoft.EntityFrameworkCore;
using PointsMarket.Areas;
using PointsMarket.Data;
using PointsMarket.Ledger;
using PointsMarket.Market;
using PointsMarket.Sealing;
using PointsMarket.Tasks;

namespace PointsMarket.Import;

/// <summary>An area that rows may name. The id is 0 until it is written.</summary>
internal sealed class KnownArea
{
    public int Id { get; set; }
    public int Book { get; set; }
    public required AreaKind Kind { get; init; }
    public required string Path { get; init; }

    /// <summary>The code of the station it belongs to.</summary>
    public string Station => Path[..Path.IndexOf('/', StringComparison.Ordinal)];
}

/// <summary>A member that rows may name.</summary>
internal sealed class KnownMember
{
    public int Id { get; set; }
    public required KnownArea Area { get; init; }
}

/// <summary>An article that rows may name.</summary>
internal sealed record KnownGoods(Goods Goods);

/// <summary>A sponsor that rows may name.</summary>
internal sealed class KnownSponsor
{
    public int Id { get; set; }
}

/// <summary>An outlet that rows may name.</summary>
internal sealed class KnownOutlet
{
    public int Id { get; set; }
    public required KnownArea Area { get; init; }
}

/// <summary>
/// One import inside the door: what rows may name, what is wrong, how far it is. Steps go on checking after something was wrong,
/// so that everything is named, but then write no more; the operation is rolled back at the end.
/// </summary>
internal sealed class ImportRun(MarketDb db, LotBook lots, Seal seal, Actor actor, ImportProblems problems, IReadOnlyList<ParsedFile> files, IProgress<ImportProgress>? progress)
{
    private const int ReportEvery = 50;

    private readonly Dictionary<ImportFile, HashSet<string>> spoiled = files.ToDictionary(f => f.File, f => f.Spoiled.ToHashSet(StringComparer.Ordinal));
    private readonly HashSet<ImportFile> torn = [.. files.Where(f => !f.Whole).Select(f => f.File)];
    private readonly int total = files.Sum(f => f.Rows.Count);
    private ParsedFile file = files[0];
    private int done;
    private int reported;

    public MarketDb Db => db;

    public Actor Actor => actor;

    public Seal Seal => seal;

    public ImportProblems Problems => problems;

    /// <summary>False once anything was wrong: check on, write nothing.</summary>
    public bool Writing => problems.Count == 0;

    /// <summary>Rows of the file at hand that are done.</summary>
    public int Advanced { get; private set; }

    public Dictionary<string, KnownArea> Areas { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, KnownMember> Members { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, KnownGoods> Goods { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, KnownSponsor> Sponsors { get; } = new(StringComparer.Ordinal);

    /// <summary>The categories of the rule book, in its order.</summary>
    public IReadOnlyList<string> Categories { get; private set; } = [];

    public Dictionary<string, KnownOutlet> Outlets { get; } = new(StringComparer.Ordinal);

    /// <summary>Loads what is in the database already.</summary>
    public async Task LoadAsync(CancellationToken ct)
    {
        var areas = new Dictionary<int, KnownArea>();
        foreach (var a in await db.Areas.Select(a => new { a.Id, a.Code, a.Kind, a.Path, a.BookId }).ToListAsync(ct))
            Areas[a.Code] = areas[a.Id] = new KnownArea { Id = a.Id, Kind = a.Kind, Path = a.Path, Book = a.BookId };
        foreach (var m in await db.Members.Select(m => new { m.Id, m.Code, m.AreaId }).ToListAsync(ct))
            Members[m.Code] = new KnownMember { Id = m.Id, Area = areas[m.AreaId] };
        foreach (var g in await db.Goods.AsNoTracking().ToListAsync(ct)) Goods[g.Sku] = new KnownGoods(g);
        foreach (var s in await db.Sponsors.Select(s => new { s.Id, s.Code }).ToListAsync(ct)) Sponsors[s.Code] = new KnownSponsor { Id = s.Id };
        Categories = await TaskCategory.CodesAsync(db, ct);
        foreach (var o in await db.Outlets.Select(o => new { o.Id, o.Code, o.AreaId }).ToListAsync(ct))
            Outlets[o.Code] = new KnownOutlet { Id = o.Id, Area = areas[o.AreaId] };
    }

    /// <summary>Turns to a file.</summary>
    public void Turn(ParsedFile next, ImportStep step)
    {
        (file, Advanced) = (next, 0);
        progress?.Report(new ImportProgress(step.FileName, done, total));
    }

    public void Refuse(ImportRow row, string? column, ImportReason reason, string? value = null, string? detail = null)
    {
        spoiled[file.File].Add(row.Reference);
        problems.Add(file.Name, row.Row, column, reason, value, detail);
    }

    /// <summary>Gives a row up because what it names is bad itself, and was said to be.</summary>
    public void GiveUp(ImportRow row) => spoiled[file.File].Add(row.Reference);

    public bool IsBad(ImportRow row) => problems.Has(file.Name, row.Row) || spoiled[file.File].Contains(row.Reference);

    /// <summary>What a code of the row stands for; null when it is unknown (which is put down) or bad itself.</summary>
    public T? Find<T>(Dictionary<string, T> known, ImportFile kind, ImportRow row, string column, string code)
        where T : class
    {
        if (known.TryGetValue(code, out var found)) return found;
        if (torn.Contains(kind) || (spoiled.TryGetValue(kind, out var bad) && bad.Contains(code))) GiveUp(row);
        else Refuse(row, column, ImportReason.UnknownCode, code);
        return null;
    }

    public KnownArea? Area(ImportRow row, string column, string code) => Find(Areas, ImportFile.Areas, row, column, code);

    public KnownMember? Member(ImportRow row, string column, string code) => Find(Members, ImportFile.Members, row, column, code);

    /// <summary>
    /// Posts a row's transaction. A shortage makes the row bad; the others are tried all the same, so that every one is named.
    /// </summary>
    public Task<PostResult> PostAsync(ImportRow row, string? column, TransactionRequest request, CancellationToken ct) => PostAsync(row, column, request, LotTerms.None, ct);

    /// <inheritdoc cref="PostAsync(ImportRow, string, TransactionRequest, CancellationToken)"/>
    public async Task<PostResult> PostAsync(ImportRow row, string? column, TransactionRequest request, LotTerms terms, CancellationToken ct)
    {
        var result = await lots.PostAsync(db, request, terms, ct);
        if (result.Stands) return result;
        var (reason, detail) = result.Short is not { } shortage
            ? (result.Outcome == PostOutcome.PeriodClosed ? ImportReason.MonthClosed : ImportReason.DiffersFromStored, null)
            : (shortage.Account.Class switch
            {
                "member" => ImportReason.NotEnoughPoints,
                "shelf" => ImportReason.NotEnoughGoods,
                _ => ImportReason.NotEnoughMoney,
            }, shortage.Missing.ToString(System.Globalization.CultureInfo.InvariantCulture));
        Refuse(row, column, reason, row.Reference, detail);
        return result;
    }

    /// <summary>So many rows more are done. Throws when the import was cancelled.</summary>
    public void Advance(int rows, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        done += rows;
        Advanced += rows;
        if (done - reported < ReportEvery && done < total) return;
        reported = done;
        progress?.Report(new ImportProgress(file.Name, done, total));
    }

    /// <summary>Saves new entities a chunk at a time and lets go of them.</summary>
    public async Task SaveAsync<T>(IEnumerable<T> entities, CancellationToken ct)
        where T : class
    {
        foreach (var chunk in entities.Chunk(500))
        {
            db.AddRange(chunk.Cast<object>());
            await db.SaveChangesAsync(ct);
            db.ChangeTracker.Clear();
            ct.ThrowIfCancellationRequested();
        }
    }
}
