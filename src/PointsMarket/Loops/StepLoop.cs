using Microsoft.EntityFrameworkCore;
using PointsMarket.Areas;
using PointsMarket.Data;
using PointsMarket.Ledger;
using PointsMarket.Notices;
using PointsMarket.Tasks;

namespace PointsMarket.Loops;

/// <summary>
/// Takes the next step of a loop, whichever of the three it is: <see cref="LoopTable"/> says what may follow, who may do it and
/// what it asks for. Who steps says which step they saw last; of two who step at once, one comes too late and is told so.
/// </summary>
public sealed class StepLoop(MarketWrites writes, PhotoFolder folder, FileReport file, TimeProvider clock)
{
    /// <summary>The step.</summary>
    public sealed record Input
    {
        /// <summary>The loop.</summary>
        public required int LoopId { get; init; }

        /// <summary>The <see cref="Loop.Version"/> that the form was made for.</summary>
        public required int Seen { get; init; }

        /// <summary>What is done.</summary>
        public required LoopAction Action { get; init; }

        /// <summary>What was said, asked for, agreed or answered.</summary>
        public string? Words { get; init; }

        /// <summary>The office, responsible side or department, in plain words.</summary>
        public string? Who { get; init; }

        /// <summary>The account that gets it.</summary>
        public int? WhoUserId { get; init; }

        /// <summary>Code or number of the member who gets it, or whose work it was.</summary>
        public string? MemberCode { get; init; }

        /// <summary>The deadline, where one may be chosen; null for the days of the setting.</summary>
        public DateOnly? DueDay { get; init; }

        /// <summary>The files as they were sent.</summary>
        public IReadOnlyList<ReadOnlyMemory<byte>> Photos { get; init; } = [];

        /// <summary>Who does it.</summary>
        public required Actor Actor { get; init; }

        /// <summary>At the desk: the path of the actor's area. Null on the phone, where the loop must be the member's own.</summary>
        public string? AreaPath { get; init; }

        /// <summary>On the phone: the member.</summary>
        public int? OwnerMemberId { get; init; }

        /// <summary>True for approvers.</summary>
        public bool MayDecide { get; init; }
    }

    /// <summary>Takes it.</summary>
    public async Task<LoopOutcome> ExecuteAsync(Input input, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(input);
        if (input.Photos.Count > LoopStep.MostPhotos) return new LoopOutcome.Refused(LoopProblem.TooManyPhotos);
        return await LoopPhotos.WithAsync(folder, input.Photos, photos => writes.RunAsync(db => RunAsync(db, input, photos, clock.GetUtcNow().UtcDateTime), ct), ct);
    }

    /// <summary>Takes it inside the door, as at the given moment.</summary>
    internal async Task<LoopOutcome> RunAsync(MarketDb db, Input input, IReadOnlyList<SavedPhoto> photos, DateTime now)
    {
        var loop = await LoopLife.TakeAsync(db, Mine(db, input), default);
        if (loop is null) return new LoopOutcome.NotFound();
        if (loop.Version != input.Seen || LoopTable.Rule(loop.Kind, loop.State, input.Action) is not { } rule) return new LoopOutcome.Moved();
        if (input.AreaPath is null ? rule.Hand != LoopHand.Owner : rule.Hand == LoopHand.Approver && !input.MayDecide) return new LoopOutcome.NotAllowed();
        // A clock that was set back must not put a step before the one it follows.
        var moment = now;
        now = now < loop.SteppedAt ? loop.SteppedAt : now;
        var today = StationTime.Day(now);
        if (ProblemOf(rule, input, photos.Count, today) is { } problem) return new LoopOutcome.Refused(problem);
        var step = new LoopStep
        {
            Action = rule.Action, From = loop.State, To = rule.To, At = now, Actor = input.Actor.Code, Words = Text(input.Words),
            Who = rule.Asks(LoopNeeds.Side) || rule.Asks(LoopNeeds.Owner) ? Text(input.Who) : null,
            DueDay = rule.Asks(LoopNeeds.Due) && input.DueDay is { } chosen ? chosen : await LoopDays.DueAsync(db, loop.Kind, rule.To, today),
        };
        if (await PeopleAsync(db, loop, rule, step, input) is { } unknown) return new LoopOutcome.Refused(unknown);
        LoopPhotos.Hang(step, photos);
        LoopLife.Add(loop, step);
        var report = await FileAsync(db, loop, rule, step, input, moment);
        if (report is FileReport.Refused refused) return db.RollBack<LoopOutcome>(new LoopOutcome.ReportRefused(refused.Problem));
        await db.SaveChangesAsync();
        await TellAsync(db, loop, rule, input, now);
        await db.SaveChangesAsync();
        return new LoopOutcome.Stepped(loop.Reference, loop.State, (report as FileReport.Filed)?.Reference);
    }

