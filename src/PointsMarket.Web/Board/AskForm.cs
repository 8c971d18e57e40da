using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.Extensions.Localization;
using PointsMarket.Cases;
using PointsMarket.Web.Text;

namespace PointsMarket.Web.Board;

/// <summary>The form that asks for a case, shared by the member's phone and the desk.</summary>
public sealed class AskForm
{
    [Display(Name = "Cases.Ask.MyShare"), Range(1, 100)]
    public int Share { get; set; } = 100;

    /// <summary>Four lines; an empty one is nobody.</summary>
    public List<PartnerLine> Partners { get; set; } = [];

    [Display(Name = "Cases.Ask.Plan"), StringLength(AskForCase.MostPlan)]
    public string? Plan { get; set; }

    [Display(Name = "Cases.Ask.NoInterest")]
    public bool NoInterest { get; set; }

    [Display(Name = "Cases.Ask.Wait")]
    public bool Wait { get; set; }

    public sealed class PartnerLine
    {
        [Display(Name = "Cases.Ask.PartnerCode"), StringLength(40)]
        public string? Code { get; set; }

        [Display(Name = "Cases.Ask.PartnerShare"), Range(1, 100)]
        public int? Share { get; set; }
    }

    /// <summary>Lines to fill in: always as many as there may be partners.</summary>
    public void Fill()
    {
        while (Partners.Count < Claim.MostMembers - 1) Partners.Add(new PartnerLine());
    }

    /// <summary>What is asked.</summary>
    public AskForCase.Input Asks(int caseId, Voice by) => new()
    {
        CaseId = caseId, By = by, Share = Share, Plan = Plan, NoInterest = NoInterest, Wait = Wait,
        Partners = [.. Partners.Where(p => !string.IsNullOrWhiteSpace(p.Code)).Select(p => new AskForCase.Partner(p.Code!, p.Share ?? 0))],
    };

    /// <summary>Puts the sentence of a refusal where it belongs.</summary>
    public static void Explain(ModelStateDictionary state, IStringLocalizer<Texts> texts, CaseOutcome outcome)
    {
        if (outcome is not CaseOutcome.Refused refused) return;
        state.Explain(texts, outcome, refused.Why switch
        {
            CaseRefusal.NoDeclaration => "Input.NoInterest",
            CaseRefusal.BadShares => "Input.Share",
            CaseRefusal.BadWords => "Input.Plan",
            CaseRefusal.UnknownMember or CaseRefusal.MemberTwice or CaseRefusal.TooManyMembers => "Input.Partners[0].Code",
            _ => "",
        });
    }
}
