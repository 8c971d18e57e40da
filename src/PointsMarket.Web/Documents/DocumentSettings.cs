using System.ComponentModel.DataAnnotations;

namespace PointsMarket.Web.Documents;

/// <summary>How documents become PDF; configuration section <c>Documents</c>.</summary>
public sealed class DocumentSettings
{
    public const string Section = "Documents";

    /// <summary>Value of <see cref="Browser"/> that lets everybody print from their own browser.</summary>
    public const string NoBrowser = "none";

    /// <summary>The Chromium, Chrome or Edge that prints; empty to look in the usual places, <see cref="NoBrowser"/> for none.</summary>
    public string Browser { get; set; } = "";

    /// <summary>A document that takes longer is given up, and its browser ended.</summary>
    [Range(1, 300)]
    public int SecondsAtMost { get; set; } = 30;

    /// <summary>How many browsers run at once; who comes later waits.</summary>
    [Range(1, 8)]
    public int AtOnce { get; set; } = 2;
}
