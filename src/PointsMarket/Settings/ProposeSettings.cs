using Microsoft.EntityFrameworkCore;
using PointsMarket.Areas;
using PointsMarket.Data;
using PointsMarket.Ledger;
using PointsMarket.Notices;
using PointsMarket.Proposals;

namespace PointsMarket.Settings;

/// <summary>Why settings cannot be proposed.</summary>
public enum SettingProblem
{
    /// <summary>Not a group of settings, or a setting of another group.</summary>
    Unknown,

    /// <summary>Before tomorrow: what was done so far went by the settings of its day.</summary>
    TooEarly,

    /// <summary>More than <see cref="ProposeSettings.MostDaysAhead"/> days ahead.</summary>
    TooFar,

    /// <summary>Out of the bounds of its setting.</summary>
    OutOfBounds,

    /// <summary>Two settings that have an order would be the wrong way round (<see cref="SettingList.Ordered"/>).</summary>
    OutOfOrder,

    /// <summary>No reason, or one of more than <see cref="ProposeSettings.MostWords"/> characters.</summary>
    ReasonMissing,

    /// <summary>A change of this group waits already: it is decided or withdrawn first.</summary>
    OneWaits,

    /// <summary>The setting changes on that very day already.</summary>
    DayTaken,

    /// <summary>It says what is in force on that day anyway.</summary>
    NothingNew,

    /// <summary>Only an administrator or somebody of finance proposes, and for a whole station.</summary>
    NotAllowed,
}

/// <summary>
/// Proposes what settings of one group are to be from a day on. Nothing changes until somebody else approves it. The day is tomorrow
/// at the earliest, so that a day that began under one number ends under it.
/// </summary>
public sealed class ProposeSettings(MarketWrites writes, TimeProvider clock)
{
    /// <summary>Bounds that catch a slip of the finger.</summary>
    public const int MostDaysAhead = 366, MostWords = Proposal.MostWords;

    /// <summary>The values and the reason.</summary>
    public sealed record Input
    {
        /// <summary>One of <see cref="SettingList.Groups"/>.</summary>
        public required string Group { get; init; }

        /// <summary>Settings of the group and what they are to be; those that say what is in force anyway are left out.</summary>
        public required IReadOnlyDictionary<Setting, long> Values { get; init; }

        /// <summary>The first station day they are to be in force.</summary>
        public required DateOnly From { get; init; }

        /// <summary>Why, for who decides.</summary>
        public required string Reason { get; init; }

        /// <summary>The account that proposes.</summary>
        public required int UserId { get; init; }

        /// <summary>The path of the area the proposer may act in; a whole station's.</summary>
        public required string AreaPath { get; init; }
    }

    /// <summary>What came of it.</summary>
    public abstract record Outcome;

    /// <summary>It waits for somebody else.</summary>
    public sealed record Proposed(int Id) : Outcome;

    /// <summary>Refused, and nothing changed.</summary>
    /// <param name="Why">Why.</param>
    /// <param name="About">The setting it is about; null for the whole.</param>
    public sealed record Refused(SettingProblem Why, Setting? About = null) : Outcome;

    /// <summary>Proposes them.</summary>
    public Task<Outcome> ExecuteAsync(Input input, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(input);
        var now = clock.GetUtcNow().UtcDateTime;
        return Check(input, StationTime.Day(now)) is { } wrong ? Task.FromResult<Outcome>(wrong) : writes.RunAsync((db, token) => RunAsync(db, input, now, token), ct);
    }

    private static Refused? Check(Input input, DateOnly today)
    {
        if (!SettingList.Groups.Contains(input.Group) || input.Values.Keys.Any(s => s.Group != input.Group || SettingList.Find(s.Key) != s)) return new Refused(SettingProblem.Unknown);
        if (input.From <= today) return new Refused(SettingProblem.TooEarly);
        if (input.From > today.AddDays(MostDaysAhead)) return new Refused(SettingProblem.TooFar);
        foreach (var (setting, value) in input.Values)
            if (value < setting.Min || value > setting.Max) return new Refused(SettingProblem.OutOfBounds, setting);
        return Typed.Text(input.Reason).Length is 0 or > MostWords ? new Refused(SettingProblem.ReasonMissing) : null;
    }

    private static async Task<Outcome> RunAsync(MarketDb db, Input input, DateTime now, CancellationToken ct)
    {
        if (!await SettingJudges.MayProposeAsync(db, input.UserId, input.AreaPath, ct)) return new Refused(SettingProblem.NotAllowed);
        await db.TakeTurnAsync();
        if (await db.SettingProposals.AnyAsync(p => p.State == ProposalState.Waiting && p.Group == input.Group, ct)) return new Refused(SettingProblem.OneWaits);
        var keys = SettingList.Of(input.Group).Select(s => s.Key).ToList();
        var rows = await db.SettingValues.AsNoTracking().Where(v => keys.Contains(v.Setting)).ToListAsync(ct);
        if (Against(input, rows) is { } wrong) return wrong;
        var changes = input.Values.Where(v => SettingBook.On(rows, v.Key, input.From) != v.Value).ToDictionary();
        if (changes.Count == 0) return new Refused(SettingProblem.NothingNew);
        var actor = Actor.User(input.UserId);
        var proposal = new SettingProposal { Group = input.Group, From = input.From, Reason = Typed.Text(input.Reason), ProposedAt = now, ProposedBy = actor.Code };
        proposal.Lines.AddRange(SettingList.Of(input.Group).Where(changes.ContainsKey)
            .Select(s => new SettingChange { Setting = s.Key, Before = SettingBook.On(rows, s, input.From), Value = changes[s] }));
        db.SettingProposals.Add(proposal);
        await db.SaveChangesAsync(ct); // its number is its key
        db.Note(now, actor, "settings.proposed", proposal.Number, SettingText.Of(proposal));
        foreach (var judge in await SettingJudges.ToldAsync(db, actor, ct))
            Inbox.TellAccount(db, judge, InboxKinds.SettingsProposed, proposal.Number, $"/admin/settings/{proposal.Id}", now);
        await db.SaveChangesAsync(ct);
        return new Proposed(proposal.Id);
    }

    /// <summary>What is wrong with the values beside those that stand in the book, on the day and on every later one.</summary>
    private static Refused? Against(Input input, List<SettingValue> rows)
    {
        foreach (var setting in input.Values.Keys)
            if (rows.Exists(v => v.Setting == setting.Key && v.From == input.From)) return new Refused(SettingProblem.DayTaken, setting);
        List<SettingValue> then = [.. rows, .. input.Values.Select(v => new SettingValue { Setting = v.Key.Key, From = input.From, Value = v.Value })];
        foreach (var (low, high) in SettingList.Ordered.Where(o => o.Low.Group == input.Group))
        {
            var days = then.Where(v => v.From >= input.From).Select(v => v.From).Distinct();
            if (days.Any(day => SettingBook.On(then, low, day) > SettingBook.On(then, high, day)))
                return new Refused(SettingProblem.OutOfOrder, input.Values.ContainsKey(low) ? low : high);
        }
        return null;
    }
}
