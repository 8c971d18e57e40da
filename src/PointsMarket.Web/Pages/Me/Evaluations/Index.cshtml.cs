using Microsoft.AspNetCore.Mvc.RazorPages;
using PointsMarket.Assessments;
using PointsMarket.Data;
using PointsMarket.Web.Accounts;
using PointsMarket.Web.Ratings;

namespace PointsMarket.Web.Pages.Me.Evaluations;

/// <summary>Whom the member rates this month, and what others said of the member, unnamed.</summary>
public sealed class IndexModel(MarketDb db, CurrentUser user, RatingDesk desk) : PageModel
{
    private const int MostMonths = 6;

    public RatingDesk.Sheet Sheet { get; private set; } = null!;

    public IReadOnlyList<Received> Received { get; private set; } = [];

    public async Task OnGetAsync(string? month, CancellationToken ct)
    {
        Sheet = await desk.ReadAsync(month, ct);
        if (user.MemberId is { } member) Received = await PointsMarket.Assessments.Received.ReadAsync(db, member, MostMonths, ct);
    }
}
