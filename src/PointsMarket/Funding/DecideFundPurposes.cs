using Microsoft.EntityFrameworkCore;
using PointsMarket.Accounts;
using PointsMarket.Areas;
using PointsMarket.Data;
using PointsMarket.Notices;
using PointsMarket.Proposals;

namespace PointsMarket.Funding;

/// <summary>
/// Who decides on a fund's purposes: an administrator of the station who did not propose them; where it has only one, an approver of
/// the whole station.
/// </summary>
public static class FundJudges
{
    internal static IReadOnlyList<string> Who { get; } = [Roles.Administrator];

    /// <summary>The page of a proposal, before its key.</summary>
    public const string Page = "/admin/settings/fund/";

    /// <summary>True when this account may decide on changes that are not its own.</summary>
    public static Task<bool> MayAsync(MarketDb db, int userId, string areaPath, CancellationToken ct = default) => SecondPair.MayInAsync(db, Who, userId, areaPath, ct);

    /// <summary>The proposals of the station whose area this is, with their funds.</summary>
    public static IQueryable<FundProposal> Of(MarketDb db, string areaPath)
    {
        ArgumentNullException.ThrowIfNull(db);
        return db.FundProposals.Include(p => p.Fund).Where(p => db.Areas.Any(a => a.Kind == AreaKind.Station && a.Path == areaPath && a.BookId == p.Fund.BookId));
    }

    internal static ProposalDesk<FundProposal> Desk(string areaPath) => new(
        "fund-purposes", Page, InboxKinds.FundPurposesApproved, InboxKinds.FundPurposesRefused, db => Of(db, areaPath), MayAsync, p => $"{p.Fund.Code} {p.Before} → {p.Purposes}");
}

/// <summary>Approves other purposes of a fund: they hold from now on. Two who approve at once change it once.</summary>
public sealed class ApproveFundPurposes(MarketWrites writes, TimeProvider clock)
{
    /// <summary>Approves them.</summary>
    public Task<ProposalOutcome> ExecuteAsync(ProposalDecision by, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(by);
        var desk = FundJudges.Desk(by.AreaPath);
        return writes.RunAsync(async (db, token) =>
        {
            var (proposal, why) = await desk.FindAsync(db, by, own: false, token);
            if (proposal is null) return why;
            proposal.Fund.Purposes = proposal.Purposes;
            await desk.EndAsync(db, proposal, by, ProposalState.Approved, null, clock.GetUtcNow().UtcDateTime, token);
            return ProposalOutcome.Done;
        }, ct);
    }
}

/// <summary>Refuses other purposes of a fund with a reason.</summary>
public sealed class RefuseFundPurposes(MarketWrites writes, TimeProvider clock)
{
    /// <summary>Refuses them.</summary>
    public Task<ProposalOutcome> ExecuteAsync(ProposalDecision by, string? reason, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(by);
        return FundJudges.Desk(by.AreaPath).RefuseAsync(writes, by, reason, clock.GetUtcNow().UtcDateTime, ct);
    }
}

/// <summary>Takes one's own proposal back while it waits.</summary>
public sealed class WithdrawFundPurposes(MarketWrites writes, TimeProvider clock)
{
    /// <summary>Takes it back.</summary>
    public Task<ProposalOutcome> ExecuteAsync(ProposalDecision by, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(by);
        return FundJudges.Desk(by.AreaPath).WithdrawAsync(writes, by, clock.GetUtcNow().UtcDateTime, ct);
    }
}
