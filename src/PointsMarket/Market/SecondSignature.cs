using Microsoft.EntityFrameworkCore;
using PointsMarket.Data;
using PointsMarket.Ledger;

namespace PointsMarket.Market;

/// <summary>What a second person is asked to sign. Stored by name.</summary>
public enum SignatureKind
{
    /// <summary>Pieces that a move lacks are to be written off; the subject is the move's reference.</summary>
    MoveLacks,

    /// <summary>A card in stock was lost or blocked and is to be written off; the subject is the card's key.</summary>
    CardStopped,

    /// <summary>A card that was written off was found, or may be used again; the subject is the card's key.</summary>
    CardFound,

    /// <summary>A delivery that was counted in is to be taken back; the subject is its reference.</summary>
    DeliveryBack,
}

/// <summary>Where it stands. Stored by name.</summary>
public enum SignatureState
{
    /// <summary>Waits for the second person.</summary>
    Waiting,

    /// <summary>Signed, and done.</summary>
    Signed,

    /// <summary>Not signed; what had been set aside is back.</summary>
    Refused,
}

/// <summary>
/// What one person asked for with a reason, and another one signs or refuses: nobody writes stock off, or takes a delivery back, alone
/// (DESIGN 6). Counts have their own signatures.
/// </summary>
public sealed class SecondSignature
{
    /// <summary>Key.</summary>
    public int Id { get; set; }

    /// <summary>What is to be signed.</summary>
    public SignatureKind Kind { get; set; }

    /// <summary>The outlet whose stock it is about; who signs has it in their area.</summary>
    public int OutletId { get; set; }

    /// <summary>The outlet whose stock it is about.</summary>
    public Outlet Outlet { get; set; } = null!;

    /// <summary>What it is about, as the kind says.</summary>
    public required string Subject { get; set; }

    /// <summary>What it is about while it waits, unique: one at a time. Null afterwards.</summary>
    public string? Open { get; set; }

    /// <summary>UTC.</summary>
    public DateTime AskedAt { get; set; }

    /// <summary>The <see cref="Ledger.Actor"/> who asked: the first signature.</summary>
    public required string AskedBy { get; set; }

    /// <summary>Why, in words.</summary>
    public required string Reason { get; set; }

    /// <summary>Where it stands.</summary>
    public SignatureState State { get; set; }

    /// <summary>UTC; null while it waits.</summary>
    public DateTime? DecidedAt { get; set; }

    /// <summary>The <see cref="Ledger.Actor"/> who signed or refused, never who asked; null while it waits.</summary>
    public string? DecidedBy { get; set; }

    /// <summary>The ledger transaction that came of it; null when there was nothing to move.</summary>
    public long? Sequence { get; set; }

    internal static void Configure(ModelBuilder builder) => builder.Entity<SecondSignature>(e =>
    {
        e.ToTable("SecondSignatures", t => t.HasCheckConstraint("CK_SecondSignatures_TwoPeople", "\"State\" = 'Waiting' OR (\"DecidedBy\" IS NOT NULL AND \"DecidedBy\" <> \"AskedBy\")"));
        e.Property(s => s.Subject).HasMaxLength(40);
        e.Property(s => s.Open).HasMaxLength(80);
        e.Property(s => s.AskedBy).HasMaxLength(64);
        e.Property(s => s.Reason).HasMaxLength(MarkCard.MostWords);
        e.Property(s => s.DecidedBy).HasMaxLength(64);
        e.HasIndex(s => s.Open).IsUnique();
        e.HasIndex(s => new { s.State, s.AskedAt });
        e.HasOne(s => s.Outlet).WithMany().HasForeignKey(s => s.OutletId).OnDelete(DeleteBehavior.Restrict);
    });
}

/// <summary>The second person's answer.</summary>
public sealed record SignatureStep
{
    /// <summary>Which.</summary>
    public required int SignatureId { get; init; }

