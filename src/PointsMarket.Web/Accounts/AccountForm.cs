using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using PointsMarket.Accounts;
using PointsMarket.Areas;
using PointsMarket.Data;

namespace PointsMarket.Web.Accounts;

/// <summary>The fields of the two forms that say what an account is to be.</summary>
public class AccountForm
{
    [Display(Name = "Admin.Accounts.DisplayName"), Required, StringLength(60)]
    public string DisplayName { get; set; } = "";

    [Display(Name = "Admin.Accounts.Roles")]
    public List<string> Roles { get; set; } = [];

    [Display(Name = "Admin.Accounts.Area")]
    public int? AreaId { get; set; }

    [Display(Name = "Admin.Accounts.MemberNumber"), StringLength(12)]
    public string? MemberNumber { get; set; }

    [Display(Name = "Admin.Accounts.Sponsor")]
    public int? SponsorId { get; set; }

    public AccountSpec Spec() => new()
    {
        DisplayName = DisplayName.Trim(), Roles = Roles, AreaId = AreaId, MemberNumber = MemberNumber?.Trim(), SponsorId = SponsorId,
    };
}

/// <summary>What the selects of <see cref="AccountForm"/> offer: the areas of the administrator's own, and the firms.</summary>
public sealed class AccountChoices(MarketDb db, CurrentUser user)
{
    public async Task<IReadOnlyList<SelectListItem>> AreasAsync(CancellationToken ct)
    {
        var areas = await db.Areas.Where(a => a.Path.StartsWith(user.AreaPath)).OrderBy(a => a.Path).Select(a => new { a.Id, a.Name, a.Kind }).ToListAsync(ct);
        return [new("", ""), .. areas.Select(a => new SelectListItem(new string('\u3000', (int)a.Kind - (int)AreaKind.Station) + a.Name, $"{a.Id}"))];
    }

    public async Task<IReadOnlyList<SelectListItem>> SponsorsAsync(CancellationToken ct)
    {
        var firms = await db.Sponsors.OrderBy(s => s.Code).Select(s => new { s.Id, s.Name }).ToListAsync(ct);
        return [new("", ""), .. firms.Select(s => new SelectListItem(s.Name, $"{s.Id}"))];
    }
}
