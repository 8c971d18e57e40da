using System.Globalization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using PointsMarket.Assessments;
using PointsMarket.Awards;
using PointsMarket.Data;
using PointsMarket.Funding;
using PointsMarket.Members;
using PointsMarket.Settings;
using PointsMarket.Web.Accounts;
using PointsMarket.Web.Shared;
using PointsMarket.Web.Text;

namespace PointsMarket.Web.Pages.Desk.Assessments;

/// <summary>The month's supplements for the payroll: who gets how much, and why.</summary>
[Authorize(Policy = Access.ApproveRead)]
public sealed class PayrollModel(MarketDb db, CurrentUser user, AskForPayment ask, TimeProvider clock, IStringLocalizer<Texts> texts) : AssessmentPage(db, user, clock)
{
    /// <summary>One member's part of the list beside what was asked for, in fen.</summary>
    public sealed record Difference(string Code, string Name, long ListedFen, long AskedFen)
    {
        /// <summary>What is still to be asked for; below 0 where too much was.</summary>
        public long Fen => ListedFen - AskedFen;
    }

    private readonly MarketDb db = db;
    private readonly CurrentUser user = user;

    /// <summary>The keys in use: of what came to nothing the key is free again.</summary>
    private HashSet<string> keys = [];

    public IReadOnlyList<Supplement> Rows { get; private set; } = [];

    /// <summary>What a competent month and being named pay, as in force on the month's last day, in fen.</summary>
    public (long Month, long Named) Amounts { get; private set; }

    /// <summary>The open funds that may pay bonuses.</summary>
    public IReadOnlyList<Fund> Funds { get; private set; } = [];

    /// <summary>The payments that were asked for and did not come to nothing, in their order.</summary>
    public IReadOnlyList<int> Asked { get; private set; } = [];

    /// <summary>Where the list and what was asked for differ: a correction or an award that came later.</summary>
    public IReadOnlyList<Difference> Differences { get; private set; } = [];

    /// <summary>Who is to be asked for, and how much: all of the list at first, then what it is more than what was asked.</summary>
    public IReadOnlyList<AskForPayment.Line> Due => [.. Differences.Where(d => d.Fen > 0).Select(d => new AskForPayment.Line(d.Code, d.Fen))];

    public Task OnGetAsync(string? month, CancellationToken ct) => LoadAsync(month, ct);

    public async Task<IActionResult> OnGetCsvAsync(string? month, CancellationToken ct)
    {
        await LoadAsync(month, ct);
        return new Csv<Supplement>($"payroll-{MonthText}.csv", Rows.ToAsyncEnumerable(),
            (texts["Assess.Desk.Code"], r => r.Code), (texts["Assess.Desk.Name"], r => r.Name), (texts["Ratings.Desk.Area"], r => r.Area), (texts["Assess.Desk.Grade"], r => texts[$"Enum.Grade.{r.Grade}"].Value),
            (texts["Assess.Payroll.Month"], r => Yuan(r.MonthFen)), (texts["Assess.Payroll.Award"], r => Yuan(r.AwardFen)), (texts["Assess.Payroll.Total"], r => Yuan(r.TotalFen)));
    }

    /// <summary>
    /// One click asks for the payroll as one payment, a line for each; the ladder of approvals follows. Two clicks at once ask for the same
    /// payment; later, what the list is more than what was asked for is asked for under a key of its own.
    /// </summary>
    public async Task<IActionResult> OnPostAskAsync(string? month, string? fund, CancellationToken ct)
    {
        await LoadAsync(month, ct);
        if (Found is not { } found || !IsStation || Rows.Count == 0) return NotFound();
        var due = Due;
        if (due.Count == 0)
        {
            TempData.Refuse("Assess.Payroll.NothingDue");
            return Redirect($"/desk/assessment/payroll?month={MonthText}");
        }

        var outcome = await ask.ExecuteAsync([new AskForPayment.Input
        {
            BookId = found.BookId, Fund = fund ?? "", Purpose = FundPurpose.Bonuses, Key = Key, Href = $"/desk/assessment/payroll?month={MonthText}", Words = texts[Asked.Count == 0 ? "Assess.Payroll.Words" : "Assess.Payroll.WordsMore", MonthText],
            Lines = due, Actor = user.Actor,
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

    /// <summary>The first that is free of <c>payroll:2026-10</c>, <c>payroll:2026-10:2</c>, <c>payroll:2026-10:3</c> …</summary>
    private string Key => Enumerable.Range(1, keys.Count + 1).Select(n => n == 1 ? First : string.Create(CultureInfo.InvariantCulture, $"{First}:{n}")).First(k => !keys.Contains(k));

    private string First => $"payroll:{MonthText}";

    private static string Yuan(int fen) => (fen / 100m).ToString("0.00", CultureInfo.InvariantCulture);

    private async Task LoadAsync(string? month, CancellationToken ct)
    {
        await FindAsync(month, ct);
        var day = Month.AddMonths(1).AddDays(-1);
        Amounts = (await SettingBook.ValueAsync(db, SettingList.PayrollMonth, day, ct), await SettingBook.ValueAsync(db, SettingList.AwardMonth, day, ct));
        if (Found is not { } found) return;
        Rows = await Supplement.ReadAsync(db, found.BookId, user.AreaPath, Month, await NamedAsync(found.BookId, ct), ct);
        if (!IsStation) return;
        Funds = [.. (await db.Funds.AsNoTracking().Where(f => f.BookId == found.BookId && f.Active).OrderBy(f => f.Code).ToListAsync(ct)).Where(f => f.Purposes.HasFlag(FundPurpose.Bonuses))];
        await LoadAskedAsync(found.BookId, ct);
    }

    private async Task LoadAskedAsync(int bookId, CancellationToken ct)
    {
        var (first, more) = (First, First + ":");
        var payments = await db.Payments.AsNoTracking().Include(p => p.Lines).ThenInclude(l => l.Member).Where(p => p.BookId == bookId && (p.Key == first || p.Key!.StartsWith(more))).OrderBy(p => p.Id).ToListAsync(ct);
        Asked = [.. payments.Select(p => p.Id)];
        keys = [.. payments.Select(p => p.Key!)];
        var asked = payments.SelectMany(p => p.Lines).Where(l => l is { ReversalId: null, Member: not null }).GroupBy(l => l.Member!.Code)
            .ToDictionary(g => g.Key, g => (g.First().Member!, Fen: g.Sum(l => l.AmountFen)), StringComparer.Ordinal);
        var listed = Rows.Select(r => new Difference(r.Code, r.Name, r.TotalFen, asked.Remove(r.Code, out var before) ? before.Fen : 0)).ToList();
        var gone = asked.Select(a => new Difference(a.Key, MemberNames.Shown(a.Value.Item1.Kind, a.Key, a.Value.Item1.Name), 0, a.Value.Fen));
        Differences = [.. listed.Concat(gone).Where(d => d.Fen != 0).OrderBy(d => d.Code, StringComparer.Ordinal)];
    }
}
