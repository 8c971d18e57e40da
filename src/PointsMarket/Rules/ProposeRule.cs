using Microsoft.EntityFrameworkCore;
using PointsMarket.Areas;
using PointsMarket.Data;
using PointsMarket.Ledger;
using PointsMarket.Members;
using PointsMarket.Notices;
using PointsMarket.Proposals;
using PointsMarket.Routing;
using PointsMarket.Tasks;

namespace PointsMarket.Rules;

/// <summary>Why a rule cannot be proposed.</summary>
public enum RuleProblem
{
    /// <summary>Not a category of the rule book.</summary>
    UnknownCategory,

    /// <summary>Before tomorrow: what was reported already would change its worth.</summary>
    TooEarly,

    /// <summary>More than <see cref="ProposeRule.MostDaysAhead"/> days ahead.</summary>
    TooFar,

    /// <summary>Points below 0 or over <see cref="ProposeRule.MostPoints"/>.</summary>
    BadPoints,

    /// <summary>A day's number below 1 or over <see cref="ProposeRule.MostReports"/>.</summary>
    BadDay,

    /// <summary>A month's cap below the points of one report, or over <see cref="ProposeRule.MostMonth"/>.</summary>
    BadMonth,

    /// <summary>No reason, or one of more than <see cref="ProposeRule.MostWords"/> characters.</summary>
    ReasonMissing,

    /// <summary>A change of this category waits already: it is decided or withdrawn first.</summary>
    OneWaits,

    /// <summary>A rule of this category begins on that very day already.</summary>
    DayTaken,

    /// <summary>It says what is in force on that day anyway.</summary>
    NothingNew,

    /// <summary>The proposer's area is not a whole station: the book holds for all of it.</summary>
    NotTheStation,

    /// <summary>Not a code (<see cref="TaskCategory.IsCode"/>).</summary>
    BadCode,

    /// <summary>There is a category of that code, and it may not come again.</summary>
    CodeTaken,

    /// <summary>A name is missing in one of the languages, or over <see cref="TaskCategory.MostName"/> characters.</summary>
    NameMissing,

    /// <summary>Not one of <see cref="TaskCategory.Icons"/>.</summary>
    BadIcon,

    /// <summary>A level that decides nothing.</summary>
    BadLevel,
}

/// <summary>
/// Proposes what a category is worth from a day on. Nothing changes until somebody else approves it. The day is tomorrow at the
/// earliest: reports count by the day they happened, and none of those filed so far may change its worth.
/// </summary>
public sealed class ProposeRule(MarketWrites writes, TimeProvider clock)
{
    /// <summary>Bounds that catch a slip of the finger.</summary>
    public const int MostPoints = 1000, MostReports = 50, MostMonth = 10_000, MostDaysAhead = 366, MostWords = Proposal.MostWords;

    /// <summary>The rule and the reason.</summary>
    public sealed record Input
    {
        /// <summary>One of <see cref="TaskCategory"/>.</summary>
        public required string Category { get; init; }

        /// <summary>The first station day it is to be in force.</summary>
        public required DateOnly From { get; init; }

        /// <summary>Points for one verified report; 0 for a category that earns nothing any more.</summary>
        public required int Points { get; init; }

        /// <summary>How many reports a day earn points; null for no limit.</summary>
        public required int? ReportsPerDay { get; init; }

        /// <summary>How many points a month it may earn a member; null for no limit.</summary>
        public required int? PointsPerMonth { get; init; }

        /// <summary>What must come with a report.</summary>
        public required Evidence Evidence { get; init; }

        /// <summary>True to offer the category no longer from that day on; the numbers are not asked for then.</summary>
        public bool Retire { get; init; }

        /// <summary>The category itself, when it is not there yet; null for one that is.</summary>
        public NewCategory? New { get; init; }

        /// <summary>Why, for who decides.</summary>
        public required string Reason { get; init; }

        /// <summary>Who proposes.</summary>
        public required Actor Actor { get; init; }

        /// <summary>The path of the area the proposer may act in; a whole station's.</summary>
        public required string AreaPath { get; init; }
    }

    /// <summary>A category that is not there yet.</summary>
    /// <param name="NameZh">Its name in Chinese.</param>
    /// <param name="NameEn">Its name in English.</param>
    /// <param name="Icon">Its icon.</param>
    /// <param name="FirstLevel">Who acts first on its reports.</param>
    public sealed record NewCategory(string NameZh, string NameEn, string Icon, MemberKind FirstLevel)
    {
        internal RuleProblem? Wrong =>
            Typed.Text(NameZh).Length is 0 or > TaskCategory.MostName || Typed.Text(NameEn).Length is 0 or > TaskCategory.MostName ? RuleProblem.NameMissing
            : !TaskCategory.Icons.Contains(Icon) ? RuleProblem.BadIcon
            : !Escalation.Levels.Contains(FirstLevel) ? RuleProblem.BadLevel
            : null;
    }

