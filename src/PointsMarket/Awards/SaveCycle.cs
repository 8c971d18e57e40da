using Microsoft.EntityFrameworkCore;
using PointsMarket.Areas;
using PointsMarket.Data;
using PointsMarket.Funding;
using PointsMarket.Ledger;
using PointsMarket.Members;
using PointsMarket.Notices;

namespace PointsMarket.Awards;

/// <summary>
/// Begins a cycle, or changes one that is in draft; nobody with an interest changes one, because quota and kinds decide who falls
/// within. A changed ranking rule empties the ranking.
/// </summary>
public sealed class SaveCycle(MarketWrites writes, TimeProvider clock)
{
    /// <summary>Bounds that catch a slip of the finger.</summary>
    public const int MostPeople = 500, LongestTitle = 60, LongestWords = 240;

    /// <summary>The most that is paid, in fen: 100,000 yuan.</summary>
    public const long MostFen = 10_000_000;

    /// <summary>The cycle as it is to be.</summary>
    public sealed record Input
    {
        /// <summary>The cycle to change; null for a new one.</summary>
        public int? CycleId { get; init; }

        /// <summary>What is awarded; of a cycle that is there it stays as it is.</summary>
        public required AwardKind Kind { get; init; }

        /// <summary>The year it is for, 2000–2099.</summary>
        public required int Year { get; init; }

        /// <summary>How it is called.</summary>
        public required string Title { get; init; }

        /// <summary>1 to <see cref="MostPeople"/>.</summary>
        public required int Quota { get; init; }

        /// <summary>Whose members may be named.</summary>
        public required int AreaId { get; init; }

        /// <summary>Which kinds are ranked; empty for what is named by hand.</summary>
        public required IReadOnlyCollection<MemberKind> Kinds { get; init; }

        /// <summary>How many months must be assessed, 1–12.</summary>
        public required int LeastMonths { get; init; }

        /// <summary>What the certificate says.</summary>
        public required string Words { get; init; }

        /// <summary>Paid once to each, in fen.</summary>
        public required long AmountFen { get; init; }

        /// <summary>Paid to each with every month of the next year, in fen.</summary>
        public required long MonthlyFen { get; init; }

        /// <summary>The fund that pays; null where nothing is paid.</summary>
        public required string? Fund { get; init; }

        /// <summary>The account that saves it.</summary>
        public required int UserId { get; init; }

        /// <summary>The path of the area it may act in.</summary>
        public required string AreaPath { get; init; }
    }

    /// <summary>Why it is refused.</summary>
    public enum Problem
    {
        /// <summary>No such area in the actor's.</summary>
        NoSuchArea,

        /// <summary>No such cycle in the actor's area.</summary>
        NotFound,

        /// <summary>It is no draft any more.</summary>
        NotNow,

        /// <summary>The actor has an interest: stands in the list, or declared one.</summary>
        Recused,

        /// <summary>Not a year of 2000–2099, or one to come.</summary>
        BadYear,

        /// <summary>No title, or too long a one.</summary>
        BadTitle,

        /// <summary>Out of bounds.</summary>
        BadQuota,

        /// <summary>A ranking needs the kinds it ranks.</summary>
        KindsMissing,

        /// <summary>Out of 1–12.</summary>
        BadMonths,

        /// <summary>Nothing to print, or too much.</summary>
        BadWords,

        /// <summary>Below 0 or over <see cref="MostFen"/>.</summary>
        BadMoney,

        /// <summary>Money needs an open fund of the station that may be used for awards.</summary>
        FundMissing,
    }

    /// <summary>What came of it.</summary>
    public abstract record Outcome;

    /// <summary>Saved.</summary>
    public sealed record Saved(int CycleId) : Outcome;

    /// <summary>Refused, and nothing changed.</summary>
    public sealed record Refused(Problem Why) : Outcome;

    /// <summary>Saves it.</summary>
    public Task<Outcome> ExecuteAsync(Input input, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(input);
        var now = clock.GetUtcNow().UtcDateTime;
        return Check(input, StationTime.Day(now)) is { } wrong ? Task.FromResult<Outcome>(new Refused(wrong)) : writes.RunAsync((db, token) => RunAsync(db, input, now, token), ct);
    }

