using System.Globalization;
using Microsoft.EntityFrameworkCore;
using PointsMarket.Accounts;
using PointsMarket.Areas;
using PointsMarket.Data;
using PointsMarket.Ledger;
using PointsMarket.Members;
using PointsMarket.Notices;
using PointsMarket.Settings;

namespace PointsMarket.Cases;

/// <summary>
/// One case as it lies on the table while an operation works on it, inside the door: its station's lock is held, and its
/// unfinished claims lie beside it in the order in which they were asked. What is changed is saved by <see cref="SaveAsync"/>.
/// </summary>
internal sealed class Docket
{
    private Docket(MarketDb db, Case @case, List<Claim> claims, DateTime now) => (Db, Case, Claims, Now) = (db, @case, claims, now);

    public MarketDb Db { get; }

    public Case Case { get; }

    /// <summary>Those that have not ended.</summary>
    public List<Claim> Claims { get; }

    public DateTime Now { get; }

    /// <summary>The claim that stands first in line or holds the case.</summary>
    public Claim? Live => Claims.SingleOrDefault(c => CaseLife.Live.Contains(c.State));

    /// <summary>
    /// Opens the one case of the query. The lock comes first: on the servers the book's row, touched but not changed, which the
    /// ledger takes too; SQLite's door lets one through at a time anyway. So limits and lines are counted by one at a time.
    /// </summary>
    public static async Task<Docket?> OpenAsync(MarketDb db, IQueryable<Case> which, DateTime now, CancellationToken ct)
    {
        var found = await which.Select(c => new { c.Id, c.Area.BookId }).SingleOrDefaultAsync(ct);
        if (found is null) return null;
        await LockAsync(db, found.BookId, ct);
        var @case = await db.Cases.Include(c => c.Area).Include(c => c.Claimants).SingleAsync(c => c.Id == found.Id, ct);
        var states = CaseLife.Unfinished;
        var claims = await db.Claims.Include(c => c.HandOvers).Include(c => c.Members).ThenInclude(m => m.Member).ThenInclude(m => m.Area)
            .Where(c => c.CaseId == found.Id && states.Contains(c.State)).OrderBy(c => c.Id).AsSplitQuery().ToListAsync(ct);
        foreach (var claim in claims) claim.Members.Sort((a, b) => a.Position.CompareTo(b.Position));
        return new Docket(db, @case, claims, now);
    }

    /// <summary>Opens the case of a claim that an approver may decide on.</summary>
    public static async Task<(Docket? Docket, Claim? Claim)> OfClaimAsync(MarketDb db, int claimId, Approver by, DateTime now, CancellationToken ct)
    {
        var path = by.AreaPath;
        var docket = await OpenAsync(db, db.Cases.Where(c => c.Area.Path.StartsWith(path) && db.Claims.Any(x => x.Id == claimId && x.CaseId == c.Id)), now, ct);
        return (docket, docket?.Claims.Find(c => c.Id == claimId));
    }

    /// <summary>Opens the case of a claim that a member has a place in.</summary>
    public static async Task<(Docket? Docket, Claim? Claim)> OfClaimAsync(MarketDb db, int claimId, Voice by, DateTime now, CancellationToken ct)
    {
        var member = by.MemberId;
        var cases = db.Cases.Where(c => db.Claims.Any(x => x.Id == claimId && x.CaseId == c.Id && x.Members.Any(m => m.MemberId == member)));
        if (by.RecordedIn is { } path) cases = cases.Where(c => c.Area.Path.StartsWith(path));
        var docket = await OpenAsync(db, cases, now, ct);
        return (docket, docket?.Claims.Find(c => c.Id == claimId));
    }

    public static Task LockAsync(MarketDb db, int book, CancellationToken ct) => db.Database.IsSqlite()
        ? Task.CompletedTask
        : db.LedgerBooks.Where(b => b.Id == book).ExecuteUpdateAsync(s => s.SetProperty(b => b.Accounts, b => b.Accounts), ct);

    /// <summary>Writes a line of history.</summary>
    public CaseEvent Note(CaseChange change, Actor actor, Claim? claim = null, int? member = null, string? words = null, int points = 0)
    {
        var line = new CaseEvent { CaseId = Case.Id, Claim = claim, At = Now, Actor = actor.Code, MemberId = member, Change = change, Words = words, Points = points };
        Db.CaseEvents.Add(line);
        return line;
    }

