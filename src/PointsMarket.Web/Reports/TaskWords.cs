using PointsMarket.Tasks;

namespace PointsMarket.Web.Reports;

/// <summary>The words of a report's states; those of its category are <see cref="CategoryWords"/>.</summary>
public static class TaskWords
{
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
