using System.Text.Json;
using Microsoft.AspNetCore.Mvc.ViewFeatures;

namespace PointsMarket.Web.Shared;

/// <summary>A sentence said once, on the page after a redirect: <c>TempData.Say("Desk.Goods.Saved", name)</c>.</summary>
/// <param name="Tone">ok, warn or bad; the colour and how urgently a screen reader says it.</param>
/// <param name="Key">Key of the sentence, so that it is in the language of the page that shows it.</param>
/// <param name="Args">What stands in its placeholders. Travels in an encrypted cookie: keep it short.</param>
public sealed record Flash(string Tone, string Key, string[] Args)
{
    private const string Slot = "said";

    /// <summary>Takes what the last page left to say, or null.</summary>
    public static Flash? Take(ITempDataDictionary tempData) =>
        tempData[Slot] is string json ? JsonSerializer.Deserialize<Flash>(json) : null;

    internal static void Leave(ITempDataDictionary tempData, Flash flash) => tempData[Slot] = JsonSerializer.Serialize(flash);
}

/// <summary>Lets a page say something on the next one.</summary>
public static class FlashWords
{
    /// <summary>It is done.</summary>
    public static void Say(this ITempDataDictionary tempData, string key, params string[] args) =>
        Flash.Leave(tempData, new Flash("ok", key, args));

    /// <summary>It is done, but look at this.</summary>
    public static void Warn(this ITempDataDictionary tempData, string key, params string[] args) =>
        Flash.Leave(tempData, new Flash("warn", key, args));

    /// <summary>It was refused.</summary>
    public static void Refuse(this ITempDataDictionary tempData, string key, params string[] args) =>
        Flash.Leave(tempData, new Flash("bad", key, args));
}
