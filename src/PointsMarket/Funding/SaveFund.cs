using Microsoft.EntityFrameworkCore;
using PointsMarket.Accounts;
using PointsMarket.Areas;
using PointsMarket.Data;
using PointsMarket.Ledger;
using PointsMarket.Notices;
using PointsMarket.Proposals;

namespace PointsMarket.Funding;

/// <summary>
/// An administrator of the station opens a fund, or changes its names, or whether it is open. Other purposes for a fund that is there
/// are only proposed: a second person decides (<see cref="ApproveFundPurposes"/>).
/// </summary>
public sealed class SaveFund(MarketWrites writes, TimeProvider clock)
{
    /// <summary>The longest name.</summary>
    public const int MostName = 60;

    /// <summary>Words that stand in addresses where a fund's code does.</summary>
    private static readonly string[] Taken = ["edit", "movement"];

    /// <summary>The fund.</summary>
    public sealed record Input
    {
        /// <summary>The fund to change; null for a new one.</summary>
        public required int? Id { get; init; }

        /// <summary>Its code; only a new one's counts.</summary>
        public required string Code { get; init; }

        /// <summary>In Chinese.</summary>
        public required string NameZh { get; init; }

        /// <summary>In English.</summary>
        public required string NameEn { get; init; }

        /// <summary>At least one.</summary>
        public required FundPurpose Purposes { get; init; }

        /// <summary>Why it is to have other purposes, for who decides; needed only then.</summary>
        public string? Reason { get; init; }

        /// <summary>False to close it.</summary>
        public required bool Active { get; init; }

        /// <summary>Who does it.</summary>
        public required PaymentActor By { get; init; }
    }

    /// <summary>What came of it.</summary>
    public enum Outcome
    {
        /// <summary>Saved.</summary>
        Saved,

        /// <summary>Saved, but for its purposes, which wait for a second person.</summary>
        Proposed,

        /// <summary>Other purposes wait for it already: they are decided or withdrawn first. Nothing was saved.</summary>
        OneWaits,

        /// <summary>Other purposes need a reason of 1 to <see cref="Proposal.MostWords"/> characters. Nothing was saved.</summary>
        ReasonMissing,

        /// <summary>No such fund in the station.</summary>
        NotFound,

        /// <summary>Not an administrator of the whole station.</summary>
        NotAllowed,

        /// <summary>No code that may stand in the ledger.</summary>
        BadCode,

        /// <summary>A fund of the station has that code.</summary>
        CodeTaken,

        /// <summary>A name is missing or too long.</summary>
        BadName,

        /// <summary>No purpose at all.</summary>
        NoPurpose,
    }

    /// <summary>Saves it.</summary>
    public Task<Outcome> ExecuteAsync(Input input, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(input);
        return writes.RunAsync((db, token) => RunAsync(db, input, token), ct);
    }

    private async Task<Outcome> RunAsync(MarketDb db, Input input, CancellationToken ct)
    {
        if (!await SecondPair.HasAsync(db, [Roles.Administrator], input.By.UserId, input.By.AreaPath, ct)) return Outcome.NotAllowed;
        if (Typed.Words(input.NameZh, MostName) is not { } zh || Typed.Words(input.NameEn, MostName) is not { } en) return Outcome.BadName;
        if (FundPurposes.Of(input.Purposes).Count == 0 || (input.Purposes & ~FundPurposes.Any) != 0) return Outcome.NoPurpose;
        var book = (await StationMonth.BookAsync(db, input.By.AreaPath, ct))!.Value;
        await db.TakeTurnAsync();
        var now = clock.GetUtcNow().UtcDateTime;
        var saved = Outcome.Saved;
        Fund? fund;
        if (input.Id is { } id)
        {
            fund = await db.Funds.SingleOrDefaultAsync(f => f.Id == id && f.BookId == book, ct);
            if (fund is null) return Outcome.NotFound;
            if (fund.Purposes != input.Purposes) saved = await ProposeAsync(db, fund, input, now, ct);
            if (saved is Outcome.OneWaits or Outcome.ReasonMissing) return saved;
        }
        else
        {
            var code = input.Code.Trim();
            if (!LedgerNames.IsValid(code) || Taken.Contains(code)) return Outcome.BadCode;
            if (await db.Funds.AnyAsync(f => f.BookId == book && f.Code == code, ct)) return Outcome.CodeTaken;
            fund = new Fund { BookId = book, Code = code, NameZh = zh, NameEn = en, Purposes = input.Purposes };
            db.Funds.Add(fund);
        }
        (fund.NameZh, fund.NameEn, fund.Active) = (zh, en, input.Active);
        db.Note(now, input.By.Actor, "fund.saved", fund.Code, $"{fund.Purposes}{(input.Active ? "" : ", closed")}");
        await db.SaveChangesAsync(ct);
        return saved;
    }

