using System.Globalization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using PointsMarket.Data;
using PointsMarket.Loops;
using PointsMarket.Members;
using PointsMarket.Tasks;
using PointsMarket.Web.Accounts;
using PointsMarket.Web.Reports;
using PointsMarket.Web.Shared;

namespace PointsMarket.Web.Pages.Desk.Reports;

/// <summary>One report whole: its photos large, its history, and what may be done with it.</summary>
[Authorize(Policy = Access.ApproveRead)]
public sealed class DetailModel(MarketDb db, CurrentUser user, DeskReports reports, VerifyReports verify) : PageModel
{
    private Dictionary<string, string> names = [];

    public sealed record Step(DateTime At, string Actor, ReportChange Change, string? Words, int Points);

    public DeskReports.Row Report { get; private set; } = null!;

    public IReadOnlyList<Step> History { get; private set; } = [];

    public IReadOnlyList<ReportDoubt> Doubts { get; private set; } = [];

    public bool Own => reports.IsOwn(Report);

    /// <summary>The kind of loop that it may be turned into; null for none.</summary>
    public LoopKind? LoopKind => LoopTable.KindFor(Report.Category);

    /// <summary>The reference of the loop that it belongs to: made from it, filed with it, or filed by one of its steps.</summary>
    public string? Loop { get; private set; }

    /// <summary>The name of who did it; an informant's code; the code itself of somebody who is gone.</summary>
    public string NameOf(string actor) => names.GetValueOrDefault(actor, actor);

    public async Task<IActionResult> OnGetAsync(string reference, CancellationToken ct)
    {
        if (!await LoadAsync(reference, ct)) return NotFound();
        var id = Report.Id;
        History = await db.ReportEvents.Where(e => e.ReportId == id).OrderBy(e => e.Id).Select(e => new Step(e.At, e.Actor, e.Change, e.Words, e.Points)).ToListAsync(ct);
        if (Report.State == ReportOutcome.Pending && (await ReportDoubts.ForAsync(db, [id], ct)).TryGetValue(id, out var doubts)) Doubts = doubts;
        Loop = await db.Loops.Where(l => l.ReportId == id || l.Steps.Any(s => s.ReportId == id)).Select(l => l.Reference).FirstOrDefaultAsync(ct);
        var users = History.Where(h => h.Actor.StartsWith("user:", StringComparison.Ordinal)).Select(h => int.Parse(h.Actor["user:".Length..], CultureInfo.InvariantCulture)).Distinct().ToList();
        names = await db.Users.Where(u => users.Contains(u.Id))
            .Select(u => new { u.Id, u.DisplayName, Code = u.Member == null ? null : u.Member.Code, Secret = u.Member != null && u.Member.Kind == MemberKind.Informant })
            .ToDictionaryAsync(u => $"user:{u.Id}", u => u.Secret ? u.Code! : u.DisplayName, ct);
        return Page();
    }

    public async Task<IActionResult> OnPostVerifyAsync(string reference, CancellationToken ct)
    {
        if (!await LoadAsync(reference, ct)) return NotFound();
        var judged = await verify.ExecuteAsync(new Judgement { ReportIds = [Report.Id], Actor = user.Actor, ActorMemberId = user.MemberId, AreaPath = user.AreaPath }, ct);
        if (judged.Done is [var done]) TempData.Say("Reports.Desk.Verified", "1", Ui.Points(done.Points));
        else if (judged.Left.Values.Contains(LeftAlone.MonthClosed)) TempData.Refuse("Reports.Desk.MonthClosed");
        else TempData.Refuse("Reports.Desk.NoneVerified", "1");
        return Redirect($"/desk/reports/{Report.Reference}");
    }

    private async Task<bool> LoadAsync(string reference, CancellationToken ct)
    {
        Report = (await DeskReports.Read(reports.Mine().Where(r => r.Reference == reference)).SingleOrDefaultAsync(ct))!;
        return Report is not null;
    }
}
