using System.Globalization;
using Microsoft.EntityFrameworkCore;
using PointsMarket.Data;
using PointsMarket.Ledger;

namespace PointsMarket.Web.Auditing;

/// <summary>The page of what stands behind a transaction: the report, the case, the slip, the count, the payment. All of them open to those who read the books.</summary>
public static class Behind
{
    private const string Counted = "count:";

    /// <summary>Its path; null where the ledger itself is all there is, as for a tip's reward.</summary>
    public static async Task<string?> OfAsync(MarketDb db, LedgerTransaction entry, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(entry);
        var subject = entry.Subject;
        return entry.Kind switch
        {
            TransactionKinds.TaskReward => await db.TaskReports.AnyAsync(r => r.Reference == subject, ct) ? $"/desk/reports/{subject}" : null,
            TransactionKinds.CaseReward => await db.Cases.AnyAsync(c => c.Number == subject, ct) ? $"/desk/cases/{subject}" : null,
            TransactionKinds.Hold or TransactionKinds.HandOver or TransactionKinds.Release or TransactionKinds.Return => $"/desk/redemptions/{subject}",
            TransactionKinds.AssessmentBonus => $"/desk/assessment?month={subject}",
            TransactionKinds.AssessmentCorrection => $"/desk/assessment/corrections?month={subject}",
            TransactionKinds.Delivery => await db.Deliveries.AnyAsync(d => d.Reference == subject && d.SponsorId != null && !db.LedgerTransactions.Any(t => t.BookId == entry.BookId && t.RelatedSequence == entry.Sequence && t.Relation == Relation.Reverses), ct) ? $"/desk/sponsors/receipt/{subject}" : null,
            TransactionKinds.StockSend or TransactionKinds.StockReceive or TransactionKinds.StockRecall => Path("/desk/moves/", await db.StockMoves.Where(m => m.Reference == subject).Select(m => (int?)m.Id).SingleOrDefaultAsync(ct)),
            TransactionKinds.StockCorrection => await CountAsync(db, entry, ct),
            TransactionKinds.Purchase or TransactionKinds.Award => Path("/finance/payments/", await db.FundMovements.Where(m => m.Reference == subject).Select(m => m.PaymentId).FirstOrDefaultAsync(ct)),
            _ => null,
        };
    }

    /// <summary>A stocktake by its transaction; a difference of a reconciliation by the key its signature posted with.</summary>
    private static async Task<string?> CountAsync(MarketDb db, LedgerTransaction entry, CancellationToken ct)
    {
        var (book, sequence) = (entry.BookId, entry.Sequence);
        if (await db.Stocktakes.Where(s => s.BookId == book && s.Sequence == sequence).Select(s => (int?)s.Id).FirstOrDefaultAsync(ct) is { } sheet) return Path("/desk/stocktakes/", sheet);
        if (!entry.Key.StartsWith(Counted, StringComparison.Ordinal) || !int.TryParse(entry.Key[Counted.Length..], NumberStyles.None, CultureInfo.InvariantCulture, out var id)) return null;
        return await db.FollowUps.Where(f => f.Id == id).Select(f => (int?)f.ReconciliationId).SingleOrDefaultAsync(ct) is { } run ? Path($"/finance/reconciliation/{run}/item/", id) : null;
    }

    private static string? Path(string folder, int? id) => id is { } key ? string.Create(CultureInfo.InvariantCulture, $"{folder}{key}") : null;
}
