using Microsoft.EntityFrameworkCore;
using PointsMarket.Accounts;
using PointsMarket.Areas;
using PointsMarket.Data;
using PointsMarket.Ledger;
using PointsMarket.Notices;

namespace PointsMarket.Settings;

/// <summary>Who decides on which proposal.</summary>
public sealed record SettingDecision
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
public enum SettingOutcome
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

    /// <summary>Not one who decides; see <see cref="SettingJudges"/>.</summary>
    NotAllowed,

    /// <summary>Its first day is here: it would change what goes by the settings of today.</summary>
    TooLate,

    /// <summary>A refusal needs a reason of 1 to <see cref="ProposeSettings.MostWords"/> characters.</summary>
    ReasonMissing,
}

/// <summary>What the three decisions share.</summary>
internal static class SettingDeciding
{
    /// <summary>The proposal when this account may decide on it now; else why not.</summary>
    public static async Task<(SettingProposal? Proposal, SettingOutcome Why)> FindAsync(MarketDb db, SettingDecision by, bool own, CancellationToken ct)
    {
        await db.TakeTurnAsync();
        if (await db.SettingProposals.Include(p => p.Lines).SingleOrDefaultAsync(p => p.Id == by.ProposalId, ct) is not { } proposal) return (null, SettingOutcome.NotFound);
        if (own && proposal.ProposedBy != by.Actor.Code) return (null, SettingOutcome.NotOwn);
        if (!own && proposal.ProposedBy == by.Actor.Code) return (null, SettingOutcome.Own);
        if (!own && !await SettingJudges.MayAsync(db, by.UserId, by.AreaPath, ct)) return (null, SettingOutcome.NotAllowed);
        return proposal.State == SettingState.Waiting ? (proposal, SettingOutcome.Done) : (null, SettingOutcome.Decided);
    }

    /// <summary>Ends a proposal, on record, and tells who proposed it.</summary>
    public static async Task EndAsync(MarketDb db, SettingProposal proposal, SettingDecision by, SettingState state, string? answer, DateTime now, CancellationToken ct)
    {
        (proposal.State, proposal.DecidedAt, proposal.DecidedBy, proposal.Answer) = (state, now, by.Actor.Code, answer);
        var (action, kind) = state switch
        {
            SettingState.Approved => ("settings.approved", InboxKinds.SettingsApproved),
            SettingState.Refused => ("settings.refused", InboxKinds.SettingsRefused),
            _ => ("settings.withdrawn", null),
        };
        db.Note(now, by.Actor, action, proposal.Number, SettingText.Of(proposal));
        if (kind is not null && SecondPair.AccountOf(proposal.ProposedBy) is { } proposer && await db.Users.AnyAsync(u => u.Id == proposer, ct))
            Inbox.TellAccount(db, proposer, kind, proposal.Number, $"/admin/settings/{proposal.Id}", now);
        await db.SaveChangesAsync(ct);
    }
}

/// <summary>Approves a proposal: its values stand in the book from now on. Two who approve at once make one.</summary>
public sealed class ApproveSettings(MarketWrites writes, TimeProvider clock)
{
    /// <summary>Approves it.</summary>
    public Task<SettingOutcome> ExecuteAsync(SettingDecision by, CancellationToken ct = default) => writes.RunAsync(async (db, token) =>
    {
        ArgumentNullException.ThrowIfNull(by);
        var (proposal, why) = await SettingDeciding.FindAsync(db, by, own: false, token);
        if (proposal is null) return why;
        var now = clock.GetUtcNow().UtcDateTime;
        if (proposal.From <= StationTime.Day(now)) return SettingOutcome.TooLate;
        // Nothing of its group was decided since it was proposed: one waits at a time. So its values fit still.
        db.SettingValues.AddRange(proposal.Lines.Select(l => new SettingValue { Setting = l.Setting, From = proposal.From, Value = l.Value, ProposalId = proposal.Id }));
        await SettingDeciding.EndAsync(db, proposal, by, SettingState.Approved, null, now, token);
        return SettingOutcome.Done;
    }, ct);
}

/// <summary>Refuses a proposal with a reason.</summary>
public sealed class RefuseSettings(MarketWrites writes, TimeProvider clock)
{
    /// <summary>Refuses it.</summary>
    public async Task<SettingOutcome> ExecuteAsync(SettingDecision by, string? reason, CancellationToken ct = default)
    {
        var words = SettingText.Words(reason);
        if (words.Length is 0 or > ProposeSettings.MostWords) return SettingOutcome.ReasonMissing;
        return await writes.RunAsync(async (db, token) =>
        {
            ArgumentNullException.ThrowIfNull(by);
            var (proposal, why) = await SettingDeciding.FindAsync(db, by, own: false, token);
            if (proposal is null) return why;
            await SettingDeciding.EndAsync(db, proposal, by, SettingState.Refused, words, clock.GetUtcNow().UtcDateTime, token);
            return SettingOutcome.Done;
        }, ct);
    }
}

/// <summary>Takes one's own proposal back while it waits.</summary>
public sealed class WithdrawSettings(MarketWrites writes, TimeProvider clock)
{
    /// <summary>Takes it back.</summary>
    public Task<SettingOutcome> ExecuteAsync(SettingDecision by, CancellationToken ct = default) => writes.RunAsync(async (db, token) =>
    {
        ArgumentNullException.ThrowIfNull(by);
        var (proposal, why) = await SettingDeciding.FindAsync(db, by, own: true, token);
        if (proposal is null) return why;
        await SettingDeciding.EndAsync(db, proposal, by, SettingState.Withdrawn, null, clock.GetUtcNow().UtcDateTime, token);
        return SettingOutcome.Done;
    }, ct);
}
