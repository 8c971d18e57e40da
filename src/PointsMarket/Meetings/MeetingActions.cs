using Microsoft.EntityFrameworkCore;
using PointsMarket.Accounts;
using PointsMarket.Areas;
using PointsMarket.Data;
using PointsMarket.Ledger;
using PointsMarket.Notices;

namespace PointsMarket.Meetings;

/// <summary>A meeting gives somebody something to do by a day, and tells them.</summary>
public sealed class GiveAction(MarketWrites writes, TimeProvider clock)
{
    /// <summary>What is given.</summary>
    public sealed record Input
    {
        /// <summary>The meeting.</summary>
        public required int MeetingId { get; init; }

        /// <summary>What is to be done.</summary>
        public required string What { get; init; }

        /// <summary>The account that does it; null when a member does.</summary>
        public int? OwnerUserId { get; init; }

        /// <summary>Code or number of the member who does it; used when no account is given.</summary>
        public string? OwnerCode { get; init; }

        /// <summary>The last day on which it is in time.</summary>
        public required DateOnly DueDay { get; init; }

        /// <summary>Who gives it.</summary>
        public required Actor Actor { get; init; }

        /// <summary>The path of the area the actor may act in.</summary>
        public required string AreaPath { get; init; }
    }

    /// <summary>Gives it.</summary>
    public Task<MeetingOutcome> ExecuteAsync(Input input, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(input);
        var today = StationTime.Day(clock.GetUtcNow().UtcDateTime);
        return input.What.Trim().Length is 0 or > MeetingAction.MostWhat ? Task.FromResult(MeetingOutcome.BadWords)
            : input.DueDay < today || input.DueDay > today.AddYears(1) ? Task.FromResult(MeetingOutcome.BadDue)
            : writes.RunAsync((db, token) => RunAsync(db, input, token), ct);
    }

    private async Task<MeetingOutcome> RunAsync(MarketDb db, Input input, CancellationToken ct)
    {
        if (!await db.Meetings.AnyAsync(m => m.Id == input.MeetingId && m.Area.Path.StartsWith(input.AreaPath), ct)) return MeetingOutcome.NotFound;
        int? member = null;
        if (input.OwnerUserId is { } user)
        {
            if (!await MeetingPeople.Owners(db, input.AreaPath).AnyAsync(u => u.Id == user, ct)) return MeetingOutcome.NoSuchOwner;
        }
        else
        {
            var typed = (input.OwnerCode ?? "").Trim();
            var code = typed.ToUpperInvariant();
            member = await db.Members.Where(m => m.Area.Path.StartsWith(input.AreaPath) && (m.Code == code || m.Number == typed)).Select(m => (int?)m.Id).FirstOrDefaultAsync(ct);
            if (member is null) return MeetingOutcome.NoSuchOwner;
        }

        await db.TakeTurnAsync(); // numbers without a gap
        var last = await db.MeetingActions.Where(a => a.MeetingId == input.MeetingId).MaxAsync(a => (int?)a.Number, ct) ?? 0;
        var action = new MeetingAction { MeetingId = input.MeetingId, Number = last + 1, What = input.What.Trim(), OwnerUserId = input.OwnerUserId, OwnerMemberId = member, DueDay = input.DueDay };
        db.MeetingActions.Add(action);
        MeetingPeople.TellOwner(db, action, InboxKinds.ActionGiven, clock.GetUtcNow().UtcDateTime, input.Actor);
        await db.SaveChangesAsync(ct);
        return MeetingOutcome.Done;
    }
}

/// <summary>Somebody says that it is done: whose it is, or an approver of the area for them.</summary>
public sealed class FinishAction(MarketWrites writes, TimeProvider clock)
{
    /// <summary>What is done.</summary>
    public sealed record Input
    {
        /// <summary>The action.</summary>
        public required int ActionId { get; init; }

        /// <summary>What came of it; may be empty.</summary>
        public string? Result { get; init; }

        /// <summary>Who says so.</summary>
        public required Actor Actor { get; init; }

        /// <summary>The member who says so, on their phone: only what is theirs.</summary>
        public int? MemberId { get; init; }

        /// <summary>The account that says so: what is its own, in whatever area.</summary>
        public int? UserId { get; init; }

        /// <summary>The path of the area in which the actor decides for others; <see cref="Area.Nowhere"/> for a member and an attendant.</summary>
        public required string AreaPath { get; init; }
    }

