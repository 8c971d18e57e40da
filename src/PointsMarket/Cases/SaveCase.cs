using Microsoft.EntityFrameworkCore;
using PointsMarket.Areas;
using PointsMarket.Data;
using PointsMarket.Funding;
using PointsMarket.Ledger;
using PointsMarket.Tasks;

namespace PointsMarket.Cases;

/// <summary>
/// Writes a case: a new draft, or one that is there and that nobody stands in line for. A withdrawn one becomes a draft again.
/// </summary>
public sealed class SaveCase(MarketWrites writes, TimeProvider clock)
{
    /// <summary>The longest public title, in characters.</summary>
    public const int MostTitle = 100;

    /// <summary>The longest public words about what is asked for.</summary>
    public const int MostWanted = 1000;

    /// <summary>The longest sealed details.</summary>
    public const int MostSealed = 2000;

    /// <summary>The highest reward; more is a slip of the finger.</summary>
    public const int MostReward = 10_000;

    /// <summary>The most money, in fen: ten thousand yuan.</summary>
    public const long MostMoneyFen = 1_000_000;

    /// <summary>The most days allowed.</summary>
    public const int MostDays = 180;

    /// <summary>What it is to say.</summary>
    public sealed record Input
    {
        /// <summary>The case to change; null for a new draft.</summary>
        public int? CaseId { get; init; }

        /// <summary>The public title: no names, no addresses.</summary>
        public required string Title { get; init; }

        /// <summary>What is asked for, in public words; may be empty.</summary>
        public string? Wanted { get; init; }

        /// <summary>For approvers and holders only; may be empty.</summary>
        public string? Sealed { get; init; }

        /// <summary>One of <see cref="CaseKinds.All"/>; an imported one may keep its own.</summary>
        public required string Kind { get; init; }

        /// <summary>Where, in the approver's area.</summary>
        public required int AreaId { get; init; }

        /// <summary>Whose members may claim it; null for everybody in the station.</summary>
        public int? OfferedToId { get; init; }

        /// <summary>Points, 1 to <see cref="MostReward"/>.</summary>
        public required int Reward { get; init; }

        /// <summary>Money beside the points, fen, 0 to <see cref="MostMoneyFen"/>.</summary>
        public long MoneyFen { get; init; }

        /// <summary>The code of the fund that pays it; null for none, and then no money either.</summary>
        public string? Fund { get; init; }

        /// <summary>Days allowed, 1 to <see cref="MostDays"/>.</summary>
        public required int Days { get; init; }

        /// <summary>The last day for claiming; null for none.</summary>
        public DateOnly? ClaimBy { get; init; }

        /// <summary>Who writes it.</summary>
        public required Approver By { get; init; }
    }

    /// <summary>Saved.</summary>
    public sealed record Saved(int CaseId, string Number) : CaseOutcome;

    /// <summary>Saves it.</summary>
    public async Task<CaseOutcome> ExecuteAsync(Input input, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(input);
        var now = clock.GetUtcNow().UtcDateTime;
        return Wrong(input, StationTime.Day(now)) is { } why ? CaseOutcome.No(why) : await writes.RunAsync((db, token) => RunAsync(db, input, now, token), ct);
    }

    private static CaseRefusal? Wrong(Input input, DateOnly today) => input switch
    {
        _ when Typed.Text(input.Title).Length is 0 or > MostTitle => CaseRefusal.TitleMissing,
        _ when Typed.Text(input.Wanted).Length > MostWanted || Typed.Text(input.Sealed).Length > MostSealed => CaseRefusal.BadWords,
        { Reward: < 1 or > MostReward } => CaseRefusal.BadReward,
        { MoneyFen: < 0 or > MostMoneyFen } or { MoneyFen: > 0, Fund: null } or { MoneyFen: 0, Fund: not null } => CaseRefusal.BadMoney,
        { Days: < 1 or > MostDays } => CaseRefusal.BadDays,
        { ClaimBy: { } day } when day < today => CaseRefusal.DeadlineInThePast,
        _ => null,
    };

