using Microsoft.EntityFrameworkCore;
using PointsMarket.Data;
using PointsMarket.Ledger;

namespace PointsMarket.Members;

/// <summary>A card is lost: its number is dead at once, and the member has a new one to print.</summary>
public sealed class ReplaceCard(MarketWrites writes, TimeProvider clock)
{
    /// <summary>Whose.</summary>
    public sealed record Input
    {
        /// <summary>The member.</summary>
        public required int MemberId { get; init; }

        /// <summary>Who does it.</summary>
        public required Actor Actor { get; init; }

        /// <summary>The path of the area the actor may act in.</summary>
        public required string AreaPath { get; init; }
    }

    /// <summary>False when there is no such member in the actor's area.</summary>
    public Task<bool> ExecuteAsync(Input input, CancellationToken ct = default) => writes.RunAsync(async db =>
    {
        ArgumentNullException.ThrowIfNull(input);
        var member = await db.Members.SingleOrDefaultAsync(m => m.Id == input.MemberId && m.Area.Path.StartsWith(input.AreaPath));
        if (member is null) return false;
        var now = clock.GetUtcNow().UtcDateTime;
        member.CardNumber = await FreeNumberAsync(db);
        // Whoever found the card may be standing at a kiosk with it.
        await db.KioskSessions.Where(s => s.MemberId == member.Id && s.EndedAt == null).ExecuteUpdateAsync(s => s.SetProperty(x => x.EndedAt, now));
        db.Note(now, input.Actor, "member.card-replaced", member.Code);
        await db.SaveChangesAsync();
        return true;
    }, ct);

    /// <summary>A card number that nobody has.</summary>
    internal static async Task<string> FreeNumberAsync(MarketDb db)
    {
        while (true)
        {
            var number = CardNumbers.New();
            if (!await db.Members.AnyAsync(m => m.CardNumber == number)) return number;
        }
    }
}
