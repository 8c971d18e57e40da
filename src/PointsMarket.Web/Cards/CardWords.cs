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
        return texts[$"Cards.Problem.{refusal.Problem}", About(refusal)];
    }

    /// <summary>Why numbers are not taken in a count: often a question, because the card does lie there.</summary>
    public static string SayInCount(IStringLocalizer<Texts> texts, CardRefusal refusal)
    {
        ArgumentNullException.ThrowIfNull(texts);
        ArgumentNullException.ThrowIfNull(refusal);
        return texts[$"Stocktakes.Card.{refusal.Problem}", About(refusal)];
    }

    /// <summary>Several numbers as a screen shows them.</summary>
    public static string Masked(IEnumerable<string> serials) => string.Join(" ", serials.Order(StringComparer.Ordinal).Select(CardSerials.Masked));

    private static object About(CardRefusal refusal) => refusal.Serial switch
    {
        null => refusal.Needed,
        "" => "–",
        var serial => CardSerials.Masked(serial),
    };
}
