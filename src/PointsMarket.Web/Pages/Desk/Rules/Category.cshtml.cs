using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.Extensions.Localization;
using PointsMarket.Areas;
using PointsMarket.Routing;
using PointsMarket.Rules;
using PointsMarket.Web.Accounts;
using PointsMarket.Web.Rules;
using PointsMarket.Web.Shared;
using PointsMarket.Web.Text;

namespace PointsMarket.Web.Pages.Desk.Rules;

/// <summary>An administrator proposes a category that is not there yet, with its first rule.</summary>
[Authorize(Policy = Access.Admin)]
public sealed class CategoryModel(CurrentUser user, ProposeRule propose, TimeProvider clock, IStringLocalizer<Texts> texts) : PageModel
{
    [BindProperty]
    public CategoryInput Input { get; set; } = new();

    public DateOnly Today => StationTime.Day(clock.GetUtcNow().UtcDateTime);

    /// <summary>Who may act first.</summary>
    public IReadOnlyList<SelectListItem> Levels => [.. Escalation.Levels.Select(l => new SelectListItem(texts[$"Desk.MemberKind.{l}"], l.ToString()))];

    public void OnGet() => Input.From = new DateOnly(Today.Year, Today.Month, 1).AddMonths(1);

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        if (!ModelState.IsValid) return Page();
        var outcome = await propose.ExecuteAsync(new ProposeRule.Input
        {
            Category = Input.Code!.Trim(), From = Input.From!.Value, Points = Input.Points!.Value, ReportsPerDay = Input.ReportsPerDay, PointsPerMonth = Input.PointsPerMonth,
            Evidence = Input.Evidence!.Value, Reason = Input.Reason!, Actor = user.Actor, AreaPath = user.AreaPath,
            New = new ProposeRule.NewCategory(Input.NameZh!, Input.NameEn!, Input.Icon!, Input.FirstLevel!.Value),
        }, ct);
        if (outcome is ProposeRule.Proposed(var id))
        {
            TempData.Say("Rules.Said.Proposed", RuleProposal.NumberOf(id));
            return Redirect($"/desk/rules/{id}");
        }

        var why = ((ProposeRule.Refused)outcome).Why;
        ModelState.AddModelError(why == RuleProblem.OneWaits ? "Input.Code" : RuleWords.FieldOf(why), texts[$"Rules.Problem.{why}"]);
        return Page();
    }
}
