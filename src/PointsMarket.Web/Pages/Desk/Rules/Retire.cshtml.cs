using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
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

/// <summary>An administrator proposes that a category is offered no longer; beside it what that would have meant last month.</summary>
[Authorize(Policy = Access.Admin)]
public sealed class RetireModel(MarketDb db, CurrentUser user, ProposeRule propose, CategoryWords categories, TimeProvider clock, IStringLocalizer<Texts> texts) : PageModel
{
    public sealed class InputModel
    {
        [Display(Name = "Rules.Retire.From"), Required]
        public DateOnly? From { get; set; }

        [Display(Name = "Rules.Form.Reason"), Required, StringLength(ProposeRule.MostWords)]
        public string? Reason { get; set; }
    }

    [BindProperty]
    public InputModel Input { get; set; } = new();

    public string Category { get; private set; } = "";

    public RulePreview Preview { get; private set; } = null!;

    public DateOnly Today => StationTime.Day(clock.GetUtcNow().UtcDateTime);

    /// <summary>The month the preview is worked out for: the last whole one.</summary>
    public DateOnly Month => new DateOnly(Today.Year, Today.Month, 1).AddMonths(-1);

    public async Task<IActionResult> OnGetAsync(string category, CancellationToken ct)
    {
        if (!await LoadAsync(category, ct)) return NotFound();
        Input.From = new DateOnly(Today.Year, Today.Month, 1).AddMonths(1);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(string category, CancellationToken ct)
    {
        if (!await LoadAsync(category, ct)) return NotFound();
        if (!ModelState.IsValid) return Page();
        var outcome = await propose.ExecuteAsync(new ProposeRule.Input
        {
            Category = Category, From = Input.From!.Value, Retire = true, Points = 0, ReportsPerDay = null, PointsPerMonth = null, Evidence = default, Reason = Input.Reason!,
            Actor = user.Actor, AreaPath = user.AreaPath,
        }, ct);
        if (outcome is ProposeRule.Proposed(var id))
        {
            TempData.Say("Rules.Said.Proposed", RuleProposal.NumberOf(id));
            return Redirect($"/desk/rules/{id}");
        }

        var why = ((ProposeRule.Refused)outcome).Why;
        ModelState.AddModelError(why == RuleProblem.OneWaits ? "" : RuleWords.FieldOf(why), texts[$"Rules.Problem.{why}"]);
        return Page();
    }

    private async Task<bool> LoadAsync(string category, CancellationToken ct)
    {
        if (!categories.Codes.Contains(category)) return false;
        Category = category;
        Preview = await RulePreview.ReadAsync(db, user.AreaPath, Month, new ScoringRule { Category = category, Retired = true }, ct);
        return true;
    }
}
