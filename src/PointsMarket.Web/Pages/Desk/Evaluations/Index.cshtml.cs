using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using PointsMarket.Areas;
using PointsMarket.Assessments;
using PointsMarket.Data;
using PointsMarket.Web.Accounts;
using PointsMarket.Web.Ratings;
using PointsMarket.Web.Shared;
using PointsMarket.Web.Text;

namespace PointsMarket.Web.Pages.Desk.Evaluations;

/// <summary>Whom the officer rates, and who has not rated yet: in numbers, never for whom.</summary>
[Authorize(Policy = Access.Approve)]
public sealed class IndexModel(MarketDb db, CurrentUser user, RatingDesk desk, IStringLocalizer<Texts> texts) : PageModel
{
    public RatingDesk.Sheet Sheet { get; private set; } = null!;

    public ListQuery List { get; private set; } = null!;

    /// <summary>True when those who are done are shown too.</summary>
    public bool All { get; private set; }

    public IReadOnlyList<RaterStanding> Standings { get; private set; } = [];

    public IReadOnlyList<RaterStanding> Rows { get; private set; } = [];

    public Task OnGetAsync(string? month, string? show, CancellationToken ct) => LoadAsync(month, show, ct);

    public async Task<IActionResult> OnGetCsvAsync(string? month, string? show, CancellationToken ct)
    {
        await LoadAsync(month, show, ct);
        return new Csv<RaterStanding>($"evaluations-open-{StationMonth.Text(Sheet.Month)}.csv", Rows.ToAsyncEnumerable(),
            (texts["Ratings.Desk.Who"], s => s.Name), (texts["Assess.Desk.Code"], s => s.Code), (texts["Ratings.Desk.Area"], s => s.Area),
            (texts["Ratings.Desk.Asked"], s => s.Asked), (texts["Ratings.Desk.Given"], s => s.Given));
    }

    private async Task LoadAsync(string? month, string? show, CancellationToken ct)
    {
        List = ListQuery.From(Request);
        All = show == "all";
        Sheet = await desk.ReadAsync(month, ct);
        Standings = await OpenRatings.ReadAsync(db, user.AreaPath, Sheet.Month, desk.Today, ct);
        Rows = [.. Standings.Where(s => (All || s.Open > 0) && (List.Q.Length == 0 || s.Name.Contains(List.Q, StringComparison.OrdinalIgnoreCase) || s.Code?.Contains(List.Q, StringComparison.OrdinalIgnoreCase) == true))];
    }
}