    private static IQueryable<Loop> Mine(MarketDb db, Input input)
    {
        var loops = db.Loops.Where(l => l.Id == input.LoopId);
        return input.AreaPath is { } path ? loops.Where(l => l.Area.Path.StartsWith(path)) : loops.Where(l => l.OwnerMemberId != null && l.OwnerMemberId == input.OwnerMemberId);
    }

    private static LoopProblem? ProblemOf(LoopRule rule, Input input, int photos, DateOnly today)
    {
        var words = Text(input.Words)?.Length ?? 0;
        if (words == 0 && rule.Asks(LoopNeeds.Words)) return LoopProblem.WordsMissing;
        if (words > LoopStep.MostWords) return LoopProblem.WordsTooLong;
        var who = Text(input.Who)?.Length ?? 0;
        if (who > Loop.MostWho) return LoopProblem.WhoTooLong;
        if (who == 0 && rule.Asks(LoopNeeds.Side)) return LoopProblem.WhoMissing;
        if (who == 0 && rule.Asks(LoopNeeds.Owner) && input.WhoUserId is null && Text(input.MemberCode) is null) return LoopProblem.WhoMissing;
        if (rule.Asks(LoopNeeds.Due) && input.DueDay < today) return LoopProblem.DueInPast;
        if (rule.Asks(LoopNeeds.Due) && input.DueDay > today.AddDays(LoopTable.MostDays)) return LoopProblem.DueTooFar;
        return rule.Asks(LoopNeeds.Photo) && photos == 0 ? LoopProblem.PhotoMissing : null;
    }

    /// <summary>Fills in whom it goes to, or whose work it was.</summary>
    private static async Task<LoopProblem?> PeopleAsync(MarketDb db, Loop loop, LoopRule rule, LoopStep step, Input input)
    {
        if (!rule.Asks(LoopNeeds.Owner) && !rule.Asks(LoopNeeds.Member)) return null;
        if (rule.Asks(LoopNeeds.Owner) && input.WhoUserId is { } user)
        {
            if (!await LoopPeople.MayOwnAsync(db, user, loop.Area.Path, default)) return LoopProblem.UnknownUser;
            step.WhoUserId = user;
        }

        // Who mediates is the one it was given to, unless somebody else is named.
        if (rule is { Action: LoopAction.Mediate }) step.WhoMemberId = loop.OwnerMemberId;
        if (input.AreaPath is null || Text(input.MemberCode) is not { } code) return null;
        step.WhoMemberId = await LoopPeople.MemberAsync(db, code, input.AreaPath, default);
        return step.WhoMemberId is null ? LoopProblem.UnknownMember : null;
    }

    /// <summary>Files the report for the work of this step, when it is a member's and was not reported before.</summary>
    private async Task<FileReport.Outcome?> FileAsync(MarketDb db, Loop loop, LoopRule rule, LoopStep step, Input input, DateTime happened)
    {
        if (rule.Earns is not { } category || step.WhoMemberId is not { } member || await LoopReports.HasAsync(db, loop, category, default)) return null;
        var seen = LoopLife.Counting(loop.Steps).LastOrDefault(s => s.Action == LoopAction.Reinspect);
        var work = new LoopReports.Work(
            member, category, step.Words ?? seen?.Words ?? loop.Text, happened, input.Actor, input.AreaPath, $"loop:{loop.Reference}:{step.Number}", loop.AreaId);
        var filed = await LoopReports.FileAsync(file, db, work, rule.Kind == LoopKind.Hazard && seen is not null ? [.. seen.Photos.OrderBy(p => p.Number)] : Array.Empty<LoopPhoto>());
        if (filed is FileReport.Filed f) step.ReportId = f.ReportId;
        return filed;
    }

    private static async Task TellAsync(MarketDb db, Loop loop, LoopRule rule, Input input, DateTime now)
    {
        var self = LoopPeople.UserOf(input.Actor);
        if (rule.Asks(LoopNeeds.Owner)) await LoopPeople.TellOwnerAsync(db, loop, loop.Area.Path, InboxKinds.LoopGiven, now, self, default);
        if (input.AreaPath is null) await LoopPeople.TellApproversAsync(db, loop, loop.Area.Path, InboxKinds.LoopStepped, now, self, default);
        if (loop.EndedAt is not null) LoopPeople.TellFinder(db, loop, InboxKinds.LoopEnded, now);
        else if (rule.Action == LoopAction.Answer) LoopPeople.TellFinder(db, loop, InboxKinds.LoopAnswered, now);
    }

    private static string? Text(string? typed) => Typed.Text(typed) is { Length: > 0 } words ? words : null;
}
