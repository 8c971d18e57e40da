using PointsMarket.Loops;

namespace PointsMarket.Web.Loops;

/// <summary>The icons, tones and keys of a loop's words.</summary>
public static class LoopWords
{
    /// <summary>Name in the lucide sprite.</summary>
    public static string Icon(LoopKind kind) => kind switch { LoopKind.Hazard => "triangle-alert", LoopKind.Mediation => "handshake", _ => "message-square" };

    /// <inheritdoc cref="Icon(LoopKind)"/>
    public static string Icon(LoopAction action) => action switch
    {
        LoopAction.Open => "eye",
        LoopAction.Notify => "scroll-text",
        LoopAction.Reinspect => "camera",
        LoopAction.Pass or LoopAction.Close => "circle-check",
        LoopAction.Refer => "arrow-right",
        LoopAction.Reply or LoopAction.Answer => "message-square",
        LoopAction.Assign or LoopAction.Own => "user",
        LoopAction.Mediate => "handshake",
        LoopAction.FollowUp => "phone",
        LoopAction.Revisit => "smile",
        LoopAction.RevisitUnsettled => "frown",
        LoopAction.Drop => "x",
        _ => "undo-2",
    };

    /// <summary>The place and its area; the area alone where the place says no more (a loop made from a report).</summary>
    public static string Where(string place, string area) => place == area ? area : $"{place} · {area}";

    /// <summary>The colour of a state's tag.</summary>
    public static string Tone(LoopState state) => state switch
    {
        LoopState.Passed or LoopState.Closed => "ok",
        LoopState.Dropped => "",
        LoopState.Found or LoopState.Received or LoopState.Unsettled => "bad",
        LoopState.Referred or LoopState.Replied => "info",
        _ => "wait",
    };
}
