using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using PointsMarket.Data;
using PointsMarket.Tips;
using PointsMarket.Web.Accounts;
using PointsMarket.Web.Shared;

namespace PointsMarket.Web.Pages.Desk.Tips;

/// <summary>One tip. Looking at it shows the cover; the words are there for whoever has opened it, which is on record, that day.</summary>
[Authorize(Policy = Access.Approve)]
public sealed class DetailModel(
    MarketDb db, CurrentUser user, Actors actors, OpenTip open, ReadTip read, AnswerTip answer, CloseTip close, ProposeTipReward propose, DecideTipReward decide, TimeProvider clock) : PageModel
{
    public sealed record Cover(Guid Id, TipKind Kind, TipState State, string Area, DateOnly Day, bool News, TipRewardState Reward, int Points, int? ProposedBy);

    public sealed record Step(DateOnly Day, string Actor, TipStep Done);

    public sealed class InputModel
    {
        public string? Text { get; set; }

        public int Points { get; set; }

        public bool Yes { get; set; }
    }

    [BindProperty]
    public InputModel Input { get; set; } = new();

    public string Reference { get; private set; } = "";

    public Cover Tip { get; private set; } = null!;

    /// <summary>What it says; null until this account has opened it today.</summary>
    public TipContent? Opened { get; private set; }

    public IReadOnlyList<Step> Steps { get; private set; } = [];

    /// <summary>The largest reward that one person may give.</summary>
    public long OneMayGive { get; private set; }

    public IReadOnlyDictionary<string, string> Names { get; private set; } = null!;

    /// <summary>True for the one whose own proposal waits for somebody else.</summary>
    public bool OwnProposal => Tip.ProposedBy == user.Id;

    private TipAtDesk At => new() { Reference = Reference, UserId = user.Id, AreaPath = user.AreaPath };

    public async Task<IActionResult> OnGetAsync(string reference, CancellationToken ct)
    {
        if (!await LoadAsync(reference, ct)) return NotFound();
        if (await open.OpenedTodayAsync(db, At, ct) is { } id) Opened = await read.ExecuteAsync(db, id, forTipper: false, ct);
        return Page();
    }

    public async Task<IActionResult> OnPostOpenAsync(string reference, CancellationToken ct)
    {
        Reference = reference;
        return await open.ExecuteAsync(At, ct) is null ? NotFound() : Back();
    }

    public async Task<IActionResult> OnPostAnswerAsync(string reference, CancellationToken ct)
    {
        Reference = reference;
        switch (await answer.ExecuteAsync(reference, Input.Text ?? "", user.Id, user.AreaPath, ct))
        {
            case TipWriting.Written:
                TempData.Say("Tips.Desk.Answered");
                return Back();
            case TipWriting.NotFound:
                return NotFound();
            case TipWriting.TextMissing:
                return await KeepAsync(reference, "Tips.Box.TextMissing", ct);
            case TipWriting.Full:
                return await KeepAsync(reference, "Tips.Box.Full", ct);
            default:
                return await KeepAsync(reference, "Unseal.Key.CannotSeal", ct);
        }
    }

    public async Task<IActionResult> OnPostCloseAsync(string reference, CancellationToken ct)
    {
        Reference = reference;
        switch (await close.ExecuteAsync(At, Input.Yes, ct))
        {
            case CloseTip.Outcome.NotFound:
                return NotFound();
            case CloseTip.Outcome.Rewarded:
                TempData.Refuse("Tips.Desk.HasReward");
                break;
            default:
                TempData.Say(Input.Yes ? "Tips.Desk.ClosedUseful" : "Tips.Desk.ClosedNotUseful");
                break;
        }

        return Back();
    }

    public async Task<IActionResult> OnPostRewardAsync(string reference, CancellationToken ct)
    {
        Reference = reference;
        return Answer(await propose.ExecuteAsync(At, Input.Points, ct));
    }

    public async Task<IActionResult> OnPostDecideAsync(string reference, CancellationToken ct)
    {
        Reference = reference;
        return Answer(await decide.ExecuteAsync(At, Input.Yes, ct));
    }

    private IActionResult Answer(TipRewarding outcome)
    {
        if (outcome == TipRewarding.NotFound) return NotFound();
        var key = $"Tips.Rewarding.{outcome}";
        if (outcome is TipRewarding.Approved or TipRewarding.Proposed or TipRewarding.Refused) TempData.Say(key);
        else TempData.Refuse(key);
        return Back();
    }

    // What was typed stays on the page: it must not travel in the cookie that carries sentences over a redirect.
    private async Task<IActionResult> KeepAsync(string reference, string problem, CancellationToken ct)
    {
        TempData.Refuse(problem);
        return await OnGetAsync(reference, ct);
    }

    private RedirectResult Back() => Redirect($"/desk/tips/{Reference}");

    private async Task<bool> LoadAsync(string reference, CancellationToken ct)
    {
        Reference = reference;
        var path = user.AreaPath;
        Tip = (await db.Tips.Where(t => t.Reference == reference && t.Area.Path.StartsWith(path))
            .Select(t => new Cover(t.Id, t.Kind, t.State, t.Area.Name, t.Day, t.HasNews, t.Reward, t.RewardPoints, t.ProposedBy)).SingleOrDefaultAsync(ct))!;
        if (Tip is null) return false;
        var id = Tip.Id;
        Steps = await db.TipEvents.Where(e => e.TipId == id).OrderBy(e => e.Id).Select(e => new Step(e.Day, e.Actor, e.Step)).ToListAsync(ct);
        OneMayGive = await TipRewards.OneMayGiveAsync(db, PointsMarket.Areas.StationTime.Day(clock.GetUtcNow().UtcDateTime), ct);
        Names = await actors.NamesAsync(Steps.Select(s => s.Actor), ct);
        return true;
    }
}
