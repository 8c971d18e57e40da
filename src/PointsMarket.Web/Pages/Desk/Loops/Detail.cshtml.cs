using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using PointsMarket.Data;
using PointsMarket.Loops;
using PointsMarket.Web.Accounts;
using PointsMarket.Web.Loops;
using PointsMarket.Web.Reports;
using PointsMarket.Web.Shared;

namespace PointsMarket.Web.Pages.Desk.Loops;

/// <summary>One loop whole: what it is, whose turn it is and until when, what was done, and the form of the next step.</summary>
[RequestSizeLimit(ReportForm.LargestBody), RequestFormLimits(MultipartBodyLengthLimit = ReportForm.LargestBody)]
public sealed class DetailModel(MarketDb db, CurrentUser user, DeskLoops loops, LoopForm form, LoopChoices choices, StepLoop step, CorrectLoop correct, Actors actors) : PageModel
{
    public sealed record Reminder(int Step, ReminderKind Kind, DateTime At, int Told);

    /// <summary>The step whose form is open; without it the one that is usual.</summary>
    [BindProperty(SupportsGet = true)]
    public LoopAction? Do { get; set; }

    [BindProperty]
    public LoopForm.Step Input { get; set; } = new();

    public DeskLoops.Row Loop { get; private set; } = null!;

    public LoopHistory.View History { get; private set; } = null!;

    public IReadOnlyList<Reminder> Reminders { get; private set; } = [];

    public IReadOnlyList<LoopRule> Next { get; private set; } = [];

    public LoopRule? Chosen { get; private set; }

    public IReadOnlyList<SelectListItem> Accounts { get; private set; } = [];

    /// <summary>True while the form that is open takes the last step back.</summary>
    public bool Correcting => Do == LoopAction.Correct && MayCorrect;

    public bool MayCorrect => loops.MayDecide && LoopLifeLeft > 1;

    public DateOnly Today => loops.Today;

    /// <summary>The days that the settings give the next step.</summary>
    public int UsualDays { get; private set; }

    /// <summary>Steps that count; the first one is never taken back.</summary>
    private int LoopLifeLeft => History.Steps.Count(s => s is { Undone: false, Undoes: null });

    public async Task<IActionResult> OnGetAsync(string reference, CancellationToken ct)
    {
        if (!await LoadAsync(reference, ct)) return NotFound();
        Input = new LoopForm.Step { Seen = Loop.Version };
        if (Chosen is null || Correcting) return Page();
        if (Chosen.Asks(LoopNeeds.Due)) Input.DueDay = Today.AddDays(UsualDays);
        if (Chosen.Action == LoopAction.Assign && Loop.Type is { } type) (Input.Who, Input.MemberCode) = await choices.MediatorAsync(Loop.AreaPath, type, ct);
        if (Chosen is { Kind: LoopKind.Hazard, Action: LoopAction.Notify }) Input.Who = Loop.Side;
        if (Chosen.Asks(LoopNeeds.Member)) Input.MemberCode = Loop.Member?.Code;
        return Page();
    }

    public async Task<IActionResult> OnPostStepAsync(string reference, CancellationToken ct)
    {
        if (!await LoadAsync(reference, ct)) return NotFound();
        if (!ModelState.IsValid || Do is not { } action) return Page();
        var outcome = action == LoopAction.Correct
            ? await correct.ExecuteAsync(new CorrectLoop.Input { LoopId = Loop.Id, Seen = Input.Seen, Reason = Input.Words, Actor = user.Actor, AreaPath = user.AreaPath, MayDecide = loops.MayDecide }, ct)
            : await step.ExecuteAsync(new StepLoop.Input
            {
                LoopId = Loop.Id, Seen = Input.Seen, Action = action, Words = Input.Words, Who = Input.Who, WhoUserId = Input.WhoUserId, MemberCode = Input.MemberCode, DueDay = Input.DueDay,
                Photos = await ReportForm.ReadAsync(Input.Photos, ct), Actor = user.Actor, AreaPath = user.AreaPath, MayDecide = loops.MayDecide,
            }, ct);
        return form.Answer(outcome, this, $"/desk/loops/{Loop.Reference}");
    }

    private async Task<bool> LoadAsync(string reference, CancellationToken ct)
    {
        Loop = (await DeskLoops.Read(loops.Mine().Where(l => l.Reference == reference)).SingleOrDefaultAsync(ct))!;
        if (Loop is null) return false;
        var id = Loop.Id;
        var steps = await LoopHistory.ReadAsync(db, id, ct);
        var names = await actors.NamesAsync(steps.SelectMany(s => new[] { s.Actor, s.WhoUserId is { } who ? $"user:{who}" : null }), ct);
        History = new LoopHistory.View(Loop.Kind, steps, names, "/desk/loops/photo/", loops.MayDecide ? "/desk/reports/" : null, $"/desk/loops/{Loop.Reference}/notice?step=");
        Reminders = await db.LoopReminders.Where(r => r.LoopId == id && r.Step == Loop.Version).OrderBy(r => r.Id).Select(r => new Reminder(r.Step, r.Kind, r.At, r.Told)).ToListAsync(ct);
        Next = [.. LoopTable.Next(Loop.Kind, Loop.State).Where(r => r.Hand != LoopHand.Approver || loops.MayDecide)];
        Chosen = Next.FirstOrDefault(r => r.Action == Do) ?? (Next.Count > 0 ? Next[0] : null);
        if (!Correcting) Do = Chosen?.Action;
        if (Chosen is not null && await LoopDays.DueAsync(db, Loop.Kind, Chosen.To, Today, ct) is { } due) UsualDays = due.DayNumber - Today.DayNumber;
        if (Chosen?.Asks(LoopNeeds.Owner) == true) Accounts = await choices.AccountsAsync(Loop.AreaPath, ct);
        return true;
    }
}
