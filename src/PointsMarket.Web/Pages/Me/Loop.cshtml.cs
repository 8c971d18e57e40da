using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using PointsMarket.Areas;
using PointsMarket.Data;
using PointsMarket.Loops;
using PointsMarket.Web.Accounts;
using PointsMarket.Web.Loops;
using PointsMarket.Web.Reports;

namespace PointsMarket.Web.Pages.Me;

/// <summary>One loop that the member found or has to act on; who has it takes the next step here.</summary>
[RequestSizeLimit(ReportForm.LargestBody), RequestFormLimits(MultipartBodyLengthLimit = ReportForm.LargestBody)]
public sealed class LoopModel(CurrentUser user, MarketDb db, LoopForm form, StepLoop step, TimeProvider clock) : PageModel
{
    public sealed record Shown(int Id, string Reference, LoopKind Kind, DisputeType? Type, LoopState State, int Version, string Place, string Area, string Text, DateOnly? DueDay, bool Own);

    [BindProperty(SupportsGet = true)]
    public LoopAction? Do { get; set; }

    [BindProperty]
    public LoopForm.Step Input { get; set; } = new();

    public Shown Loop { get; private set; } = null!;

    public LoopHistory.View History { get; private set; } = null!;

    /// <summary>The step that is the member's to take; null when it is not their turn.</summary>
    public LoopRule? Chosen { get; private set; }

    public DateOnly Today { get; private set; }

    public async Task<IActionResult> OnGetAsync(string reference, CancellationToken ct)
    {
        if (!await LoadAsync(reference, ct)) return NotFound();
        Input = new LoopForm.Step { Seen = Loop.Version };
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(string reference, CancellationToken ct)
    {
        if (!await LoadAsync(reference, ct) || Do is not { } action) return NotFound();
        if (!ModelState.IsValid) return Page();
        var outcome = await step.ExecuteAsync(new StepLoop.Input
        {
            LoopId = Loop.Id, Seen = Input.Seen, Action = action, Words = Input.Words, Actor = user.Actor, OwnerMemberId = user.MemberId,
        }, ct);
        return form.Answer(outcome, this, $"/me/loops/{Loop.Reference}");
    }

    private async Task<bool> LoadAsync(string reference, CancellationToken ct)
    {
        var member = user.MemberId;
        Today = StationTime.Day(clock.GetUtcNow().UtcDateTime);
        Loop = (await db.Loops.Where(l => l.Reference == reference && (l.FoundById == member || l.OwnerMemberId == member))
            .Select(l => new Shown(l.Id, l.Reference, l.Kind, l.Type, l.State, l.Version, l.Place, l.Area.Name, l.Text, l.DueDay, l.OwnerMemberId == member)).SingleOrDefaultAsync(ct))!;
        if (Loop is null) return false;
        History = new LoopHistory.View(Loop.Kind, await LoopHistory.ReadAsync(db, Loop.Id, ct), null, "/me/loops/photo/", null, null);
        if (Loop.Own) Chosen = LoopTable.Next(Loop.Kind, Loop.State).FirstOrDefault(r => r.Hand == LoopHand.Owner);
        return true;
    }
}
