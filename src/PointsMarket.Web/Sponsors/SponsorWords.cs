using PointsMarket.Sponsors;

namespace PointsMarket.Web.Sponsors;

/// <summary>The tones of what firms pledge and announce; the words are <c>Sponsor.PledgeState.*</c> and <c>Sponsor.ComingState.*</c>.</summary>
public static class SponsorWords
{
    public static string Tone(PledgeState state) => state switch
    {
        PledgeState.Waiting => "wait",
        PledgeState.Accepted => "info",
        PledgeState.Delivered => "ok",
        PledgeState.Declined => "bad",
        _ => "",
    };

    public static string Tone(AnnouncementState state) => state switch
    {
        AnnouncementState.Announced => "wait",
        AnnouncementState.CountedIn => "ok",
        _ => "",
    };
}
