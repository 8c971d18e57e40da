using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using PointsMarket.Areas;
using PointsMarket.Cases;
using PointsMarket.Data;
using PointsMarket.Funding;
using PointsMarket.Web.Accounts;
using PointsMarket.Web.Board;
using PointsMarket.Web.Funding;
using PointsMarket.Web.Shared;
using PointsMarket.Web.Text;

namespace PointsMarket.Web.Pages.Desk.Cases;

/// <summary>Writes a case: public words and sealed ones, kept apart on the form too.</summary>
[Authorize(Policy = Access.Approve)]
public sealed class EditModel(MarketDb db, CurrentUser user, CaseReads reads, Choices choices, SaveCase save, PublishCase publish, IStringLocalizer<Texts> texts) : PageModel
{
    public sealed class InputModel
    {
        [Display(Name = "Cases.Edit.CaseTitle"), Required, StringLength(SaveCase.MostTitle)]
        public string? Title { get; set; }

        [Display(Name = "Cases.Edit.Wanted"), StringLength(SaveCase.MostWanted)]
        public string? Wanted { get; set; }

        [Display(Name = "Cases.Edit.Sealed"), StringLength(SaveCase.MostSealed)]
        public string? Sealed { get; set; }

        [Display(Name = "Cases.Edit.Kind"), Required]
        public string? Kind { get; set; }

        [Display(Name = "Cases.Edit.Area"), Required]
        public int? AreaId { get; set; }

        [Display(Name = "Cases.Edit.OfferedTo")]
        public int? OfferedToId { get; set; }

        [Display(Name = "Cases.Edit.Reward"), Required, Range(1, SaveCase.MostReward)]
        public int? Reward { get; set; }

        [Display(Name = "Cases.Edit.Fund"), StringLength(40)]
        public string? Fund { get; set; }

        [Display(Name = "Cases.Edit.Money"), StringLength(20)]
        public string? Money { get; set; }

        [Display(Name = "Cases.Edit.Days"), Required, Range(1, SaveCase.MostDays)]
        public int? Days { get; set; }

        [Display(Name = "Cases.Edit.ClaimBy")]
        public DateOnly? ClaimBy { get; set; }

        /// <summary>True for the button that puts it onto the board at once.</summary>
        public bool Publish { get; set; }
    }

    public sealed record View(int Id, string Number, CaseState State, int? FundId);

    [BindProperty]
    public InputModel Input { get; set; } = new();

    /// <summary>The case that is there; null for a new one.</summary>
    public View? Case { get; private set; }

    public IReadOnlyList<SelectListItem> Kinds { get; private set; } = [];

    public IReadOnlyList<SelectListItem> Areas { get; private set; } = [];

    /// <summary>The funds that may pay for cases, after the choice of none.</summary>
    public IReadOnlyList<SelectListItem> Funds { get; private set; } = [];

