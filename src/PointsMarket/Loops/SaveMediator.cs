using Microsoft.EntityFrameworkCore;
using PointsMarket.Data;
using PointsMarket.Ledger;
using PointsMarket.Tasks;

namespace PointsMarket.Loops;

/// <summary>Names who mediates one type of dispute in one area, in place of who was named before; or nobody any more.</summary>
public sealed class SaveMediator(MarketWrites writes, TimeProvider clock)
{
    /// <summary>The line as it is to be.</summary>
    public sealed record Input
    {
        /// <summary>Where.</summary>
        public required int AreaId { get; init; }

        /// <summary>What about.</summary>
        public required DisputeType Type { get; init; }

        /// <summary>The office or role; null takes the line away.</summary>
        public required string? Office { get; init; }

        /// <summary>Code or number of the member who holds it; null or empty for none.</summary>
        public string? MemberCode { get; init; }

        /// <summary>Who saves it.</summary>
        public required Actor Actor { get; init; }

        /// <summary>The path of the area the actor may act in.</summary>
        public required string AreaPath { get; init; }
    }

    /// <summary>What came of it.</summary>
    public enum Outcome
    {
        /// <summary>Saved, or taken away.</summary>
        Saved,

        /// <summary>There is no such area in the actor's.</summary>
        NoSuchArea,

        /// <summary>There is no such member in the actor's area.</summary>
        NoSuchMember,

        /// <summary>The office is blank or too long.</summary>
        OfficeNotValid,
    }

    /// <summary>Saves it.</summary>
    public Task<Outcome> ExecuteAsync(Input input, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(input);
        var office = input.Office is null ? null : Typed.Text(input.Office);
        return office is { Length: 0 or > Loop.MostWho } ? Task.FromResult(Outcome.OfficeNotValid) : writes.RunAsync(db => RunAsync(db, input, office), ct);
    }

    private async Task<Outcome> RunAsync(MarketDb db, Input input, string? office)
    {
        var area = await db.Areas.Where(a => a.Id == input.AreaId && a.Path.StartsWith(input.AreaPath)).Select(a => a.Code).SingleOrDefaultAsync();
        if (area is null) return Outcome.NoSuchArea;
        int? member = null;
        if (input.MemberCode?.Trim() is { Length: > 0 } typed && office is not null)
        {
            member = await LoopPeople.MemberAsync(db, typed, input.AreaPath, default);
            if (member is null) return Outcome.NoSuchMember;
        }

        await db.TakeTurnAsync();
        var line = await db.Mediators.AsTracking().SingleOrDefaultAsync(m => m.AreaId == input.AreaId && m.Type == input.Type);
        if (office is null && line is null) return Outcome.Saved;
        if (office is null) db.Mediators.Remove(line!);
        else if (line is null) db.Mediators.Add(new Mediator { AreaId = input.AreaId, Type = input.Type, Office = office, MemberId = member });
        else (line.Office, line.MemberId) = (office, member);
        db.Note(clock.GetUtcNow().UtcDateTime, input.Actor, office is null ? "mediator.removed" : "mediator.saved", area, office is null ? $"{input.Type}" : $"{input.Type} → {office}");
        await db.SaveChangesAsync();
        return Outcome.Saved;
    }
}
