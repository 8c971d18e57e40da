using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using PointsMarket.Accounts;
using PointsMarket.Data;
using PointsMarket.Members;
using PointsMarket.Web.Accounts;
using PointsMarket.Web.Shared;
using PointsMarket.Web.Text;

namespace PointsMarket.Web.Pages.Admin.Accounts;

/// <summary>The accounts within the administrator's area.</summary>
public sealed class IndexModel(MarketDb db, CurrentUser user, TimeProvider clock, IStringLocalizer<Texts> texts) : PageModel
{
    public ListQuery List { get; private set; } = null!;

    public int Total { get; private set; }

    public IReadOnlyList<Row> Rows { get; private set; } = [];

    [BindProperty(SupportsGet = true)]
    public string? Role { get; set; }

    public IReadOnlyList<SelectListItem> RoleChoices => [new(texts["Admin.Accounts.AllRoles"], ""), .. AccountWords.Choices(texts)];

    /// <summary>One account as listed.</summary>
    public sealed record Row
    {
        public required int Id { get; init; }
        public required string UserName { get; init; }
        public required string DisplayName { get; init; }
        public required IReadOnlyList<string> Roles { get; init; }
        public string? Area { get; init; }
        public MemberKind? MemberKind { get; init; }
        public string? MemberCode { get; init; }
        public string? MemberName { get; init; }
        public string? Sponsor { get; init; }
        public required bool TwoStep { get; init; }
        public required bool OneTime { get; init; }
        public DateTimeOffset? LockoutEnd { get; init; }

        /// <summary>Where it belongs: an area, a firm, or a member (an informant by code).</summary>
        public string Place => Area ?? Sponsor ?? (MemberKind is { } kind ? MemberNames.Shown(kind, MemberCode!, MemberName!) : "");
    }

    public async Task OnGetAsync(CancellationToken ct)
    {
        List = ListQuery.From(Request, "name", "user", "area");
        Total = await Filtered().CountAsync(ct);
        Rows = await Project(Sorted(Filtered()).Skip(List.Skip).Take(List.Size)).ToListAsync(ct);
    }

    public IActionResult OnGetCsv()
    {
        List = ListQuery.From(Request, "name", "user", "area");
        return new Csv<Row>(
            "accounts.csv", Project(Sorted(Filtered())).AsAsyncEnumerable(),
            (texts["Admin.Accounts.UserName"], r => r.UserName), (texts["Admin.Accounts.DisplayName"], r => r.DisplayName),
            (texts["Admin.Accounts.Roles"], r => string.Join(" ", r.Roles.Select(x => texts[$"Account.Role.{x}"].Value))),
            (texts["Admin.Accounts.Place"], r => r.Place), (texts["Admin.Accounts.State"], r => texts[StateKey(r)].Value));
    }

    /// <summary>Key of what to know about an account first.</summary>
    public string StateKey(Row row) => row switch
    {
        { LockoutEnd: { } end } when TryCount.IsForever(end) => "Admin.Accounts.Locked",
        { LockoutEnd: { } end } when end > clock.GetUtcNow() => "Admin.Accounts.Resting",
        { OneTime: true } => "Admin.Accounts.OneTime",
        { TwoStep: true } => "Admin.Accounts.TwoStep",
        _ => "Admin.Accounts.PasswordOnly",
    };

    private IQueryable<AppUser> Filtered()
    {
        var found = AccountScope.Within(db, user.AreaPath);
        if (List.Q.Length > 0) found = found.Where(u => u.UserName!.Contains(List.Q) || u.DisplayName.Contains(List.Q) || u.Member!.Number == List.Q);
        if (Roles.All.Contains(Role)) found = found.Where(u => db.UserRoles.Any(r => r.UserId == u.Id && db.Roles.Any(x => x.Id == r.RoleId && x.Name == Role)));
        return found;
    }

    private IQueryable<AppUser> Sorted(IQueryable<AppUser> users) => (List.Sort, List.Descending) switch
    {
        ("user", false) => users.OrderBy(u => u.UserName),
        ("user", true) => users.OrderByDescending(u => u.UserName),
        ("area", false) => users.OrderBy(u => u.Area!.Path).ThenBy(u => u.UserName),
        ("area", true) => users.OrderByDescending(u => u.Area!.Path).ThenBy(u => u.UserName),
        (_, true) => users.OrderByDescending(u => u.DisplayName).ThenBy(u => u.UserName),
        _ => users.OrderBy(u => u.DisplayName).ThenBy(u => u.UserName),
    };

    private IQueryable<Row> Project(IQueryable<AppUser> users) => users.Select(u => new Row
    {
        Id = u.Id, UserName = u.UserName!, DisplayName = u.DisplayName, Area = u.Area!.Name, Sponsor = u.Sponsor!.Name,
        MemberKind = u.Member == null ? null : u.Member.Kind, MemberCode = u.Member!.Code, MemberName = u.Member.Name,
        TwoStep = u.TwoFactorEnabled, OneTime = u.PasswordIsOneTime, LockoutEnd = u.LockoutEnd,
        Roles = db.UserRoles.Where(r => r.UserId == u.Id).OrderBy(r => r.RoleId).Select(r => db.Roles.First(x => x.Id == r.RoleId).Name!).ToList(),
    });
}
