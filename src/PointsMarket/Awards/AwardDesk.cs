using Microsoft.EntityFrameworkCore;
using PointsMarket.Data;
using PointsMarket.Ledger;

namespace PointsMarket.Awards;

/// <summary>Who does something to which cycle.</summary>
public sealed record AwardStep
{
    /// <summary>The cycle.</summary>
    public required int CycleId { get; init; }

    /// <summary>The account: an approver or administrator.</summary>
    public required int UserId { get; init; }

    /// <summary>The path of the area it may act in; the cycle's must lie in it.</summary>
    public required string AreaPath { get; init; }

    internal Actor Actor => Actor.User(UserId);
}

/// <summary>What came of it. Everything but <see cref="Done"/> changed nothing, except that a recusal found out is put on record.</summary>
public enum AwardOutcome
{
    /// <summary>Done.</summary>
    Done,

    /// <summary>There is no such cycle, or nobody such in it, in the actor's area.</summary>
    NotFound,

    /// <summary>The cycle does not stand where this is done: somebody was quicker, or it comes later.</summary>
    NotNow,

    /// <summary>The actor has an interest: stands in the list, or declared one.</summary>
    Recused,

    /// <summary>The actor did the step before: another person does this one.</summary>
    SamePerson,

    /// <summary>Nobody is on the list.</summary>
    NobodyNamed,

    /// <summary>More are on the list than there may be.</summary>
    OverQuota,

    /// <summary>The public notice runs still.</summary>
    NoticeRuns,

    /// <summary>An objection waits for its answer.</summary>
    ObjectionWaits,

    /// <summary>No reason, or one of more than <see cref="AwardDesk.MostWords"/> characters.</summary>
    ReasonMissing,

    /// <summary>Such a one is not named for this kind, or is not there.</summary>
    NoSuchRecipient,

    /// <summary>Is named already.</summary>
    Already,

    /// <summary>Certificates are out: each is revoked by itself.</summary>
    CertificatesOut,

    /// <summary>Nobody is owed money that was not asked for yet.</summary>
    NothingOwed,

    /// <summary>A payment is on its way, or paid: it is withdrawn or reversed first.</summary>
    MoneyAsked,

    /// <summary>The fund cannot be asked: closed, or not for awards.</summary>
    FundRefused,
}

/// <summary>What the steps of a cycle share: taking turns, standing aside, keeping the record.</summary>
public static class AwardDesk
{
    /// <summary>The longest reason, objection or answer, in characters.</summary>
    public const int MostWords = 300;

    /// <summary>
    /// The cycle, locked for this operation, when it stands in one of the given states; else why not. A step that decides is refused to
    /// who has an interest, and that they have one is put on record.
    /// </summary>
    internal static async Task<(AwardCycle? Cycle, AwardOutcome Why)> FindAsync(MarketDb db, AwardStep step, DateTime now, bool decides, CancellationToken ct, params AwardState[] from)
    {
        // The write comes first: on a server the second of two waits here, and then sees what the first did.
        if (await db.AwardCycles.Where(c => c.Id == step.CycleId && c.Area.Path.StartsWith(step.AreaPath)).ExecuteUpdateAsync(s => s.SetProperty(c => c.Turns, c => c.Turns + 1), ct) == 0)
            return (null, AwardOutcome.NotFound);
        var cycle = await db.AwardCycles.AsTracking().SingleAsync(c => c.Id == step.CycleId, ct);
        if (!from.Contains(cycle.State)) return (null, AwardOutcome.NotNow);
        return decides && await IsRecusedAsync(db, cycle, step.UserId, now, ct) ? (null, AwardOutcome.Recused) : (cycle, AwardOutcome.Done);
    }

    /// <summary>True for who declared an interest or stands in the list; the latter is put on record when it is first found out.</summary>
    internal static async Task<bool> IsRecusedAsync(MarketDb db, AwardCycle cycle, int userId, DateTime now, CancellationToken ct)
    {
        if (await db.AwardRecusals.AnyAsync(r => r.CycleId == cycle.Id && r.UserId == userId, ct)) return true;
        var member = await db.Users.Where(u => u.Id == userId).Select(u => u.MemberId).SingleOrDefaultAsync(ct);
        if (member is null || !await db.AwardNominees.AnyAsync(n => n.CycleId == cycle.Id && n.MemberId == member, ct)) return false;
        Recuse(db, cycle, userId, now, null);
        await db.SaveChangesAsync(ct);
        return true;
    }

    /// <summary>Puts on record that an account stands aside.</summary>
    internal static void Recuse(MarketDb db, AwardCycle cycle, int userId, DateTime now, string? reason)
    {
        db.AwardRecusals.Add(new AwardRecusal { CycleId = cycle.Id, UserId = userId, At = now, Reason = reason });
        db.Write(cycle, now, Actor.User(userId).Code, AwardChange.Recused, reason);
    }

    /// <summary>Adds a line to the cycle's history; saved with the operation.</summary>
    internal static void Write(this MarketDb db, AwardCycle cycle, DateTime now, string actor, AwardChange change, string? detail = null) =>
        db.AwardEvents.Add(new AwardEvent { CycleId = cycle.Id, At = now, Actor = actor, Change = change, Detail = detail });
}
