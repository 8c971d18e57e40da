using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.Extensions.Localization;
using PointsMarket.Cases;
using PointsMarket.Web.Reports;
using PointsMarket.Web.Text;

namespace PointsMarket.Web.Board;

/// <summary>The icons, colours and words of cases and claims.</summary>
public static class CaseWords
{
    /// <summary>Name in the lucide sprite.</summary>
    public static string Icon(string kind) => kind switch
    {
        CaseKinds.Hazard => "triangle-alert",
        CaseKinds.Dispute => "handshake",
        CaseKinds.Lead => "eye",
        _ => "clipboard-list",
    };

    /// <summary>The kind's name; an imported kind that is none of ours as it stands.</summary>
    public static string Kind(IStringLocalizer<Texts> texts, string kind)
    {
        ArgumentNullException.ThrowIfNull(texts);
        return CaseKinds.All.Contains(kind) ? texts[$"Cases.Kind.{kind}"].Value : kind;
    }

    /// <summary>The colour of a case's tag.</summary>
    public static string Tone(CaseState state) => state switch
    {
        CaseState.Open => "ok",
        CaseState.Claimed => "info",
        CaseState.Submitted => "wait",
        CaseState.Withdrawn => "bad",
        _ => "",
    };

    /// <summary>The colour of a claim's tag.</summary>
    public static string Tone(ClaimState state) => state switch
    {
        ClaimState.Held or ClaimState.Settled => "ok",
        ClaimState.Asked or ClaimState.Submitted => "wait",
        ClaimState.Waiting => "info",
        ClaimState.Refused or ClaimState.Lapsed or ClaimState.Undone => "bad",
        _ => "",
    };

    /// <summary>The sentence for a refusal, and what to do about it.</summary>
    public static string Why(IStringLocalizer<Texts> texts, CaseOutcome.Refused refused)
    {
        ArgumentNullException.ThrowIfNull(texts);
        ArgumentNullException.ThrowIfNull(refused);
        return texts[$"Cases.Refusal.{refused.Why}", refused.About ?? ""];
    }

    /// <summary>Puts the sentence of a refusal beside a field. True when it was one.</summary>
    public static bool Explain(this ModelStateDictionary state, IStringLocalizer<Texts> texts, CaseOutcome outcome, string field)
    {
        ArgumentNullException.ThrowIfNull(state);
        switch (outcome)
        {
            case AddNote.BadFile(var bad):
                state.AddModelError("Input.Photos", EvidenceFile.Why(bad, texts));
                return true;
            case CaseOutcome.Refused refused:
                state.AddModelError(field, Why(texts, refused));
                return true;
            default:
                return false;
        }
    }
}
