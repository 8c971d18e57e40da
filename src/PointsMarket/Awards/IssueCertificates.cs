using Microsoft.EntityFrameworkCore;
using PointsMarket.Areas;
using PointsMarket.Data;
using PointsMarket.Notices;

namespace PointsMarket.Awards;

/// <summary>
/// Issues the certificates of a decided cycle, one for each on the list, a few at a time. It can be stopped anywhere; doing it again
/// goes on, and the key on the nominee sees that nobody gets two. Numbers are given out under the lock of the station's book and in
/// the same transaction as the certificate, so that a year has no gap.
/// </summary>
public sealed class IssueCertificates(MarketContexts contexts, MarketWrites writes, TimeProvider clock)
{
    private const int Chunk = 25;

    /// <summary>What to issue.</summary>
    public sealed record Input
    {
        /// <summary>Who has them issued, and where.</summary>
        public required AwardStep Step { get; init; }

        /// <summary>Told how many of all are issued, from any thread.</summary>
        public IProgress<(int Done, int Total)>? Progress { get; init; }
    }

    /// <summary>Issues, or goes on issuing.</summary>
    public async Task<AwardOutcome> ExecuteAsync(Input input, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(input);
        var begun = await writes.RunAsync((db, token) => BeginAsync(db, input.Step, token), ct);
        if (begun != AwardOutcome.Done) return begun;
        await IssueAllAsync(input.Step.CycleId, input.Progress, ct);
        return AwardOutcome.Done;
    }

    /// <summary>Finishes what a stopped server left half done, in any station. Returns how many cycles.</summary>
    public async Task<int> FinishAllAsync(CancellationToken ct = default)
    {
        List<int> open;
        await using (var db = contexts.Read()) open = await db.AwardCycles.Where(c => c.State == AwardState.Issuing).Select(c => c.Id).ToListAsync(ct);
        foreach (var id in open) await IssueAllAsync(id, null, ct);
        return open.Count;
    }

    private async Task<AwardOutcome> BeginAsync(MarketDb db, AwardStep step, CancellationToken ct)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var (cycle, why) = await AwardDesk.FindAsync(db, step, now, decides: true, ct, AwardState.Decided, AwardState.Issuing, AwardState.Issued);
        if (cycle is null) return why;
        if (cycle.State != AwardState.Decided) return AwardOutcome.Done;
        (cycle.State, cycle.IssuedBy) = (AwardState.Issuing, step.Actor.Code);
        await db.SaveChangesAsync(ct);
        return AwardOutcome.Done;
    }

    private async Task IssueAllAsync(int id, IProgress<(int Done, int Total)>? progress, CancellationToken ct)
    {
        int total, done;
        await using (var db = contexts.Read())
        {
            total = await db.AwardNominees.CountAsync(n => n.CycleId == id && n.Named, ct);
            done = await db.Certificates.CountAsync(c => c.CycleId == id, ct);
        }
        do
        {
            progress?.Report((done, total));
            var issued = await writes.RunAsync((db, token) => IssueSomeAsync(db, id, token), ct);
            if (issued == 0) return;
            done += issued;
        }
        while (true);
    }

    /// <summary>The next few, and how many; 0 when there are none left and the cycle is issued.</summary>
    private async Task<int> IssueSomeAsync(MarketDb db, int id, CancellationToken ct)
    {
        var book = await db.AwardCycles.Where(c => c.Id == id).Select(c => c.BookId).SingleAsync(ct);
        // The book's row, touched but not changed, is the lock under which numbers are given out.
        await db.LedgerBooks.Where(b => b.Id == book).ExecuteUpdateAsync(s => s.SetProperty(b => b.Accounts, b => b.Accounts), ct);
        var cycle = await db.AwardCycles.AsTracking().SingleAsync(c => c.Id == id, ct);
        if (cycle.State != AwardState.Issuing) return 0;
        var now = clock.GetUtcNow().UtcDateTime;
        var day = StationTime.Day(now);
        var next = await db.AwardNominees.Where(n => n.CycleId == id && n.Named && !db.Certificates.Any(c => c.NomineeId == n.Id)).OrderBy(n => n.Place).Take(Chunk).ToListAsync(ct);
        var last = await db.Certificates.Where(c => c.BookId == book && c.Year == day.Year).MaxAsync(c => (int?)c.Serial, ct) ?? 0;
        var certificates = next.ConvertAll(n => new Certificate
        {
            BookId = book, Year = day.Year, Serial = ++last, Code = CertificateCodes.New(), Kind = cycle.Kind, CycleId = id, NomineeId = n.Id, MemberId = n.MemberId, SponsorId = n.SponsorId, Name = n.Name,
            Title = cycle.Title, Words = cycle.Words, IssuedOn = day, IssuedAt = now, IssuedBy = cycle.IssuedBy!,
        });
        db.Certificates.AddRange(certificates);
        await AwardPeople.TellHoldersAsync(db, certificates, InboxKinds.CertificateIssued, now, ct);
        if (next.Count == 0)
        {
            cycle.State = AwardState.Issued;
            db.Write(cycle, now, cycle.IssuedBy!, AwardChange.Issued, (await db.Certificates.CountAsync(c => c.CycleId == id, ct)).ToString(System.Globalization.CultureInfo.InvariantCulture));
        }
        await db.SaveChangesAsync(ct);
        return next.Count;
    }
}
