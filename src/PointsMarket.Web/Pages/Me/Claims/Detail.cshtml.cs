using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using PointsMarket.Cases;
using PointsMarket.Data;
using PointsMarket.Tasks;
using PointsMarket.Web.Accounts;
using PointsMarket.Web.Board;
using PointsMarket.Web.Me;
using PointsMarket.Web.Reports;
using PointsMarket.Web.Shared;
using PointsMarket.Web.Text;

namespace PointsMarket.Web.Pages.Me.Claims;

/// <summary>One claim of the member's: where it stands, the sealed details while they hold the case, and every step they may take.</summary>
[RequestSizeLimit(ReportForm.LargestBody), RequestFormLimits(MultipartBodyLengthLimit = ReportForm.LargestBody)]
public sealed class DetailModel(
    CurrentUser user, MarketDb db, CaseReads reads, AgreeToClaim agree, AddNote note, SubmitClaim submit, AskForExtension extend, OfferHandOver offer, SignHandOver sign, ReleaseClaim release,
    IStringLocalizer<Texts> texts, TimeProvider clock) : MePage(user, db)
{
    public sealed class InputModel
    {
        [Display(Name = "Cases.Do.Note"), StringLength(AddNote.MostText)]
        public string? Note { get; set; }

        [Display(Name = "Cases.Do.Photos")]
        public List<IFormFile> Photos { get; set; } = [];

        [Display(Name = "Cases.Do.Result"), StringLength(AnswerReport.MostWords)]
        public string? Result { get; set; }

        [Display(Name = "Cases.Do.MoreDays")]
        public int? Days { get; set; }

        [Display(Name = "Cases.Do.MoreReason"), StringLength(AnswerReport.MostWords)]
        public string? More { get; set; }

        [Display(Name = "Cases.Do.To"), StringLength(40)]
        public string? To { get; set; }

        [Display(Name = "Cases.Do.ReleaseReason"), StringLength(AnswerReport.MostWords)]
        public string? Why { get; set; }

        [Display(Name = "Cases.Ask.NoInterest")]
        public bool NoInterest { get; set; }
    }

    public sealed record About(int Id, string Number, string Title, string? Wanted, string Kind, string Area, int Reward, long MoneyFen, int Days);

    [BindProperty]
    public InputModel Input { get; set; } = new();

    public ClaimView Claim { get; private set; } = null!;

    public About Case { get; private set; } = null!;

    public string? Sealed { get; private set; }

    public IReadOnlyList<CaseStep> History { get; private set; } = [];

    public int InLine { get; private set; }

    public int Me => Mine.MemberId;

    public bool Late => Claim.DueAt < clock.GetUtcNow().UtcDateTime;

    /// <summary>What being late costs.</summary>
    public CaseTerms Terms { get; private set; } = null!;

    public bool IsFirst => Claim.Members[0].MemberId == Me;

    public bool IsIn => Claim.Members.Any(m => m.MemberId == Me);

    public bool MustAgree => Claim.InLine && Claim.Members.Any(m => m.MemberId == Me && !m.Agreed);

    public bool MustSign => Claim.HandOver is { State: HandOverState.Offered } h && h.ToId == Me;

    private Voice By => new() { MemberId = Me, Actor = Current.Actor };

    public async Task<IActionResult> OnGetAsync(int id, CancellationToken ct) => await LoadAsync(id, ct) ? Page() : NotFound();

    public Task<IActionResult> OnPostAgreeAsync(int id, bool yes, CancellationToken ct) =>
        DoAsync(id, "Input.NoInterest", yes ? "Cases.Done.Agreed" : "Cases.Done.Declined", () => agree.ExecuteAsync(new() { ClaimId = id, By = By, Agree = yes, NoInterest = Input.NoInterest }, ct), ct);

    public Task<IActionResult> OnPostSignAsync(int id, bool yes, CancellationToken ct) =>
        DoAsync(id, "Input.NoInterest", yes ? "Cases.Done.Signed" : "Cases.Done.NotSigned", () => sign.ExecuteAsync(id, yes, Input.NoInterest, By, ct), ct);

    public Task<IActionResult> OnPostNoteAsync(int id, CancellationToken ct) => DoAsync(id, "Input.Note", "Cases.Done.Noted",
        async () => await note.ExecuteAsync(new() { ClaimId = id, By = By, Text = Input.Note ?? "", Files = await EvidenceFile.ReadAsync(Input.Photos, ct) }, ct), ct);

    public Task<IActionResult> OnPostSubmitAsync(int id, CancellationToken ct) => DoAsync(id, "Input.Result", "Cases.Done.Submitted", () => submit.ExecuteAsync(id, Input.Result ?? "", By, ct), ct);

    public Task<IActionResult> OnPostExtendAsync(int id, CancellationToken ct) =>
        DoAsync(id, Input.Days is null or < 1 or > PointsMarket.Cases.Claim.MostMoreDays ? "Input.Days" : "Input.More", "Cases.Done.ExtensionAsked", () => extend.ExecuteAsync(id, Input.Days ?? 0, Input.More ?? "", By, ct), ct);

    public Task<IActionResult> OnPostOfferAsync(int id, CancellationToken ct) => DoAsync(id, "Input.To", "Cases.Done.Offered", () => offer.ExecuteAsync(id, Input.To ?? "", By, ct), ct);

    public Task<IActionResult> OnPostReleaseAsync(int id, CancellationToken ct) => DoAsync(id, "Input.Why", "Cases.Done.Released", () => release.ExecuteAsync(id, Input.Why, By, ct), ct);

    private async Task<IActionResult> DoAsync(int id, string field, string done, Func<Task<CaseOutcome>> act, CancellationToken ct)
    {
        if (!await LoadAsync(id, ct)) return NotFound();
        if (!ModelState.IsValid) return Page();
        var outcome = await act();
        if (!ModelState.Explain(texts, outcome, field))
        {
            TempData.Say(done, Case.Title);
            return Redirect(done is "Cases.Done.NotSigned" && !IsIn ? "/me/claims" : $"/me/claims/{id}");
        }
        if (outcome is CaseOutcome.Refused { Why: CaseRefusal.NotNow or CaseRefusal.NotFound })
        {
            TempData.Refuse("Cases.Done.NotNow");
            return Redirect($"/me/claims/{id}");
        }
        return Page();
    }

    /// <summary>The claim, when the member has a place in it or is asked to take one over.</summary>
    private async Task<bool> LoadAsync(int id, CancellationToken ct)
    {
        var me = Mine.MemberId;
        Claim = (await CaseReads.View(Db.Claims.Where(c => c.Id == id && (c.Members.Any(m => m.MemberId == me)
            || c.HandOvers.Any(h => h.ToId == me && (h.State == HandOverState.Offered || h.State == HandOverState.Signed))))).SingleOrDefaultAsync(ct))!;
        if (Claim is null) return false;
        Case = await Db.Cases.Where(c => c.Id == Claim.CaseId).Select(c => new About(c.Id, c.Number, c.Title, c.Wanted, c.Kind, c.Area.Name, c.Reward, c.MoneyFen, c.Days)).SingleAsync(ct);
        Terms = await CaseTerms.OfAsync(Db, await Db.Claims.Where(c => c.Id == id).Select(c => c.ApprovedAt).SingleAsync(ct), ct);
        Sealed = await SealedDetails.ForHolderAsync(Db, Case.Id, me, ct);
        InLine = Claim.InLine ? await Db.Claims.CountAsync(c => c.CaseId == Case.Id && c.Id < id && CaseLife.Unfinished.Contains(c.State), ct) : 0;
        if (IsIn) History = await reads.HistoryAsync(Case.Id, id, ct);
        if (!Claim.InHand && Claim.State != ClaimState.Settled) History = [.. History.Select(h => h with { Photos = [], Files = [] })]; // the photos are the next holder's business
        return true;
    }
}
