using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using PointsMarket.Areas;
using PointsMarket.Assessments;
using PointsMarket.Data;
using PointsMarket.Members;
using PointsMarket.Web.Accounts;
using PointsMarket.Web.Jobs;
using PointsMarket.Web.Ratings;
using PointsMarket.Web.Shared;
using PointsMarket.Web.Text;

namespace PointsMarket.Web.Pages.Desk;

/// <summary>A month's assessment: draft it, look at every score, answer objections, publish it.</summary>
[Authorize(Policy = Access.ApproveRead)]
public sealed class AssessmentModel(
    MarketDb db, CurrentUser user, DraftAssessment draft, PublishAssessment publish, AnswerObjection answer, DraftCheck check, JobDesk jobs, TimeProvider clock, IStringLocalizer<Texts> texts) : PageModel
{
    public sealed record Row
    {
        public required int MemberId { get; init; }
        public required string Code { get; init; }
        public required string Name { get; init; }
        public required MemberKind Kind { get; init; }
        public required string Area { get; init; }
        public required AssessmentMeasures Measures { get; init; }
        public required int? Score { get; init; }
        public required Grade Grade { get; init; }
        public required int Bonus { get; init; }

        /// <summary>A correction holds, marked as on paper.</summary>
        public required bool Corrected { get; init; }
        public string Who => MemberNames.Shown(Kind, Code, Name);
    }

    public sealed record Objection(int Id, string Code, string Name, MemberKind Kind, DateTime At, string Text, string? Answer)
    {
        public string Who => MemberNames.Shown(Kind, Code, Name);
    }

    public sealed class AnswerInput
    {
        [Display(Name = "Assess.Desk.Answer"), Required, StringLength(AssessmentObjection.MostLetters, MinimumLength = 2)]
        public string Answer { get; set; } = "";
    }

    [BindProperty]
    public AnswerInput Input { get; set; } = new();

    /// <summary>The objection whose answer was sent and refused.</summary>
    public int? Sent { get; private set; }

    /// <summary>The first day of the month shown; last month unless the address says another.</summary>
    public DateOnly Month { get; private set; }

    public Grade? ShownGrade { get; private set; }

    public ListQuery List { get; private set; } = null!;

    public Assessment? Found { get; private set; }

    /// <summary>A page of what holds: the lines as published, or their latest approved corrections.</summary>
    public IReadOnlyList<Row> Rows { get; private set; } = [];

    public int Total { get; private set; }

    public IReadOnlyDictionary<Grade, int> Grades { get; private set; } = new Dictionary<Grade, int>();

    public (int Done, int Of) Bonuses { get; private set; }

    public IReadOnlyList<Objection> Objections { get; private set; } = [];

    /// <summary>True when the actor's area is the whole station: only then may they draft and publish.</summary>
    public bool IsStation { get; private set; }

    public bool IsOver => clock.GetUtcNow().UtcDateTime >= StationTime.Month(Month).To;

    /// <summary>When it may be published at the earliest; null when the lines are not all there.</summary>
    public DateTime? Due => Found?.ShownAt + Policy.Shown;

    /// <summary>The numbers that hold for the month.</summary>
    public AssessmentPolicy Policy { get; private set; } = AssessmentPolicy.Default;

    /// <summary>Who was not competent for the third month in a row, in the actor's area; empty until the month is published.</summary>
    public IReadOnlyList<Struggling> Struggling { get; private set; } = [];

    /// <summary>How many lines of the shown draft would differ if it were drafted now; asked for who may draft it again.</summary>
    public int Stale { get; private set; }

    public bool MayPublish => Stale == 0 && Due <= clock.GetUtcNow().UtcDateTime && Found!.DraftedBy != user.Actor.Code && Objections.All(o => o.Answer is not null);

    public bool DraftedByMe => Found?.DraftedBy == user.Actor.Code;

    public string MonthText => StationMonth.Text(Month);

    public Task OnGetAsync(string? month) => LoadAsync(month);

    public async Task<IActionResult> OnGetCsvAsync(string? month)
    {
        await LoadAsync(month);
        return new Csv<Row>($"assessment-{MonthText}.csv", Lines().AsAsyncEnumerable(),
            (texts["Assess.Desk.Code"], r => r.Code), (texts["Assess.Desk.Name"], r => r.Who), (texts["Assess.Desk.Kind"], r => texts[$"Assess.Kind.{r.Kind}"].Value),
            (texts["Assess.Desk.Points"], r => r.Measures.Points), (texts["Assess.Desk.Verified"], r => r.Measures.Verified), (texts["Assess.Desk.Rejected"], r => r.Measures.Rejected),
            (texts["Assess.Desk.Raters"], r => r.Measures.Raters), (texts["Assess.Desk.Score"], r => AssessmentWords.Score(r.Score)),
            (texts["Assess.Desk.Grade"], r => texts[$"Enum.Grade.{r.Grade}"].Value), (texts["Assess.Desk.Bonus"], r => r.Bonus), (texts["Assess.Desk.Corrected"], r => r.Corrected ? "*" : null));
    }

    public async Task<IActionResult> OnPostDraftAsync(string? month)
    {
        var chosen = MonthOf(month);
        var outcome = await draft.ExecuteAsync(new DraftAssessment.Input { Month = chosen, Actor = user.Actor, AreaPath = user.AreaPath });
        if (outcome is DraftAssessment.Outcome.Drafted or DraftAssessment.Outcome.Unchanged) TempData.Say($"Assess.Said.{outcome}", await DaysAsync(chosen));
        else TempData.Refuse($"Assess.Said.{outcome}");
        return RedirectToPage(new { month = StationMonth.Text(chosen) });
    }

    public async Task<IActionResult> OnPostPublishAsync(int id, string? month)
    {
        // The bonuses of a big station take a while: the job posts them, and the page shows how far it is. Where this node runs none, they are posted here.
        var input = new PublishAssessment.Input { AssessmentId = id, Actor = user.Actor, AreaPath = user.AreaPath };
        var outcome = jobs.IsOn ? await publish.FreezeAsync(input) : await publish.ExecuteAsync(input);
        if (outcome == PublishAssessment.Outcome.NotFound) return NotFound();
        if (outcome == PublishAssessment.Outcome.Stale) check.Forget(id);
        if (outcome == PublishAssessment.Outcome.Publishing) await jobs.RunAsync("publish", user.Actor, HttpContext.RequestAborted);
        if (outcome == PublishAssessment.Outcome.Published) TempData.Say("Assess.Said.Done");
        else if (outcome == PublishAssessment.Outcome.Publishing) TempData.Say("Assess.Said.Publishing");
        else TempData.Refuse($"Assess.Said.{outcome}", await DaysAsync(MonthOf(month)));
        return RedirectToPage(new { month = StationMonth.Text(MonthOf(month)) });
    }

    public async Task<IActionResult> OnPostAnswerAsync(int objection, string? month)
    {
        if (!ModelState.IsValid)
        {
            Sent = objection;
            await LoadAsync(month);
            return Page();
        }
        var outcome = await answer.ExecuteAsync(
            new AnswerObjection.Input { ObjectionId = objection, Answer = Input.Answer, Actor = user.Actor, ActorMemberId = user.MemberId, AreaPath = user.AreaPath });
        if (outcome == AnswerObjection.Outcome.NotFound) return NotFound();
        if (outcome == AnswerObjection.Outcome.Answered) TempData.Say("Assess.Said.Answered");
        else TempData.Refuse($"Assess.Said.{outcome}");
        return RedirectToPage(new { month = StationMonth.Text(MonthOf(month)) });
    }

    /// <summary>For how many days a month's draft is shown, as the sentences say it.</summary>
    private async Task<string> DaysAsync(DateOnly month) => (await AssessmentPolicies.OfAsync(db, month)).ObjectionDays.ToString(CultureInfo.InvariantCulture);

    private DateOnly MonthOf(string? text)
    {
        var today = StationTime.Day(clock.GetUtcNow().UtcDateTime);
        return StationMonth.Parse(text) ?? new DateOnly(today.Year, today.Month, 1).AddMonths(-1);
    }

    private async Task LoadAsync(string? month)
    {
        Month = MonthOf(month);
        Policy = await AssessmentPolicies.OfAsync(db, Month);
        List = ListQuery.From(Request, "code", "-score", "-points");
        ShownGrade = Enum.TryParse<Grade>(Request.Query["grade"], out var grade) && Enum.IsDefined(grade) ? grade : null;
        var path = user.AreaPath;
        var station = path.IndexOf('/', StringComparison.Ordinal) is var at and > 0 ? path[..(at + 1)] : path;
        IsStation = await db.Areas.AnyAsync(a => a.Path == path && a.Kind == AreaKind.Station);
        Found = await db.Assessments.AsNoTracking().SingleOrDefaultAsync(a => a.Month == Month && db.Areas.Any(s => s.Path == station && s.BookId == a.BookId));
        if (Found is null) return;
        if (IsStation) Stale = await check.LinesAsync(Found);
        var id = Found.Id;
        var mine = db.AssessmentLines.Where(l => l.AssessmentId == id && l.Member.Area.Path.StartsWith(path));
        Grades = await HeldRow.Of(db, mine).GroupBy(h => h.Grade).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count);
        Total = await Filtered().CountAsync();
        Rows = await Lines().Skip(List.Skip).Take(List.Size).ToListAsync();
        Objections = await db.AssessmentObjections.Where(o => o.AssessmentId == id && o.Member.Area.Path.StartsWith(path)).OrderBy(o => o.At)
            .Select(o => new Objection(o.Id, o.Member.Code, o.Member.Name, o.Member.Kind, o.At, o.Text, o.Answer)).ToListAsync();
        if (Found.State == AssessmentState.Published) Struggling = await PointsMarket.Assessments.Struggling.ReadAsync(db, Found.BookId, path, Month);
        if (Found.State == AssessmentState.Publishing)
        {
            var all = db.AssessmentLines.Where(l => l.AssessmentId == id && l.Bonus > 0);
            Bonuses = (await all.CountAsync(l => l.BonusSequence != null), await all.CountAsync());
        }
    }

    private IQueryable<HeldRow> Filtered()
    {
        var (id, path, q, grade) = (Found?.Id ?? 0, user.AreaPath, List.Q, ShownGrade);
        var lines = db.AssessmentLines.Where(l => l.AssessmentId == id && l.Member.Area.Path.StartsWith(path));
        // An informant is found by code only: the name must not answer.
        if (q.Length > 0) lines = lines.Where(l => l.Member.Code.Contains(q) || (l.Member.Kind != MemberKind.Informant && l.Member.Name.Contains(q)));
        var held = HeldRow.Of(db, lines);
        return grade is null ? held : held.Where(h => h.Grade == grade);
    }

    private IQueryable<Row> Lines()
    {
        var held = Filtered();
        var ordered = (List.Sort, List.Descending) switch
        {
            ("score", false) => held.OrderBy(h => h.Score).ThenBy(h => h.Line.Member.Code),
            ("score", true) => held.OrderByDescending(h => h.Score).ThenBy(h => h.Line.Member.Code),
            ("points", false) => held.OrderBy(h => h.Points).ThenBy(h => h.Line.Member.Code),
            ("points", true) => held.OrderByDescending(h => h.Points).ThenBy(h => h.Line.Member.Code),
            (_, true) => held.OrderByDescending(h => h.Line.Member.Code),
            _ => held.OrderBy(h => h.Line.Member.Code),
        };
        return ordered.Select(h => new Row
        {
            MemberId = h.Line.MemberId, Code = h.Line.Member.Code, Name = h.Line.Member.Name, Kind = h.Line.Member.Kind, Area = h.Line.Member.Area.Name,
            Measures = new AssessmentMeasures(h.Line.Target, h.Points, h.Verified, h.Rejected, h.Line.Raters, h.Line.Marks), Score = h.Score, Grade = h.Grade, Bonus = h.Bonus, Corrected = h.Corrected,
        });
    }
}
