using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using PointsMarket.Areas;
using PointsMarket.Data;
using PointsMarket.Settings;
using PointsMarket.Web.Accounts;
using PointsMarket.Web.Settings;
using PointsMarket.Web.Shared;
using PointsMarket.Web.Text;

namespace PointsMarket.Web.Pages.Settings;

/// <summary>Somebody of administration or finance proposes what the settings of a group are to be.</summary>
[Authorize(Policy = Access.SettingsWrite)]
public sealed class ProposeModel(MarketDb db, CurrentUser user, ProposeSettings propose, TimeProvider clock, IStringLocalizer<Texts> texts) : PageModel
{
    [BindProperty]
    public SettingInput Input { get; set; } = new();

    [BindProperty(SupportsGet = true)]
    public string? Group { get; set; }

    public IReadOnlyDictionary<Setting, long> Now { get; private set; } = null!;

    public DateOnly Today => StationTime.Day(clock.GetUtcNow().UtcDateTime);

    /// <summary>What was typed for a setting.</summary>
    public string? Typed(Setting setting) => Input.Values.GetValueOrDefault(setting.Key);

    /// <summary>The sentence beside its field, or null.</summary>
    public string? Wrong(Setting setting) => ModelState.TryGetValue(FieldOf(setting), out var state) && state.Errors.Count > 0 ? state.Errors[0].ErrorMessage : null;

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        if (!await LoadAsync(ct)) return NotFound();
        Input = new SettingInput { Values = Now.ToDictionary(n => n.Key.Key, n => (string?)SettingWords.Typed(n.Key, n.Value)), From = new DateOnly(Today.Year, Today.Month, 1).AddMonths(1) };
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        if (!await LoadAsync(ct)) return NotFound();
        var values = new Dictionary<Setting, long>();
        foreach (var setting in Now.Keys)
        {
            if (!Input.Values.TryGetValue(setting.Key, out var text)) continue; // a form from before the setting was there
            if (SettingWords.Parse(setting, text) is { } value && value >= setting.Min && value <= setting.Max) values[setting] = value;
            else ModelState.AddModelError(FieldOf(setting), Problem(SettingProblem.OutOfBounds, setting));
        }
        if (!ModelState.IsValid) return Page();
        var outcome = await propose.ExecuteAsync(new ProposeSettings.Input
        {
            Group = Group!, Values = values, From = Input.From!.Value, Reason = Input.Reason!, UserId = user.Id, AreaPath = user.AreaPath,
        }, ct);
        if (outcome is ProposeSettings.Proposed(var id))
        {
            TempData.Say("Rules.Said.Proposed", SettingProposal.NumberOf(id));
            return Redirect($"/admin/settings/{id}");
        }

        var (why, about) = (ProposeSettings.Refused)outcome;
        ModelState.AddModelError(about is not null && why != SettingProblem.DayTaken ? FieldOf(about) : why switch
        {
            SettingProblem.TooEarly or SettingProblem.TooFar or SettingProblem.DayTaken => "Input.From",
            SettingProblem.ReasonMissing => "Input.Reason",
            _ => "",
        }, Problem(why, about));
        return Page();
    }

    private static string FieldOf(Setting setting) => $"Input.Values[{setting.Key}]";

    private string Problem(SettingProblem why, Setting? about) => about is null
        ? texts[$"Settings.Problem.{why}"]
        : texts[$"Settings.Problem.{why}", SettingWords.Name(about.Key, texts), SettingWords.Show(about, about.Min, texts), SettingWords.Show(about, about.Max, texts)];

    private async Task<bool> LoadAsync(CancellationToken ct)
    {
        var settings = SettingList.Of(Group);
        Now = await SettingBook.ValuesAsync(db, settings, Today, ct);
        return settings.Count > 0;
    }
}
