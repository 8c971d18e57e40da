using System.Globalization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.Extensions.Localization;
using PointsMarket.Areas;
using PointsMarket.Awards;
using PointsMarket.Web.Accounts;
using PointsMarket.Web.Awards;
using PointsMarket.Web.Shared;
using PointsMarket.Web.Text;

namespace PointsMarket.Web.Pages.Desk.Awards;

/// <summary>Begins a cycle, or changes one that is in draft.</summary>
[Authorize(Policy = Access.Approve)]
public sealed class EditModel(AwardReads reads, SaveCycle save, CurrentUser user, Choices choices, TimeProvider clock, IStringLocalizer<Texts> texts) : PageModel
{
    [BindProperty]
    public CycleInput Input { get; set; } = new();

    /// <summary>The cycle; null for a new one.</summary>
    public int? Id { get; private set; }

    public AwardRule Rule { get; private set; } = null!;

    /// <summary>For how many days a ranked list is on public notice, as set today.</summary>
    public long NoticeDays { get; private set; }

    public IReadOnlyList<SelectListItem> Areas { get; private set; } = [];

    public IReadOnlyList<SelectListItem> Funds { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(int? id, AwardKind? kind, CancellationToken ct)
    {
        if (id is { } known)
        {
            if (await reads.FindAsync(known, ct) is not { State: AwardState.Draft } cycle) return NotFound();
            if (await reads.IsRecusedAsync(known, ct))
            {
                TempData.Refuse("Awards.Problem.Recused");
                return Redirect($"/desk/awards/{known}");
            }

            Input = new CycleInput
            {
                Kind = cycle.Kind, Year = cycle.Year, Title = cycle.Title, Quota = cycle.Quota, AreaId = cycle.AreaId, LeastMonths = cycle.LeastMonths, Words = cycle.Words,
                Amount = cycle.AmountFen / 100m, Monthly = cycle.MonthlyFen / 100m, Fund = cycle.Fund, Kinds = [.. cycle.MemberKinds],
            };
        }
        else
        {
            var chosen = kind is { } k && Enum.IsDefined(k) ? k : AwardKind.Commendation;
            var (rule, today) = (AwardRule.For(chosen), StationTime.Day(clock.GetUtcNow().UtcDateTime));
            var year = rule.Ranked && today.Month <= 6 ? today.Year - 1 : today.Year;
            var (title, words) = AwardWords.Usual(chosen, year, texts);
            Input = new CycleInput
            {
                Kind = chosen, Year = year, Title = title, Words = words, Quota = rule.Quota, LeastMonths = rule.Ranked ? 6 : 1, Amount = await reads.UsualAsync(rule.Once, today, ct), Monthly = await reads.UsualAsync(rule.Monthly, today, ct),
                Kinds = rule.Ranked ? [.. AwardRule.Measured] : [],
            };
        }

        await LoadAsync(id, ct);
        if (Input.AreaId is null && Areas.Count > 0) Input.AreaId = int.Parse(Areas[0].Value, CultureInfo.InvariantCulture); // all of what they manage
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(int? id, CancellationToken ct)
    {
        if (id is { } known && await reads.FindAsync(known, ct) is null) return NotFound();
        if (ModelState.IsValid && Enum.IsDefined(Input.Kind!.Value))
        {
            var outcome = await save.ExecuteAsync(Input.For(id, user.Id, user.AreaPath), ct);
            if (outcome is SaveCycle.Saved(var saved))
            {
                TempData.Say(id is null ? "Awards.Said.Begun" : "Desk.List.Saved");
                return Redirect($"/desk/awards/{saved}");
            }

            var why = ((SaveCycle.Refused)outcome).Why;
            ModelState.AddModelError(CycleInput.FieldOf(why), texts[$"Awards.Problem.{why}"]);
        }

        await LoadAsync(id, ct);
        return Page();
    }

    private async Task LoadAsync(int? id, CancellationToken ct)
    {
        Id = id;
        Rule = AwardRule.For(Input.Kind is { } kind && Enum.IsDefined(kind) ? kind : AwardKind.Commendation);
        Areas = await choices.AreasAsync(ct);
        NoticeDays = await reads.NoticeDaysAsync(StationTime.Day(clock.GetUtcNow().UtcDateTime), ct);
        Funds = [new SelectListItem(texts["Awards.Form.NoFund"], ""), .. (await reads.FundsAsync(ct)).Select(f => new SelectListItem(GoodsText.Name(f.NameZh, f.NameEn), f.Code))];
    }
}
