using Microsoft.EntityFrameworkCore;
using PointsMarket.Areas;
using PointsMarket.Data;
using PointsMarket.Ledger;
using PointsMarket.Market;
using PointsMarket.Sealing;

namespace PointsMarket.Tips;

/// <summary>
/// The tipper has lost the voucher, or fears that somebody has read its number: the number dies, and what is left moves to a voucher
/// with a new one, in one transaction of the ledger. The mailbox was opened with code and PIN just before. Goods that are set aside
/// for the old one are the new one's: what is not collected flows back to it.
/// </summary>
public sealed class ReplaceVoucher(MarketWrites writes, Journal journal, Seal seal, TimeProvider clock)
{
    /// <summary>What came of it.</summary>
    public enum Outcome
    {
        /// <summary>Replaced: the mailbox shows the new number.</summary>
        Replaced,

        /// <summary>This one was replaced before: the page was sent twice. The mailbox shows the one that holds.</summary>
        Before,

        /// <summary>There is no voucher.</summary>
        None,

        /// <summary>Nothing is left on it, and nothing can flow back to it.</summary>
        Empty,

        /// <summary>There is no key to seal the new number with.</summary>
        NoSealKey,
    }

    /// <summary>Replaces it.</summary>
    /// <param name="tipId">Whose mailbox.</param>
    /// <param name="voucherId">The voucher that was on the page.</param>
    /// <param name="ct">Gives up.</param>
    public Task<Outcome> ExecuteAsync(Guid tipId, int voucherId, CancellationToken ct = default) => writes.RunAsync((db, token) => RunAsync(db, tipId, voucherId, token), ct);

    private async Task<Outcome> RunAsync(MarketDb db, Guid tipId, int voucherId, CancellationToken ct)
    {
        await db.TakeTurnAsync();
        var tip = await db.Tips.Include(t => t.Voucher).SingleOrDefaultAsync(t => t.Id == tipId, ct);
        if (tip?.Voucher is not { } old) return Outcome.None;
        if (old.Id != voucherId) return Outcome.Before;
        // The book's row is the lock that a kiosk takes too: what is left is read behind it.
        if (!db.Database.IsSqlite()) await db.LedgerBooks.Where(b => b.Id == old.BookId).ExecuteUpdateAsync(s => s.SetProperty(b => b.Accounts, b => b.Accounts), ct);
        var left = await db.BalanceAsync(old.BookId, old.Account, Asset.Points, ct);
        var aside = await db.Redemptions.Where(r => r.VoucherId == old.Id && r.State == RedemptionState.Held).SumAsync(r => (long)r.Points, ct);
        if (left + aside == 0) return Outcome.Empty;
        var day = StationTime.Day(clock.GetUtcNow().UtcDateTime);
        if (NewOne(old, day) is not { } next) return Outcome.NoSealKey;
        old.Replaced = day;
        (tip.Voucher, next.Points) = (next, checked((int)(left + aside)));
        db.TipEvents.Add(new TipEvent { TipId = tip.Id, Day = day, Actor = Mailbox.Code, Step = TipStep.VoucherReplaced });
        await db.SaveChangesAsync(ct);
        var (from, to) = (old.Id, next.Id);
        await db.Redemptions.Where(r => r.VoucherId == from).ExecuteUpdateAsync(s => s.SetProperty(r => r.VoucherId, to), ct);
        await db.KioskSessions.Where(s => s.VoucherId == from).ExecuteDeleteAsync(ct); // whoever stands there with the old number
        if (left > 0) await MoveAsync(db, old, next, left, day, ct);
        return Outcome.Replaced;
    }

    private static Actor Mailbox => Actor.System("mailbox");

    private Voucher? NewOne(Voucher old, DateOnly day)
    {
        var (code, number) = (VoucherNumbers.NewCode(), VoucherNumbers.New());
        return seal.Close(number, Voucher.PlaceOf(code)) is { } closed && seal.Marks(number, PresentVoucher.Use) is [var mark, ..]
            ? new Voucher { Code = code, BookId = old.BookId, Mark = mark, Number = closed, Granted = day }
            : null;
    }

    private async Task MoveAsync(MarketDb db, Voucher old, Voucher next, long left, DateOnly day, CancellationToken ct)
    {
        var posted = await journal.PostAsync(db, new TransactionRequest
        {
            BookId = old.BookId, Key = $"voucher:{next.Code}", Kind = TransactionKinds.VoucherReplaced, Subject = next.Code, HappenedAt = StationTime.StartOf(day),
            Actor = Mailbox, Postings = [new Posting(old.Account, next.Account, Asset.Points, left)],
        }, ct);
        if (posted.Outcome != PostOutcome.Posted) throw new InvalidOperationException($"What was left could not be moved: {posted.Outcome}.");
    }
}
