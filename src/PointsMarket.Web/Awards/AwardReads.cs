using Microsoft.EntityFrameworkCore;
using PointsMarket.Areas;
using PointsMarket.Awards;
using PointsMarket.Data;
using PointsMarket.Funding;
using PointsMarket.Members;
using PointsMarket.Settings;
using PointsMarket.Web.Accounts;
using PointsMarket.Web.Shared;

namespace PointsMarket.Web.Awards;

/// <summary>What the desk's pages on awards read; only cycles in the user's area.</summary>
public sealed class AwardReads(MarketDb db, CurrentUser user)
{
    /// <summary>A row of the list of cycles.</summary>
    public sealed record Row(int Id, string Title, AwardKind Kind, int Year, AwardState State, string Area, int Named, int Quota, DateOnly? NoticeTo, int Objections);

    /// <summary>One who may be, or is, named.</summary>
    public sealed record Nominee(
        int Id, int? MemberId, int Place, MemberKind? Kind, string Code, string Written, string? Area, DateOnly? Joined, long ScoreSum, int Months, long Points, bool Named, string? StruckFor, string? StruckBy, bool Dropped,
        long OwedFen, int? CertificateId, int? CertificateYear, int? CertificateSerial, bool Revoked)
    {
        /// <summary>The name; an informant's code.</summary>
        public string Shown => Kind is { } kind ? MemberNames.Shown(kind, Code, Written) : Written;

        /// <summary>The mean score in hundredths.</summary>
        public int? Mean => AwardNominee.MeanOf(ScoreSum, Months);
    }

    /// <summary>An objection as who answers it sees it.</summary>
    public sealed record Objection(int Id, MemberKind ByKind, string ByCode, string ByName, DateTime At, string Text, string? About, bool? Upheld, string? Answer, string? AnsweredBy, DateTime? AnsweredAt)
    {
        /// <summary>Who objected; an informant by code.</summary>
        public string By => MemberNames.Shown(ByKind, ByCode, ByName);
    }

    /// <summary>The cycles.</summary>
    public IQueryable<AwardCycle> Cycles()
    {
        var path = user.AreaPath;
        return db.AwardCycles.Where(c => c.Area.Path.StartsWith(path));
    }

    /// <summary>Reads rows of the list.</summary>
    public IQueryable<Row> Rows(IQueryable<AwardCycle> cycles) => cycles.Select(c => new Row(
        c.Id, c.Title, c.Kind, c.Year, c.State, c.Area.Name, c.State == AwardState.Draft ? c.Nominees.Count(n => n.StruckFor == null && !n.Dropped) : c.Nominees.Count(n => n.Named), c.Quota, c.NoticeTo,
        db.AwardObjections.Count(o => o.CycleId == c.Id && o.Answer == null)));

    /// <summary>One cycle with its area; null when there is none such in the user's area.</summary>
    public Task<AwardCycle?> FindAsync(int id, CancellationToken ct) => Cycles().AsNoTracking().Include(c => c.Area).SingleOrDefaultAsync(c => c.Id == id, ct);

    /// <summary>Who may be, or is, named, in their order.</summary>
    /// <param name="cycle">The cycle.</param>
    /// <param name="upTo">The last place that is asked for; who is named is there in any case.</param>
    public IQueryable<Nominee> Nominees(int cycle, int upTo = int.MaxValue) => db.AwardNominees.Where(n => n.CycleId == cycle && (n.Named || n.Place <= upTo)).OrderBy(n => n.Place).Select(n => new Nominee(
        n.Id, n.MemberId, n.Place, n.Member == null ? null : n.Member.Kind, n.Member != null ? n.Member.Code : n.Sponsor != null ? n.Sponsor.Code : "",
        n.Member != null ? n.Member.Name : n.Sponsor != null ? n.Sponsor.Name : n.Name!, n.Member == null ? null : n.Member.Area.Name, n.Member == null ? null : n.Member.Joined,
        n.ScoreSum, n.Months, n.Points, n.Named, n.StruckFor, n.StruckBy, n.Dropped, n.OwedFen,
        db.Certificates.Where(c => c.NomineeId == n.Id).Select(c => (int?)c.Id).FirstOrDefault(), db.Certificates.Where(c => c.NomineeId == n.Id).Select(c => (int?)c.Year).FirstOrDefault(),
        db.Certificates.Where(c => c.NomineeId == n.Id).Select(c => (int?)c.Serial).FirstOrDefault(), db.Certificates.Any(c => c.NomineeId == n.Id && c.RevokedAt != null)));

