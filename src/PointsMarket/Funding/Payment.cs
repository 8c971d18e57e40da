using System.Globalization;
using Microsoft.EntityFrameworkCore;
using PointsMarket.Members;

namespace PointsMarket.Funding;

/// <summary>Where a payment stands. Stored by name.</summary>
public enum PaymentState
{
    /// <summary>Asked for; the ladder is not climbed yet.</summary>
    Asked,

    /// <summary>Approved by everybody it needs: its money is kept for it until it is paid.</summary>
    Approved,

    /// <summary>Paid: the money has left the bank.</summary>
    Paid,

    /// <summary>Refused, or stopped before it was paid, with a reason.</summary>
    Refused,

    /// <summary>Taken back by who asked.</summary>
    Withdrawn,

    /// <summary>Paid, and all of it taken back with a reason; the money is there again.</summary>
    Reversed,
}

/// <summary>
/// A payment out of a fund on its way up the ladder: up to one limit one approver, up to another two, above that somebody of finance
/// too, all different and none of them who asked. Then finance pays it once, with the reference of the bank.
/// </summary>
public sealed class Payment
{
    /// <summary>The most people a payment goes to.</summary>
    public const int MostLines = 500;

    /// <summary>The most files that prove a payment.</summary>
    public const int MostFiles = 6;

    /// <summary>How the key of a payment begins that the bank has made already: what climbs the ladder is its recording.</summary>
    internal const string BankKey = "bank:";

    /// <summary>Bounds of the words.</summary>
    public const int MostWords = 250, MostPayee = 60, MostKey = 80;

    /// <summary>Key.</summary>
    public int Id { get; set; }

    /// <summary>The book of the station.</summary>
    public int BookId { get; set; }

    /// <summary>The fund.</summary>
    public int FundId { get; set; }

    /// <summary>The fund.</summary>
    public Fund Fund { get; set; } = null!;

    /// <summary>One purpose of the fund's.</summary>
    public FundPurpose Purpose { get; set; }

    /// <summary>Fen; the sum of its lines.</summary>
    public long AmountFen { get; set; }

    /// <summary>
    /// What it is for, such as <c>payroll:2026-10</c>: the same thing is asked for once. Null once it was refused, withdrawn or
    /// reversed, so that it may be asked for again.
    /// </summary>
    public string? Key { get; set; }

    /// <summary>The shop, the firm or the list it goes to; null when it goes to members only. No personal data.</summary>
    public string? Payee { get; set; }

    /// <summary>The page of what it is for, from the root; null when there is none.</summary>
    public string? Href { get; set; }

    /// <summary>Why, in words.</summary>
    public required string Words { get; set; }

    /// <summary>How many approvers its amount needs, by the settings of the day it was asked.</summary>
    public int ApproversNeeded { get; set; }

    /// <summary>True when somebody of finance approves too.</summary>
    public bool FinanceNeeded { get; set; }

    /// <summary>Where it stands.</summary>
    public PaymentState State { get; set; }

    /// <summary>UTC.</summary>
    public DateTime AskedAt { get; set; }

    /// <summary><see cref="Ledger.Actor"/>.</summary>
    public required string AskedBy { get; set; }

    /// <summary>UTC; null before the last approval.</summary>
    public DateTime? ApprovedAt { get; set; }

    /// <summary>UTC, when it was paid, refused, withdrawn or reversed; null before.</summary>
    public DateTime? EndedAt { get; set; }

    /// <summary>Who did that.</summary>
    public string? EndedBy { get; set; }

    /// <summary>Why it was refused or reversed.</summary>
    public string? Reason { get; set; }

    /// <summary>Who it goes to.</summary>
    public List<PaymentLine> Lines { get; } = [];

    /// <summary>Who approved it.</summary>
    public List<PaymentApproval> Approvals { get; } = [];

    /// <summary>What was asked to take back of it.</summary>
    public List<PaymentReversal> Reversals { get; } = [];

    /// <summary>Photos and documents that prove it.</summary>
    public List<PaymentFile> Files { get; } = [];

    /// <summary>True when the bank has made it already, and only its recording is asked for: it is recorded with the last word, on the bank's day.</summary>
    public bool AtBank => IsAtBank(Key);

    /// <inheritdoc cref="AtBank"/>
    internal static bool IsAtBank(string? key) => key?.StartsWith(BankKey, StringComparison.Ordinal) == true;

    /// <summary>The reversal that waits for its approvers; null when none does. The reversals must be loaded.</summary>
    public PaymentReversal? WaitingReversal => Reversals.Find(r => r.State == ReversalState.Asked);