    public IReadOnlyList<SelectListItem> Offered { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(string? number, CancellationToken ct)
    {
        if (!await LoadAsync(number, ct)) return NotFound();
        Input = Case is null ? new InputModel { Days = 15 } : await reads.Mine().Where(c => c.Id == Case.Id).Select(c => new InputModel
        {
            Title = c.Title, Wanted = c.Wanted, Kind = c.Kind, AreaId = c.AreaId, OfferedToId = c.OfferedToId, Reward = c.Reward, Days = c.Days, ClaimBy = c.ClaimBy,
            Fund = c.Fund == null ? null : c.Fund.Code, Money = c.MoneyFen == 0 ? null : FundWords.Typed(c.MoneyFen),
        }).SingleAsync(ct);
        if (Case is not null) Input.Sealed = await SealedDetails.ForApproverAsync(db, Case.Id, user.AreaPath, ct);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(string? number, CancellationToken ct)
    {
        if (!await LoadAsync(number, ct)) return NotFound();
        if (!ModelState.IsValid) return Page();
        var by = new Approver { Actor = user.Actor, MemberId = user.MemberId, AreaPath = user.AreaPath };
        var outcome = await save.ExecuteAsync(new SaveCase.Input
        {
            CaseId = Case?.Id, Title = Input.Title!, Wanted = Input.Wanted, Sealed = Input.Sealed, Kind = Input.Kind!, AreaId = Input.AreaId!.Value, OfferedToId = Input.OfferedToId,
            Fund = string.IsNullOrEmpty(Input.Fund) ? null : Input.Fund, MoneyFen = string.IsNullOrWhiteSpace(Input.Money) ? 0 : FundWords.Fen(Input.Money) ?? -1,
            Reward = Input.Reward!.Value, Days = Input.Days!.Value, ClaimBy = Input.ClaimBy, By = by,
        }, ct);
        if (outcome is not SaveCase.Saved saved)
        {
            ModelState.Explain(texts, outcome, outcome is CaseOutcome.Refused refused ? FieldOf(refused.Why) : "");
            return Page();
        }

        if (!Input.Publish) TempData.Say("Cases.Edit.Saved", saved.Number);
        else
        {
            var published = await publish.ExecuteAsync(saved.CaseId, by, ct);
            if (published is CaseOutcome.Done) TempData.Say("Cases.Edit.Published", saved.Number);
            else if (published is CaseOutcome.Refused { Why: CaseRefusal.CoverStopped or CaseRefusal.FundShort or CaseRefusal.NoSuchFund } stopped) TempData.Warn($"Cases.Refusal.{stopped.Why}", stopped.About ?? "");
            else TempData.Warn("Cases.Edit.SavedOnly", saved.Number);
        }
        return Redirect($"/desk/cases/{saved.Number}");
    }

    private static string FieldOf(CaseRefusal why) => why switch
    {
        CaseRefusal.TitleMissing => "Input.Title",
        CaseRefusal.UnknownKind => "Input.Kind",
        CaseRefusal.UnknownArea => "Input.AreaId",
        CaseRefusal.BadReward or CaseRefusal.CoverStopped => "Input.Reward",
        CaseRefusal.BadMoney or CaseRefusal.FundShort => "Input.Money",
        CaseRefusal.NoSuchFund => "Input.Fund",
        CaseRefusal.BadDays => "Input.Days",
        CaseRefusal.DeadlineInThePast => "Input.ClaimBy",
        _ => "",
    };

    private async Task<bool> LoadAsync(string? number, CancellationToken ct)
    {
        if (number is not null)
        {
            Case = await reads.Mine().Where(c => c.Number == number && (c.State == CaseState.Draft || c.State == CaseState.Withdrawn || c.State == CaseState.Open)).Select(c => new View(c.Id, c.Number, c.State, c.FundId)).SingleOrDefaultAsync(ct);
            if (Case is null) return false;
        }

        Kinds = [new SelectListItem(texts["Cases.Edit.ChooseKind"], ""), .. CaseKinds.All.Select(k => new SelectListItem(CaseWords.Kind(texts, k), k))];
        Areas = [new SelectListItem(texts["Cases.Edit.ChooseArea"], ""), .. await choices.AreasAsync(ct)];
        var path = user.AreaPath;
        var kept = Case?.FundId; // stays to be chosen when it was closed since, so that its money is not dropped without a word
        var funds = await db.Funds.AsNoTracking().Where(f => (f.Active || f.Id == kept) && db.Areas.Any(a => a.Path.StartsWith(path) && a.BookId == f.BookId)).OrderBy(f => f.Id).ToListAsync(ct);
        Funds = [new SelectListItem(texts["Cases.Edit.NoFund"], ""), .. funds.Where(f => f.Id == kept || f.Purposes.HasFlag(FundPurpose.CaseRewards)).Select(f => new SelectListItem(FundWords.Name(f), f.Code))];
        var places = await db.Areas.Where(a => a.Kind == AreaKind.Village && db.Areas.Any(m => m.Path.StartsWith(path) && m.BookId == a.BookId)).OrderBy(a => a.Path)
            .Select(a => new { a.Id, a.Name }).ToListAsync(ct);
        Offered = [new SelectListItem(texts["Cases.Board.Everybody"], ""), .. places.Select(a => new SelectListItem(a.Name, a.Id.ToString(CultureInfo.InvariantCulture)))];
        return true;
    }
}