    /// <summary>Finishes it.</summary>
    public Task<MeetingOutcome> ExecuteAsync(Input input, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(input);
        var result = string.IsNullOrWhiteSpace(input.Result) ? null : input.Result.Trim();
        if (result is { Length: > MeetingAction.MostWhat }) return Task.FromResult(MeetingOutcome.BadWords);
        return writes.RunAsync(async (db, token) =>
        {
            await db.TakeTurnAsync(); // the first says what came of it
            var (path, member, account) = (input.AreaPath, input.MemberId, input.UserId);
            var action = await db.MeetingActions.AsTracking().SingleOrDefaultAsync(
                a => a.Id == input.ActionId && (a.Meeting.Area.Path.StartsWith(path) || (member != null && a.OwnerMemberId == member) || (account != null && a.OwnerUserId == account)), token);
            if (action is null) return MeetingOutcome.NotFound;
            if (action.DoneAt is not null) return MeetingOutcome.Already;
            (action.DoneAt, action.DoneBy, action.Result) = (clock.GetUtcNow().UtcDateTime, input.Actor.Code, result);
            await db.SaveChangesAsync(token);
            return MeetingOutcome.Done;
        }, ct);
    }
}

/// <summary>
/// Reminds whoever has an open action: on the day before it is due, and the approvers of the area with them once it is overdue. Once
/// each: run again, on two nodes, or with the clock set back, it tells nobody twice.
/// </summary>
public sealed class RemindActions(MarketWrites writes, TimeProvider clock)
{
    /// <summary>Reminds; how many actions were told of.</summary>
    public Task<int> ExecuteAsync(CancellationToken ct = default) => writes.RunAsync(async (db, token) =>
    {
        await db.TakeTurnAsync();
        var now = clock.GetUtcNow().UtcDateTime;
        var today = StationTime.Day(now);
        var tomorrow = today.AddDays(1);
        var open = await db.MeetingActions.AsNoTracking().Include(a => a.Meeting).ThenInclude(m => m.Area).Where(a => a.DoneAt == null && a.DueDay <= tomorrow).OrderBy(a => a.Id).ToListAsync(token);
        var references = open.ConvertAll(a => a.Reference);
        var told = (await db.InboxMessages.Where(m => (m.Kind == InboxKinds.ActionDue || m.Kind == InboxKinds.ActionOverdue) && references.Contains(m.Subject))
            .Select(m => new { m.Kind, m.Subject }).Distinct().ToListAsync(token)).Select(m => (m.Kind, m.Subject)).ToHashSet();
        var count = 0;
        foreach (var action in open)
        {
            var kind = action.DueDay < today ? InboxKinds.ActionOverdue : InboxKinds.ActionDue;
            if (told.Contains((kind, action.Reference))) continue;
            MeetingPeople.TellOwner(db, action, kind, now, null);
            if (kind == InboxKinds.ActionOverdue) await Inbox.TellStaffAsync(db, [Roles.Approver], action.Meeting.Area.Path, kind, action.Reference, MeetingPeople.Href(action), now, action.OwnerUserId, token);
            count++;
        }

        await db.SaveChangesAsync(token);
        return count;
    }, ct);
}

/// <summary>Who may have an action, and how they are told.</summary>
public static class MeetingPeople
{
    private static readonly string[] Desk = [Roles.Approver, Roles.Attendant, Roles.Administrator];

    /// <summary>The desk's accounts in an area.</summary>
    public static IQueryable<AppUser> Owners(MarketDb db, string areaPath)
    {
        ArgumentNullException.ThrowIfNull(db);
        return db.Users.Where(u => u.Area != null && (u.Area.Path.StartsWith(areaPath) || areaPath.StartsWith(u.Area.Path))
            && db.UserRoles.Any(r => r.UserId == u.Id && db.Roles.Any(x => x.Id == r.RoleId && Desk.Contains(x.Name!))));
    }

    internal static string Href(MeetingAction action) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"/desk/meetings/{action.MeetingId}#a{action.Number}");

    internal static void TellOwner(MarketDb db, MeetingAction action, string kind, DateTime at, Actor? by)
    {
        if (action.OwnerMemberId is { } member) Inbox.TellMember(db, member, kind, action.Reference, "/me/actions", at);
        else if (action.OwnerUserId is { } user && by != Actor.User(user)) Inbox.TellAccount(db, user, kind, action.Reference, Href(action), at);
    }
}
