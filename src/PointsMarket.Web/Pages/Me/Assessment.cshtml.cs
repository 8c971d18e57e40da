using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using PointsMarket.Assessments;
using PointsMarket.Data;
using PointsMarket.Members;
using PointsMarket.Web.Accounts;
using PointsMarket.Web.Shared;

namespace PointsMarket.Web.Pages.Me;

/// <summary>A member's own assessments: how every hundredth came about, and a place to object to a draft.</summary>
public sealed class AssessmentModel(MarketDb db, CurrentUser user, ObjectToAssessment objectTo, TimeProvider clock) : PageModel
{
    private const int MostShown = 24;

    public sealed record Row
    {
        public required int Id { get; init; }
        public required DateOnly Month { get; init; }
        public required AssessmentState State { get; init; }
        public required DateTime ShownAt { get; init; }
        public required AssessmentMeasures Measures { get; init; }
        public required int? Score { get; init; }
        public required Grade Grade { get; init; }
        public required int Bonus { get; init; }
        public IReadOnlyList<AssessmentObjection> Objections { get; set; } = [];
        public IReadOnlyList<AssessmentCorrection> Corrections { get; set; } = [];
    }

    public sealed class ObjectInput
    {
        [Display(Name = "Assess.Me.Why"), Required, StringLength(AssessmentObjection.MostLetters, MinimumLength = 2)]
        public string Text { get; set; } = "";
    }

    [BindProperty]
    public ObjectInput Input { get; set; } = new();

    public IReadOnlyList<Row> Rows { get; private set; } = [];

    /// <summary>In time, and not before: an objection that is answered closes what was shown then, not what is shown anew.</summary>
    public bool MayObject(Row row) => row.State == AssessmentState.Draft && row.Objections.All(o => o.Answer is not null && o.At < row.ShownAt) && clock.GetUtcNow().UtcDateTime < row.ShownAt + PolicyOf(row).Shown;

    /// <summary>The numbers that hold for the row's month.</summary>
    public AssessmentPolicy PolicyOf(Row row) => policies.GetValueOrDefault(row.Month, AssessmentPolicy.Default);

    /// <summary>For the grid chief: who was not competent for the third month in a row at the last publication.</summary>
    public IReadOnlyList<Struggling> Struggling { get; private set; } = [];

    private readonly Dictionary<DateOnly, AssessmentPolicy> policies = [];

    public Task OnGetAsync() => LoadAsync();

    public async Task<IActionResult> OnPostAsync(int id)
    {
        if (user.MemberId is not { } member) return NotFound();
        if (!ModelState.IsValid)
        {
            await LoadAsync();
            return Page();
        }
        var outcome = await objectTo.ExecuteAsync(new ObjectToAssessment.Input { AssessmentId = id, MemberId = member, Text = Input.Text });
        if (outcome == ObjectToAssessment.Outcome.NotFound) return NotFound();
        if (outcome == ObjectToAssessment.Outcome.Objected) TempData.Say("Assess.Me.Objected");
        else TempData.Refuse($"Assess.Me.{outcome}");
        return RedirectToPage();
    }

    private async Task LoadAsync()
    {
        var member = user.MemberId;
        Rows = await db.AssessmentLines.Where(l => l.MemberId == member && l.Assessment.ShownAt != null).OrderByDescending(l => l.Assessment.Month).Take(MostShown)
            .Select(l => new Row
            {
                Id = l.AssessmentId, Month = l.Assessment.Month, State = l.Assessment.State, ShownAt = l.Assessment.ShownAt!.Value,
                Measures = new AssessmentMeasures(l.Target, l.Points, l.Verified, l.Rejected, l.Raters, l.Marks), Score = l.Score, Grade = l.Grade, Bonus = l.Bonus,
            }).ToListAsync();
        var months = Rows.Select(r => r.Id).ToList();
        var corrections = await db.AssessmentCorrections.AsNoTracking().Where(c => c.MemberId == member && c.State == CorrectionState.Approved && months.Contains(c.AssessmentId)).OrderBy(c => c.Number).ToListAsync();
        var objections = await db.AssessmentObjections.AsNoTracking().Where(o => o.MemberId == member && months.Contains(o.AssessmentId)).OrderBy(o => o.Round).ToListAsync();
        foreach (var row in Rows)
        {
            row.Objections = objections.FindAll(o => o.AssessmentId == row.Id);
            policies[row.Month] = await AssessmentPolicies.OfAsync(db, row.Month);
            row.Corrections = corrections.FindAll(c => c.AssessmentId == row.Id);
        }

        await LoadStrugglingAsync(member);
    }

    private async Task LoadStrugglingAsync(int? member)
    {
        var chief = await db.Members.Where(m => m.Id == member && m.Kind == MemberKind.GridChief).Select(m => new { m.Area.BookId, m.Area.Path }).SingleOrDefaultAsync();
        if (chief is null) return;
        var last = await db.Assessments.Where(a => a.BookId == chief.BookId && a.State == AssessmentState.Published).MaxAsync(a => (DateOnly?)a.Month);
        if (last is { } month) Struggling = await PointsMarket.Assessments.Struggling.ReadAsync(db, chief.BookId, chief.Path, month);
    }
}