    /// <summary>What came of it.</summary>
    public abstract record Outcome;

    /// <summary>It waits for somebody else.</summary>
    public sealed record Proposed(int Id) : Outcome;

    /// <summary>Refused, and nothing changed.</summary>
    public sealed record Refused(RuleProblem Why) : Outcome;

    /// <summary>Proposes it.</summary>
    public Task<Outcome> ExecuteAsync(Input input, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(input);
        var now = clock.GetUtcNow().UtcDateTime;
        return Check(input, StationTime.Day(now)) is { } wrong ? Task.FromResult<Outcome>(new Refused(wrong)) : writes.RunAsync((db, token) => RunAsync(db, input, now, token), ct);
    }

    /// <summary>What is wrong with the values themselves; null when nothing is.</summary>
    internal static RuleProblem? Check(Input input, DateOnly today) =>
        input.New is not null && !TaskCategory.IsCode(input.Category) ? RuleProblem.BadCode
        : input.New?.Wrong is { } wrong ? wrong
        : input.From <= today ? RuleProblem.TooEarly
        : input.From > today.AddDays(MostDaysAhead) ? RuleProblem.TooFar
        : input.Points is < 0 or > MostPoints ? RuleProblem.BadPoints
        : input.ReportsPerDay is < 1 or > MostReports ? RuleProblem.BadDay
        : input.PointsPerMonth is > MostMonth || input.PointsPerMonth < Math.Max(1, input.Points) ? RuleProblem.BadMonth
        : Typed.Text(input.Reason).Length is 0 or > MostWords ? RuleProblem.ReasonMissing
        : null;

    private static async Task<Outcome> RunAsync(MarketDb db, Input input, DateTime now, CancellationToken ct)
    {
        if (await StationMonth.BookAsync(db, input.AreaPath, ct) is null) return new Refused(RuleProblem.NotTheStation);
        await db.TakeTurnAsync();
        var known = await db.TaskCategories.AnyAsync(c => c.Code == input.Category, ct);
        if (known == input.New is not null) return new Refused(known ? RuleProblem.CodeTaken : RuleProblem.UnknownCategory);
        if (await db.RuleProposals.AnyAsync(p => p.State == ProposalState.Waiting && p.Category == input.Category, ct)) return new Refused(RuleProblem.OneWaits);
        var rules = await db.ScoringRules.AsNoTracking().Where(r => r.Category == input.Category && r.From <= input.From).ToListAsync(ct);
        if (rules.Any(r => r.From == input.From)) return new Refused(RuleProblem.DayTaken);
        var proposal = ProposalOf(input, now, rules.MaxBy(r => r.From));
        if (rules.MaxBy(r => r.From) is { } old && SameAs(old, proposal)) return new Refused(RuleProblem.NothingNew);
        db.RuleProposals.Add(proposal);
        await db.SaveChangesAsync(ct); // its number is its key
        db.Note(now, input.Actor, "rule.proposed", proposal.Number, $"{RuleText.Of(rules.MaxBy(r => r.From))} → {RuleText.Of(proposal.AsRule())}");
        foreach (var judge in await RuleJudges.ToldAsync(db, input.Actor, ct))
            Inbox.TellAccount(db, judge, InboxKinds.RuleProposed, proposal.Number, $"/desk/rules/{proposal.Id}", now);
        await db.SaveChangesAsync(ct);
        return new Proposed(proposal.Id);
    }

    private static RuleProposal ProposalOf(Input input, DateTime now, ScoringRule? old) => new()
    {
        Category = input.Category, From = input.From, Retired = input.Retire, Points = input.Retire ? 0 : input.Points, ReportsPerDay = input.Retire ? null : input.ReportsPerDay,
        PointsPerMonth = input.Retire ? null : input.PointsPerMonth, Evidence = input.Retire ? old?.Evidence ?? input.Evidence : input.Evidence,
        NameZh = input.New is { } fresh ? Typed.Text(fresh.NameZh) : null, NameEn = input.New is { } named ? Typed.Text(named.NameEn) : null,
        Icon = input.New?.Icon, FirstLevel = input.New?.FirstLevel, Reason = Typed.Text(input.Reason), ProposedAt = now, ProposedBy = input.Actor.Code,
    };

    private static bool SameAs(ScoringRule old, RuleProposal p) => old.Retired == p.Retired
        && (p.Retired || (old.Points, old.ReportsPerDay, old.PointsPerMonth, old.Evidence) == (p.Points, p.ReportsPerDay, p.PointsPerMonth, p.Evidence));
}
