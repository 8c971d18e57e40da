using Microsoft.EntityFrameworkCore;
using PointsMarket.Data;
using PointsMarket.Ledger;
using PointsMarket.Sealing;

namespace PointsMarket.Members;

/// <summary>
/// Changes what is kept of a member. An informant stays one here, and their name is neither shown nor changed: making them
/// anything else would show it (DESIGN 4: the sealed identity opens only with two people and a written reason). Who becomes an
/// informant is sealed at once.
/// </summary>
public sealed class EditMember(MarketWrites writes, Seal seal, TimeProvider clock)
{
    /// <summary>The member as they are to be.</summary>
    public sealed record Input
    {
        /// <summary>The member.</summary>
        public required int MemberId { get; init; }

        /// <summary>The name; not looked at for an informant.</summary>
        public required string? Name { get; init; }

        /// <summary>The level.</summary>
        public required MemberKind Kind { get; init; }

        /// <summary>Where they belong.</summary>
        public required int AreaId { get; init; }

        /// <summary>The first day no longer in service; null while in service.</summary>
        public required DateOnly? Left { get; init; }

        /// <summary>Who changes it.</summary>
        public required Actor Actor { get; init; }

        /// <summary>The path of the area the actor may act in.</summary>
        public required string AreaPath { get; init; }
    }

    /// <summary>What came of it.</summary>
    public enum Outcome
    {
        /// <summary>Saved; also when nothing was different.</summary>
        Saved,

        /// <summary>There is no such member in the actor's area.</summary>
        NoSuchMember,

        /// <summary>There is no such area in the actor's, or it belongs to another station's book.</summary>
        NoSuchArea,

        /// <summary>A name is needed.</summary>
        NameMissing,

        /// <summary>They would leave before they joined.</summary>
        LeftTooEarly,

        /// <summary>An informant's level does not change here.</summary>
        Sealed,

        /// <summary>They become an informant, and their name cannot be sealed: there is no key.</summary>
        NoSealKey,
    }

    /// <summary>Saves it.</summary>
    public Task<Outcome> ExecuteAsync(Input input, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(input);
        return writes.RunAsync(db => RunAsync(db, input), ct);
    }

    private async Task<Outcome> RunAsync(MarketDb db, Input input)
    {
        var member = await db.Members.Include(m => m.Area).SingleOrDefaultAsync(m => m.Id == input.MemberId && m.Area.Path.StartsWith(input.AreaPath));
        if (member is null) return Outcome.NoSuchMember;
        var area = await db.Areas.SingleOrDefaultAsync(a => a.Id == input.AreaId && a.Path.StartsWith(input.AreaPath) && a.BookId == member.Area.BookId);
        if (area is null) return Outcome.NoSuchArea;
        var isSealed = member.Kind == MemberKind.Informant;
        if (isSealed && input.Kind != MemberKind.Informant) return Outcome.Sealed;
        if (!isSealed && string.IsNullOrWhiteSpace(input.Name)) return Outcome.NameMissing;
        if (input.Left < member.Joined) return Outcome.LeftTooEarly;

        var changes = new List<string>();
        if (!isSealed && member.Name != input.Name) changes.Add("name");
        if (member.Kind != input.Kind) changes.Add($"kind {member.Kind} → {input.Kind}");
        if (member.AreaId != area.Id) changes.Add($"area {member.Area.Code} → {area.Code}");
        if (member.Left != input.Left) changes.Add($"left {member.Left:yyyy-MM-dd} → {input.Left:yyyy-MM-dd}");
        if (changes.Count == 0) return Outcome.Saved;
        if (!isSealed && input.Kind != MemberKind.Informant) member.Name = input.Name!;
        else if (!isSealed && !await SealInformants.SealAsync(db, seal, member, input.Name!)) return db.RollBack(Outcome.NoSealKey);
        (member.Kind, member.AreaId, member.Left) = (input.Kind, area.Id, input.Left);
        db.Note(clock.GetUtcNow().UtcDateTime, input.Actor, "member.edited", member.Code, string.Join("; ", changes));
        await db.SaveChangesAsync();
        return Outcome.Saved;
    }
}
