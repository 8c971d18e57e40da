using Microsoft.EntityFrameworkCore;
using PointsMarket.Accounts;
using PointsMarket.Areas;
using PointsMarket.Data;
using PointsMarket.Members;
using PointsMarket.Notices;

namespace PointsMarket.Assessments;

/// <summary>Who is told what about a month's assessment; saved with what it tells of.</summary>
internal static class AssessmentNews
{
    /// <summary>
    /// Tells the members who have an account and a line. Those without read no inbox: the chief tells them, and a hundred thousand
    /// messages nobody opens are not written.
    /// </summary>
    public static async Task TellMembersAsync(MarketDb db, int assessmentId, DateOnly month, string kind, DateTime now, CancellationToken ct)
    {
        var told = await db.AssessmentLines.Where(l => l.AssessmentId == assessmentId && db.Users.Any(u => u.MemberId == l.MemberId)).Select(l => l.MemberId).ToListAsync(ct);
        var subject = StationMonth.Text(month);
        Inbox.TellMembers(db, kind, now, told.Select(m => (m, subject, "/me/assessment")));
    }

    /// <summary>Tells the approvers whose area covers the place; where there is none, the administrators.</summary>
    public static async Task TellApproversAsync(MarketDb db, string areaPath, DateOnly month, string kind, DateTime now, CancellationToken ct)
    {
        var subject = StationMonth.Text(month);
        var href = $"/desk/assessment?month={subject}";
        if (await Inbox.TellStaffAsync(db, [Roles.Approver], areaPath, kind, subject, href, now, ct: ct) == 0)
            await Inbox.TellStaffAsync(db, [Roles.Administrator], areaPath, kind, subject, href, now, ct: ct);
    }

    /// <summary>Tells the grid chief and the approvers when somebody was not competent for the third month in a row.</summary>
    public static async Task TellOfStrugglingAsync(MarketDb db, int bookId, DateOnly month, DateTime now, CancellationToken ct)
    {
        if (await db.Areas.Where(a => a.Kind == AreaKind.Station && a.BookId == bookId).Select(a => a.Path).FirstOrDefaultAsync(ct) is not { } path) return;
        if ((await Struggling.ReadAsync(db, bookId, path, month, ct)).Count == 0) return;
        await TellApproversAsync(db, path, month, InboxKinds.AssessmentStruggling, now, ct);
        var chiefs = await WhoRates.InService(db, StationTime.Day(now)).Where(m => m.Kind == MemberKind.GridChief && m.Area.BookId == bookId).Select(m => m.Id).ToListAsync(ct);
        foreach (var chief in chiefs) Inbox.TellMember(db, chief, InboxKinds.AssessmentStruggling, StationMonth.Text(month), "/me/assessment", now);
    }
}

/// <summary>The account behind an actor.</summary>
internal static class LedgerUser
{
    /// <summary>The key of a signed-in user's account; null for the platform itself.</summary>
    public static int? Of(Ledger.Actor actor) =>
        actor.Code.StartsWith("user:", StringComparison.Ordinal) ? int.Parse(actor.Code["user:".Length..], System.Globalization.CultureInfo.InvariantCulture) : null;
}
