using System.Globalization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using PointsMarket.Assessments;
using PointsMarket.Awards;
using PointsMarket.Data;
using PointsMarket.Funding;
using PointsMarket.Settings;
using PointsMarket.Web.Accounts;
using PointsMarket.Web.Shared;
using PointsMarket.Web.Text;

namespace PointsMarket.Web.Pages.Desk.Assessments;

/// <summary>The month's supplements for the payroll: who gets how much, and why.</summary>
[Authorize(Policy = Access.ApproveRead)]
public sealed class PayrollModel(MarketDb db, CurrentUser user, AskForPayment ask, TimeProvider clock, IStringLocalizer<Texts> texts) : AssessmentPage(db, user, clock)
{
    private readonly MarketDb db = db;
    private readonly CurrentUser user = user;

    public IReadOnlyList<Supplement> Rows { get; private set; } = [];

    /// <summary>What a competent month and being named pay, as in force on the month's last day, in fen.</summary>
    public (long Month, long Named) Amounts { get; private set; }

    /// <summary>The open funds that may pay bonuses.</summary>
    public IReadOnlyList<Fund> Funds { get; private set; } = [];

    /// <summary>The payment that was asked for; null before that.</summary>
    public int? Asked { get; private set; }

    public Task OnGetAsync(string? month, CancellationToken ct) => LoadAsync(month, ct);

    public async Task<IActionResult> OnGetCsvAsync(string? month, CancellationToken ct)
    {
        await LoadAsync(month, ct);
        return new Csv<Supplement>($"payroll-{MonthText}.csv", Rows.ToAsyncEnumerable(),
            (texts["Assess.Desk.Code"], r => r.Code), (texts["Assess.Desk.Name"], r => r.Name), (texts["Ratings.Desk.Area"], r => r.Area), (texts["Assess.Desk.Grade"], r => texts[$"Enum.Grade.{r.Grade}"].Value),
            (texts["Assess.Payroll.Month"], r => Yuan(r.MonthFen)), (texts["Assess.Payroll.Award"], r => Yuan(r.AwardFen)), (texts["Assess.Payroll.Total"], r => Yuan(r.TotalFen)));
    }

    /// <summary>One click asks for the payroll as one payment, a line for each; the ladder of approvals follows. Asked again it is the same one.</summary>
    public async Task<IActionResult> OnPostAskAsync(string? month, string? fund, CancellationToken ct)
    {
        await LoadAsync(month, ct);
        if (Found is not { } found || !IsStation || Rows.Count == 0) return NotFound();
        var outcome = await ask.ExecuteAsync([new AskForPayment.Input
        {
            BookId = found.BookId, Fund = fund ?? "", Purpose = FundPurpose.Bonuses, Key = Key, Href = $"/desk/assessment/payroll?month={MonthText}", Words = texts["Assess.Payroll.Words", MonthText],
            Lines = [.. Rows.Select(r => new AskForPayment.Line(r.Code, r.TotalFen))], Actor = user.Actor,
        }], ct);
        if (outcome is AskForPayment.Refused refused)
        {
            TempData.Refuse($"Payments.Refusal.{refused.Why}", refused.About ?? "", "", "");
            return Redirect($"/desk/assessment/payroll?month={MonthText}");
        }

        var id = ((AskForPayment.Asked)outcome).Ids[0];
        TempData.Say("Payments.Ask.Done", Payment.NumberOf(id));
        return Redirect($"/finance/payments/{id}");
    }

    /// <summary>What the awards decided for the year add to the month, by member.</summary>
    private async Task<Dictionary<int, long>> NamedAsync(int bookId, CancellationToken ct) =>
        (await AwardSupplement.ReadAsync(db, bookId, Month, ct)).GroupBy(s => s.MemberId).ToDictionary(g => g.Key, g => g.Sum(s => s.Fen));

    private string Key => $"payroll:{MonthText}";

    private static string Yuan(int fen) => (fen / 100m).ToString("0.00", CultureInfo.InvariantCulture);

    private async Task LoadAsync(string? month, CancellationToken ct)
    {
        await FindAsync(month, ct);
        var day = Month.AddMonths(1).AddDays(-1);
        Amounts = (await SettingBook.ValueAsync(db, SettingList.PayrollMonth, day, ct), await SettingBook.ValueAsync(db, SettingList.AwardMonth, day, ct));
        if (Found is not { } found) return;
        Rows = await Supplement.ReadAsync(db, found.BookId, user.AreaPath, Month, await NamedAsync(found.BookId, ct), ct);
        if (!IsStation) return;
        var key = Key;
        Funds = [.. (await db.Funds.AsNoTracking().Where(f => f.BookId == found.BookId && f.Active).OrderBy(f => f.Code).ToListAsync(ct)).Where(f => f.Purposes.HasFlag(FundPurpose.Bonuses))];
        Asked = await db.Payments.Where(p => p.BookId == found.BookId && p.Key == key).Select(p => (int?)p.Id).SingleOrDefaultAsync(ct);
    }
}
