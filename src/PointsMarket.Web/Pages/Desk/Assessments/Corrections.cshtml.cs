using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using PointsMarket.Assessments;
using PointsMarket.Data;
using PointsMarket.Members;
using PointsMarket.Web.Accounts;
using PointsMarket.Web.Shared;
using PointsMarket.Web.Text;

namespace PointsMarket.Web.Pages.Desk.Assessments;

/// <summary>Corrections of a published month: what was wrong, what it comes to, and a second person's word. <c>?member=G0003</c> opens the form.</summary>
[Authorize(Policy = Access.ApproveRead)]
public sealed class CorrectionsModel(
    MarketDb db, CurrentUser user, CorrectAssessment correct, DecideCorrection decide, Actors actors, TimeProvider clock, IStringLocalizer<Texts> texts) : AssessmentPage(db, user, clock)
{
    public sealed record Row(AssessmentCorrection Correction, string Code, string Who, int? Before, string ProposedBy, string? DecidedBy)
    {
        public bool Waits => Correction.State == CorrectionState.Waiting;
    }

    public sealed class CorrectInput
    {
        [Display(Name = "Assess.Desk.Points"), Required, Range(0, CorrectAssessment.Most)]
        public int? Points { get; set; }

        [Display(Name = "Assess.Desk.Verified"), Required, Range(0, CorrectAssessment.Most)]
        public int? Verified { get; set; }

        [Display(Name = "Assess.Desk.Rejected"), Required, Range(0, CorrectAssessment.Most)]
        public int? Rejected { get; set; }

        [Display(Name = "Assess.Correct.Reason"), Required, StringLength(AssessmentCorrection.MostReason, MinimumLength = 2)]
        public string? Reason { get; set; }
    }

    private readonly MarketDb db = db;
    private readonly CurrentUser user = user;

    [BindProperty]
    public CorrectInput Input { get; set; } = new();

    [BindProperty(SupportsGet = true)]
    public string? Member { get; set; }

    /// <summary>The line that the form corrects; null without one.</summary>
    public (AssessmentLine Line, HeldLine Holds)? Chosen { get; private set; }

    public string ChosenName => Chosen is { Line.Member: var m } ? MemberNames.Shown(m.Kind, m.Code, m.Name) : "";

    public AssessmentPolicy Policy { get; private set; } = AssessmentPolicy.Default;

    public IReadOnlyList<Row> Rows { get; private set; } = [];

    public bool IsMine(AssessmentCorrection correction) => correction.ProposedBy == user.Actor.Code;

    public async Task OnGetAsync(string? month, CancellationToken ct)
    {
        await LoadAsync(month, ct);
        if (Chosen is { Holds.Measures: var m }) Input = new CorrectInput { Points = (int)m.Points, Verified = m.Verified, Rejected = m.Rejected };
    }

    public async Task<IActionResult> OnPostAsync(string? month, CancellationToken ct)
    {
        await LoadAsync(month, ct);
        if (Chosen is not { Line: var line }) return NotFound();
        if (!ModelState.IsValid) return Page();
        var outcome = await correct.ExecuteAsync(new CorrectAssessment.Input
        {
            AssessmentId = line.AssessmentId, MemberId = line.MemberId, Points = Input.Points!.Value, Verified = Input.Verified!.Value, Rejected = Input.Rejected!.Value, Reason = Input.Reason!,
            Actor = user.Actor, ActorMemberId = user.MemberId, AreaPath = user.AreaPath,
        }, ct);
        if (outcome == CorrectionOutcome.NotFound) return NotFound();
        if (outcome != CorrectionOutcome.Done)
        {
            ModelState.AddModelError("", texts[$"Assess.Corrected.{outcome}"]);
            return Page();
        }

        TempData.Say("Assess.Correct.Proposed");
        return Redirect($"/desk/assessment/corrections?month={MonthText}");
    }

    public async Task<IActionResult> OnPostDecideAsync(int id, bool approve, string? month, CancellationToken ct)
    {
        await FindAsync(month, ct);
        var outcome = await decide.ExecuteAsync(new DecideCorrection.Input { CorrectionId = id, Approve = approve, Actor = user.Actor, ActorMemberId = user.MemberId, AreaPath = user.AreaPath }, ct);
        if (outcome == CorrectionOutcome.NotFound) return NotFound();
        if (outcome == CorrectionOutcome.Done) TempData.Say(approve ? "Assess.Correct.Approved" : "Assess.Correct.Refused");
        else TempData.Refuse($"Assess.Corrected.{outcome}");
        return Redirect($"/desk/assessment/corrections?month={MonthText}");
    }

    private async Task LoadAsync(string? month, CancellationToken ct)
    {
        await FindAsync(month, ct);
        if (Found is not { } found) return;
        Policy = await AssessmentPolicies.OfAsync(db, Month, ct);
        var path = user.AreaPath;
        var all = await db.AssessmentCorrections.AsNoTracking().Include(c => c.Member).Where(c => c.AssessmentId == found.Id && c.Member.Area.Path.StartsWith(path))
            .OrderByDescending(c => c.ProposedAt).ThenByDescending(c => c.Id).ToListAsync(ct);
        var members = all.Select(c => c.MemberId).Distinct().ToList();
        var scores = await db.AssessmentLines.Where(l => l.AssessmentId == found.Id && members.Contains(l.MemberId)).ToDictionaryAsync(l => l.MemberId, l => l.Score, ct);
        var names = await actors.NamesAsync(all.SelectMany(c => (string?[])[c.ProposedBy, c.DecidedBy]), ct);
        Rows = [.. all.Select(c => new Row(c, c.Member.Code, MemberNames.Shown(c.Member.Kind, c.Member.Code, c.Member.Name), scores[c.MemberId], names[c.ProposedBy], c.DecidedBy is { } by ? names[by] : null))];
        if (Member is not { Length: > 0 } code || !IsStation || !IsPublished) return;
        var line = await db.AssessmentLines.AsNoTracking().Include(l => l.Member).SingleOrDefaultAsync(l => l.AssessmentId == found.Id && l.Member.Code == code && l.Member.Area.Path.StartsWith(path), ct);
        if (line is not null) Chosen = (line, HeldLine.Of(line, all.Where(c => c.MemberId == line.MemberId)));
    }
}
