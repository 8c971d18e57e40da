using PointsMarket.Data;
using PointsMarket.Web.Accounts;
using PointsMarket.Web.Me;

namespace PointsMarket.Web.Pages.Me;

/// <summary>The member's code, large enough for a scanner.</summary>
public sealed class CardModel(CurrentUser user, MarketDb db) : MePage(user, db)
{
    /// <summary>The 13 digits in groups, as they are read out.</summary>
    public string Digits => Mine.Card is { Length: 13 } card ? $"{card[..1]} {card[1..7]} {card[7..]}" : "";
}
