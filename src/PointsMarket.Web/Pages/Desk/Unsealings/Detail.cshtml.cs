using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using PointsMarket.Data;
using PointsMarket.Unsealing;
using PointsMarket.Web.Accounts;
using PointsMarket.Web.Shared;

namespace PointsMarket.Web.Pages.Desk.Unsealings;

/// <summary>One request: decided by a second person, then looked at by the two, once each, in the answer to a form and nowhere else.</summary>
[Authorize(Policy = Access.Approve)]
public sealed class DetailModel(MarketDb db, CurrentUser user, Actors actors, DecideUnsealing decide, ShowIdentity show, TimeProvider clock) : PageModel
{
    public sealed record Ask(
        int Id, int MemberId, string Code, UnsealState State, string Reason, int AskedBy, int? DecidedBy, DateTime AskedAt, DateTime? OpenUntil, bool ShownToAsker, bool ShownToDecider);

    public sealed record Step(DateTime At, string Actor, UnsealStep Done);

    public Ask Asked { get; private set; } = null!;

    public IReadOnlyList<Step> Steps { get; private set; } = [];

    public IReadOnlyDictionary<string, string> Names { get; private set; } = null!;

    /// <summary>The name, on the one answer that shows it.</summary>
    public string? Name { get; private set; }

    public DateTime Now => clock.GetUtcNow().UtcDateTime;

    public bool IsOver => Asked.State == UnsealState.Asked && Asked.AskedAt + UnsealRequest.Waits <= Now;

    public bool IsOpen => Asked.State == UnsealState.Approved && Asked.OpenUntil > Now;

    public bool MayDecide => Asked.State == UnsealState.Asked && !IsOver && Asked.AskedBy != user.Id && Asked.MemberId != user.MemberId;

    public bool MayWithdraw => Asked.State == UnsealState.Asked && !IsOver && Asked.AskedBy == user.Id;

    public bool MayLook => IsOpen && ((Asked.AskedBy == user.Id && !Asked.ShownToAsker) || (Asked.DecidedBy == user.Id && !Asked.ShownToDecider));

    public bool HasLooked => (Asked.AskedBy == user.Id && Asked.ShownToAsker) || (Asked.DecidedBy == user.Id && Asked.ShownToDecider);

    public int MinutesLeft => Asked.OpenUntil is { } until ? (int)Math.Ceiling((until - Now).TotalMinutes) : 0;

    public async Task<IActionResult> OnGetAsync(int id, CancellationToken ct) => await LoadAsync(id, ct) ? Page() : NotFound();

    public Task<IActionResult> OnPostApproveAsync(int id, CancellationToken ct) => DecideAsync(id, UnsealState.Approved, ct);

    public Task<IActionResult> OnPostRefuseAsync(int id, CancellationToken ct) => DecideAsync(id, UnsealState.Refused, ct);

    public Task<IActionResult> OnPostWithdrawAsync(int id, CancellationToken ct) => DecideAsync(id, UnsealState.Withdrawn, ct);

    /// <summary>Shows the name in this answer: no redirect, nothing that a reload could show again.</summary>
    public async Task<IActionResult> OnPostShowAsync(int id, CancellationToken ct)
    {
        var outcome = await show.ExecuteAsync(id, user.Id, user.AreaPath, ct);
        if (outcome is ShowIdentity.NotFound || !await LoadAsync(id, ct)) return NotFound();
        switch (outcome)
        {
            case ShowIdentity.Shown shown:
                Name = shown.Name;
                return Page();
            case ShowIdentity.ShownBefore:
                TempData.Refuse("Unseal.Show.Before");
                break;
            case ShowIdentity.NoKey:
                TempData.Refuse("Unseal.Key.Missing");
                break;
            default:
                TempData.Refuse("Unseal.Show.NotOpen");
                break;
        }

        return RedirectToPage(new { id });
    }

    private async Task<IActionResult> DecideAsync(int id, UnsealState to, CancellationToken ct)
    {
        switch (await decide.ExecuteAsync(
            new DecideUnsealing.Input { RequestId = id, To = to, UserId = user.Id, UserMemberId = user.MemberId, AreaPath = user.AreaPath }, ct))
        {
            case DecideUnsealing.Outcome.NotFound:
                return NotFound();
            case DecideUnsealing.Outcome.NotYours:
                TempData.Refuse("Unseal.Decide.NotYours");
                break;
            case DecideUnsealing.Outcome.Decided:
                TempData.Refuse("Unseal.Decide.Decided");
                break;
            default:
                TempData.Say($"Unseal.Done.{to}");
                break;
        }

        return RedirectToPage(new { id });
    }

    private async Task<bool> LoadAsync(int id, CancellationToken ct)
    {
        var path = user.AreaPath;
        Asked = (await db.UnsealRequests.Where(r => r.Id == id && r.Member.Area.Path.StartsWith(path))
            .Select(r => new Ask(r.Id, r.MemberId, r.Member.Code, r.State, r.Reason, r.AskedBy, r.DecidedBy, r.AskedAt, r.OpenUntil, r.ShownToAsker, r.ShownToDecider)).SingleOrDefaultAsync(ct))!;
        if (Asked is null) return false;
        Steps = await db.UnsealEvents.Where(e => e.RequestId == id).OrderBy(e => e.Id).Select(e => new Step(e.At, e.Actor, e.Step)).ToListAsync(ct);
        Names = await actors.NamesAsync(Steps.Select(s => s.Actor), ct);
        return true;
    }
}
