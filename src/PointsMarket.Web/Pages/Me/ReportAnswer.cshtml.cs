using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using PointsMarket.Data;
using PointsMarket.Tasks;
using PointsMarket.Web.Accounts;
using PointsMarket.Web.Reports;
using PointsMarket.Web.Shared;

namespace PointsMarket.Web.Pages.Me;

/// <summary>The member answers the question that a report was returned with.</summary>
[RequestSizeLimit(ReportForm.LargestBody), RequestFormLimits(MultipartBodyLengthLimit = ReportForm.LargestBody)]
public sealed class ReportAnswerModel(CurrentUser user, MarketDb db, ReportForm form, AnswerReport answer) : PageModel
{
    public sealed class InputModel
    {
        [Display(Name = "Reports.Answer.Answer"), Required, StringLength(AnswerReport.MostWords)]
        public string? Answer { get; set; }

        [Display(Name = "Reports.Form.What"), Required, StringLength(FileReport.MostText)]
        public string? Text { get; set; }

        [Display(Name = "Reports.Answer.Photos")]
        public List<IFormFile> Photos { get; set; } = [];
    }

    public sealed record Returned(int Id, string Reference, string Category, DateTime HappenedAt, string Text, string? Question, int Photos);

    [BindProperty]
    public InputModel Input { get; set; } = new();

    public Returned Asked { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(string reference, CancellationToken ct)
    {
        if (!await LoadAsync(reference, ct)) return NotFound();
        Input.Text = Asked.Text;
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(string reference, CancellationToken ct)
    {
        if (!await LoadAsync(reference, ct) || user.MemberId is not { } member) return NotFound();
        if (!ModelState.IsValid) return Page();
        var outcome = await answer.ExecuteAsync(new AnswerReport.Input
        {
            ReportId = Asked.Id, MemberId = member, Answer = Input.Answer!, Text = Input.Text!, Photos = await ReportForm.ReadAsync(Input.Photos, ct), Actor = user.Actor,
        }, ct);
        switch (outcome)
        {
            case AnswerReport.Answered:
                TempData.Say("Reports.Answer.Done", Asked.Reference);
                return Redirect("/me/reports");
            case AnswerReport.NotAsked:
                TempData.Warn("Reports.Answer.NotAsked", Asked.Reference);
                return Redirect("/me/reports");
            default:
                form.Explain(outcome, ModelState);
                return Page();
        }
    }

    private async Task<bool> LoadAsync(string reference, CancellationToken ct)
    {
        var member = user.MemberId;
        Asked = (await db.TaskReports.Where(r => r.Reference == reference && r.MemberId == member && r.Outcome == ReportOutcome.Returned)
            .Select(r => new Returned(r.Id, r.Reference, r.Category, r.HappenedAt, r.Text, r.Reason, r.Photos.Count)).SingleOrDefaultAsync(ct))!;
        return Asked is not null;
    }
}
