using Microsoft.EntityFrameworkCore;
using PointsMarket.Data;
using PointsMarket.Ledger;
using PointsMarket.Notices;

namespace PointsMarket.Unsealing;

/// <summary>A second person approves or turns down a request to see an informant's name; or the first takes it back.</summary>
public sealed class DecideUnsealing(MarketWrites writes, TimeProvider clock)
{
    /// <summary>The decision.</summary>
    public sealed record Input
    {
        /// <summary>The request.</summary>
        public required int RequestId { get; init; }

        /// <summary>Approved, Refused or Withdrawn.</summary>
        public required UnsealState To { get; init; }

        /// <summary>The account that decides.</summary>
        public required int UserId { get; init; }

        /// <summary>The member whose account it is, if any.</summary>
        public required int? UserMemberId { get; init; }

        /// <summary>The path of the area the account may act in.</summary>
        public required string AreaPath { get; init; }
    }

    /// <summary>What came of it.</summary>
    public enum Outcome
    {
        /// <summary>Done.</summary>
        Done,

        /// <summary>There is no such request in the account's area.</summary>
        NotFound,

        /// <summary>The one who asked cannot decide, the others cannot withdraw, and nobody decides about their own name.</summary>
        NotYours,

        /// <summary>It was decided before, or it waited too long.</summary>
        Decided,
    }

    /// <summary>Decides. Throws <see cref="ArgumentException"/> when asked to make it Asked.</summary>
    public Task<Outcome> ExecuteAsync(Input input, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(input);
        if (input.To == UnsealState.Asked) throw new ArgumentException("A request does not go back to asked.", nameof(input));
        return writes.RunAsync(db => RunAsync(db, input), ct);
    }

    private async Task<Outcome> RunAsync(MarketDb db, Input input)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var request = await db.UnsealRequests.Where(r => r.Id == input.RequestId && r.Member.Area.Path.StartsWith(input.AreaPath))
            .Select(r => new { r.AskedBy, r.MemberId, r.Member.Code }).SingleOrDefaultAsync();
        if (request is null) return Outcome.NotFound;
        if (request.AskedBy == input.UserId != (input.To == UnsealState.Withdrawn) || request.MemberId == input.UserMemberId) return Outcome.NotYours;
        var until = input.To == UnsealState.Approved ? now + UnsealRequest.Opens : (DateTime?)null;
        // The state in the WHERE: two who decide at once are one decision.
        var changed = await db.UnsealRequests.Where(r => r.Id == input.RequestId && r.State == UnsealState.Asked && r.AskedAt > now - UnsealRequest.Waits)
            .ExecuteUpdateAsync(s => s.SetProperty(r => r.State, input.To).SetProperty(r => r.DecidedBy, input.UserId).SetProperty(r => r.OpenUntil, until));
        if (changed == 0) return Outcome.Decided;
        var step = input.To switch { UnsealState.Approved => UnsealStep.Approved, UnsealState.Refused => UnsealStep.Refused, _ => UnsealStep.Withdrawn };
        db.Add(new UnsealEvent { RequestId = input.RequestId, At = now, Actor = Actor.User(input.UserId).Code, Step = step });
        if (input.To != UnsealState.Withdrawn) Inbox.TellAccount(db, request.AskedBy, InboxKinds.UnsealDecided, request.Code, $"/desk/unsealings/{input.RequestId}", now);
        await db.SaveChangesAsync();
        return Outcome.Done;
    }
}