    /// <summary>True to sign, false to refuse.</summary>
    public required bool Sign { get; init; }

    /// <summary>Who. That it is an approver is the page's policy.</summary>
    public required Actor Actor { get; init; }

    /// <summary>The path of the area the actor may act in; the outlet must lie in it.</summary>
    public required string AreaPath { get; init; }
}

/// <summary>What came of it. Everything but <see cref="Done"/> changed nothing.</summary>
public enum SignatureOutcome
{
    /// <summary>Done, now or from before.</summary>
    Done,

    /// <summary>Somebody else was quicker: see where it stands.</summary>
    Over,

    /// <summary>The actor asked for it, or had a hand in it: another person signs.</summary>
    SamePerson,

    /// <summary>The pieces are no longer where they were.</summary>
    StockMoved,

    /// <summary>There is nothing of the kind in the actor's area.</summary>
    NotFound,
}

/// <summary>What the operations with a second signature share.</summary>
internal static class SecondSignatures
{
    /// <summary>Puts down that something waits for a second person; the caller saves, under the turn, and has asked that none waits.</summary>
    public static void Ask(MarketDb db, SignatureKind kind, int outletId, string subject, Actor actor, string reason, DateTime now) => db.SecondSignatures.Add(new SecondSignature
    {
        Kind = kind, OutletId = outletId, Subject = subject, Open = OpenKey(kind, subject), AskedAt = now, AskedBy = actor.Code, Reason = reason, State = SignatureState.Waiting,
    });

    /// <summary>What waits for the same thing; null when nothing does.</summary>
    public static Task<SignatureKind?> WaitingAsync(MarketDb db, SignatureKind kind, string subject)
    {
        var key = OpenKey(kind, subject);
        return db.SecondSignatures.Where(s => s.Open == key).Select(s => (SignatureKind?)s.Kind).SingleOrDefaultAsync();
    }

    /// <summary>The one that waits, tracked, under the turn; null with the outcome when it cannot be answered by this person, or was.</summary>
    public static async Task<(SecondSignature? Waiting, SignatureOutcome Why)> FindAsync(MarketDb db, SignatureStep step, params SignatureKind[] kinds)
    {
        await db.TakeTurnAsync();
        var found = await db.SecondSignatures.Include(s => s.Outlet.Area).SingleOrDefaultAsync(s => s.Id == step.SignatureId && kinds.Contains(s.Kind) && s.Outlet.Area.Path.StartsWith(step.AreaPath));
        if (found is null) return (null, SignatureOutcome.NotFound);
        if (found.State != SignatureState.Waiting)
            return (null, found.DecidedBy == step.Actor.Code && found.State == To(step) ? SignatureOutcome.Done : SignatureOutcome.Over);
        return found.AskedBy == step.Actor.Code ? (null, SignatureOutcome.SamePerson) : (found, SignatureOutcome.Done);
    }

    /// <summary>Ends it; the caller saves.</summary>
    public static void End(MarketDb db, SecondSignature waiting, SignatureStep step, long? sequence, DateTime now)
    {
        (waiting.State, waiting.Open, waiting.DecidedAt, waiting.DecidedBy, waiting.Sequence) = (To(step), null, now, step.Actor.Code, sequence);
        db.Note(now, step.Actor, step.Sign ? "signature.signed" : "signature.refused", waiting.Subject, waiting.Kind.ToString());
    }

    /// <summary>The idempotency key of what comes of it.</summary>
    public static string Key(SecondSignature waiting) => FormattableString.Invariant($"signature:{waiting.Id}");

    private static SignatureState To(SignatureStep step) => step.Sign ? SignatureState.Signed : SignatureState.Refused;

    /// <summary>A card waits for one thing at a time, whichever.</summary>
    private static string OpenKey(SignatureKind kind, string subject) => kind is SignatureKind.CardStopped or SignatureKind.CardFound ? $"card:{subject}" : $"{kind}:{subject}";
}
