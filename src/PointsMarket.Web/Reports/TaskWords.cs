using PointsMarket.Tasks;

namespace PointsMarket.Web.Reports;

/// <summary>The icon and the keys of a category's words; <see cref="TaskCategories.All"/> names them.</summary>
public static class TaskWords
{
    /// <summary>Name in the lucide sprite.</summary>
    public static string Icon(string category) => category switch
    {
        "clue" => "eye",
        "capture" => "award",
        "hazard-found" => "triangle-alert",
        "hazard-fixed" => "circle-check",
        "dispute" => "handshake",
        "incident" => "phone",
        "patrol" => "map-pin",
        "post" => "store",
        "care" => "heart",
        "publicity" => "megaphone",
        "training" => "scroll-text",
        "opinion" => "message-square",
        _ => "hand-heart",
    };

    /// <summary>Key of the category's name.</summary>
    public static string Name(string category) => $"Tasks.Category.{category}";

    /// <summary>Key of a state's name.</summary>
    public static string State(ReportOutcome state) => $"Tasks.State.{state}";

    /// <summary>The colour of a state's tag.</summary>
    public static string Tone(ReportOutcome state) => state switch
    {
        ReportOutcome.Verified => "ok",
        ReportOutcome.Pending => "wait",
        ReportOutcome.Returned => "info",
        _ => "bad",
    };
}
