using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using PointsMarket.Data;
using PointsMarket.Tasks;
using PointsMarket.Web.Accounts;
using PointsMarket.Web.Reports;
using PointsMarket.Web.Shared;

namespace PointsMarket.Web.Pages.Me;

/// <summary>The member reports one thing done, from the phone.</summary>
[RequestSizeLimit(ReportForm.LargestBody), RequestFormLimits(MultipartBodyLengthLimit = ReportForm.LargestBody)]
public sealed class ReportModel(CurrentUser user, MarketDb db, ReportForm form, FileReport file) : PageModel
{
    /// <summary>Left for the next page, which lets the device forget its draft.</summary>
    internal const string HasArrived = "report-arrived";

    [BindProperty]
    public ReportForm.Input Input { get; set; } = new();

    public bool HasFile { get; private set; }

    /// <summary>Under which the device keeps the draft: another person on the same phone must not see it.</summary>
    public string DraftName => $"pm.report.{user.Id.ToString(CultureInfo.InvariantCulture)}";

    public DateTime Now { get; private set; }

    public IReadOnlyList<ReportForm.Category> Categories { get; private set; } = [];

    public IReadOnlyList<SelectListItem> Areas { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken ct)
    {
        var area = await LoadAsync(ct);
        Input = new ReportForm.Input { Key = Guid.NewGuid().ToString("N"), HappenedAt = Now, AreaId = area };
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        if (user.MemberId is not { } member) return Forbid();
        if (!ModelState.IsValid) return await AgainAsync(ct);
        var outcome = await file.ExecuteAsync(new FileReport.Input
        {
            MemberId = member, ClientKey = Input.Key is { Length: > 0 } key ? key : Guid.NewGuid().ToString("N"), Category = Input.Category!,
            HappenedAt = ReportForm.Utc(Input.HappenedAt!.Value), AreaId = Input.AreaId!.Value, Text = Input.Text!,
            Photos = await ReportForm.ReadAsync(Input.Photos, ct), Actor = user.Actor,
        }, ct);
        if (outcome is FileReport.Filed filed)
        {
            TempData.Say(filed.Before ? "Reports.Form.FiledBefore" : "Reports.Form.Filed", filed.Reference);
            TempData[HasArrived] = true;
            return Redirect("/me/reports");
        }

        form.Explain(outcome, ModelState);
        return await AgainAsync(ct);
    }

    private async Task<PageResult> AgainAsync(CancellationToken ct)
    {
        await LoadAsync(ct);
        return Page();
    }

    /// <summary>Gives the member's own area, as the first choice of place, when things happen in such.</summary>
    private async Task<int?> LoadAsync(CancellationToken ct)
    {
        Now = form.Now();
        var mine = await db.Members.Where(m => m.Id == user.MemberId).Select(m => new { m.AreaId, m.Area.BookId }).SingleOrDefaultAsync(ct);
        if (mine is null) return null;
        HasFile = true;
        Categories = await form.CategoriesAsync(ct);
        Areas = await form.AreasAsync(mine.BookId, ct);
        return mine.AreaId;
    }
}
