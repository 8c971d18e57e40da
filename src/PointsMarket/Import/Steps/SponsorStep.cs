using Microsoft.EntityFrameworkCore;
using PointsMarket.Data;
using PointsMarket.Sponsors;

namespace PointsMarket.Import.Steps;

internal sealed record SponsorRow(string Code, string Name) : ImportRow
{
    public override string Reference => Code;

    public override IReadOnlyList<object?> Values => [Code, Name];
}

/// <summary>Sponsor firms.</summary>
internal sealed class SponsorStep : ImportStep<SponsorRow>
{
    public override ImportFile File => ImportFile.Sponsors;

    public override IReadOnlyList<string> Columns { get; } = ["code", "name"];

    protected override SponsorRow Parse(Cells cells) => new(cells.Code("code"), cells.Name("name", 100));

    protected override Task<List<SponsorRow>> StoredAsync(MarketDb db, IReadOnlyList<string> references, CancellationToken ct) => db.Sponsors
        .Where(s => references.Contains(s.Code)).Select(s => new SponsorRow(s.Code, s.Name)).ToListAsync(ct);

    protected override async Task WriteAsync(ImportRun run, IReadOnlyList<SponsorRow> rows, CancellationToken ct)
    {
        foreach (var row in rows) run.Sponsors[row.Code] = new KnownSponsor();
        if (!run.Writing) return;
        var made = rows.Select(r => new Sponsor { Code = r.Code, Name = r.Name }).ToList();
        await run.SaveAsync(made, ct);
        foreach (var sponsor in made) run.Sponsors[sponsor.Code].Id = sponsor.Id;
        run.Advance(made.Count, ct);
    }
}
