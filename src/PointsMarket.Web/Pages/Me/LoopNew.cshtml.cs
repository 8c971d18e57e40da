using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using PointsMarket.Data;
using PointsMarket.Loops;
using PointsMarket.Web.Accounts;
using PointsMarket.Web.Loops;
using PointsMarket.Web.Reports;
using PointsMarket.Web.Shared;

namespace PointsMarket.Web.Pages.Me;

/// <summary>The member reports a hazard or brings an opinion, from the phone. Disputes are entered at the desk.</summary>
[RequestSizeLimit(ReportForm.LargestBody), RequestFormLimits(MultipartBodyLengthLimit = ReportForm.LargestBody)]
public sealed class LoopNewModel(CurrentUser user, MarketDb db, ReportForm reports, LoopForm form, OpenLoop open) : PageModel
{
    /// <summary>Left for the next page, which lets the device forget its draft.</summary>
    internal const string HasArrived = "loop-arrived";

    [BindProperty(SupportsGet = true)]
    public LoopKind Kind { get; set; }

    [BindProperty]
    public LoopForm.Finding Input { get; set; } = new();

    public bool HasFile { get; private set; }

    public string DraftName => DraftOf(user, Kind.ToString());

    public DateTime Now { get; private set; }

    /// <summary>What the report for it is worth today, before any cap.</summary>
    public int Points { get; private set; }

    public IReadOnlyList<SelectListItem> Areas { get; private set; } = [];

    /// <summary>Under which the device keeps the draft: another person on the same phone must not see it.</summary>
    internal static string DraftOf(CurrentUser user, string kind) => $"pm.loop.{kind}.{user.Id.ToString(CultureInfo.InvariantCulture)}";

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        if (Kind == LoopKind.Mediation) return NotFound();
        var area = await LoadAsync(ct);
        Input = new LoopForm.Finding { Key = Guid.NewGuid().ToString("N"), FoundAt = Now, AreaId = area };
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        if (Kind == LoopKind.Mediation) return NotFound();
        if (user.MemberId is not { } member) return Forbid();
        await LoadAsync(ct);
        if (!ModelState.IsValid) return Page();
        var outcome = await open.ExecuteAsync(new OpenLoop.Input
        {
            Kind = Kind, Place = Input.Place!, Text = Input.Text!, AreaId = Input.AreaId!.Value, FoundAt = ReportForm.Utc(Input.FoundAt!.Value), FinderId = member,
            Photos = await ReportForm.ReadAsync(Input.Photos, ct), ClientKey = Input.Key is { Length: > 0 } key ? key : Guid.NewGuid().ToString("N"), Actor = user.Actor,
        }, ct);
        if (outcome is LoopOutcome.Opened opened)
        {
            TempData.Say(opened.Before ? "Loops.New.Before" : "Loops.Mine.Sent", opened.Reference);
            TempData[HasArrived] = Kind.ToString();
            return Redirect("/me/loops");
        }

        form.Explain(outcome, ModelState, nameof(Input.Text));
        return Page();
    }

    /// <summary>Gives the member's own area, as the first choice of place.</summary>
    private async Task<int?> LoadAsync(CancellationToken ct)
    {
        Now = reports.Now();
        var mine = await db.Members.Where(m => m.Id == user.MemberId).Select(m => new { m.AreaId, m.Area.BookId }).SingleOrDefaultAsync(ct);
        if (mine is null) return null;
        HasFile = true;
        Points = (await reports.CategoriesAsync(ct)).SingleOrDefault(c => c.Code == LoopTable.First(Kind).Earns)?.Points ?? 0;
        Areas = await reports.AreasAsync(mine.BookId, ct);
        return mine.AreaId;
    }
}
