namespace PointsMarket.Web.Ratings;

/// <summary>Model of the <c>_RatingList</c> partial.</summary>
/// <param name="Home">Path of the list; a person's form is below it.</param>
/// <param name="Sheet">What is in it.</param>
public sealed record RatingList(string Home, RatingDesk.Sheet Sheet);
