namespace PointsMarket.Web.Shared;

/// <summary>Model of the <c>_AssessmentTabs</c> partial.</summary>
/// <param name="Month">The month shown, as in addresses.</param>
/// <param name="Current">month, compare, payroll or corrections.</param>
public sealed record AssessmentTab(string Month, string Current);
