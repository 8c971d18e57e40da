using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using PointsMarket.Data;
using PointsMarket.Tasks;
using PointsMarket.Web.Accounts;
using PointsMarket.Web.Shared;

namespace PointsMarket.Web.Pages.Me;

/// <summary>What the member reported, and what became of it.</summary>
public sealed class ReportsModel(CurrentUser user, MarketDb db) : PageModel
{
    /// <summary>The states with a tab of their own.</summary>
    public static readonly ReportOutcome[] Shown = [ReportOutcome.Returned, ReportOutcome.Pending, ReportOutcome.Verified, ReportOutcome.Rejected];

    public sealed record Row(string Reference, string Category, DateTime HappenedAt, string Area, string Text, ReportOutcome State, string? Reason, int Points, CapReached? Cap, List<int> Photos);

    [BindProperty(SupportsGet = true)]
    public ReportOutcome? State { get; set; }

    public ListQuery List { get; private set; } = null!;

    public IReadOnlyList<Row> Rows { get; private set; } = [];

    public int Total { get; private set; }

    /// <summary>How many wait for the member's answer.</summary>
    public int Asked { get; private set; }

    /// <summary>The draft that the device may forget, now that the report has arrived; empty when none has.</summary>
    public string DraftName { get; private set; } = "";

    public async Task OnGetAsync(CancellationToken ct)
    {
        List = ListQuery.From(Request);
        if (TempData[ReportModel.HasArrived] is not null) DraftName = $"pm.report.{user.Id.ToString(CultureInfo.InvariantCulture)}";
        var member = user.MemberId;
        var mine = db.TaskReports.Where(r => r.MemberId == member);
        Asked = await mine.CountAsync(r => r.Outcome == ReportOutcome.Returned, ct);
        if (State is { } state) mine = mine.Where(r => r.Outcome == state);
        Total = await mine.CountAsync(ct);
        Rows = await mine.OrderByDescending(r => r.FiledAt).ThenByDescending(r => r.Id).Skip(List.Skip).Take(List.Size)
            .Select(r => new Row(r.Reference, r.Category, r.HappenedAt, r.Area.Name, r.Text, r.Outcome, r.Reason, r.Points, r.Cap, r.Photos.OrderBy(p => p.Number).Select(p => p.Id).ToList()))
            .ToListAsync(ct);
    }
}
