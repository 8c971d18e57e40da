using Microsoft.EntityFrameworkCore;
using PointsMarket.Data;
using PointsMarket.Ledger;

namespace PointsMarket.Sponsors;

/// <summary>Adds a firm, or changes its name. Its code stands in the ledger and never changes.</summary>
public sealed class SaveSponsor(MarketWrites writes, TimeProvider clock)
{
    /// <summary>The longest name.</summary>
    public const int MostName = 100;

    /// <summary>The firm as it is to be.</summary>
    public sealed record Input
    {
        /// <summary>The firm to change; null for a new one.</summary>
        public int? SponsorId { get; init; }

        /// <summary>The code of a new one.</summary>
        public string? Code { get; init; }

        /// <summary>Its name, 1 to <see cref="MostName"/> characters.</summary>
        public required string Name { get; init; }

        /// <summary>Who saves it.</summary>
        public required Actor Actor { get; init; }
    }

    /// <summary>What came of it.</summary>
    public abstract record Outcome;

    /// <summary>Saved.</summary>
    public sealed record Saved(int SponsorId) : Outcome;

    /// <summary>Another firm has this code.</summary>
    public sealed record CodeTaken : Outcome;

    /// <summary>Not a code that can stand in the ledger.</summary>
    public sealed record CodeNotValid : Outcome;

    /// <summary>No name, or too long a one.</summary>
    public sealed record NameNotValid : Outcome;

    /// <summary>There is no such firm.</summary>
    public sealed record NotFound : Outcome;

    /// <summary>Saves it.</summary>
    public Task<Outcome> ExecuteAsync(Input input, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(input);
        if (input.Name.Trim() is not { Length: > 0 and <= MostName } name) return Task.FromResult<Outcome>(new NameNotValid());
        return input.SponsorId is null && !LedgerNames.IsValid(input.Code) ? Task.FromResult<Outcome>(new CodeNotValid()) : writes.RunAsync(db => RunAsync(db, input with { Name = name }), ct);
    }

    private async Task<Outcome> RunAsync(MarketDb db, Input input)
    {
        await db.TakeTurnAsync();
        Sponsor? sponsor;
        if (input.SponsorId is { } id)
        {
            sponsor = await db.Sponsors.SingleOrDefaultAsync(s => s.Id == id);
            if (sponsor is null) return new NotFound();
            if (sponsor.Name == input.Name) return new Saved(id);
            sponsor.Name = input.Name;
        }
        else
        {
            if (await db.Sponsors.AnyAsync(s => s.Code == input.Code)) return new CodeTaken();
            db.Sponsors.Add(sponsor = new Sponsor { Code = input.Code!, Name = input.Name });
        }
        db.Note(clock.GetUtcNow().UtcDateTime, input.Actor, input.SponsorId is null ? "sponsor.added" : "sponsor.edited", sponsor.Code, input.Name);
        await db.SaveChangesAsync();
        return new Saved(sponsor.Id);
    }
}
