using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using PointsMarket.Areas;
using PointsMarket.Data;
using PointsMarket.Rules;
using PointsMarket.Tasks;
using PointsMarket.Web.Accounts;
using PointsMarket.Web.Reports;
using PointsMarket.Web.Rules;
using PointsMarket.Web.Shared;
using PointsMarket.Web.Text;

namespace PointsMarket.Web.Pages.Desk.Rules;

/// <summary>An administrator proposes a change, and may first see what it would have done last month.</summary>
[Authorize(Policy = Access.Admin)]
public sealed class ProposeModel(MarketDb db, CurrentUser user, ProposeRule propose, CategoryWords categories, TimeProvider clock, IStringLocalizer<Texts> texts) : PageModel
{
    [BindProperty]
    public RuleInput Input { get; set; } = new();

    /// <summary>What is in force now, to compare with; null before a category is chosen.</summary>
    public ScoringRule? Now { get; private set; }

    public RulePreview? Preview { get; private set; }

    public DateOnly Today => StationTime.Day(clock.GetUtcNow().UtcDateTime);

    /// <summary>The month the preview is worked out for: the last whole one.</summary>
    public DateOnly Month => new DateOnly(Today.Year, Today.Month, 1).AddMonths(-1);

    public async Task OnGetAsync(string? category, CancellationToken ct)
    {
        var known = categories.Codes.FirstOrDefault(c => c == category) ?? categories.Codes[0];
        await LoadAsync(known, ct);
        Input = new RuleInput
        {
            Category = known, Points = Now is { Retired: false } ? Now.Points : null, ReportsPerDay = Now?.ReportsPerDay, PointsPerMonth = Now?.PointsPerMonth, Evidence = Now?.Evidence,
            From = new DateOnly(Today.Year, Today.Month, 1).AddMonths(1),
        };
    }

    /// <summary>What if: nothing is written.</summary>
    public async Task<IActionResult> OnPostPreviewAsync(CancellationToken ct)
    {
        ModelState.Remove("Input.Reason"); // not asked for yet
        ModelState.Remove("Input.From");
        await LoadAsync(Input.Category, ct);
        if (!ModelState.IsValid || !categories.Codes.Contains(Input.Category!)) return Page();
        Input.From ??= Today.AddDays(1);
        Preview = await RulePreview.ReadAsync(db, user.AreaPath, Month, Input.AsRule(), ct);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        if (ModelState.IsValid)
        {
            var outcome = await propose.ExecuteAsync(new ProposeRule.Input
            {
                Category = Input.Category!, From = Input.From!.Value, Points = Input.Points!.Value, ReportsPerDay = Input.ReportsPerDay, PointsPerMonth = Input.PointsPerMonth,
                Evidence = Input.Evidence!.Value, Reason = Input.Reason!, Actor = user.Actor, AreaPath = user.AreaPath,
            }, ct);
            if (outcome is ProposeRule.Proposed(var id))
            {
                TempData.Say("Rules.Said.Proposed", RuleProposal.NumberOf(id));
                return Redirect($"/desk/rules/{id}");
            }

            var why = ((ProposeRule.Refused)outcome).Why;
            ModelState.AddModelError(RuleWords.FieldOf(why), texts[$"Rules.Problem.{why}"]);
        }

        await LoadAsync(Input.Category, ct);
        return Page();
    }

    private async Task LoadAsync(string? category, CancellationToken ct)
    {
        var today = Today;
        Now = await db.ScoringRules.AsNoTracking().Where(r => r.Category == category && r.From <= today).OrderByDescending(r => r.From).FirstOrDefaultAsync(ct);
    }
}
