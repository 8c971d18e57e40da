using Microsoft.EntityFrameworkCore;
using PointsMarket.Data;

namespace PointsMarket.Notices;

/// <summary>Opens one message: it is read from now on, and answers where it leads.</summary>
public sealed class OpenMessage(MarketWrites writes, TimeProvider clock)
{
    /// <summary>Which, and whose.</summary>
    public sealed record Input
    {
        /// <summary>The message.</summary>
        public required long MessageId { get; init; }

        /// <summary>The account that opens it.</summary>
        public required int UserId { get; init; }

        /// <summary>The member that account is, or null.</summary>
        public required int? MemberId { get; init; }
    }

    /// <summary>The page it leads to; null when there is no such message in this inbox.</summary>
    public Task<string?> ExecuteAsync(Input input, CancellationToken ct = default) => writes.RunAsync(async (db, token) =>
    {
        ArgumentNullException.ThrowIfNull(input);
        var mine = Inbox.Of(db, input.UserId, input.MemberId).Where(m => m.Id == input.MessageId);
        if (await mine.Select(m => m.Href).SingleOrDefaultAsync(token) is not { } href) return null;
        var now = clock.GetUtcNow().UtcDateTime;
        await mine.Where(m => m.ReadAt == null).ExecuteUpdateAsync(s => s.SetProperty(m => m.ReadAt, now), token);
        return href;
    }, ct);
}

/// <summary>Marks everything in an inbox as read.</summary>
public sealed class ReadAllMessages(MarketWrites writes, TimeProvider clock)
{
    /// <summary>How many were new.</summary>
    public Task<int> ExecuteAsync(int userId, int? memberId, CancellationToken ct = default) => writes.RunAsync((db, token) =>
    {
        var now = clock.GetUtcNow().UtcDateTime;
        return Inbox.Of(db, userId, memberId).Where(m => m.ReadAt == null).ExecuteUpdateAsync(s => s.SetProperty(m => m.ReadAt, now), token);
    }, ct);
}

/// <summary>Deletes messages that were read long ago. What is new stays, however old: nobody has been told yet.</summary>
public sealed class SweepInbox(MarketWrites writes, TimeProvider clock)
{
    /// <summary>For how many days a message stays after it was read.</summary>
    public const int KeptDays = 180;

    /// <summary>How many were deleted.</summary>
    public Task<int> ExecuteAsync(CancellationToken ct = default) => writes.RunAsync((db, token) =>
    {
        var before = clock.GetUtcNow().UtcDateTime.AddDays(-KeptDays);
        return db.InboxMessages.Where(m => m.ReadAt != null && m.ReadAt < before).ExecuteDeleteAsync(token);
    }, ct);
}
