using Microsoft.EntityFrameworkCore;
using PointsMarket.Areas;
using PointsMarket.Data;
using PointsMarket.Members;

namespace PointsMarket.Awards;

/// <summary>One on a public list.</summary>
/// <param name="NomineeId">Key, for an objection.</param>
/// <param name="Place">From 1, over all on the list.</param>
/// <param name="Name">Masked.</param>
/// <param name="Kind">The level.</param>
/// <param name="Mean">The mean score in hundredths.</param>
public sealed record NoticedNominee(int NomineeId, int Place, string Name, MemberKind Kind, int? Mean);

/// <summary>A list on public notice, or decided a short time ago. Informants are left off: their code alone would tell the village too much.</summary>
/// <param name="CycleId">The cycle.</param>
/// <param name="Title">How it is called.</param>
/// <param name="Kind">What is awarded.</param>
/// <param name="From">The first day of the notice.</param>
/// <param name="To">The last day of the notice.</param>
/// <param name="Running">True while members may object.</param>
/// <param name="Decided">True once it is decided.</param>
/// <param name="People">Who is on it.</param>
public sealed record AwardNotice(int CycleId, string Title, AwardKind Kind, DateOnly From, DateOnly To, bool Running, bool Decided, IReadOnlyList<NoticedNominee> People)
{
    /// <summary>How long a decided list stays on the notice page.</summary>
    public const int DaysAfter = 60;

    /// <summary>The lists of a station, newest first.</summary>
    public static async Task<IReadOnlyList<AwardNotice>> ReadAsync(MarketDb db, int bookId, DateOnly today, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        var since = today.AddDays(-DaysAfter);
        AwardState[] shown = [AwardState.Noticed, AwardState.Decided, AwardState.Issuing, AwardState.Issued];
        var cycles = await db.AwardCycles.Where(c => c.BookId == bookId && c.NoticeTo != null && c.NoticeTo >= since && shown.Contains(c.State))
            .OrderByDescending(c => c.NoticeFrom).ThenByDescending(c => c.Id).Take(10)
            .Select(c => new
            {
                c.Id, c.Title, c.Kind, c.NoticeFrom, c.NoticeTo, c.State,
                People = c.Nominees.Where(n => n.Named && n.Member != null && n.Member.Kind != MemberKind.Informant).OrderBy(n => n.Place)
                    .Select(n => new { n.Id, n.Place, n.Member!.Code, n.Member.Name, n.Member.Kind, n.ScoreSum, n.Months }).ToList(),
            }).ToListAsync(ct);
        return [.. cycles.Select(c => new AwardNotice(c.Id, c.Title, c.Kind, c.NoticeFrom!.Value, c.NoticeTo!.Value, c.State == AwardState.Noticed && c.NoticeTo >= today, c.State != AwardState.Noticed,
            [.. c.People.Select(p => new NoticedNominee(p.Id, p.Place, MemberNames.Masked(p.Kind, p.Code, p.Name), p.Kind, AwardNominee.MeanOf(p.ScoreSum, p.Months)))]))];
    }
}

/// <summary>What somebody named for a year gets with every month of the next one.</summary>
/// <param name="MemberId">The member.</param>
/// <param name="Fen">How much a month.</param>
/// <param name="Title">For what.</param>
public sealed record AwardSupplement(int MemberId, long Fen, string Title)
{
    /// <summary>
    /// The supplements of a station's month, for the payroll list: of what was decided for the year before and not revoked since. Each
    /// member gets one for each kind of award, the highest, also where two cycles named them.
    /// </summary>
    public static async Task<IReadOnlyList<AwardSupplement>> ReadAsync(MarketDb db, int bookId, DateOnly month, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        var year = month.Year - 1;
        AwardState[] decided = [AwardState.Decided, AwardState.Issuing, AwardState.Issued];
        var all = await db.AwardNominees
            .Where(n => n.Named && n.MemberId != null && n.Cycle.BookId == bookId && n.Cycle.Year == year && n.Cycle.MonthlyFen > 0 && decided.Contains(n.Cycle.State)
                && !db.Certificates.Any(c => c.NomineeId == n.Id && c.RevokedAt != null))
            .OrderBy(n => n.Member!.Code).ThenByDescending(n => n.Cycle.MonthlyFen).ThenBy(n => n.CycleId)
            .Select(n => new { n.Cycle.Kind, Supplement = new AwardSupplement(n.MemberId!.Value, n.Cycle.MonthlyFen, n.Cycle.Title) }).ToListAsync(ct);
        return [.. all.DistinctBy(n => (n.Supplement.MemberId, n.Kind)).Select(n => n.Supplement)];
    }
}
