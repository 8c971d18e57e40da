using Microsoft.EntityFrameworkCore;
using PointsMarket.Data;

namespace PointsMarket.Cases;

/// <summary>
/// What the public must not read of a case: who is concerned, where exactly, what is known. In a table of its own that no other
/// table leads to, so that nothing reads it by accident: the two queries here are the only readers.
/// </summary>
public sealed class SealedDetails
{
    /// <summary>The case; also the key.</summary>
    public int CaseId { get; set; }

    /// <summary>The details.</summary>
    public required string Text { get; set; }

    /// <summary>For an approver whose area covers the case; null when there are none, or the case lies elsewhere.</summary>
    public static Task<string?> ForApproverAsync(MarketDb db, int caseId, string areaPath, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(db);
        return (from s in db.Set<SealedDetails>()
                join c in db.Cases on s.CaseId equals c.Id
                where c.Id == caseId && c.Area.Path.StartsWith(areaPath)
                select s.Text).SingleOrDefaultAsync(ct);
    }

    /// <summary>For a member whose claim was approved and has not ended; null for everybody else.</summary>
    public static Task<string?> ForHolderAsync(MarketDb db, int caseId, int memberId, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(db);
        return db.Set<SealedDetails>()
            .Where(s => s.CaseId == caseId && db.Claims.Any(c => c.CaseId == caseId
                && (c.State == ClaimState.Held || c.State == ClaimState.Submitted) && c.Members.Any(m => m.MemberId == memberId)))
            .Select(s => s.Text).SingleOrDefaultAsync(ct);
    }

    internal static void Configure(ModelBuilder builder) => builder.Entity<SealedDetails>(e =>
    {
        e.ToTable("CaseSeals");
        e.HasKey(s => s.CaseId);
        e.Property(s => s.CaseId).ValueGeneratedNever();
        e.Property(s => s.Text).HasMaxLength(SaveCase.MostSealed);
        e.HasOne<Case>().WithOne().HasForeignKey<SealedDetails>(s => s.CaseId).OnDelete(DeleteBehavior.Restrict);
    });
}
