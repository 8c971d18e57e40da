using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using PointsMarket.Data;
using PointsMarket.Web.Accounts;

namespace PointsMarket.Web.Pages.Account.Security;

/// <summary>One's own sign-in: password and two steps.</summary>
public sealed class IndexModel(MarketDb db, CurrentUser user) : PageModel
{
    public bool TwoStep { get; private set; }

    public string UserName { get; private set; } = "";

    public async Task OnGetAsync(CancellationToken ct) =>
        (UserName, TwoStep) = await db.Users.Where(u => u.Id == user.Id).Select(u => new ValueTuple<string, bool>(u.UserName!, u.TwoFactorEnabled)).SingleAsync(ct);
}
