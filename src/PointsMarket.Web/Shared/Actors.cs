using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using PointsMarket.Data;
using PointsMarket.Members;
using PointsMarket.Web.Text;

namespace PointsMarket.Web.Shared;

/// <summary>
/// Who did it, in words: the ledger and the change record keep <c>user:12</c>, a page shows the name that account has now. An
/// account that belongs to an informant is shown by the member's code.
/// </summary>
public sealed class Actors(MarketDb db, IStringLocalizer<Texts> texts)
{
    /// <summary>A lookup for the given codes; a code nobody knows any more stays as it is.</summary>
    public async Task<IReadOnlyDictionary<string, string>> NamesAsync(IEnumerable<string?> codes, CancellationToken ct = default)
    {
        var all = codes.OfType<string>().Distinct().ToList();
        var users = Ids(all, "user:");
        var kiosks = Ids(all, "kiosk:");
        var userNames = await db.Users.Where(u => users.Contains(u.Id))
            .Select(u => new { u.Id, u.DisplayName, Code = u.Member == null ? null : u.Member.Code, Kind = u.Member == null ? (MemberKind?)null : u.Member.Kind })
            .ToDictionaryAsync(u => $"user:{u.Id}", u => u.Kind == MemberKind.Informant ? u.Code! : u.DisplayName, ct);
        var kioskNames = await db.KioskDevices.Where(k => kiosks.Contains(k.Id)).ToDictionaryAsync(k => $"kiosk:{k.Id}", k => k.Name, ct);
        return all.ToDictionary(c => c, c => userNames.GetValueOrDefault(c) ?? kioskNames.GetValueOrDefault(c) ?? System(c));
    }

    private static List<int> Ids(List<string> codes, string prefix) =>
        [.. codes.Where(c => c.StartsWith(prefix, StringComparison.Ordinal)).Select(c => int.Parse(c[prefix.Length..], CultureInfo.InvariantCulture))];

    private string System(string code) => texts[$"Desk.Actor.{code.Replace(':', '-')}"] is { ResourceNotFound: false } known ? known : code;
}
