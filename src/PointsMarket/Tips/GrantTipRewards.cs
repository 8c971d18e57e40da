using System.Globalization;
using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using PointsMarket.Areas;
using PointsMarket.Data;
using PointsMarket.Ledger;
using PointsMarket.Market;
using PointsMarket.Sealing;

namespace PointsMarket.Tips;

/// <summary>
/// Grants what was decided before this ISO week, as vouchers, in one batch a station and week (DESIGN 4): who sees a voucher come
/// does not see which day's decision it was. Run as often as you like: a week has one batch, a tip one voucher. The batch is one
/// transaction, in random order, dated with the day.
/// </summary>
public sealed class GrantTipRewards(MarketWrites writes, MarketContexts contexts, Journal journal, Seal seal, TimeProvider clock)
{
    /// <summary>How many vouchers were granted; 0 also while there is no key to seal their numbers with.</summary>
    public async Task<int> ExecuteAsync(CancellationToken ct = default)
    {
        var today = StationTime.Day(clock.GetUtcNow().UtcDateTime);
        var monday = today.AddDays(-(((int)today.DayOfWeek + 6) % 7));
        await using var db = contexts.Read();
        var books = await Due(db, monday).Select(t => t.Area.BookId).Distinct().OrderBy(b => b).ToListAsync(ct);
        var granted = 0;
        foreach (var book in books) granted += await writes.RunAsync(w => GrantAsync(w, book, today, monday), ct);
        return granted;
    }

    private static IQueryable<Tip> Due(MarketDb db, DateOnly monday) => db.Tips.Where(t => t.Reward == TipRewardState.Approved && t.ApprovedOn < monday);

    private async Task<int> GrantAsync(MarketDb db, int book, DateOnly today, DateOnly monday)
    {
        await db.TakeTurnAsync(); // two nodes make one batch
        var week = string.Create(CultureInfo.InvariantCulture, $"{ISOWeek.GetYear(today.ToDateTime(default)):0000}-W{ISOWeek.GetWeekOfYear(today.ToDateTime(default)):00}");
        if (await db.TipBatches.AnyAsync(b => b.BookId == book && b.Week == week)) return 0;
        var due = (await Due(db, monday).Where(t => t.Area.BookId == book).ToListAsync()).ToArray();
        if (due.Length == 0) return 0;
        RandomNumberGenerator.Shuffle(due.AsSpan());
        var vouchers = new List<Voucher>(due.Length);
        foreach (var tip in due)
        {
            if (NewVoucher(tip, book, today) is not { } voucher) return db.RollBack(0);
            (tip.Voucher, tip.Reward) = (voucher, TipRewardState.Granted);
            db.Add(voucher); // one by one, so that its number in the table follows the random order and not the tips'
            vouchers.Add(voucher);
        }
        await db.SaveChangesAsync();
        foreach (var posted in await journal.PostAllAsync(db, vouchers.ConvertAll(v => Request(v, today))))
            if (posted.Outcome != PostOutcome.Posted) throw new InvalidOperationException($"A new voucher's key was there before: {posted.Outcome}.");
        db.TipBatches.Add(new TipBatch { BookId = book, Week = week, Day = today, Vouchers = due.Length, Points = due.Sum(t => t.RewardPoints) });
        await db.SaveChangesAsync();
        return due.Length;
    }

    /// <summary>Null while there is no key to seal its number with.</summary>
    private Voucher? NewVoucher(Tip tip, int book, DateOnly today)
    {
        var (code, number) = (VoucherNumbers.NewCode(), VoucherNumbers.New());
        if (seal.Close(number, Voucher.PlaceOf(code)) is not { } closed || seal.Marks(number, PresentVoucher.Use) is not [var mark, ..]) return null;
        return new Voucher { Code = code, BookId = book, Mark = mark, Number = closed, Points = tip.RewardPoints, Granted = today };
    }

    private static TransactionRequest Request(Voucher voucher, DateOnly today) => new()
    {
        BookId = voucher.BookId, Key = $"voucher:{voucher.Code}", Kind = TransactionKinds.TipReward, Subject = voucher.Code, HappenedAt = StationTime.StartOf(today),
        Actor = Actor.System("schedule"), Postings = [new Posting(AccountCode.Issue("tip"), voucher.Account, Asset.Points, voucher.Points)],
    };
}