    /// <summary>The objections, oldest first.</summary>
    public async Task<IReadOnlyList<Objection>> ObjectionsAsync(int cycle, CancellationToken ct)
    {
        var found = await db.AwardObjections.Where(o => o.CycleId == cycle).OrderBy(o => o.Id).Select(o => new
        {
            o.Id, o.Member.Kind, o.Member.Code, o.Member.Name, o.At, o.Text, o.Upheld, o.Answer, o.AnsweredBy, o.AnsweredAt,
            About = o.Nominee == null || o.Nominee.Member == null ? null : new { o.Nominee.Member.Kind, o.Nominee.Member.Code, o.Nominee.Member.Name },
        }).ToListAsync(ct);
        return [.. found.Select(o => new Objection(o.Id, o.Kind, o.Code, o.Name, o.At, o.Text, o.About is null ? null : MemberNames.Shown(o.About.Kind, o.About.Code, o.About.Name), o.Upheld, o.Answer, o.AnsweredBy, o.AnsweredAt))];
    }

    /// <summary>What was done, newest first.</summary>
    public async Task<IReadOnlyList<AwardEvent>> EventsAsync(int cycle, CancellationToken ct) => await db.AwardEvents.AsNoTracking().Where(e => e.CycleId == cycle).OrderByDescending(e => e.Id).ToListAsync(ct);

    /// <summary>Who stands aside.</summary>
    public async Task<IReadOnlyList<AwardRecusal>> RecusalsAsync(int cycle, CancellationToken ct) => await db.AwardRecusals.AsNoTracking().Where(r => r.CycleId == cycle).OrderBy(r => r.At).ToListAsync(ct);

    /// <summary>True for an account that decides nothing in a cycle.</summary>
    public Task<bool> IsRecusedAsync(int cycle, CancellationToken ct)
    {
        var (id, member) = (user.Id, user.MemberId);
        return db.AwardCycles.AnyAsync(c => c.Id == cycle && (db.AwardRecusals.Any(r => r.CycleId == c.Id && r.UserId == id) || (member != null && c.Nominees.Any(n => n.MemberId == member))), ct);
    }

    /// <summary>The certificates.</summary>
    public IQueryable<Certificate> Certificates()
    {
        var path = user.AreaPath;
        return db.Certificates.Where(c => c.Cycle.Area.Path.StartsWith(path));
    }

    /// <summary>The yuan of a setting on a day; 0 for none.</summary>
    public async Task<decimal> UsualAsync(Setting? setting, DateOnly day, CancellationToken ct) => setting is null ? 0 : await SettingBook.ValueAsync(db, setting, day, ct) / 100m;

    /// <summary>For how many days a list that is confirmed on a day is on public notice.</summary>
    public Task<long> NoticeDaysAsync(DateOnly day, CancellationToken ct) => SettingBook.ValueAsync(db, SettingList.NoticeDays, day, ct);

    /// <summary>The open funds of the user's station whose money may go into awards, by code.</summary>
    public async Task<IReadOnlyList<Fund>> FundsAsync(CancellationToken ct)
    {
        var path = user.AreaPath;
        var funds = await db.Funds.AsNoTracking().Where(f => f.Active && db.Areas.Any(a => a.BookId == f.BookId && a.Path.StartsWith(path))).OrderBy(f => f.Code).ToListAsync(ct);
        return [.. funds.Where(f => f.Purposes.HasFlag(FundPurpose.Awards))];
    }

    /// <summary>The payments that were asked for a cycle, newest first.</summary>
    public async Task<IReadOnlyList<Payment>> PaymentsAsync(int cycle, CancellationToken ct)
    {
        var href = $"/desk/awards/{cycle}";
        return await db.Payments.AsNoTracking().Where(p => p.Href == href).OrderByDescending(p => p.Id).ToListAsync(ct);
    }
}
