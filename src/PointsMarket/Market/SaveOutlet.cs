using Microsoft.EntityFrameworkCore;
using PointsMarket.Data;
using PointsMarket.Ledger;

namespace PointsMarket.Market;

/// <summary>Adds an outlet, or changes its name or place. Its code stands in the ledger and never changes.</summary>
public sealed class SaveOutlet(MarketWrites writes, TimeProvider clock)
{
    /// <summary>The outlet as it is to be.</summary>
    public sealed record Input
    {
        /// <summary>The outlet to change; null for a new one.</summary>
        public int? OutletId { get; init; }

        /// <summary>The code of a new one.</summary>
        public string? Code { get; init; }

        /// <summary>Its name on screen.</summary>
        public required string Name { get; init; }

        /// <summary>Where it is.</summary>
        public required int AreaId { get; init; }

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

        /// <summary>Another outlet has this code.</summary>
        CodeTaken,

        /// <summary>Not a code that can stand in the ledger.</summary>
        CodeNotValid,

        /// <summary>There is no such area in the actor's, or it keeps another station's book.</summary>
        NoSuchArea,

        /// <summary>There is no such outlet in the actor's area.</summary>
        NoSuchOutlet,
    }

    /// <summary>Saves it.</summary>
    public Task<Outcome> ExecuteAsync(Input input, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(input);
        return input.OutletId is null && !LedgerNames.IsValid(input.Code) ? Task.FromResult(Outcome.CodeNotValid) : writes.RunAsync(db => RunAsync(db, input), ct);
    }

    private async Task<Outcome> RunAsync(MarketDb db, Input input)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var area = await db.Areas.SingleOrDefaultAsync(a => a.Id == input.AreaId && a.Path.StartsWith(input.AreaPath));
        if (input.OutletId is not { } id)
        {
            if (area is null) return Outcome.NoSuchArea;
            await db.TakeTurnAsync();
            if (await db.Outlets.AnyAsync(o => o.Code == input.Code)) return Outcome.CodeTaken;
            db.Outlets.Add(new Outlet { Code = input.Code!, Name = input.Name, AreaId = area.Id });
            db.Note(now, input.Actor, "outlet.added", input.Code!, $"area {area.Code}");
            await db.SaveChangesAsync();
            return Outcome.Saved;
        }
        var outlet = await db.Outlets.Include(o => o.Area).SingleOrDefaultAsync(o => o.Id == id && o.Area.Path.StartsWith(input.AreaPath));
        if (outlet is null) return Outcome.NoSuchOutlet;
        if (area is null || area.BookId != outlet.Area.BookId) return Outcome.NoSuchArea; // its shelf stands in the book
        if (outlet.Name == input.Name && outlet.AreaId == area.Id) return Outcome.Saved;
        db.Note(now, input.Actor, "outlet.edited", outlet.Code, $"name {outlet.Name} → {input.Name}; area {outlet.Area.Code} → {area.Code}");
        (outlet.Name, outlet.AreaId) = (input.Name, area.Id);
        await db.SaveChangesAsync();
        return Outcome.Saved;
    }
}
