using Microsoft.Extensions.Localization;
using PointsMarket.Assessments;
using PointsMarket.Web.Accounts;
using PointsMarket.Web.Ratings;
using PointsMarket.Web.Text;

namespace PointsMarket.Web.Pages.Me.Evaluations;

/// <summary>The member rates somebody, on the phone.</summary>
public sealed class RateModel(RatingDesk desk, RateMember rate, CurrentUser user, IStringLocalizer<Texts> texts) : RatingFormPage("/me/evaluations", desk, rate, user, texts);
