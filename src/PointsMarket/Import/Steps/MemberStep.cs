using Microsoft.EntityFrameworkCore;
using PointsMarket.Data;
using PointsMarket.Members;

namespace PointsMarket.Import.Steps;

internal sealed record MemberRow(string Code, string Name, MemberKind Kind, string Area, DateOnly Joined, DateOnly? Left) : ImportRow
{
    public override string Reference => Code;

    public override IReadOnlyList<object?> Values => [Code, Name, Kind, Area, Joined, Left];

    public bool IsSecret => Kind == MemberKind.Informant;
}

/// <summary>
/// Members. Each new one gets a kiosk number and a card; nobody gets a PIN before an attendant sets it with them. The names of
/// informants are sealed before they are written, and compared with what is sealed in memory.
/// </summary>
internal sealed class MemberStep : ImportStep<MemberRow>
{
    private static readonly IReadOnlyDictionary<string, MemberKind> Kinds = FileWords.Names<MemberKind>();

    public override ImportFile File => ImportFile.Members;

    public override IReadOnlyList<string> Columns { get; } = ["code", "name", "kind", "area", "joined", "left"];

    protected override MemberRow Parse(Cells cells)
    {
        var row = new MemberRow(
            cells.Code("code"), cells.Name("name", 60, secret: cells.Is("kind", nameof(MemberKind.Informant))), cells.OneOf("kind", Kinds), cells.Code("area"), cells.Day("joined"), cells.DayOrNull("left"));
        if (!cells.Failed && row.Left < row.Joined) cells.Refuse("left", ImportReason.TooEarly, $"{row.Left:yyyy-MM-dd}", "joined");
        return row;
    }

    protected override Task<List<MemberRow>> StoredAsync(MarketDb db, IReadOnlyList<string> references, CancellationToken ct) => db.Members
        .Where(m => references.Contains(m.Code))
        .Select(m => new MemberRow(m.Code, m.Name, m.Kind, m.Area.Code, m.Joined, m.Left))
        .ToListAsync(ct);

    protected override async Task<List<MemberRow>> OpenedAsync(ImportRun run, List<MemberRow> stored, CancellationToken ct)
    {
        var codes = stored.Where(r => r.IsSecret).Select(r => r.Code).ToList();
        if (codes.Count == 0) return stored;
        var names = await (
            from m in run.Db.Members
            join s in run.Db.SealedIdentities on m.Id equals s.MemberId
            where codes.Contains(m.Code)
            select new { m.Code, s.Name }).ToDictionaryAsync(s => s.Code, s => s.Name, StringComparer.Ordinal, ct);
        // One that is not sealed yet stands in the row as it is; one that does not open is like no name.
        return [.. stored.Select(r => names.TryGetValue(r.Code, out var closed) ? r with { Name = run.Seal.Open(closed, SealedIdentity.PlaceOf(r.Code)) ?? "" } : r)];
    }

    protected override ImportReason DifferenceOf(MemberRow stored, int column) =>
        stored.IsSecret && column == 1 && stored.Name.Length == 0 ? ImportReason.NoSealKey : ImportReason.DiffersFromStored;

    protected override bool Secret(MemberRow row, int column) => row.IsSecret && column == 1;

    protected override async Task WriteAsync(ImportRun run, IReadOnlyList<MemberRow> rows, CancellationToken ct)
    {
        var made = new List<(MemberRow Row, KnownMember Known)>(rows.Count);
        foreach (var row in rows)
        {
            if (run.Area(row, "area", row.Area) is not { } area) continue;
            var known = new KnownMember { Area = area };
            run.Members[row.Code] = known;
            made.Add((row, known));
        }
        var closed = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        foreach (var (row, _) in made.Where(m => m.Row.IsSecret))
        {
            if (run.Seal.Close(row.Name, SealedIdentity.PlaceOf(row.Code)) is { } name) closed[row.Code] = name;
            else run.Refuse(row, "name", ImportReason.NoSealKey, Cells.Withheld);
        }
        if (!run.Writing || made.Count == 0) return;
        var numbers = await MemberNumbers.TakeAsync(run.Db, made.Count, ct);
        var cards = await CardNumbers.TakeAsync(run.Db, made.Count, ct);
        var entities = made.Select((m, i) => new Member
        {
            Code = m.Row.Code, Number = numbers[i], Name = m.Row.IsSecret ? m.Row.Code : m.Row.Name, Kind = m.Row.Kind, AreaId = m.Known.Area.Id,
            Joined = m.Row.Joined, Left = m.Row.Left, CardNumber = cards[i],
        }).ToList();
        await run.SaveAsync(entities, ct);
        await run.SaveAsync(entities.Where(e => closed.ContainsKey(e.Code)).Select(e => new SealedIdentity { MemberId = e.Id, Name = closed[e.Code] }), ct);
        for (var i = 0; i < made.Count; i++) made[i].Known.Id = entities[i].Id;
        run.Advance(made.Count, ct);
    }
}
