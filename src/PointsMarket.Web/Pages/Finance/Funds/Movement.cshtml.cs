using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using PointsMarket.Accounts;
using PointsMarket.Data;
using PointsMarket.Funding;
using PointsMarket.Ledger;
using PointsMarket.Web.Accounts;
using PointsMarket.Web.Funding;
using PointsMarket.Web.Shared;
using PointsMarket.Web.Text;

namespace PointsMarket.Web.Pages.Finance.Funds;

/// <summary>One movement of a fund, its transaction in the ledger, and how finance takes a wrong one back.</summary>
public sealed class MovementModel(MarketDb db, FundReads reads, CurrentUser user, Actors actors, ReverseFundMovement reverse, IStringLocalizer<Texts> texts) : PageModel
{
    public sealed class InputModel
    {
        [Display(Name = "Funds.Move.Why"), Required, StringLength(ReverseFundMovement.MostWords)]
        public string? Reason { get; set; }
    }

    [BindProperty]
    public InputModel Input { get; set; } = new();

    public FundMovement Movement { get; private set; } = null!;

    public Fund Fund { get; private set; } = null!;

    /// <summary>Its transaction, and the one that took it back.</summary>
    public long? Sequence { get; private set; }

    /// <inheritdoc cref="Sequence"/>
    public long? Reversal { get; private set; }

    public string? Who { get; private set; }

    public bool MayReverse => user.Is(Roles.Finance) && Movement is { ReversedAt: null, PaymentId: null };

    public async Task<IActionResult> OnGetAsync(int id, CancellationToken ct) => await LoadAsync(id, ct) ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(int id, CancellationToken ct)
    {
        if (!user.Is(Roles.Finance)) return Forbid();
        if (!await LoadAsync(id, ct)) return NotFound();
        if (!ModelState.IsValid) return Page();
        var outcome = await reverse.ExecuteAsync(id, Input.Reason, reads.By, ct);
        if (outcome is PaymentOutcome.Refused { Why: PaymentRefusal.ReversedAlready }) TempData.Refuse("Funds.Move.ReversedBefore");
        else if (ModelState.Explain(outcome, texts, why => why == PaymentRefusal.BadWords ? "Input.Reason" : "")) return Page();
        else TempData.Say("Funds.Move.Done", Movement.Reference);
        return Redirect($"/finance/funds/movement/{id}");
    }

    private async Task<bool> LoadAsync(int id, CancellationToken ct)
    {
        if (await reads.BookAsync(ct) is not { } book) return false;
        if (await db.FundMovements.AsNoTracking().SingleOrDefaultAsync(m => m.Id == id && m.BookId == book, ct) is not { } movement) return false;
        Movement = movement;
        Fund = await db.Funds.AsNoTracking().SingleAsync(f => f.BookId == book && f.Code == movement.Fund, ct);
        Sequence = await db.SequenceOfAsync(book, movement.Key, ct);
        if (movement.ReversedAt is not null && Sequence is { } number) Reversal = await db.SequenceOfAsync(book, $"reversal:{number}", ct);
        Who = movement.ReversedBy is { } by ? (await actors.NamesAsync([by], ct))[by] : null;
        return true;
    }
}
