using System.Globalization;
using Microsoft.EntityFrameworkCore;
using PointsMarket.Ledger;
using PointsMarket.Members;
using PointsMarket.Sponsors;

namespace PointsMarket.Awards;

/// <summary>
/// A certificate (证书): one for each nominee of a cycle, numbered without a gap in the station's year. What is printed follows from
/// it alone, so that a reprint is the same certificate. A member's name is not kept here: it is read when it is shown, and an
/// informant's is the code.
/// </summary>
public sealed class Certificate
{
    /// <summary>Key.</summary>
    public int Id { get; set; }

    /// <summary>The book of the station.</summary>
    public int BookId { get; set; }

    /// <summary>The station year it was issued in.</summary>
    public int Year { get; set; }

    /// <summary>From 1, without a gap in a station's year.</summary>
    public int Serial { get; set; }

    /// <summary>What anybody may ask for it with, at <c>/verify/{code}</c>: see <see cref="CertificateCodes"/>.</summary>
    public required string Code { get; set; }

    /// <summary>What it certifies; the template.</summary>
    public AwardKind Kind { get; set; }

    /// <summary>The cycle.</summary>
    public int CycleId { get; set; }

    /// <summary>The cycle.</summary>
    public AwardCycle Cycle { get; set; } = null!;

    /// <summary>Whose place in the cycle it is for; unique, so that nobody gets two.</summary>
    public int NomineeId { get; set; }

    /// <inheritdoc cref="NomineeId"/>
    public AwardNominee Nominee { get; set; } = null!;

    /// <summary>The member; null for a firm or a name.</summary>
    public int? MemberId { get; set; }

    /// <inheritdoc cref="MemberId"/>
    public Member? Member { get; set; }

    /// <summary>The firm; null for a member or a name.</summary>
    public int? SponsorId { get; set; }

    /// <inheritdoc cref="SponsorId"/>
    public Sponsor? Sponsor { get; set; }

    /// <summary>A team or a guest as written down; null for a member or a firm.</summary>
    public string? Name { get; set; }

    /// <summary>What is awarded, such as 2026年度三十佳辅警标兵.</summary>
    public required string Title { get; set; }

    /// <summary>What it says.</summary>
    public required string Words { get; set; }

    /// <summary>The station day on it.</summary>
    public DateOnly IssuedOn { get; set; }

    /// <summary>UTC.</summary>
    public DateTime IssuedAt { get; set; }

    /// <summary><see cref="Actor"/>.</summary>
    public required string IssuedBy { get; set; }

    /// <summary>UTC; null while it is valid.</summary>
    public DateTime? RevokedAt { get; set; }

    /// <summary>The <see cref="Actor"/> who revoked it, another than who issued it.</summary>
    public string? RevokedBy { get; set; }

    /// <summary>Why it was revoked.</summary>
    public string? RevokedFor { get; set; }

    /// <summary>When and by whom it was printed.</summary>
    public List<CertificatePrint> Prints { get; } = [];

    /// <summary>The number on it: <c>ZS-2026-000123</c>.</summary>
    public string Number => NumberOf(Year, Serial);

    /// <inheritdoc cref="Number"/>
    public static string NumberOf(int year, int serial) => string.Create(CultureInfo.InvariantCulture, $"ZS-{year:0000}-{serial:000000}");

    /// <summary>Year and serial of a typed number; null for anything else.</summary>
    public static (int Year, int Serial)? Parse(string? number) =>
        number?.Trim().ToUpperInvariant().Split('-') is ["ZS", { Length: 4 } year, { Length: 6 } serial]
        && int.TryParse(year, NumberStyles.None, CultureInfo.InvariantCulture, out var y) && int.TryParse(serial, NumberStyles.None, CultureInfo.InvariantCulture, out var s) ? (y, s) : null;

    internal static void Configure(ModelBuilder builder)
    {
        builder.Entity<Certificate>(e =>
        {
            e.ToTable("Certificates", t =>
            {
                t.HasCheckConstraint("CK_Certificates_Serial", "\"Serial\" > 0");
                t.HasCheckConstraint("CK_Certificates_OtherRevokes", "\"RevokedBy\" IS NULL OR \"RevokedBy\" <> \"IssuedBy\"");
            });
            e.Property(c => c.Code).HasMaxLength(CertificateCodes.Length);
            e.Property(c => c.Name).HasMaxLength(60);
            e.Property(c => c.Title).HasMaxLength(60);
            e.Property(c => c.Words).HasMaxLength(240);
            e.Property(c => c.IssuedBy).HasMaxLength(64);
            e.Property(c => c.RevokedBy).HasMaxLength(64);
            e.Property(c => c.RevokedFor).HasMaxLength(AwardDesk.MostWords);
            e.Ignore(c => c.Number);
            e.HasIndex(c => c.Code).IsUnique();
            e.HasIndex(c => new { c.BookId, c.Year, c.Serial }).IsUnique();
            e.HasIndex(c => c.NomineeId).IsUnique();
            e.HasIndex(c => c.MemberId);
            e.HasIndex(c => c.SponsorId);
            e.HasOne<LedgerBook>().WithMany().HasForeignKey(c => c.BookId).OnDelete(DeleteBehavior.Restrict);
            e.HasOne(c => c.Cycle).WithMany().HasForeignKey(c => c.CycleId).OnDelete(DeleteBehavior.Restrict);
            e.HasOne(c => c.Nominee).WithMany().HasForeignKey(c => c.NomineeId).OnDelete(DeleteBehavior.Restrict);
            e.HasOne(c => c.Member).WithMany().HasForeignKey(c => c.MemberId).OnDelete(DeleteBehavior.Restrict);
            e.HasOne(c => c.Sponsor).WithMany().HasForeignKey(c => c.SponsorId).OnDelete(DeleteBehavior.Restrict);
        });
        builder.Entity<CertificatePrint>(e =>
        {
            e.ToTable("CertificatePrints");
            e.Property(p => p.By).HasMaxLength(64);
            e.HasIndex(p => new { p.CertificateId, p.Id });
            e.HasOne(p => p.Certificate).WithMany(c => c.Prints).HasForeignKey(p => p.CertificateId).OnDelete(DeleteBehavior.Restrict);
        });
    }
}

/// <summary>One time a certificate was made into a PDF. A reprint is no new certificate.</summary>
public sealed class CertificatePrint
{
    /// <summary>Key.</summary>
    public int Id { get; set; }

    /// <summary>The certificate.</summary>
    public int CertificateId { get; set; }

    /// <summary>The certificate.</summary>
    public Certificate Certificate { get; set; } = null!;

    /// <summary>UTC.</summary>
    public DateTime At { get; set; }

    /// <summary><see cref="Actor"/>.</summary>
    public required string By { get; set; }
}
