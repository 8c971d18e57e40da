using Microsoft.EntityFrameworkCore;
using PointsMarket.Areas;
using PointsMarket.Data;
using PointsMarket.Notices;
using PointsMarket.Proposals;

namespace PointsMarket.Settings;

/// <summary>What the decisions on settings share.</summary>
internal static class SettingDesk
{
    public static ProposalDesk<SettingProposal> Proposals { get; } = new(
        "settings", "/admin/settings/", InboxKinds.SettingsApproved, InboxKinds.SettingsRefused, db => db.SettingProposals.Include(p => p.Lines), SettingJudges.MayAsync, SettingText.Of);
}

/// <summary>Approves a proposal: its values stand in the book from now on. Two who approve at once make one.</summary>
public sealed class ApproveSettings(MarketWrites writes, TimeProvider clock)
{
    /// <summary>Approves it.</summary>
    public Task<ProposalOutcome> ExecuteAsync(ProposalDecision by, CancellationToken ct = default) => writes.RunAsync(async (db, token) =>
    {
        ArgumentNullException.ThrowIfNull(by);
        var (proposal, why) = await SettingDesk.Proposals.FindAsync(db, by, own: false, token);
        if (proposal is null) return why;
        var now = clock.GetUtcNow().UtcDateTime;
        if (proposal.From <= StationTime.Day(now)) return ProposalOutcome.TooLate;
        // Nothing of its group was decided since it was proposed: one waits at a time. So its values fit still.
        db.SettingValues.AddRange(proposal.Lines.Select(l => new SettingValue { Setting = l.Setting, From = proposal.From, Value = l.Value, ProposalId = proposal.Id }));
        await SettingDesk.Proposals.EndAsync(db, proposal, by, ProposalState.Approved, null, now, token);
        return ProposalOutcome.Done;
    }, ct);
}

/// <summary>Refuses a proposal with a reason.</summary>
public sealed class RefuseSettings(MarketWrites writes, TimeProvider clock)
{
    /// <summary>Refuses it.</summary>
    public Task<ProposalOutcome> ExecuteAsync(ProposalDecision by, string? reason, CancellationToken ct = default) =>
        SettingDesk.Proposals.RefuseAsync(writes, by, reason, clock.GetUtcNow().UtcDateTime, ct);
}

/// <summary>Takes one's own proposal back while it waits.</summary>
public sealed class WithdrawSettings(MarketWrites writes, TimeProvider clock)
{
    /// <summary>Takes it back.</summary>
    public Task<ProposalOutcome> ExecuteAsync(ProposalDecision by, CancellationToken ct = default) => SettingDesk.Proposals.WithdrawAsync(writes, by, clock.GetUtcNow().UtcDateTime, ct);
}
