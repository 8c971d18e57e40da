namespace PointsMarket.Web.Roster;

/// <summary>Model of the member's <c>_ShiftCard</c> partial.</summary>
/// <param name="Shift">The shift.</param>
/// <param name="Mine">What the member has with it; null for nothing.</param>
/// <param name="Now">UTC.</param>
/// <param name="WithDay">False where a heading says the day.</param>
public sealed record ShiftCard(ShiftRow Shift, MyShifts.Part? Mine, DateTime Now, bool WithDay);