    private static Problem? Check(Input input, DateOnly today) =>
        input.Year is < 2000 or > 2099 || input.Year > today.Year ? Problem.BadYear
        : input.Title.Trim().Length is 0 or > LongestTitle ? Problem.BadTitle
        : input.Quota is < 1 or > MostPeople ? Problem.BadQuota
        : AwardRule.For(input.Kind).Ranked && input.Kinds.Count == 0 ? Problem.KindsMissing
        : input.LeastMonths is < 1 or > 12 ? Problem.BadMonths
        : input.Words.Trim().Length is 0 or > LongestWords ? Problem.BadWords
        : input.AmountFen is < 0 or > MostFen || input.MonthlyFen is < 0 or > MostFen ? Problem.BadMoney
        : input.AmountFen > 0 && string.IsNullOrEmpty(input.Fund) ? Problem.FundMissing
        : null;

    /// <summary>True for an open fund of the station whose money may go into awards.</summary>
    private static async Task<bool> IsForAwardsAsync(MarketDb db, int book, string? code, CancellationToken ct) =>
        await db.Funds.SingleOrDefaultAsync(f => f.BookId == book && f.Code == code && f.Active, ct) is { } fund && fund.Purposes.HasFlag(FundPurpose.Awards);

    private static async Task<Outcome> RunAsync(MarketDb db, Input input, DateTime now, CancellationToken ct)
    {
        var area = await db.Areas.Where(a => a.Id == input.AreaId && a.Path.StartsWith(input.AreaPath)).Select(a => new { a.Id, a.BookId }).SingleOrDefaultAsync(ct);
        if (area is null) return new Refused(Problem.NoSuchArea);
        if (input.AmountFen > 0 && !await IsForAwardsAsync(db, area.BookId, input.Fund, ct)) return new Refused(Problem.FundMissing);
        var ranked = AwardRule.For(input.Kind).Ranked;
        AwardCycle cycle;
        if (input.CycleId is { } id)
        {
            var (found, why) = await AwardDesk.FindAsync(db, new AwardStep { CycleId = id, UserId = input.UserId, AreaPath = input.AreaPath }, now, decides: true, ct, AwardState.Draft);
            if (found is null) return new Refused(why switch { AwardOutcome.NotFound => Problem.NotFound, AwardOutcome.Recused => Problem.Recused, _ => Problem.NotNow });
            if (found.Kind != input.Kind || found.BookId != area.BookId) return new Refused(Problem.NotFound);
            cycle = found;
        }
        else db.AwardCycles.Add(cycle = new AwardCycle { Kind = input.Kind, BookId = area.BookId, Title = "", Kinds = "", Words = "" });
        var kinds = ranked ? string.Join(',', input.Kinds.Distinct().Order()) : "";
        if (ranked && (cycle.Year, cycle.AreaId, cycle.Kinds, cycle.LeastMonths) != (input.Year, area.Id, kinds, input.LeastMonths) && cycle.RankedAt is not null)
        {
            cycle.RankedAt = null;
            await RankCandidates.EmptyAsync(db, cycle, ct);
        }
        (cycle.Year, cycle.Title, cycle.Quota, cycle.AreaId, cycle.Kinds, cycle.LeastMonths) = (input.Year, input.Title.Trim(), input.Quota, area.Id, kinds, input.LeastMonths);
        (cycle.Words, cycle.AmountFen, cycle.MonthlyFen, cycle.Fund) = (input.Words.Trim(), input.AmountFen, input.MonthlyFen, input.AmountFen > 0 ? input.Fund : null);
        await db.SaveChangesAsync(ct);
        db.Write(cycle, now, Actor.User(input.UserId).Code, input.CycleId is null ? AwardChange.Begun : AwardChange.Edited);
        await db.SaveChangesAsync(ct);
        return new Saved(cycle.Id);
    }
}
