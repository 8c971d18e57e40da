using Microsoft.EntityFrameworkCore;
using PointsMarket.Accounts;
using PointsMarket.Data;
using PointsMarket.Ledger;
using PointsMarket.Members;
using PointsMarket.Notices;

namespace PointsMarket.Unsealing;

/// <summary>Asks to see an informant's name. Somebody else decides; nothing is shown yet.</summary>
public sealed class AskToUnseal(MarketWrites writes, TimeProvider clock)
{
    /// <summary>Whose name, and why.</summary>
    public sealed record Input
    {
        /// <summary>The informant.</summary>
        public required int MemberId { get; init; }

        /// <summary>Why, <see cref="UnsealRequest.FewestWords"/>–<see cref="UnsealRequest.MostWords"/> characters.</summary>
        public required string Reason { get; init; }

        /// <summary>The account that asks: an approver's or administrator's.</summary>
        public required int UserId { get; init; }

        /// <summary>The member whose account it is, if any.</summary>
        public required int? UserMemberId { get; init; }

        /// <summary>The path of the area the account may act in.</summary>
        public required string AreaPath { get; init; }
    }

    /// <summary>What came of it.</summary>
    public abstract record Outcome;

    /// <summary>Asked; or it was already, by the same account.</summary>
    public sealed record Asked(int RequestId) : Outcome;

    /// <summary>There is no such informant in the account's area.</summary>
    public sealed record NoSuchInformant : Outcome;

    /// <summary>The reason is too short or too long.</summary>
    public sealed record ReasonMissing : Outcome;

    /// <summary>Nobody asks for their own name.</summary>
    public sealed record Oneself : Outcome;

    /// <summary>Asks.</summary>
    public Task<Outcome> ExecuteAsync(Input input, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(input);
        if (input.Reason.Trim().Length is < UnsealRequest.FewestWords or > UnsealRequest.MostWords) return Task.FromResult<Outcome>(new ReasonMissing());
        if (input.UserMemberId == input.MemberId) return Task.FromResult<Outcome>(new Oneself());
        return writes.RunAsync(db => RunAsync(db, input), ct);
    }

    private async Task<Outcome> RunAsync(MarketDb db, Input input)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var member = await db.Members.Where(m => m.Id == input.MemberId && m.Kind == MemberKind.Informant && m.Area.Path.StartsWith(input.AreaPath))
            .Select(m => new { m.Code, m.Area.Path }).SingleOrDefaultAsync();
        if (member is null) return new NoSuchInformant();
        var waiting = await db.UnsealRequests.Where(r => r.MemberId == input.MemberId && r.AskedBy == input.UserId && r.State == UnsealState.Asked && r.AskedAt > now - UnsealRequest.Waits)
            .Select(r => (int?)r.Id).FirstOrDefaultAsync();
        if (waiting is { } earlier) return new Asked(earlier);
        var request = new UnsealRequest { MemberId = input.MemberId, Reason = input.Reason.Trim(), AskedBy = input.UserId, AskedAt = now };
        request.Events.Add(new UnsealEvent { At = now, Actor = Actor.User(input.UserId).Code, Step = UnsealStep.Asked });
        db.UnsealRequests.Add(request);
        await db.SaveChangesAsync();
        await Inbox.TellStaffAsync(db, [Roles.Approver, Roles.Administrator], member.Path, InboxKinds.UnsealAsked, member.Code, $"/desk/unsealings/{request.Id}", now, input.UserId);
        await db.SaveChangesAsync();
        return new Asked(request.Id);
    }
}
