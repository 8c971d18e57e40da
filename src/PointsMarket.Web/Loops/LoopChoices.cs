using System.Globalization;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using PointsMarket.Areas;
using PointsMarket.Data;
using PointsMarket.Loops;
using PointsMarket.Web.Accounts;
using PointsMarket.Web.Text;

namespace PointsMarket.Web.Loops;

/// <summary>What the forms of loops offer: places, accounts, types of dispute, the fitting mediator.</summary>
public sealed class LoopChoices(MarketDb db, CurrentUser user, IStringLocalizer<Texts> texts)
{
    /// <summary>The villages and grids of the user's area, in the order of the tree.</summary>
    public async Task<IReadOnlyList<SelectListItem>> AreasAsync(CancellationToken ct)
    {
        var path = user.AreaPath;
        var areas = await db.Areas.Where(a => a.Path.StartsWith(path) && (a.Kind == AreaKind.Village || a.Kind == AreaKind.Grid)).OrderBy(a => a.Path).Select(a => new { a.Id, a.Name, a.Kind }).ToListAsync(ct);
        return [.. areas.Select(a => new SelectListItem(a.Kind == AreaKind.Grid ? "\u3000" + a.Name : a.Name, a.Id.ToString(CultureInfo.InvariantCulture)))];
    }

    public IReadOnlyList<SelectListItem> Types() =>
        [new(texts["Loops.Form.ChooseType"], ""), .. Enum.GetValues<DisputeType>().Select(t => new SelectListItem(texts[$"Loops.Type.{t}"], t.ToString()))];

    /// <summary>The accounts that may be given a loop there.</summary>
    public async Task<IReadOnlyList<SelectListItem>> AccountsAsync(string areaPath, CancellationToken ct)
    {
        var accounts = await LoopPeople.Owners(db, areaPath).OrderBy(u => u.Id).Select(u => new { u.Id, u.DisplayName }).ToListAsync(ct);
        return [new(texts["Loops.Form.NoUser"], ""), .. accounts.Select(u => new SelectListItem(u.DisplayName, u.Id.ToString(CultureInfo.InvariantCulture)))];
    }

    /// <summary>Who mediates this there: from the table of mediators, else the usual role for its type.</summary>
    public async Task<(string Office, string? Member)> MediatorAsync(string areaPath, DisputeType type, CancellationToken ct)
    {
        var fit = await Mediator.FitAsync(db, areaPath, type, ct);
        return fit is null ? (texts[$"Loops.Mediator.{type}"], null) : (fit.Office, fit.Member?.Code);
    }
}
