using Microsoft.EntityFrameworkCore;
using PointsMarket.Areas;
using PointsMarket.Data;
using PointsMarket.Ledger;
using PointsMarket.Tasks;

namespace PointsMarket.Funding;

/// <summary>A photo or document that proves a payment (invoice, receipt, list), as it lies in the <see cref="PhotoFolder"/>.</summary>
public sealed class PaymentFile
{
    /// <summary>Key.</summary>
    public int Id { get; set; }

    /// <summary>The payment.</summary>
    public int PaymentId { get; set; }

    /// <summary>From 1 to <see cref="Payment.MostFiles"/>.</summary>
    public int Number { get; set; }

    /// <summary>What its owner called it, with the ending of what it is.</summary>
    public required string Name { get; set; }

    /// <summary>The random name of its file.</summary>
    public required string FileName { get; set; }

    /// <summary>What photo it is; null for a document.</summary>
    public PhotoKind? Photo { get; set; }

    /// <summary>What document it is; null for a photo.</summary>
    public FileKind? Kind { get; set; }

    /// <summary>Its size.</summary>
    public int Bytes { get; set; }

    /// <summary>SHA-256 of the stored file, 64 hex digits.</summary>
    public required string Hash { get; set; }

    /// <summary>UTC.</summary>
    public DateTime AddedAt { get; set; }

    /// <summary><see cref="Ledger.Actor"/>.</summary>
    public required string AddedBy { get; set; }

    internal static void Configure(ModelBuilder builder) => builder.Entity<PaymentFile>(e =>
    {
        e.ToTable("PaymentFiles", t =>
        {
            t.HasCheckConstraint("CK_PaymentFiles_Number", "\"Number\" BETWEEN 1 AND 6");
            t.HasCheckConstraint("CK_PaymentFiles_OneKind", "(\"Photo\" IS NULL AND \"Kind\" IS NOT NULL) OR (\"Photo\" IS NOT NULL AND \"Kind\" IS NULL)");
        });
        e.Property(f => f.Name).HasMaxLength(SentFiles.MostName);
        e.Property(f => f.FileName).HasMaxLength(40);
        e.Property(f => f.Hash).HasMaxLength(64);
        e.Property(f => f.AddedBy).HasMaxLength(64);
        e.HasIndex(f => new { f.PaymentId, f.Number }).IsUnique(); // with the check: no more than six, whoever adds at the same time
        e.HasOne<Payment>().WithMany(p => p.Files).HasForeignKey(f => f.PaymentId).OnDelete(DeleteBehavior.Restrict);
    });

    /// <summary>Hangs kept files on a payment, after those it has.</summary>
    internal static void Add(Payment payment, IReadOnlyList<KeptFile> files, Actor by, DateTime now)
    {
        var before = payment.Files.Count;
        foreach (var f in files)
        {
            payment.Files.Add(new PaymentFile
            {
                Number = before + f.Number, Name = f.Name, FileName = f.FileName, Photo = f.Photo, Kind = f.Kind, Bytes = f.Bytes, Hash = f.Hash, AddedAt = now, AddedBy = by.Code,
            });
        }
    }
}

/// <summary>
/// Adds evidence to a payment that is not paid yet: who asked for it, an approver or somebody of finance. Nothing is taken away again:
/// what somebody approved on stays.
/// </summary>
public sealed class AddPaymentFiles(MarketWrites writes, PhotoFolder folder, TimeProvider clock)
{
    /// <summary>What is added.</summary>
    public sealed record Input
    {
        /// <summary>The payment.</summary>
        public required int PaymentId { get; init; }

        /// <summary>Photos, PDFs and texts as they were sent.</summary>
        public required IReadOnlyList<SentFile> Files { get; init; }

        /// <summary>Who adds them.</summary>
        public required PaymentActor By { get; init; }
    }

    /// <summary>A file is not taken, and so none was.</summary>
    public sealed record BadFile(BadSentFile File) : PaymentOutcome;

    /// <summary>Adds them, all or none.</summary>
    public Task<PaymentOutcome> ExecuteAsync(Input input, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(input);
        if (input.Files.Count is 0 or > Payment.MostFiles) return Task.FromResult(PaymentOutcome.No(PaymentRefusal.BadFiles));
        return SentFiles.WithAsync<PaymentOutcome>(folder, input.Files, bad => new BadFile(bad), async kept =>
        {
            var outcome = await writes.RunAsync((db, token) => RunAsync(db, input, kept, token), ct);
            return (outcome, outcome is PaymentOutcome.Done);
        }, ct);
    }

    private async Task<PaymentOutcome> RunAsync(MarketDb db, Input input, IReadOnlyList<KeptFile> kept, CancellationToken ct)
    {
        var (payment, person, why) = await PaymentNews.OpenAsync(db, input.PaymentId, input.By, ct);
        if (payment is null || person is null) return why!;
        if (person is { IsApprover: false, IsFinance: false } && payment.AskedBy != input.By.Actor.Code) return PaymentOutcome.No(PaymentRefusal.NotAllowed);
        if (payment.State is not (PaymentState.Asked or PaymentState.Approved)) return PaymentOutcome.No(PaymentRefusal.NotNow);
        await db.Entry(payment).Collection(p => p.Files).LoadAsync(ct);
        if (payment.Files.Count + kept.Count > Payment.MostFiles) return PaymentOutcome.No(PaymentRefusal.BadFiles);
        var now = clock.GetUtcNow().UtcDateTime;
        PaymentFile.Add(payment, kept, input.By.Actor, now);
        db.Note(now, input.By.Actor, "payment.evidence", payment.Number, FormattableString.Invariant($"{kept.Count}"));
        await db.SaveChangesAsync(ct);
        return new PaymentOutcome.Done(payment.Id);
    }
}
