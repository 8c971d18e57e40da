using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using PointsMarket.Loops;
using PointsMarket.Tasks;
using PointsMarket.Web.Shared;
using PointsMarket.Web.Text;

namespace PointsMarket.Web.Loops;

/// <summary>What the pages that open or step a loop share: the fields, and the sentence for each refusal.</summary>
public sealed class LoopForm(IStringLocalizer<Texts> texts)
{
    /// <summary>The fields of a new one.</summary>
    public sealed class Finding
    {
        [Display(Name = "Loops.Form.Type")]
        public DisputeType? Type { get; set; }

        [Display(Name = "Loops.Form.Place"), Required, StringLength(Loop.MostPlace)]
        public string? Place { get; set; }

        [Display(Name = "Loops.Form.What"), Required, StringLength(FileReport.MostText)]
        public string? Text { get; set; }

        [Display(Name = "Loops.Form.Area"), Required]
        public int? AreaId { get; set; }

        /// <summary>On the station's clock.</summary>
        [Display(Name = "Loops.Form.FoundAt"), Required]
        public DateTime? FoundAt { get; set; }

        [Display(Name = "Loops.Form.Finder"), StringLength(40)]
        public string? Finder { get; set; }

        [Display(Name = "Loops.Form.Photos")]
        public List<IFormFile> Photos { get; set; } = [];

        /// <summary>The same for every try to send this form.</summary>
        [StringLength(64)]
        public string? Key { get; set; }
    }

    /// <summary>The fields of a step.</summary>
    public sealed class Step
    {
        /// <summary>The version of the loop that the form was made for.</summary>
        public int Seen { get; set; }

        [Display(Name = "Loops.Form.Words")]
        public string? Words { get; set; }

        [Display(Name = "Loops.Form.Who")]
        public string? Who { get; set; }

        [Display(Name = "Loops.Form.User")]
        public int? WhoUserId { get; set; }

        [Display(Name = "Loops.Form.Member"), StringLength(40)]
        public string? MemberCode { get; set; }

        [Display(Name = "Loops.Form.Due")]
        public DateOnly? DueDay { get; set; }

        [Display(Name = "Loops.Form.Photos")]
        public List<IFormFile> Photos { get; set; } = [];
    }

    /// <summary>What a page answers to a step: on to the loop with a sentence, or the form again with what is wrong beside its field.</summary>
    public IActionResult Answer(LoopOutcome outcome, PageModel page, string loop)
    {
        ArgumentNullException.ThrowIfNull(page);
        switch (outcome)
        {
            case LoopOutcome.Stepped { Report: { } report }:
                page.TempData.Say("Loops.Step.DoneWithReport", report);
                break;
            case LoopOutcome.Stepped:
                page.TempData.Say("Loops.Step.Done");
                break;
            case LoopOutcome.Moved:
                page.TempData.Warn("Loops.Step.Moved");
                break;
            case LoopOutcome.NotFound:
                return page.NotFound();
            default:
                Explain(outcome, page.ModelState, nameof(Step.Words));
                return page.Page();
        }

        return new RedirectResult(loop);
    }

    /// <summary>Puts the sentence for a refusal beside its field.</summary>
    /// <param name="outcome">What came of it.</param>
    /// <param name="state">Where the sentence goes.</param>
    /// <param name="words">The form's field for the words: Text on a new one, Words on a step.</param>
    public void Explain(LoopOutcome outcome, ModelStateDictionary state, string words)
    {
        ArgumentNullException.ThrowIfNull(state);
        switch (outcome)
        {
            case LoopOutcome.BadPhoto(var number, var fault):
                state.AddModelError("Input.Photos", texts[$"Reports.Photo.{fault}", number]);
                break;
            case LoopOutcome.Refused(var problem):
                state.AddModelError(FieldOf(problem, words), texts[$"Loops.Problem.{problem}"]);
                break;
            case LoopOutcome.ReportRefused(var problem):
                state.AddModelError("", texts["Loops.Form.ReportRefused", texts[$"Reports.Problem.{problem}"].Value]);
                break;
            case LoopOutcome.PointsStand(var report):
                state.AddModelError("", texts["Loops.Form.PointsStand", report]);
                break;
            case LoopOutcome.NotAllowed:
                state.AddModelError("", texts["Loops.Form.NotAllowed"]);
                break;
        }
    }

    private static string FieldOf(LoopProblem problem, string words) => problem switch
    {
        LoopProblem.PlaceMissing or LoopProblem.PlaceTooLong => "Input.Place",
        LoopProblem.TypeMissing => "Input.Type",
        LoopProblem.UnknownArea => "Input.AreaId",
        LoopProblem.Future or LoopProblem.TooOld => "Input.FoundAt",
        LoopProblem.WhoMissing or LoopProblem.WhoTooLong => "Input.Who",
        LoopProblem.UnknownUser => "Input.WhoUserId",
        LoopProblem.UnknownMember => words == "Text" ? "Input.Finder" : "Input.MemberCode",
        LoopProblem.DueInPast or LoopProblem.DueTooFar => "Input.DueDay",
        LoopProblem.PhotoMissing or LoopProblem.TooManyPhotos => "Input.Photos",
        _ => "Input." + words,
    };
}
