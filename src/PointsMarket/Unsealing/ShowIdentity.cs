using Microsoft.EntityFrameworkCore;
using PointsMarket.Data;
using PointsMarket.Ledger;
using PointsMarket.Members;
using PointsMarket.Sealing;

namespace PointsMarket.Unsealing;

/// <summary>Opens a sealed name for one of the two who asked and approved: once for each, in the minutes after the approval.</summary>
public sealed class ShowIdentity(MarketWrites writes, Seal seal, TimeProvider clock)
{
    /// <summary>What came of it.</summary>
    public abstract record Outcome;

    /// <summary>The name. Put it on the screen and nowhere else.</summary>
    public sealed record Shown(string Code, string Name) : Outcome;

    /// <summary>There is no such request of this account's in its area.</summary>
    public sealed record NotFound : Outcome;

    /// <summary>This person has looked already.</summary>
    public sealed record ShownBefore : Outcome;

    /// <summary>Not approved, or the minutes are over.</summary>
    public sealed record NotOpen : Outcome;

    /// <summary>The key is not in the key file, or what was sealed is damaged. That too is on record.</summary>
    public sealed record NoKey : Outcome;

    /// <summary>Opens it for the account.</summary>
    public Task<Outcome> ExecuteAsync(int requestId, int userId, string areaPath, CancellationToken ct = default) => writes.RunAsync(async db =>
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var request = await db.UnsealRequests.AsNoTracking().Include(r => r.Member)
            .SingleOrDefaultAsync(r => r.Id == requestId && (r.AskedBy == userId || r.DecidedBy == userId) && r.Member.Area.Path.StartsWith(areaPath));
        if (request is null) return (Outcome)new NotFound();
        if (request.State != UnsealState.Approved || request.OpenUntil <= now) return new NotOpen();
        var closed = await db.SealedIdentities.AsNoTracking().SingleOrDefaultAsync(s => s.MemberId == request.MemberId);
        var name = closed is null ? null : seal.Open(closed.Name, SealedIdentity.PlaceOf(request.Member.Code));
        if (name is not null && !await TakeAsync(db, request, userId)) return new ShownBefore();
        db.Add(new UnsealEvent { RequestId = requestId, At = now, Actor = Actor.User(userId).Code, Step = name is null ? UnsealStep.NoKey : UnsealStep.Shown });
        await db.SaveChangesAsync();
        return name is null ? new NoKey() : new Shown(request.Member.Code, name);
    }, ct);

    /// <summary>Takes this person's one look; false when it was taken, also by a second tap at the same moment.</summary>
    private static async Task<bool> TakeAsync(MarketDb db, UnsealRequest request, int userId) => 1 == (request.AskedBy == userId
        ? await db.UnsealRequests.Where(r => r.Id == request.Id && !r.ShownToAsker).ExecuteUpdateAsync(s => s.SetProperty(r => r.ShownToAsker, true))
        : await db.UnsealRequests.Where(r => r.Id == request.Id && !r.ShownToDecider).ExecuteUpdateAsync(s => s.SetProperty(r => r.ShownToDecider, true)));
}
