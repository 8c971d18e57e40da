using Microsoft.EntityFrameworkCore;
using PointsMarket.Areas;
using PointsMarket.Data;
using PointsMarket.Members;
using PointsMarket.Notices;
using PointsMarket.Proposals;
using PointsMarket.Routing;
using PointsMarket.Tasks;

namespace PointsMarket.Rules;

/// <summary>What the decisions on rules share.</summary>
internal static class RuleDesk
{
    public static ProposalDesk<RuleProposal> Proposals { get; } = new(
        "rule", "/desk/rules/", InboxKinds.RuleApproved, InboxKinds.RuleRefused, db => db.RuleProposals, RuleJudges.MayAsync, p => RuleText.Of(p.AsRule()));
}

/// <summary>Approves a proposal: its rule stands in the book, and on the notice page, from now on. Two who approve at once make one rule.</summary>
public sealed class ApproveRule(MarketWrites writes, TimeProvider clock)
{
    /// <summary>The days of each level of a new category's route; an administrator may change them there.</summary>
    public const int NewRouteDays = 3;

    /// <summary>Approves it.</summary>
    public Task<ProposalOutcome> ExecuteAsync(ProposalDecision by, CancellationToken ct = default) => writes.RunAsync(async (db, token) =>
    {
        ArgumentNullException.ThrowIfNull(by);
        var (proposal, why) = await RuleDesk.Proposals.FindAsync(db, by, own: false, token);
        if (proposal is null) return why;
        var now = clock.GetUtcNow().UtcDateTime;
        if (proposal.From <= StationTime.Day(now)) return ProposalOutcome.TooLate;
        if (await db.ScoringRules.AnyAsync(r => r.Category == proposal.Category && r.From == proposal.From, token)) return ProposalOutcome.DayTaken;
        if (proposal.IsNew && await db.TaskCategories.AnyAsync(c => c.Code == proposal.Category, token)) return ProposalOutcome.CodeTaken;
        if (proposal.IsNew) await AddCategoryAsync(db, proposal, token);
        db.ScoringRules.Add(proposal.AsRule());
        await RuleDesk.Proposals.EndAsync(db, proposal, by, ProposalState.Approved, null, now, token);
        return ProposalOutcome.Done;
    }, ct);

    /// <summary>The category at the end of the book, and its route: the level that acts first, then the chief.</summary>
    private static async Task AddCategoryAsync(MarketDb db, RuleProposal proposal, CancellationToken ct)
    {
        db.TaskCategories.Add(new TaskCategory
        {
            Code = proposal.Category, NameZh = proposal.NameZh!, NameEn = proposal.NameEn!, Icon = proposal.Icon!, Position = await db.TaskCategories.MaxAsync(c => c.Position, ct) + 1,
        });
        MemberKind[] rungs = proposal.FirstLevel == MemberKind.GridChief ? [MemberKind.GridChief] : [proposal.FirstLevel!.Value, MemberKind.GridChief];
        db.RouteSteps.AddRange(rungs.Select((level, i) => new RouteStep { Matter = Matter.Report, Kind = proposal.Category, Position = i, Level = level, Days = NewRouteDays }));
    }
}

/// <summary>Refuses a proposal with a reason.</summary>
public sealed class RefuseRule(MarketWrites writes, TimeProvider clock)
{
    /// <summary>Refuses it.</summary>
    public Task<ProposalOutcome> ExecuteAsync(ProposalDecision by, string? reason, CancellationToken ct = default) =>
        RuleDesk.Proposals.RefuseAsync(writes, by, reason, clock.GetUtcNow().UtcDateTime, ct);
}

/// <summary>Takes one's own proposal back while it waits.</summary>
public sealed class WithdrawRule(MarketWrites writes, TimeProvider clock)
{
    /// <summary>Takes it back.</summary>
    public Task<ProposalOutcome> ExecuteAsync(ProposalDecision by, CancellationToken ct = default) => RuleDesk.Proposals.WithdrawAsync(writes, by, clock.GetUtcNow().UtcDateTime, ct);
}
