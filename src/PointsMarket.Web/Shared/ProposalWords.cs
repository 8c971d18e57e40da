using PointsMarket.Proposals;

namespace PointsMarket.Web.Shared;

/// <summary>How a proposal is shown, whatever it proposes.</summary>
public static class ProposalWords
{
    /// <summary>The colour of a state's tag.</summary>
    public static string Tone(ProposalState state) => state switch
    {
        ProposalState.Approved => "ok",
        ProposalState.Waiting => "wait",
        ProposalState.Refused => "bad",
        _ => "",
    };
}
