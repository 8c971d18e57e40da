using Microsoft.EntityFrameworkCore;
using PointsMarket.Data;
using PointsMarket.Ledger;

namespace PointsMarket.Notices;

/// <summary>
/// Puts a member on the public leaderboard or takes them off: the member's own wish, said on the phone, or at the desk by
/// somebody without one. It stays on record, without a word on why.
/// </summary>
public sealed class ShowOnLeaderboard(MarketWrites writes, TimeProvider clock)
{
    /// <summary>Whose wish.</summary>
    public sealed record Input
    {
        /// <summary>The member.</summary>
        public required int MemberId { get; init; }

        /// <summary>True to stand there.</summary>
        public required bool Shown { get; init; }

        /// <summary>Who says it: the member, or somebody at the desk.</summary>
        public required Actor Actor { get; init; }

        /// <summary>The path of the area the actor may act in; null for the member themselves.</summary>
        public required string? AreaPath { get; init; }
    }

    /// <summary>False when there is no such member in the actor's area.</summary>
    public Task<bool> ExecuteAsync(Input input, CancellationToken ct = default) => writes.RunAsync(async (db, token) =>
    {
        ArgumentNullException.ThrowIfNull(input);
        var path = input.AreaPath ?? "";
        var member = await db.Members.Include(m => m.Area).SingleOrDefaultAsync(m => m.Id == input.MemberId && m.Area.Path.StartsWith(path), token);
        if (member is null) return false;
        if (member.OffLeaderboard == !input.Shown) return true;
        member.OffLeaderboard = !input.Shown;
        db.Note(clock.GetUtcNow().UtcDateTime, input.Actor, input.Shown ? "member.on-leaderboard" : "member.off-leaderboard", member.Code);
        await db.SaveChangesAsync(token);
        return true;
    }, ct);
}
