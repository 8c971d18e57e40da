using Microsoft.EntityFrameworkCore;
using PointsMarket.Data;
using PointsMarket.Ledger;
using PointsMarket.Sealing;

namespace PointsMarket.Members;

/// <summary>Opens a points file for a person, with the next free number and a card. There is no PIN until one is set.
/// An informant's name is sealed.</summary>
public sealed class AddMember(MarketWrites writes, Seal seal, TimeProvider clock)
{
    /// <summary>Who.</summary>
    public sealed record Input
    {
        /// <summary>The code in the files and the ledger, as <see cref="LedgerNames"/> allows.</summary>
        public required string Code { get; init; }

        /// <summary>The person's name.</summary>
        public required string Name { get; init; }

        /// <summary>The level.</summary>
        public required MemberKind Kind { get; init; }

        /// <summary>Where the person belongs.</summary>
        public required int AreaId { get; init; }

        /// <summary>The first day in service.</summary>
        public required DateOnly Joined { get; init; }

        /// <summary>Who adds them.</summary>
        public required Actor Actor { get; init; }

        /// <summary>The path of the area the actor may act in.</summary>
        public required string AreaPath { get; init; }
    }

    /// <summary>What came of it.</summary>
    public abstract record Outcome;

    /// <summary>Added, with this number to type at the kiosk.</summary>
    public sealed record Added(int MemberId, string Number) : Outcome;

    /// <summary>Somebody has this code, perhaps somewhere else.</summary>
    public sealed record CodeTaken : Outcome;

    /// <summary>Not a code that can stand in the ledger.</summary>
    public sealed record CodeNotValid : Outcome;

    /// <summary>There is no such area in the actor's.</summary>
    public sealed record NoSuchArea : Outcome;

    /// <summary>An informant's name cannot be sealed: there is no key.</summary>
    public sealed record NoSealKey : Outcome;

    /// <summary>Adds the member.</summary>
    public Task<Outcome> ExecuteAsync(Input input, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(input);
        return LedgerNames.IsValid(input.Code) ? writes.RunAsync(db => RunAsync(db, input), ct) : Task.FromResult<Outcome>(new CodeNotValid());
    }

    private async Task<Outcome> RunAsync(MarketDb db, Input input)
    {
        if (!await db.Areas.AnyAsync(a => a.Id == input.AreaId && a.Path.StartsWith(input.AreaPath))) return new NoSuchArea();
        await db.TakeTurnAsync();
        if (await db.Members.AnyAsync(m => m.Code == input.Code)) return new CodeTaken();
        var member = new Member
        {
            Code = input.Code, Name = input.Kind == MemberKind.Informant ? input.Code : input.Name, Kind = input.Kind, AreaId = input.AreaId, Joined = input.Joined,
            Number = (await MemberNumbers.TakeAsync(db, 1))[0],
            CardNumber = await ReplaceCard.FreeNumberAsync(db),
        };
        db.Members.Add(member);
        db.Note(clock.GetUtcNow().UtcDateTime, input.Actor, "member.added", input.Code, input.Kind.ToString());
        await db.SaveChangesAsync();
        if (member.Kind == MemberKind.Informant)
        {
            if (!await SealInformants.SealAsync(db, seal, member, input.Name)) return db.RollBack(new NoSealKey());
            await db.SaveChangesAsync();
        }
        return new Added(member.Id, member.Number);
    }
}
