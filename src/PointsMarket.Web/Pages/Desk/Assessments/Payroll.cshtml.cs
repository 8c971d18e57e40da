using System.Globalization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;
using PointsMarket.Assessments;
using PointsMarket.Data;
using PointsMarket.Settings;
using PointsMarket.Web.Accounts;
using PointsMarket.Web.Shared;
using PointsMarket.Web.Text;

namespace PointsMarket.Web.Pages.Desk.Assessments;

/// <summary>The month's supplements for the payroll: who gets how much, and why.</summary>
[Authorize(Policy = Access.Approve)]
public sealed class PayrollModel(MarketDb db, CurrentUser user, TimeProvider clock, IStringLocalizer<Texts> texts) : AssessmentPage(db, user, clock)
{
    private readonly MarketDb db = db;
    private readonly CurrentUser user = user;

    public IReadOnlyList<Supplement> Rows { get; private set; } = [];

    /// <summary>What a competent month and being named pay, as in force on the month's last day, in fen.</summary>
    public (long Month, long Named) Amounts { get; private set; }

    public Task OnGetAsync(string? month, CancellationToken ct) => LoadAsync(month, ct);

    public async Task<IActionResult> OnGetCsvAsync(string? month, CancellationToken ct)
    {
        await LoadAsync(month, ct);
        return new Csv<Supplement>($"payroll-{MonthText}.csv", Rows.ToAsyncEnumerable(),
            (texts["Assess.Desk.Code"], r => r.Code), (texts["Assess.Desk.Name"], r => r.Name), (texts["Ratings.Desk.Area"], r => r.Area), (texts["Assess.Desk.Grade"], r => texts[$"Enum.Grade.{r.Grade}"].Value),
            (texts["Assess.Payroll.Month"], r => Yuan(r.MonthFen)), (texts["Assess.Payroll.Award"], r => Yuan(r.AwardFen)), (texts["Assess.Payroll.Total"], r => Yuan(r.TotalFen)));
    }

    private static string Yuan(int fen) => (fen / 100m).ToString("0.00", CultureInfo.InvariantCulture);

    private async Task LoadAsync(string? month, CancellationToken ct)
    {
        await FindAsync(month, ct);
        var day = Month.AddMonths(1).AddDays(-1);
        Amounts = (await SettingBook.ValueAsync(db, SettingList.PayrollMonth, day, ct), await SettingBook.ValueAsync(db, SettingList.AwardMonth, day, ct));
        if (Found is { } found) Rows = await Supplement.ReadAsync(db, found.BookId, user.AreaPath, Month, new HashSet<int>(), ct);
    }
}