    /// <summary>Tells the members of a claim, except the one who did it.</summary>
    public void Tell(Claim claim, string kind, int? but = null)
    {
        foreach (var member in claim.Members.Where(m => m.MemberId != but)) TellMember(claim, member.MemberId, kind);
    }

    public void TellMember(Claim claim, int member, string kind) =>
        Inbox.TellMember(Db, member, kind, Case.Number, $"/me/claims/{claim.Id.ToString(CultureInfo.InvariantCulture)}", Now);

    /// <summary>Tells the approvers whose area covers the case, except the one who did it.</summary>
    public Task TellDeskAsync(string kind, Actor by, CancellationToken ct) =>
        Inbox.TellStaffAsync(Db, [Roles.Approver], Case.Area.Path, kind, Case.Number, $"/desk/cases/{Case.Number}", Now, UserOf(by), ct);

    /// <summary>Ends a claim that is not settled: its hand-over with it, its holders leave, and the case is free again if it had it.</summary>
    public void End(Claim claim, ClaimState state, string? reason = null)
    {
        if (CaseLife.InHand.Contains(claim.State))
        {
            Free();
            Case.State = CaseState.Open;
        }
        (claim.State, claim.EndedAt, claim.Reason) = (state, Now, reason ?? claim.Reason);
        foreach (var open in claim.HandOvers.Where(IsOpen)) open.State = HandOverState.Ended;
        Claims.Remove(claim);
    }

    /// <summary>
    /// Saves, and lets the next in line come first where nobody does. Two steps, because the database must not see two first ones
    /// for a moment.
    /// </summary>
    public async Task SaveAsync(Actor actor, CancellationToken ct)
    {
        CaseTurn.Set(Case, Live, Now);
        await Db.SaveChangesAsync(ct);
        if (Case.State != CaseState.Open || Live is not null || Claims.Find(c => c.State == ClaimState.Waiting) is not { } next) return;
        next.State = ClaimState.Asked;
        CaseTurn.Set(Case, next, Now);
        Note(CaseChange.CameFirst, actor, next);
        Tell(next, InboxKinds.CaseFirst);
        await TellDeskAsync(InboxKinds.CaseAsked, actor, ct);
        await Db.SaveChangesAsync(ct);
    }

    /// <summary>Nobody holds the case any more.</summary>
    public void Free()
    {
        Db.RemoveRange(Case.Claimants);
        (Case.ApprovedAt, Case.SubmittedAt) = (null, null);
    }

    /// <summary>The first of the members who has as much in hand as anybody may, not counting this case; null when all have room.</summary>
    public async Task<Member?> FullAsync(IEnumerable<Member> members, bool asksToo, CancellationToken ct)
    {
        var states = asksToo ? CaseLife.Live : CaseLife.InHand;
        var most = await SettingBook.ValueAsync(Db, SettingList.CaseHeldAtOnce, StationTime.Day(Now), ct);
        foreach (var member in members)
        {
            var count = await Db.Claims.CountAsync(c => c.CaseId != Case.Id && states.Contains(c.State) && c.Members.Any(m => m.MemberId == member.Id && m.AgreedAt != null), ct);
            if (count >= most) return member;
        }
        return null;
    }

    public bool InService(Member member)
    {
        var today = StationTime.Day(Now);
        return member.Joined <= today && (member.Left is null || member.Left > today);
    }

    public static bool IsOpen(HandOver handOver) => handOver.State is HandOverState.Offered or HandOverState.Signed;

    private static int? UserOf(Actor actor) =>
        actor.Code.StartsWith("user:", StringComparison.Ordinal) ? int.Parse(actor.Code.AsSpan("user:".Length), CultureInfo.InvariantCulture) : null;
}

/// <summary>What decisions share.</summary>
internal static class CaseDecisions
{
    /// <summary>True for an approver who has a hand in the claim: one of its members, or who asked for it on their behalf.</summary>
    public static bool Owns(this Approver by, Claim claim) => claim.AskedBy == by.Actor.Code || by.IsIn(claim);

    /// <summary>True for an approver who is one of its members.</summary>
    public static bool IsIn(this Approver by, Claim claim) => by.MemberId is { } me && claim.Members.Exists(m => m.MemberId == me);

    /// <summary>Words that go with a decision: 1 to <see cref="Tasks.AnswerReport.MostWords"/> characters; null for anything else.</summary>
    public static string? Words(string? words) => Typed.Words(words, Tasks.AnswerReport.MostWords);
}
