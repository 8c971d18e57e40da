using Microsoft.AspNetCore.Html;

namespace PointsMarket.Web.Shared;

/// <summary>The 大字 switch: three steps, kept in a cookie so that the server draws the page right at once.</summary>
public static class TextSize
{
    public const string Cookie = "pm.size";

    /// <summary>Normal, ×1.2, ×1.4; the values of <c>data-size</c> in the stylesheet. js/app.js knows the same steps.</summary>
    public static readonly string[] Steps = ["", "l", "xl"];

    /// <summary>The step this device chose, or null for the normal one. Pages that keep no cookie have it in their address.</summary>
    public static string? Of(HttpRequest request) =>
        request.Query["size"].ToString() is { Length: > 0 } asked && Steps.Contains(asked) ? asked
        : request.Cookies[Cookie] is { Length: > 0 } size && Steps.Contains(size) ? size : null;

    /// <summary>The attribute for <c>&lt;html&gt;</c>; Razor leaves out a null attribute, but never one that begins with data-.</summary>
    public static IHtmlContent? Attribute(HttpRequest request) => Of(request) is { } size ? new HtmlString($"data-size=\"{size}\"") : null;

    /// <summary>The step that the switch leads to.</summary>
    public static string After(string? size) => Steps[(Array.IndexOf(Steps, size ?? "") + 1) % Steps.Length];
}
