using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using PointsMarket.Areas;
using PointsMarket.Assessments;
using PointsMarket.Web.Accounts;
using PointsMarket.Web.Shared;
using PointsMarket.Web.Text;

namespace PointsMarket.Web.Ratings;

/// <summary>The form with six marks and a few words, on the phone and at the desk. After one comes the next who is asked for.</summary>
/// <param name="home">Path of the list it belongs to.</param>
public abstract class RatingFormPage(string home, RatingDesk desk, RateMember rate, CurrentUser user, IStringLocalizer<Texts> texts) : PageModel
{
    public sealed class MarksInput
    {
        [Display(Name = "Ratings.Mark.Reporting"), Required, Range(Marks.Least, Marks.Most)]
        public int? Reporting { get; set; }

        [Display(Name = "Ratings.Mark.Mediation"), Required, Range(Marks.Least, Marks.Most)]
        public int? Mediation { get; set; }

        [Display(Name = "Ratings.Mark.Order"), Required, Range(Marks.Least, Marks.Most)]
        public int? Order { get; set; }

        [Display(Name = "Ratings.Mark.Duty"), Required, Range(Marks.Least, Marks.Most)]
        public int? Duty { get; set; }

        [Display(Name = "Ratings.Mark.Feedback"), Required, Range(Marks.Least, Marks.Most)]
        public int? Feedback { get; set; }

        [Display(Name = "Ratings.Mark.Manner"), Required, Range(Marks.Least, Marks.Most)]
        public int? Manner { get; set; }

        [Display(Name = "Ratings.Form.Words"), StringLength(Evaluation.MostWords)]
        public string? Words { get; set; }
    }

    [BindProperty]
    public MarksInput Input { get; set; } = new();

    [BindProperty(SupportsGet = true)]
    public string? Month { get; set; }

    public string Home => home;

    public RatingDesk.Sheet Sheet { get; private set; } = null!;

    public RatingDesk.Row Row { get; private set; } = null!;

    /// <summary>The six, in the order of the form: name, and what is chosen.</summary>
    public IReadOnlyList<(string Name, int? Chosen)> Six =>
    [
        (nameof(Marks.Reporting), Input.Reporting), (nameof(Marks.Mediation), Input.Mediation), (nameof(Marks.Order), Input.Order),
        (nameof(Marks.Duty), Input.Duty), (nameof(Marks.Feedback), Input.Feedback), (nameof(Marks.Manner), Input.Manner),
    ];

    public string ErrorOf(string name) => ModelState.TryGetValue($"Input.{name}", out var state) && state.Errors.Count > 0 ? state.Errors[0].ErrorMessage : "";

    public async Task<IActionResult> OnGetAsync(int id, CancellationToken ct)
    {
        if (!await LoadAsync(id, ct)) return NotFound();
        if (Row.Given is { } g)
            Input = new MarksInput { Reporting = g.Reporting, Mediation = g.Mediation, Order = g.Order, Duty = g.Duty, Feedback = g.Feedback, Manner = g.Manner, Words = g.Words };
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(int id, CancellationToken ct)
    {
        if (!await LoadAsync(id, ct)) return NotFound();
        if (!ModelState.IsValid) return Page();
        var month = StationMonth.Text(Sheet.Month);
        if (Month is { Length: > 0 } asked && asked != month)
        {
            TempData.Refuse("Ratings.Said.Closed", asked);
            return Redirect(home);
        }

        var outcome = await rate.ExecuteAsync(new RateMember.Input
        {
            UserId = user.Id, MemberId = id, Month = Sheet.Month, Words = Input.Words,
            Marks = new Marks(Input.Reporting!.Value, Input.Mediation!.Value, Input.Order!.Value, Input.Duty!.Value, Input.Feedback!.Value, Input.Manner!.Value),
        }, ct);
        switch (outcome)
        {
            case RateMember.Outcome.NotYours: return NotFound();
            case RateMember.Outcome.NotValid:
                ModelState.AddModelError("", texts["Ratings.Said.NotValid"]);
                return Page();
            case RateMember.Outcome.Closed:
                TempData.Refuse("Ratings.Said.Closed", month);
                break;
            default:
                TempData.Say("Ratings.Said.Rated", Row.Rated.Who);
                break;
        }

        return Redirect($"{home}?month={month}");
    }

    private async Task<bool> LoadAsync(int id, CancellationToken ct)
    {
        Sheet = await desk.ReadAsync(Month, ct);
        Row = Sheet.Rows.FirstOrDefault(r => r.Rated.MemberId == id)!;
        return Row is not null && Sheet.Months.Count > 0;
    }
}
