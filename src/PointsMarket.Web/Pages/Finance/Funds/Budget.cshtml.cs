using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using PointsMarket.Data;
using PointsMarket.Funding;
using PointsMarket.Web.Accounts;
using PointsMarket.Web.Funding;
using PointsMarket.Web.Shared;
using PointsMarket.Web.Text;

namespace PointsMarket.Web.Pages.Finance.Funds;

/// <summary>Finance says what a fund means to spend in a year, purpose by purpose.</summary>
[Authorize(Policy = Access.FinanceWrite)]
public sealed class BudgetModel(MarketDb db, FundReads reads, SetBudget set, IStringLocalizer<Texts> texts) : PageModel
{
    /// <summary>This year without it.</summary>
    [BindProperty(SupportsGet = true)]
    public int? Year { get; set; }

    /// <summary>Yuan as typed, by purpose.</summary>
    [BindProperty]
    public Dictionary<FundPurpose, string?> Amounts { get; set; } = [];

    public FundState State { get; private set; } = null!;

    public IReadOnlyList<FundPurpose> Purposes => FundPurposes.Of(State.Fund.Purposes);

    public int Shown => Year ?? reads.Today.Year;

    public IReadOnlyList<int> Years => [reads.Today.Year - 1, reads.Today.Year, reads.Today.Year + 1];

    public string? Wrong(FundPurpose purpose) => ModelState.TryGetValue($"Amounts[{purpose}]", out var state) && state.Errors.Count > 0 ? state.Errors[0].ErrorMessage : null;

    public async Task<IActionResult> OnGetAsync(string code, CancellationToken ct)
    {
        if (!await LoadAsync(code, ct)) return NotFound();
        var rows = await db.FundBudgets.AsNoTracking().Where(b => b.FundId == State.Fund.Id && b.Year == Shown).ToListAsync(ct);
        Amounts = Purposes.ToDictionary(p => p, p => (string?)FundWords.Typed(rows.Find(b => b.Purpose == p)?.AmountFen ?? 0));
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(string code, CancellationToken ct)
    {
        if (!await LoadAsync(code, ct)) return NotFound();
        var fen = new Dictionary<FundPurpose, long>();
        foreach (var purpose in Purposes.Where(Amounts.ContainsKey))
        {
            if (FundWords.Fen(Amounts[purpose]) is { } amount and <= FundLimits.MostFen) fen[purpose] = amount;
            else ModelState.AddModelError($"Amounts[{purpose}]", texts["Funds.Budget.BadAmount"]);
        }
        if (!ModelState.IsValid) return Page();
        var outcome = await set.ExecuteAsync(new SetBudget.Input { Fund = code, Year = Shown, Fen = fen, By = reads.By }, ct);
        if (ModelState.Explain(outcome, texts, _ => "")) return Page();
        TempData.Say("Funds.Budget.Done", $"{Shown}");
        return Redirect($"/finance/funds/{State.Fund.Code}");
    }

    private async Task<bool> LoadAsync(string code, CancellationToken ct) => Years.Contains(Shown) && (State = (await reads.FundAsync(code, ct))!) is not null;
}
