using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using PointsMarket.Tasks;
using PointsMarket.Web.Accounts;
using PointsMarket.Web.Reports;
using PointsMarket.Web.Shared;

namespace PointsMarket.Web.Pages.Desk.Reports;

/// <summary>The words that go with returning, rejecting or taking back.</summary>
[Authorize(Policy = Access.Approve)]
public sealed class JudgeModel(CurrentUser user, DeskReports reports, ReturnReports back, RejectReports reject, ReverseReport reverse) : PageModel
{
    public sealed class InputModel
    {
        [Display(Name = "Reports.Judge.Words"), Required, StringLength(AnswerReport.MostWords)]
        public string? Words { get; set; }
    }

    [BindProperty(SupportsGet = true)]
    public ReportChange To { get; set; }

    [BindProperty(SupportsGet = true, Name = "id")]
    public int[] Ids { get; set; } = [];

    [BindProperty]
    public InputModel Input { get; set; } = new();

    public IReadOnlyList<DeskReports.Row> Rows { get; private set; } = [];

    private Judgement Judgement => new() { ReportIds = [.. Rows.Select(r => r.Id)], Actor = user.Actor, ActorMemberId = user.MemberId, AreaPath = user.AreaPath };

    public async Task<IActionResult> OnGetAsync(CancellationToken ct) => await LoadAsync(ct) ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        if (!await LoadAsync(ct)) return NotFound();
        if (!ModelState.IsValid || !Judgements.IsWords(Input.Words)) return Page();
        switch (To)
        {
            case ReportChange.Reversed:
                Say(await reverse.ExecuteAsync(Judgement, Input.Words!, ct));
                return Redirect($"/desk/reports/{Rows[0].Reference}");
            case ReportChange.Returned:
                Say(await back.ExecuteAsync(Judgement, Input.Words!, ct), "Reports.Judge.ReturnedDone");
                break;
            default:
                Say(await reject.ExecuteAsync(Judgement, Input.Words!, ct), "Reports.Judge.RejectedDone");
                break;
        }

        return Redirect("/desk/reports");
    }

    private void Say(ReverseReport.Outcome outcome)
    {
        switch (outcome)
        {
            case ReverseReport.Reversed(var reference, var points):
                TempData.Say("Reports.Judge.ReversedDone", reference, Ui.Points(points));
                break;
            case ReverseReport.Spent(var missing):
                TempData.Refuse("Reports.Judge.Spent", Ui.Points(missing));
                break;
            default:
                TempData.Refuse("Reports.Judge.Left", "1");
                break;
        }
    }

    private void Say(Judged judged, string done)
    {
        if (judged.Done.Count > 0 && judged.Left.Count == 0) TempData.Say(done, Ui.Points(judged.Done.Count));
        else if (judged.Done.Count > 0) TempData.Warn("Reports.Judge.Some", Ui.Points(judged.Done.Count), Ui.Points(judged.Left.Count));
        else TempData.Refuse("Reports.Judge.Left", Ui.Points(judged.Left.Count));
    }

    /// <summary>The reports that the address names, of the user's area; false when there are none, or the change is not one of these three.</summary>
    private async Task<bool> LoadAsync(CancellationToken ct)
    {
        if (To is not (ReportChange.Returned or ReportChange.Rejected or ReportChange.Reversed)) return false;
        var ids = Ids.Distinct().Take(To == ReportChange.Reversed ? 1 : PointsMarket.Tasks.Judgement.Most).ToList();
        Rows = await DeskReports.Read(reports.Mine().Where(r => ids.Contains(r.Id)).OrderBy(r => r.FiledAt)).ToListAsync(ct);
        return Rows.Count > 0;
    }
}
