using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using PointsMarket.Cases;
using PointsMarket.Data;
using PointsMarket.Funding;
using PointsMarket.Tasks;
using PointsMarket.Web.Accounts;
using PointsMarket.Web.Board;
using PointsMarket.Web.Shared;
using PointsMarket.Web.Text;

namespace PointsMarket.Web.Pages.Desk.Cases;

/// <summary>What an approver may decide. The ones that need words ask for them on this page; the others are sent here from the case's.</summary>
public enum Deed
{
    Approve, Refuse, Release, Grant, Deny, Confirm, Decline, Close, SendBack, Publish, Withdraw, Reopen, Well, Unwell,
}

/// <summary>One decision on a case.</summary>
[Authorize(Policy = Access.Approve)]
public sealed class DecideModel(
    MarketDb db, CurrentUser user, CaseReads reads, IStringLocalizer<Texts> texts, ApproveClaim approve, RefuseClaim refuse, ReleaseClaim release, DecideExtension extension,
    ConfirmHandOver handOver, CloseCase close, SendBackClaim sendBack, PublishCase publish, WithdrawCase withdraw, ReopenCase reopen, AnswerRevisit revisit) : PageModel
{
    private static readonly Deed[] Wordless = [Deed.Approve, Deed.Grant, Deed.Confirm, Deed.Close, Deed.Publish, Deed.Well];

    public sealed class InputModel
    {
        [Display(Name = "Cases.Decide.Words"), StringLength(AnswerReport.MostWords)]
        public string? Words { get; set; }
    }

    public sealed record View(int Id, string Number, string Title, CaseState State, int Reward);

    [BindProperty(SupportsGet = true, Name = "to")]
    public Deed? Asked { get; set; }

    /// <summary>What is decided; there is no page without it.</summary>
    public Deed To => Asked ?? default;

    [BindProperty(SupportsGet = true)]
    public int Claim { get; set; }

    [BindProperty]
    public InputModel Input { get; set; } = new();

    public View Case { get; private set; } = null!;

    public bool NeedsWords => !Wordless.Contains(To);

    private Approver By => new() { Actor = user.Actor, MemberId = user.MemberId, AreaPath = user.AreaPath };

    public async Task<IActionResult> OnGetAsync(string number, CancellationToken ct) => await LoadAsync(number, ct) ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(string number, CancellationToken ct)
    {
        if (!await LoadAsync(number, ct)) return NotFound();
        if (!ModelState.IsValid) return Page();
        var outcome = await DoAsync(ct);
        switch (outcome)
        {
            case CaseOutcome.Refused { Why: CaseRefusal.BadWords } refused:
                ModelState.Explain(texts, refused, "Input.Words");
                return Page();
            case CaseOutcome.Refused refused:
                TempData.Refuse($"Cases.Refusal.{refused.Why}", refused.About ?? "");
                break;
            case ReopenCase.Spent(var missing):
                TempData.Refuse("Cases.Decide.Spent", Ui.Points(missing));
                break;
            case CloseCase.Closed { Fen: > 0 } closed:
                TempData.Say("Cases.Decide.DoneCloseMoney", Case.Number, Ui.Points(closed.Points), Ui.Yuan(closed.Fen));
                break;
            case CloseCase.Closed(var points):
                TempData.Say("Cases.Decide.DoneClose", Case.Number, Ui.Points(points));
                break;
            case ReopenCase.Reopened { Money: not StopMoney.Result.Nothing } reopened:
                TempData.Warn($"Cases.Decide.DoneReopen{reopened.Money}", Case.Number, Ui.Points(reopened.Points));
                break;
            case ReopenCase.Reopened(var points):
                TempData.Say("Cases.Decide.DoneReopen", Case.Number, Ui.Points(points));
                break;
            default:
                TempData.Say($"Cases.Deed.{To}Done", Case.Number);
                break;
        }

        return Redirect($"/desk/cases/{Case.Number}");
    }

    private Task<CaseOutcome> DoAsync(CancellationToken ct)
    {
        var words = Input.Words ?? "";
        return To switch
        {
            Deed.Approve => approve.ExecuteAsync(Claim, By, ct),
            Deed.Refuse => refuse.ExecuteAsync(Claim, words, By, ct),
            Deed.Release => release.ExecuteAsync(Claim, words, By, ct),
            Deed.Grant or Deed.Deny => extension.ExecuteAsync(Claim, To == Deed.Grant, words, By, ct),
            Deed.Confirm or Deed.Decline => handOver.ExecuteAsync(Claim, To == Deed.Confirm, words, By, ct),
            Deed.Close => close.ExecuteAsync(Claim, By, ct),
            Deed.SendBack => sendBack.ExecuteAsync(Claim, words, By, ct),
            Deed.Publish => publish.ExecuteAsync(Case.Id, By, ct),
            Deed.Withdraw => withdraw.ExecuteAsync(Case.Id, words, By, ct),
            Deed.Reopen => reopen.ExecuteAsync(Case.Id, words, By, ct),
            _ => revisit.ExecuteAsync(Case.Id, To == Deed.Well, words, By, ct),
        };
    }

    /// <summary>The case of the address, when it lies in the user's area, the claim is one of its claims, and the decision is one there is.</summary>
    private async Task<bool> LoadAsync(string number, CancellationToken ct)
    {
        if (Asked is null || !Enum.IsDefined(To)) return false;
        Case = (await reads.Mine().Where(c => c.Number == number).Select(c => new View(c.Id, c.Number, c.Title, c.State, c.Reward)).SingleOrDefaultAsync(ct))!;
        return Case is not null && (Claim == 0 || await db.Claims.AnyAsync(c => c.Id == Claim && c.CaseId == Case.Id, ct));
    }
}
