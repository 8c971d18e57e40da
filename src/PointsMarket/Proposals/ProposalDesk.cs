using Microsoft.EntityFrameworkCore;
using PointsMarket.Data;
using PointsMarket.Ledger;
using PointsMarket.Notices;

namespace PointsMarket.Proposals;

/// <summary>Who decides on which proposal.</summary>
public sealed record ProposalDecision
{
    /// <summary>The proposal.</summary>
    public required int ProposalId { get; init; }

    /// <summary>The account that decides.</summary>
    public required int UserId { get; init; }

    /// <summary>The path of the area it may act in; a whole station's.</summary>
    public required string AreaPath { get; init; }

    internal Actor Actor => Actor.User(UserId);
}

/// <summary>What came of a decision. Everything but <see cref="Done"/> changed nothing.</summary>
public enum ProposalOutcome
{
    /// <summary>Done.</summary>
    Done,

    /// <summary>There is no such proposal.</summary>
    NotFound,

    /// <summary>Somebody was quicker: it is decided or withdrawn.</summary>
    Decided,

    /// <summary>Nobody decides on their own proposal.</summary>
    Own,

    /// <summary>Only who proposed it takes it back.</summary>
    NotOwn,

    /// <summary>Not one who decides on this kind.</summary>
    NotAllowed,

    /// <summary>Its first day is here: it would change what goes by the numbers of today.</summary>
    TooLate,

    /// <summary>Another rule of the category begins on that day by now.</summary>
    DayTaken,

    /// <summary>There is a category of that code by now.</summary>
    CodeTaken,

    /// <summary>A refusal needs a reason of 1 to <see cref="Proposal.MostWords"/> characters.</summary>
    ReasonMissing,
}

/// <summary>What sets one kind of proposals apart.</summary>
/// <param name="Record">How the change record calls it, such as <c>rule</c>.</param>
/// <param name="Page">Where one is looked at, before its key.</param>
/// <param name="Approved">The kind of message to who proposed it.</param>
/// <param name="Refused">The kind of message to who proposed it.</param>
/// <param name="All">The proposals with all that belongs to them.</param>
/// <param name="MayDecide">True for who decides.</param>
/// <param name="Text">What it says, for the change record.</param>
internal sealed record ProposalDesk<T>(
    string Record, string Page, string Approved, string Refused, Func<MarketDb, IQueryable<T>> All, Func<MarketDb, int, string, CancellationToken, Task<bool>> MayDecide, Func<T, string> Text)
    where T : Proposal
{
    /// <summary>The proposal when this account may decide on it now; else why not.</summary>
    public async Task<(T? Proposal, ProposalOutcome Why)> FindAsync(MarketDb db, ProposalDecision by, bool own, CancellationToken ct)
    {
        await db.TakeTurnAsync();
        if (await All(db).SingleOrDefaultAsync(p => p.Id == by.ProposalId, ct) is not { } proposal) return (null, ProposalOutcome.NotFound);
        if (own && proposal.ProposedBy != by.Actor.Code) return (null, ProposalOutcome.NotOwn);
        if (!own && proposal.ProposedBy == by.Actor.Code) return (null, ProposalOutcome.Own);
        if (!own && !await MayDecide(db, by.UserId, by.AreaPath, ct)) return (null, ProposalOutcome.NotAllowed);
        return proposal.State == ProposalState.Waiting ? (proposal, ProposalOutcome.Done) : (null, ProposalOutcome.Decided);
    }

    /// <summary>Ends a proposal, on record, and tells who proposed it.</summary>
    public async Task EndAsync(MarketDb db, T proposal, ProposalDecision by, ProposalState state, string? answer, DateTime now, CancellationToken ct)
    {
        (proposal.State, proposal.DecidedAt, proposal.DecidedBy, proposal.Answer) = (state, now, by.Actor.Code, answer);
        var (action, kind) = state switch
        {
            ProposalState.Approved => ("approved", Approved),
            ProposalState.Refused => ("refused", Refused),
            _ => ("withdrawn", null),
        };
        db.Note(now, by.Actor, $"{Record}.{action}", proposal.Number, Text(proposal));
        if (kind is not null) await Inbox.TellActorAsync(db, proposal.ProposedBy, kind, proposal.Number, Page + proposal.Id.ToString(System.Globalization.CultureInfo.InvariantCulture), now, ct);
        await db.SaveChangesAsync(ct);
    }

    /// <summary>Refuses a proposal with a reason.</summary>
    public Task<ProposalOutcome> RefuseAsync(MarketWrites writes, ProposalDecision by, string? reason, DateTime now, CancellationToken ct) =>
        Typed.Words(reason, Proposal.MostWords) is { } words ? EndAsync(writes, by, ProposalState.Refused, words, now, ct) : Task.FromResult(ProposalOutcome.ReasonMissing);

    /// <summary>Takes one's own proposal back while it waits.</summary>
    public Task<ProposalOutcome> WithdrawAsync(MarketWrites writes, ProposalDecision by, DateTime now, CancellationToken ct) => EndAsync(writes, by, ProposalState.Withdrawn, null, now, ct);

    private Task<ProposalOutcome> EndAsync(MarketWrites writes, ProposalDecision by, ProposalState state, string? answer, DateTime now, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(by);
        return writes.RunAsync(async (db, token) =>
        {
            var (proposal, why) = await FindAsync(db, by, own: state == ProposalState.Withdrawn, token);
            if (proposal is null) return why;
            await EndAsync(db, proposal, by, state, answer, now, token);
            return ProposalOutcome.Done;
        }, ct);
    }
}
