using Microsoft.EntityFrameworkCore;
using PointsMarket.Accounts;
using PointsMarket.Areas;
using PointsMarket.Data;
using PointsMarket.Ledger;
using PointsMarket.Notices;
using PointsMarket.Sealing;

namespace PointsMarket.Tips;

/// <summary>What came of writing into a mailbox.</summary>
public enum TipWriting
{
    /// <summary>Written.</summary>
    Written,

    /// <summary>There is no such tip, or not in the writer's area.</summary>
    NotFound,

    /// <summary>Nothing, or too much.</summary>
    TextMissing,

    /// <summary>The mailbox is full (<see cref="TipMessage.MostMessages"/>).</summary>
    Full,

    /// <summary>It cannot be sealed, so it is not kept.</summary>
    NoSealKey,
}

/// <summary>The tipper writes more. The mailbox was opened with code and PIN just before.</summary>
public sealed class WriteToTip(MarketWrites writes, Seal seal, TimeProvider clock)
{
    /// <summary>Writes it, and tells the desk that there is something new.</summary>
    public Task<TipWriting> ExecuteAsync(Guid tipId, string text, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(text);
        var day = StationTime.Day(clock.GetUtcNow().UtcDateTime);
        return writes.RunAsync(async db =>
        {
            var tip = await db.Tips.Include(t => t.Area).SingleOrDefaultAsync(t => t.Id == tipId);
            if (tip is null) return TipWriting.NotFound;
            if (await TipMailbox.AddAsync(db, seal, tip, text, fromDesk: false, day) is var written && written != TipWriting.Written) return written;
            // Once until it is looked at: how often somebody writes is nobody's business.
            if (!tip.HasNews)
                await Inbox.TellStaffAsync(db, [Roles.Approver], tip.Area.Path, InboxKinds.TipAnswered, tip.Reference, $"/desk/tips/{tip.Reference}", StationTime.StartOf(day));
            tip.HasNews = true;
            await db.SaveChangesAsync();
            return TipWriting.Written;
        }, ct);
    }
}

/// <summary>Somebody at the desk answers the tipper, or asks.</summary>
public sealed class AnswerTip(MarketWrites writes, Seal seal, TimeProvider clock)
{
    /// <summary>Writes it; on record who did.</summary>
    public Task<TipWriting> ExecuteAsync(string reference, string text, int userId, string areaPath, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(text);
        var day = StationTime.Day(clock.GetUtcNow().UtcDateTime);
        return writes.RunAsync(async db =>
        {
            var tip = await db.Tips.SingleOrDefaultAsync(t => t.Reference == reference && t.Area.Path.StartsWith(areaPath));
            if (tip is null) return TipWriting.NotFound;
            if (await TipMailbox.AddAsync(db, seal, tip, text, fromDesk: true, day) is var written && written != TipWriting.Written) return written;
            db.TipEvents.Add(new TipEvent { TipId = tip.Id, Day = day, Actor = Actor.User(userId).Code, Step = TipStep.Answered });
            await db.SaveChangesAsync();
            return TipWriting.Written;
        }, ct);
    }
}

/// <summary>What both sides write into.</summary>
internal static class TipMailbox
{
    /// <summary>Adds a message; the caller saves.</summary>
    public static async Task<TipWriting> AddAsync(MarketDb db, Seal seal, Tip tip, string text, bool fromDesk, DateOnly day)
    {
        text = text.Trim();
        if (text.Length is 0 or > TipMessage.MostText) return TipWriting.TextMissing;
        await db.TakeTurnAsync();
        var last = await db.TipMessages.AsNoTracking().Where(m => m.TipId == tip.Id).OrderByDescending(m => m.Position).FirstAsync();
        // There is no redirect after the tipper's form, so a page loaded again sends it again.
        if (last.FromDesk == fromDesk && seal.Open(last.Text, TipMessage.PlaceOf(last.Id)) == text) return TipWriting.Written;
        if (last.Position >= TipMessage.MostMessages) return TipWriting.Full;
        var id = Guid.NewGuid();
        if (seal.Close(text, TipMessage.PlaceOf(id)) is not { } closed) return TipWriting.NoSealKey;
        db.TipMessages.Add(new TipMessage { Id = id, TipId = tip.Id, Position = last.Position + 1, FromDesk = fromDesk, Day = day, Text = closed });
        return TipWriting.Written;
    }
}
