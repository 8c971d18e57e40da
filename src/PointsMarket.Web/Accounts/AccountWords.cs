using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.Extensions.Localization;
using PointsMarket.Accounts;
using PointsMarket.Web.Text;

namespace PointsMarket.Web.Accounts;

/// <summary>The words for roles and refusals of accounts, shared by the pages that administer them.</summary>
public static class AccountWords
{
    /// <summary>The field that a refusal belongs beside, or empty for the whole form.</summary>
    public static string FieldOf(AccountRefusal why) => why switch
    {
        AccountRefusal.BadUserName or AccountRefusal.NameTaken => "Input.UserName",
        AccountRefusal.NoRole or AccountRefusal.SponsorStandsAlone => "Input.Roles",
        AccountRefusal.AreaNeeded or AccountRefusal.NoSuchArea => "Input.AreaId",
        AccountRefusal.MemberNeeded or AccountRefusal.NoSuchMember or AccountRefusal.MemberTaken => "Input.MemberNumber",
        AccountRefusal.SponsorNeeded => "Input.SponsorId",
        _ => "",
    };

    /// <summary>The roles to choose from.</summary>
    public static IReadOnlyList<SelectListItem> Choices(IStringLocalizer<Texts> texts) =>
        [.. Roles.All.Select(r => new SelectListItem(texts[$"Account.Role.{r}"], r))];
}
