using Microsoft.Extensions.Localization;
using PointsMarket.Market;
using PointsMarket.Web.Text;

namespace PointsMarket.Web.Cards;

/// <summary>Supermarket cards in words: states, and why numbers are not taken. A number is shown by its last four only.</summary>
public static class CardWords
{
    /// <summary>The tone of a state's tag.</summary>
    public static string Tone(CardState state) => state switch
    {
        CardState.InStock or CardState.Returned => "ok",
        CardState.HandedOut => "info",
        _ => "bad",
    };

    /// <summary>Why numbers are not taken.</summary>
    public static string Say(IStringLocalizer<Texts> texts, CardRefusal refusal)
    {
        ArgumentNullException.ThrowIfNull(texts);
        ArgumentNullException.ThrowIfNull(refusal);
        return refusal.Serial is { } serial
            ? texts[$"Cards.Problem.{refusal.Problem}", serial.Length == 0 ? "–" : CardSerials.Masked(serial)]
            : texts[$"Cards.Problem.{refusal.Problem}", refusal.Needed];
    }
}