    private static async Task<CaseOutcome> RunAsync(MarketDb db, Input input, DateTime now, CancellationToken ct)
    {
        var path = input.By.AreaPath;
        var area = await db.Areas.Where(a => a.Id == input.AreaId && a.Path.StartsWith(path)).Select(a => new { a.Id, a.BookId }).SingleOrDefaultAsync(ct);
        if (area is null) return CaseOutcome.No(CaseRefusal.UnknownArea);
        if (input.OfferedToId is { } offered && !await db.Areas.AnyAsync(a => a.Id == offered && a.BookId == area.BookId, ct)) return CaseOutcome.No(CaseRefusal.UnknownArea);
        var fund = await CaseMoney.FundAsync(db, area.BookId, input.Fund, ct);
        if (input.Fund is not null && fund is null) return CaseOutcome.No(CaseRefusal.NoSuchFund, input.Fund);
        Docket? docket = null;
        Case @case;
        if (input.CaseId is { } id)
        {
            docket = await Docket.OpenAsync(db, db.Cases.Where(c => c.Id == id && c.Area.Path.StartsWith(path)), now, ct);
            if (docket is null || docket.Case.Area.BookId != area.BookId) return CaseOutcome.No(CaseRefusal.NotFound);
            if (!CaseLife.May(docket.Case.State, CaseChange.Edited)) return CaseOutcome.No(CaseRefusal.NotNow);
            if (docket.Claims.Count > 0) return CaseOutcome.No(CaseRefusal.InUse);
            if (docket.Case.State == CaseState.Open && await MorePromisedAsync(db, docket.Case, input, fund, now, ct) is { } stopped) return stopped;
            @case = docket.Case;
            if (@case.State == CaseState.Withdrawn) @case.State = CaseState.Draft;
        }
        else
        {
            @case = new Case
            {
                Number = await NewNumberAsync(db, StationTime.Day(now), ct), Title = "", Kind = "", State = CaseState.Draft, OpenedAt = now, PostedBy = input.By.Actor.Code,
            };
            db.Cases.Add(@case);
        }
        if (!CaseKinds.All.Contains(input.Kind) && input.Kind != @case.Kind) return db.RollBack(CaseOutcome.No(CaseRefusal.UnknownKind));
        (@case.Title, @case.Kind, @case.AreaId, @case.OfferedToId) = (Typed.Text(input.Title), input.Kind, area.Id, input.OfferedToId);
        @case.Wanted = Typed.Text(input.Wanted) is { Length: > 0 } wanted ? wanted : null;
        (@case.Reward, @case.Days, @case.ClaimBy, @case.FundId, @case.MoneyFen) = (input.Reward, input.Days, input.ClaimBy, fund?.Id, input.MoneyFen);
        CaseTurn.Set(@case, null, now); // nobody stands in line here
        await db.SaveChangesAsync(ct);
        await SealAsync(db, @case.Id, Typed.Text(input.Sealed), ct);
        db.CaseEvents.Add(new CaseEvent { CaseId = @case.Id, At = now, Actor = input.By.Actor.Code, Change = docket is null ? CaseChange.Drafted : CaseChange.Edited });
        await db.SaveChangesAsync(ct);
        return new Saved(@case.Id, @case.Number);
    }

    /// <summary>A case that is on the board promises more than before: what stops a new one stops that too.</summary>
    private static async Task<CaseOutcome?> MorePromisedAsync(MarketDb db, Case before, Input input, Fund? fund, DateTime now, CancellationToken ct)
    {
        var moreMoney = input.MoneyFen > before.MoneyFen || (input.MoneyFen > 0 && fund?.Id != before.FundId);
        if ((input.Reward > before.Reward || moreMoney) && await CoverGate.RefusalAsync(db, before.Area.BookId, StationTime.Day(now), ct) is { } stopped) return stopped;
        return moreMoney ? await CaseMoney.RefusalAsync(db, before.Id, fund, input.MoneyFen, ct) : null;
    }

    private static async Task SealAsync(MarketDb db, int caseId, string text, CancellationToken ct)
    {
        var seal = await db.Set<SealedDetails>().SingleOrDefaultAsync(s => s.CaseId == caseId, ct);
        if (seal is null && text.Length > 0) db.Add(new SealedDetails { CaseId = caseId, Text = text });
        else if (seal is not null && text.Length > 0) seal.Text = text;
        else if (seal is not null) db.Remove(seal);
    }

    /// <summary>Such as <c>C261121-7K3Q</c>.</summary>
    private static Task<string> NewNumberAsync(MarketDb db, DateOnly today, CancellationToken ct) =>
        References.NewAsync('C', today, 4, number => db.Cases.AnyAsync(c => c.Number == number, ct));
}
