using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.Localization;
using PointsMarket.Assessments;
using PointsMarket.Web.Accounts;
using PointsMarket.Web.Ratings;
using PointsMarket.Web.Text;

namespace PointsMarket.Web.Pages.Desk.Evaluations;

/// <summary>The officer rates somebody, at the desk.</summary>
[Authorize(Policy = Access.Approve)]
public sealed class RateModel(RatingDesk desk, RateMember rate, CurrentUser user, IStringLocalizer<Texts> texts) : RatingFormPage("/desk/evaluations", desk, rate, user, texts);
