using Microsoft.EntityFrameworkCore;
using PointsMarket.Data;
using PointsMarket.Ledger;

namespace PointsMarket.Areas;

/// <summary>
/// Adds an area below another, or changes an area's name and counts. Code and place never change: authority, members and files
/// follow them. A station is opened by import, because it opens a book.
/// </summary>
public sealed class SaveArea(MarketWrites writes, TimeProvider clock)
{
    /// <summary>The highest count; more is a slip of the finger.</summary>
    public const int Most = 1_000_000;

    /// <summary>The area as it is to be.</summary>
    public sealed record Input
    {
        /// <summary>The area to change; null for a new one.</summary>
        public int? AreaId { get; init; }

        /// <summary>The code of a new one.</summary>
        public string? Code { get; init; }

        /// <summary>The area a new one lies in; it is one level below.</summary>
        public int? ParentId { get; init; }

        /// <summary>Its name on screen.</summary>
        public required string Name { get; init; }

        /// <summary>Households, 0 or more.</summary>
        public required int Households { get; init; }

        /// <summary>Residents, 0 or more.</summary>
        public required int Residents { get; init; }

        /// <summary>Who saves it.</summary>
        public required Actor Actor { get; init; }

        /// <summary>The path of the area the actor may act in.</summary>
        public required string AreaPath { get; init; }
    }

    /// <summary>What came of it.</summary>
    public enum Outcome
    {
        /// <summary>Saved.</summary>
        Saved,

        /// <summary>Another area has this code.</summary>
        CodeTaken,

        /// <summary>Not a code that can stand in the files.</summary>
        CodeNotValid,

        /// <summary>A count below 0 or over <see cref="Most"/>.</summary>
        NotACount,

        /// <summary>There is no such area in the actor's, or nothing lies below it.</summary>
        NoSuchArea,
    }

    /// <summary>Saves it.</summary>
    public Task<Outcome> ExecuteAsync(Input input, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(input);
        var wrong =
            input.AreaId is null && !LedgerNames.IsValid(input.Code) ? Outcome.CodeNotValid
            : input.Households is < 0 or > Most || input.Residents is < 0 or > Most ? Outcome.NotACount
            : Outcome.Saved;
        return wrong == Outcome.Saved ? writes.RunAsync(db => RunAsync(db, input), ct) : Task.FromResult(wrong);
    }

    private async Task<Outcome> RunAsync(MarketDb db, Input input)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        if (input.AreaId is { } id)
        {
            var area = await db.Areas.SingleOrDefaultAsync(a => a.Id == id && a.Path.StartsWith(input.AreaPath));
            if (area is null) return Outcome.NoSuchArea;
            if ((area.Name, area.Households, area.Residents) == (input.Name, input.Households, input.Residents)) return Outcome.Saved;
            db.Note(now, input.Actor, "area.edited", area.Code, $"name {area.Name} → {input.Name}; households {area.Households} → {input.Households}; residents {area.Residents} → {input.Residents}");
            (area.Name, area.Households, area.Residents) = (input.Name, input.Households, input.Residents);
            await db.SaveChangesAsync();
            return Outcome.Saved;
        }
        var parent = await db.Areas.SingleOrDefaultAsync(a => a.Id == input.ParentId && a.Kind != AreaKind.Grid && a.Path.StartsWith(input.AreaPath));
        if (parent is null) return Outcome.NoSuchArea;
        await db.TakeTurnAsync();
        if (await db.Areas.AnyAsync(a => a.Code == input.Code)) return Outcome.CodeTaken;
        db.Areas.Add(new Area
        {
            Code = input.Code!, Name = input.Name, Kind = parent.Kind + 1, ParentId = parent.Id, Path = $"{parent.Path}{input.Code}/", BookId = parent.BookId,
            Households = input.Households, Residents = input.Residents,
        });
        db.Note(now, input.Actor, "area.added", input.Code!, $"in {parent.Code}");
        await db.SaveChangesAsync();
        return Outcome.Saved;
    }
}
