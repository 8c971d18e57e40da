using Microsoft.EntityFrameworkCore;
using PointsMarket.Data;
using PointsMarket.Funding;
using PointsMarket.Ledger;
using PointsMarket.Notices;

namespace PointsMarket.Awards;

/// <summary>
/// Revokes a certificate with a reason, by another person than who had it issued. It stays on record and at its public address, where
/// it shows as revoked. What is owed with it is owed no more: a payment that is not paid yet is stopped, and the others in it are asked
/// for anew; of a paid one this member's part is marked to be claimed back.
/// </summary>
public sealed class RevokeCertificate(MarketWrites writes, ReverseTransaction reverse, TimeProvider clock)
{
    /// <summary>What to revoke.</summary>
    public sealed record Input
    {
        /// <summary>The certificate.</summary>
        public required int CertificateId { get; init; }

        /// <summary>Why: 1 to <see cref="AwardDesk.MostWords"/> characters.</summary>
        public required string? Reason { get; init; }

        /// <summary>The account that revokes.</summary>
        public required int UserId { get; init; }

        /// <summary>The path of the area it may act in.</summary>
        public required string AreaPath { get; init; }
    }

    /// <summary>What came of it.</summary>
    public enum Outcome
    {
        /// <summary>Revoked.</summary>
        Revoked,

        /// <summary>Revoked, and the payment that was on its way with it was stopped.</summary>
        RevokedAndStopped,

        /// <summary>Revoked, and money that was paid with it is to be claimed back.</summary>
        RevokedAndToClaimBack,

        /// <summary>It was revoked before.</summary>
        Already,

        /// <summary>The actor had it issued: somebody else revokes.</summary>
        SamePerson,

        /// <summary>No reason, or too long a one.</summary>
        ReasonMissing,

        /// <summary>There is no such certificate in the actor's area.</summary>
        NotFound,
    }

    /// <summary>Revokes it.</summary>
    public async Task<Outcome> ExecuteAsync(Input input, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(input);
        if (Typed.Words(input.Reason, AwardDesk.MostWords) is not { } words) return Outcome.ReasonMissing;
        var actor = Actor.User(input.UserId).Code;
        return await writes.RunAsync(async (db, token) =>
        {
            // The cycle's turn comes first: whoever asks for its money takes it too, and then sees what the other did.
            await db.AwardCycles.Where(c => db.Certificates.Any(x => x.Id == input.CertificateId && x.CycleId == c.Id)).ExecuteUpdateAsync(s => s.SetProperty(c => c.Turns, c => c.Turns + 1), token);
            var certificate = await db.Certificates.AsTracking().Include(c => c.Cycle).Include(c => c.Nominee).SingleOrDefaultAsync(c => c.Id == input.CertificateId && c.Cycle.Area.Path.StartsWith(input.AreaPath), token);
            if (certificate is null) return Outcome.NotFound;
            if (certificate.IssuedBy == actor) return Outcome.SamePerson;
            var now = clock.GetUtcNow().UtcDateTime;
            // Only who finds it valid revokes it, also when two do so at once on a server.
            var revoked = await db.Certificates.Where(c => c.Id == certificate.Id && c.RevokedAt == null)
                .ExecuteUpdateAsync(s => s.SetProperty(c => c.RevokedAt, now).SetProperty(c => c.RevokedBy, actor).SetProperty(c => c.RevokedFor, words), token);
            if (revoked == 0) return Outcome.Already;
            var money = await MoneyAsync(db, certificate, words, input.UserId, now, token);
            db.Write(certificate.Cycle, now, actor, AwardChange.Revoked, $"{certificate.Number}: {words}");
            await AwardPeople.TellHoldersAsync(db, [certificate], InboxKinds.CertificateRevoked, now, token);
            await db.SaveChangesAsync(token);
            return money switch { StopMoney.Result.Stopped => Outcome.RevokedAndStopped, StopMoney.Result.ToClaimBack => Outcome.RevokedAndToClaimBack, _ => Outcome.Revoked };
        }, ct);
    }

    private async Task<StopMoney.Result> MoneyAsync(MarketDb db, Certificate certificate, string words, int userId, DateTime now, CancellationToken ct)
    {
        var nominee = certificate.Nominee;
        nominee.OwedFen = 0;
        if (nominee.Payment is not { } number) return StopMoney.Result.Nothing;
        var href = AwardPeople.HrefOf(certificate.CycleId);
        var ids = await db.Payments.Where(p => p.BookId == certificate.BookId && p.Href == href).Select(p => p.Id).ToListAsync(ct);
        var id = ids.Find(i => Payment.NumberOf(i) == number);
        return id == 0 ? StopMoney.Result.Nothing : await StopMoney.RunAsync(db, reverse, id, nominee.MemberId, $"{certificate.Number} {words}", Actor.User(userId), now, ct);
    }
}

/// <summary>Puts on record that certificates were made into a PDF.</summary>
public sealed class RecordPrints(MarketWrites writes, TimeProvider clock)
{
    /// <summary>Records them.</summary>
    public Task<int> ExecuteAsync(IReadOnlyCollection<int> certificateIds, Actor actor, CancellationToken ct = default) => writes.RunAsync(async (db, token) =>
    {
        var now = clock.GetUtcNow().UtcDateTime;
        db.CertificatePrints.AddRange(certificateIds.Select(id => new CertificatePrint { CertificateId = id, At = now, By = actor.Code }));
        return await db.SaveChangesAsync(token);
    }, ct);
}
