using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using PointsMarket.Loops;
using PointsMarket.Web.Accounts;
using PointsMarket.Web.Loops;
using PointsMarket.Web.Reports;
using PointsMarket.Web.Shared;

namespace PointsMarket.Web.Pages.Desk.Loops;

/// <summary>The desk enters what staff or a member without a phone found; or makes a loop of a verified report.</summary>
[RequestSizeLimit(ReportForm.LargestBody), RequestFormLimits(MultipartBodyLengthLimit = ReportForm.LargestBody)]
public sealed class NewModel(CurrentUser user, LoopForm form, LoopChoices choices, ReportForm reports, OpenLoop open, OpenLoopFromReport fromReport, IAuthorizationService authorization) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public LoopKind Kind { get; set; }

    [BindProperty]
    public LoopForm.Finding Input { get; set; } = new();

    public IReadOnlyList<SelectListItem> Areas { get; private set; } = [];

    public IReadOnlyList<SelectListItem> Types { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken ct)
    {
        await LoadAsync(ct);
        Input = new LoopForm.Finding { Key = Guid.NewGuid().ToString("N"), FoundAt = reports.Now() };
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        await LoadAsync(ct);
        if (!ModelState.IsValid) return Page();
        var outcome = await open.ExecuteAsync(new OpenLoop.Input
        {
            Kind = Kind, Type = Input.Type, Place = Input.Place!, Text = Input.Text!, AreaId = Input.AreaId!.Value, FoundAt = ReportForm.Utc(Input.FoundAt!.Value),
            Photos = await ReportForm.ReadAsync(Input.Photos, ct), FinderCode = Input.Finder, ClientKey = Input.Key is { Length: > 0 } key ? key : Guid.NewGuid().ToString("N"),
            Actor = user.Actor, AreaPath = user.AreaPath,
        }, ct);
        if (outcome is LoopOutcome.Opened opened)
        {
            TempData.Say(opened.Before ? "Loops.New.Before" : "Loops.New.Done", opened.Reference);
            return Redirect($"/desk/loops/{opened.Reference}");
        }

        form.Explain(outcome, ModelState, nameof(Input.Text));
        return Page();
    }

    /// <summary>The button on a verified report's page; a decision, so for approvers.</summary>
    public async Task<IActionResult> OnPostFromReportAsync(string report, DisputeType type, CancellationToken ct)
    {
        if (!(await authorization.AuthorizeAsync(User, Access.Approve)).Succeeded) return Forbid();
        var outcome = await fromReport.ExecuteAsync(new OpenLoopFromReport.Input { Report = report ?? "", Type = type, Actor = user.Actor, AreaPath = user.AreaPath }, ct);
        if (outcome is not LoopOutcome.Opened opened) return NotFound();
        TempData.Say(opened.Before ? "Loops.New.Before" : "Loops.New.Done", opened.Reference);
        return Redirect($"/desk/loops/{opened.Reference}");
    }

    private async Task LoadAsync(CancellationToken ct)
    {
        Areas = await choices.AreasAsync(ct);
        Types = choices.Types();
    }
}
