using Microsoft.AspNetCore.Mvc.Rendering;
using PointsMarket.Loops;

namespace PointsMarket.Web.Loops;

/// <summary>Model of the <c>_StepFields</c> partial.</summary>
/// <param name="Rule">The step's line of the table; null for the correction.</param>
/// <param name="Input">What was typed.</param>
/// <param name="Accounts">The accounts that may be given it; empty where none is asked for.</param>
/// <param name="Today">The station day.</param>
/// <param name="Phone">True on the member's own page.</param>
/// <param name="Days">The usual days to the next step, where another deadline may be chosen.</param>
public sealed record StepFields(LoopRule? Rule, LoopForm.Step Input, IReadOnlyList<SelectListItem> Accounts, DateOnly Today, bool Phone, int Days = 0);
