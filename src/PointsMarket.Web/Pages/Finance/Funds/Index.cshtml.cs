using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using PointsMarket.Accounts;
using PointsMarket.Funding;
using PointsMarket.Web.Accounts;
using PointsMarket.Web.Funding;
using PointsMarket.Web.Shared;
using PointsMarket.Web.Text;

namespace PointsMarket.Web.Pages.Finance.Funds;

/// <summary>Every fund: what it has, what of it is promised, and how the year's plan goes.</summary>
public sealed class IndexModel(FundReads reads, CurrentUser user, IStringLocalizer<Texts> texts) : PageModel
{
    public IReadOnlyList<FundState> Funds { get; private set; } = [];

    public bool MayEdit => user.Is(Roles.Administrator);

    public bool MayAsk => Access.RolesFor(Access.PaymentsAsk).Any(user.Is);

    public DateOnly Today => reads.Today;

    public async Task OnGetAsync(CancellationToken ct) => Funds = await reads.FundsAsync(ct);

    public async Task<IActionResult> OnGetCsvAsync(CancellationToken ct) => new Csv<FundState>("funds.csv", (await reads.FundsAsync(ct)).ToAsyncEnumerable(),
        (texts["Funds.List.Code"], f => f.Fund.Code), (texts["Funds.List.Fund"], f => FundWords.Name(f.Fund)),
        (texts["Funds.List.Purposes"], f => string.Join(' ', FundPurposes.Of(f.Fund.Purposes).Select(p => FundWords.Purpose(p, texts)))),
        (texts["Funds.List.Cash"], f => FundWords.Typed(f.CashFen)), (texts["Funds.List.Committed"], f => FundWords.Typed(f.CommittedFen)), (texts["Funds.List.Free"], f => FundWords.Typed(f.FreeFen)),
        (texts["Funds.List.Budget"], f => FundWords.Typed(f.BudgetFen)), (texts["Funds.List.Spent"], f => FundWords.Typed(f.SpentFen)), (texts["Funds.List.Forecast"], f => FundWords.Typed(f.ForecastFen)),
        (texts["Funds.List.Lasts"], f => f.LastsDays));
}
