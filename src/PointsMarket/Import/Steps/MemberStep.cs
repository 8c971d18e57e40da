using Microsoft.EntityFrameworkCore;
using PointsMarket.Data;
using PointsMarket.Members;

namespace PointsMarket.Import.Steps;

internal sealed record MemberRow(string Code, string Name, MemberKind Kind, string Area, DateOnly Joined, DateOnly? Left) : ImportRow
{
    public override string Reference => Code;

    public override IReadOnlyList<object?> Values => [Code, Name, Kind, Area, Joined, Left];
}

/// <summary>Members. Each new one gets a kiosk number and a card; nobody gets a PIN before an attendant sets it with them.</summary>
internal sealed class MemberStep : ImportStep<MemberRow>
{
    private static readonly IReadOnlyDictionary<string, MemberKind> Kinds = FileWords.Names<MemberKind>();

    public override ImportFile File => ImportFile.Members;

    public override IReadOnlyList<string> Columns { get; } = ["code", "name", "kind", "area", "joined", "left"];

    protected override MemberRow Parse(Cells cells)
    {
        var row = new MemberRow(
            cells.Code("code"), cells.Name("name", 60), cells.OneOf("kind", Kinds), cells.Code("area"), cells.Day("joined"), cells.DayOrNull("left"));
        if (!cells.Failed && row.Left < row.Joined) cells.Refuse("left", ImportReason.TooEarly, $"{row.Left:yyyy-MM-dd}", "joined");
        return row;
    }

    protected override Task<List<MemberRow>> StoredAsync(MarketDb db, IReadOnlyList<string> references, CancellationToken ct) => db.Members
        .Where(m => references.Contains(m.Code))
        .Select(m => new MemberRow(m.Code, m.Name, m.Kind, m.Area.Code, m.Joined, m.Left))
        .ToListAsync(ct);

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
        if (!run.Writing || made.Count == 0) return;
        var numbers = await MemberNumbers.TakeAsync(run.Db, made.Count, ct);
        var cards = await CardNumbers.TakeAsync(run.Db, made.Count, ct);
        var entities = made.Select((m, i) => new Member
        {
            Code = m.Row.Code, Number = numbers[i], Name = m.Row.Name, Kind = m.Row.Kind, AreaId = m.Known.Area.Id,
            Joined = m.Row.Joined, Left = m.Row.Left, CardNumber = cards[i],
        }).ToList();
        await run.SaveAsync(entities, ct);
        for (var i = 0; i < made.Count; i++) made[i].Known.Id = entities[i].Id;
        run.Advance(made.Count, ct);
    }
}