    private static async Task<Outcome> ProposeAsync(MarketDb db, Fund fund, Input input, DateTime now, CancellationToken ct)
    {
        if (await db.FundProposals.AnyAsync(p => p.FundId == fund.Id && p.State == ProposalState.Waiting, ct)) return Outcome.OneWaits;
        if (Typed.Words(input.Reason, Proposal.MostWords) is not { } reason) return Outcome.ReasonMissing;
        var actor = input.By.Actor;
        var proposal = new FundProposal { Fund = fund, Before = fund.Purposes, Purposes = input.Purposes, From = StationTime.Day(now), Reason = reason, ProposedAt = now, ProposedBy = actor.Code };
        db.FundProposals.Add(proposal);
        await db.SaveChangesAsync(ct); // its number is its key
        db.Note(now, actor, "fund-purposes.proposed", proposal.Number, $"{fund.Code} {proposal.Before} → {proposal.Purposes}");
        foreach (var judge in await SecondPair.ToldAsync(db, FundJudges.Who, actor, ct, input.By.AreaPath))
            Inbox.TellAccount(db, judge, InboxKinds.FundPurposesProposed, proposal.Number, FormattableString.Invariant($"{FundJudges.Page}{proposal.Id}"), now);
        return Outcome.Proposed;
    }
}

/// <summary>Finance says what a fund means to spend in a year, for each purpose.</summary>
public sealed class SetBudget(MarketWrites writes, TimeProvider clock)
{
    /// <summary>The plan.</summary>
    public sealed record Input
    {
        /// <summary>The fund's code.</summary>
        public required string Fund { get; init; }

        /// <summary>The calendar year: the last, this or the next.</summary>
        public required int Year { get; init; }

        /// <summary>Purposes of the fund and fen for each; 0 for nothing.</summary>
        public required IReadOnlyDictionary<FundPurpose, long> Fen { get; init; }

        /// <summary>Who says it.</summary>
        public required PaymentActor By { get; init; }
    }

    /// <summary>Sets it.</summary>
    public Task<PaymentOutcome> ExecuteAsync(Input input, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(input);
        return writes.RunAsync(async (db, token) =>
        {
            if (await PaymentPerson.FindAsync(db, input.By, token) is not { IsFinance: true } person) return PaymentOutcome.No(PaymentRefusal.NotAllowed);
            var now = clock.GetUtcNow().UtcDateTime;
            if (Math.Abs(input.Year - StationTime.Day(now).Year) > 1) return PaymentOutcome.No(PaymentRefusal.BadDay);
            if (input.Fen.Values.Any(f => f is < 0 or > FundLimits.MostFen)) return PaymentOutcome.No(PaymentRefusal.BadAmount);
            await FundMoney.LockAsync(db, person.BookId, token);
            if (await db.Funds.SingleOrDefaultAsync(f => f.BookId == person.BookId && f.Code == input.Fund, token) is not { } fund) return PaymentOutcome.No(PaymentRefusal.NotFound, input.Fund);
            if (input.Fen.Keys.Any(p => !FundPurposes.IsOne(p) || !fund.Purposes.HasFlag(p))) return PaymentOutcome.No(PaymentRefusal.WrongPurpose, fund.Code);
            var rows = await db.FundBudgets.Where(b => b.FundId == fund.Id && b.Year == input.Year).ToListAsync(token);
            foreach (var (purpose, fen) in input.Fen)
            {
                var row = rows.Find(b => b.Purpose == purpose);
                if ((row?.AmountFen ?? 0) == fen) continue;
                db.Note(now, input.By.Actor, "fund.budget", fund.Code, FormattableString.Invariant($"{input.Year} {purpose} {row?.AmountFen ?? 0} → {fen}"));
                if (row is null) db.FundBudgets.Add(row = new FundBudget { FundId = fund.Id, Year = input.Year, Purpose = purpose });
                row.AmountFen = fen;
            }
            await db.SaveChangesAsync(token);
            return new PaymentOutcome.Done(fund.Id);
        }, ct);
    }
}
