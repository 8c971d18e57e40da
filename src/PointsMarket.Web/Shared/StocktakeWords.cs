using PointsMarket.Stock;

namespace PointsMarket.Web.Shared;

/// <summary>How the states of stocktakes and moves look.</summary>
public static class StocktakeWords
{
    /// <summary>The tag's tone.</summary>
    public static string Tone(StocktakeState state) => state switch
    {
        StocktakeState.Signed => "ok",
        StocktakeState.Signing => "wait",
        StocktakeState.Withdrawn => "",
        _ => "info",
    };

    /// <inheritdoc cref="Tone(StocktakeState)"/>
    public static string Tone(StockMoveState state) => state switch
    {
        StockMoveState.Received => "ok",
        StockMoveState.Sent => "wait",
        StockMoveState.Lacking => "bad",
        _ => "",
    };
}
