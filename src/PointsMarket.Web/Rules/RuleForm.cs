using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.Extensions.Localization;
using PointsMarket.Members;
using PointsMarket.Rules;
using PointsMarket.Tasks;
using PointsMarket.Web.Reports;
using PointsMarket.Web.Text;

namespace PointsMarket.Web.Rules;

/// <summary>What a rule says, and why.</summary>
public abstract class RuleValues
{
    [Display(Name = "Rules.Form.Points"), Required, Range(0, ProposeRule.MostPoints)]
    public int? Points { get; set; }

    [Display(Name = "Rules.Form.PerDay"), Range(1, ProposeRule.MostReports)]
    public int? ReportsPerDay { get; set; }

    [Display(Name = "Rules.Form.PerMonth"), Range(1, ProposeRule.MostMonth)]
    public int? PointsPerMonth { get; set; }

    [Display(Name = "Rules.Form.Evidence"), Required]
    public Evidence? Evidence { get; set; }

    [Display(Name = "Rules.Form.From"), Required]
    public DateOnly? From { get; set; }

    [Display(Name = "Rules.Form.Reason"), Required, StringLength(ProposeRule.MostWords)]
    public string? Reason { get; set; }
}

/// <summary>The fields of a proposed rule.</summary>
public sealed class RuleInput : RuleValues
{
    [Display(Name = "Rules.Form.Category"), Required]
    public string? Category { get; set; }

    /// <summary>The rule the fields describe; only after they were found valid.</summary>
    public ScoringRule AsRule() => new()
    {
        Category = Category!, From = From!.Value, Points = Points!.Value, ReportsPerDay = ReportsPerDay, PointsPerMonth = PointsPerMonth, Evidence = Evidence!.Value,
    };
}

/// <summary>The fields of a proposed new category and its first rule.</summary>
public sealed class CategoryInput : RuleValues
{
    [Display(Name = "Rules.New.NameZh"), Required, StringLength(TaskCategory.MostName)]
    public string? NameZh { get; set; }

    [Display(Name = "Rules.New.NameEn"), Required, StringLength(TaskCategory.MostName)]
    public string? NameEn { get; set; }

    [Display(Name = "Rules.New.Code"), Required, StringLength(TaskCategory.MostCode)]
    public string? Code { get; set; }

    [Display(Name = "Rules.New.Icon"), Required]
    public string? Icon { get; set; } = TaskCategory.Icons[0];

    [Display(Name = "Rules.New.Level"), Required]
    public MemberKind? FirstLevel { get; set; } = MemberKind.GridManager;
}

/// <summary>The words of the rule book, shared by its pages.</summary>
public static class RuleWords
{
    /// <summary>The field that a problem belongs beside, or empty for the whole form.</summary>
    public static string FieldOf(RuleProblem why) => why switch
    {
        RuleProblem.UnknownCategory or RuleProblem.OneWaits => "Input.Category",
        RuleProblem.BadCode or RuleProblem.CodeTaken => "Input.Code",
        RuleProblem.NameMissing => "Input.NameZh",
        RuleProblem.BadIcon => "Input.Icon",
        RuleProblem.BadLevel => "Input.FirstLevel",
        RuleProblem.TooEarly or RuleProblem.TooFar or RuleProblem.DayTaken => "Input.From",
        RuleProblem.BadPoints => "Input.Points",
        RuleProblem.BadDay => "Input.ReportsPerDay",
        RuleProblem.BadMonth => "Input.PointsPerMonth",
        RuleProblem.ReasonMissing => "Input.Reason",
        _ => "",
    };

    /// <summary>The category's name, also of one that is only proposed.</summary>
    public static string NameOf(RuleProposal proposal, CategoryWords categories)
    {
        ArgumentNullException.ThrowIfNull(proposal);
        ArgumentNullException.ThrowIfNull(categories);
        return proposal.IsNew ? CategoryWords.NameOf(proposal.NameZh!, proposal.NameEn!) : categories.Name(proposal.Category);
    }

    /// <summary>Its icon.</summary>
    public static string IconOf(RuleProposal proposal, CategoryWords categories)
    {
        ArgumentNullException.ThrowIfNull(proposal);
        ArgumentNullException.ThrowIfNull(categories);
        return proposal.Icon ?? categories.Icon(proposal.Category);
    }

    /// <summary>The kinds of evidence to choose from.</summary>
    public static IReadOnlyList<SelectListItem> Evidences(IStringLocalizer<Texts> texts) =>
        [.. Enum.GetValues<Evidence>().Select(e => new SelectListItem(texts[$"Rules.Evidence.{e}"], e.ToString()))];

    /// <summary>Such as <c>每次 30 分，每天最多 2 次，每月最多 100 分</c>.</summary>
    public static string InWords(ScoringRule rule, IStringLocalizer<Texts> texts)
    {
        ArgumentNullException.ThrowIfNull(rule);
        ArgumentNullException.ThrowIfNull(texts);
        if (rule.Retired) return texts["Rules.Words.Retired"];
        var words = texts["Rules.Words.Points", rule.Points].Value;
        if (rule.ReportsPerDay is { } day) words += texts["Rules.Words.PerDay", day];
        if (rule.PointsPerMonth is { } month) words += texts["Rules.Words.PerMonth", month];
        return words;
    }
}