    /// <summary>The line at a position, or all lines, as far as they did not come back yet.</summary>
    internal List<PaymentLine> LinesOf(int? position) => Lines.FindAll(l => l.ReversalId is null && (position is null || l.Position == position));

    /// <summary>How people call it: <c>FK00012</c>.</summary>
    public string Number => NumberOf(Id);

    /// <inheritdoc cref="Number"/>
    public static string NumberOf(int id) => "FK" + id.ToString("00000", CultureInfo.InvariantCulture);

    /// <summary>The idempotency key of its paying in the ledger.</summary>
    public static string KeyOf(int id) => $"payment:{NumberOf(id)}";

    /// <summary>The idempotency key of owing it to members.</summary>
    internal static string OwedKeyOf(int id) => $"payment-owed:{NumberOf(id)}";

    internal static void Configure(ModelBuilder builder)
    {
        builder.Entity<Payment>(e =>
        {
            e.ToTable("Payments", t =>
            {
                t.HasCheckConstraint("CK_Payments_Amount", "\"AmountFen\" > 0");
                t.HasCheckConstraint("CK_Payments_Ladder", "\"ApproversNeeded\" IN (1, 2)");
            });
            e.Property(p => p.Key).HasMaxLength(MostKey);
            e.Property(p => p.Payee).HasMaxLength(MostPayee);
            e.Property(p => p.Href).HasMaxLength(200);
            e.Property(p => p.Words).HasMaxLength(500);
            e.Property(p => p.Reason).HasMaxLength(500);
            e.Property(p => p.AskedBy).HasMaxLength(64);
            e.Property(p => p.EndedBy).HasMaxLength(64);
            e.Ignore(p => p.Number);
            e.Ignore(p => p.AtBank);
            e.Ignore(p => p.WaitingReversal);
            e.HasIndex(p => new { p.BookId, p.Key }).IsUnique();
            e.HasIndex(p => new { p.BookId, p.State });
            e.HasOne(p => p.Fund).WithMany().HasForeignKey(p => p.FundId).OnDelete(DeleteBehavior.Restrict);
            e.HasMany(p => p.Lines).WithOne().HasForeignKey(l => l.PaymentId).OnDelete(DeleteBehavior.Cascade);
            e.HasMany(p => p.Approvals).WithOne().HasForeignKey(a => a.PaymentId).OnDelete(DeleteBehavior.Cascade);
        });
        builder.Entity<PaymentLine>(e =>
        {
            e.ToTable("PaymentLines", t => t.HasCheckConstraint("CK_PaymentLines_Amount", "\"AmountFen\" > 0"));
            e.HasKey(l => new { l.PaymentId, l.Position });
            e.Property(l => l.ClaimBack).HasMaxLength(PaymentReversal.MostWords);
            e.HasIndex(l => l.MemberId);
            e.HasOne<PaymentReversal>().WithMany().HasForeignKey(l => l.ReversalId).OnDelete(DeleteBehavior.Restrict);
            e.HasOne(l => l.Member).WithMany().HasForeignKey(l => l.MemberId).OnDelete(DeleteBehavior.Restrict);
        });
        builder.Entity<PaymentApproval>(e =>
        {
            e.ToTable("PaymentApprovals");
            e.Property(a => a.By).HasMaxLength(64);
            e.HasKey(a => new { a.PaymentId, a.By }); // nobody approves twice
        });
        PaymentReversal.Configure(builder);
        PaymentFile.Configure(builder);
    }
}

/// <summary>A part of a payment and who it goes to.</summary>
public sealed class PaymentLine
{
    /// <summary>The payment.</summary>
    public int PaymentId { get; set; }

    /// <summary>From 0.</summary>
    public int Position { get; set; }

    /// <summary>The member; null when it goes to the payment's payee.</summary>
    public int? MemberId { get; set; }

    /// <summary>The member.</summary>
    public Member? Member { get; set; }

    /// <summary>Fen.</summary>
    public long AmountFen { get; set; }

    /// <summary>The reversal it came back with; null while it did not. So it comes back once.</summary>
    public int? ReversalId { get; set; }

    /// <summary>Why it is to be claimed back; null when it is not, or is back.</summary>
    public string? ClaimBack { get; set; }
}

/// <summary>Somebody's word on a payment.</summary>
public sealed class PaymentApproval
{
    /// <summary>The payment.</summary>
    public int PaymentId { get; set; }

    /// <summary>The <see cref="Ledger.Actor"/>.</summary>
    public required string By { get; set; }

    /// <summary>True when it was given for finance; false for an approver's.</summary>
    public bool ForFinance { get; set; }

    /// <summary>UTC.</summary>
    public DateTime At { get; set; }
}
