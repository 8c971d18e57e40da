using System.Globalization;
using Microsoft.EntityFrameworkCore;
using PointsMarket.Data;

namespace PointsMarket.Members;

/// <summary>The numbers that members type at the kiosk: 6 digits from 100001 up, in the order in which members are added.</summary>
public static class MemberNumbers
{
    private const long First = 100_001;

    /// <summary>
    /// The next free numbers, as many as asked for. Call it inside the door and save the members in the same operation: until then
    /// nobody else is given a number.
    /// </summary>
    public static async Task<IReadOnlyList<string>> TakeAsync(MarketDb db, int count, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        // On the servers two operations may be here at once: the first book's row, touched but not changed, is their lock.
        await db.LedgerBooks.Where(b => b.Id == db.LedgerBooks.Min(x => x.Id))
            .ExecuteUpdateAsync(s => s.SetProperty(b => b.Accounts, b => b.Accounts), ct);
        var last = await db.Members.OrderByDescending(m => m.Number.Length).ThenByDescending(m => m.Number)
            .Select(m => m.Number).FirstOrDefaultAsync(ct);
        var next = last is null ? First : Math.Max(First, long.Parse(last, CultureInfo.InvariantCulture) + 1);
        return [.. Enumerable.Range(0, count).Select(i => (next + i).ToString(CultureInfo.InvariantCulture))];
    }
}
