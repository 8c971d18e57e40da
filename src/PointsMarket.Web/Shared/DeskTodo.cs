using Microsoft.EntityFrameworkCore;
using PointsMarket.Areas;
using PointsMarket.Data;
using PointsMarket.Funding;
using PointsMarket.Market;
using PointsMarket.Proposals;
using PointsMarket.Rules;
using PointsMarket.Settings;
using PointsMarket.Sponsors;
using PointsMarket.Stock;
using PointsMarket.Tips;
using PointsMarket.Web.Accounts;
using PointsMarket.Web.Funding;

namespace PointsMarket.Web.Shared;

/// <summary>A line of "what waits": how many of what, and the list that shows just these.</summary>
/// <param name="Of">What waits; its words are <c>Desk.Todo.{Of}</c> and <c>Desk.Todo.{Of}Hint</c>.</param>
/// <param name="Icon">Name in the lucide sprite.</param>
/// <param name="Tone">Class of the icon.</param>
/// <param name="Href">The filtered list.</param>
/// <param name="Count">How many.</param>
public sealed record DeskTodoLine(string Of, string Icon, string Tone, string Href, int Count);

/// <summary>What waits at the desk beside reports, slips and stock: each line only for those who may do something about it.</summary>
public sealed class DeskTodo(MarketDb db, CurrentUser user, FundReads payments, StockOutlook outlook, TimeProvider clock)
{
    /// <summary>The lines that have something in them, the most pressing first.</summary>
    public async Task<IReadOnlyList<DeskTodoLine>> ReadAsync(CancellationToken ct = default)
    {
        var today = StationTime.Day(clock.GetUtcNow().UtcDateTime);
        List<DeskTodoLine> lines = [];
        if (May(Access.Approve)) lines.AddRange(await DecisionsAsync(ct));
        if (May(Access.Desk)) lines.AddRange(await GoodsAsync(today, ct));
        if (May(Access.Payments)) lines.Add(new("Payments", "credit-card", "g", "/finance/payments?show=Mine", await payments.Mine(payments.Payments()).CountAsync(ct)));
        if (May(Access.Approve)) lines.AddRange(await ProposalsAsync(ct));
        return [.. lines.Where(l => l.Count > 0)];
    }

    private bool May(string policy) => Access.RolesFor(policy).Any(user.Is);

    private async Task<IEnumerable<DeskTodoLine>> DecisionsAsync(CancellationToken ct)
    {
        var (path, me, now, actor) = (user.AreaPath, user.Id, clock.GetUtcNow().UtcDateTime, user.Actor.Code);
        return
        [
            new("Cases", "clipboard-list", "b", "/desk/cases?tab=ToDo", await db.Cases.CountAsync(c => c.Area.Path.StartsWith(path) && c.WaitsSince <= now, ct)),
            new("Tips", "shield-check", "", "/desk/tips", await db.Tips.CountAsync(t => t.Area.Path.StartsWith(path) && (t.HasNews || (t.Reward == TipRewardState.Proposed && t.ProposedBy != me)), ct)),
            new("Pledges", "hand-heart", "g", "/desk/sponsors", await db.Pledges.CountAsync(p => p.State == PledgeState.Waiting && p.Outlet.Area.Path.StartsWith(path), ct)),
            new("Signatures", "clipboard-check", "r", "/desk/signatures", await db.SecondSignatures.CountAsync(s => s.State == SignatureState.Waiting && s.AskedBy != actor && s.Outlet.Area.Path.StartsWith(path), ct)),
        ];
    }

    private async Task<IEnumerable<DeskTodoLine>> GoodsAsync(DateOnly today, CancellationToken ct)
    {
        var (path, me) = (user.AreaPath, user.Actor.Code);
        var soon = (int)await SettingBook.ValueAsync(db, SettingList.ExpiringSoonDays, today, ct);
        return
        [
            new("Arrivals", "package-plus", "b", "/desk/arrivals", await db.Announcements.CountAsync(a => a.State == AnnouncementState.Announced && a.Day <= today && a.Outlet.Area.Path.StartsWith(path), ct)),
            new("Moves", "arrow-right", "b", "/desk/moves", await db.StockMoves.CountAsync(m => m.State == StockMoveState.Sent && m.ToOutlet.Area.Path.StartsWith(path), ct)),
            new("Expiring", "clock", "r", "/desk/stock#expiring", (await outlook.ExpiringAsync(db, path, null, soon, ct)).Count),
            new("Stocktakes", "list-checks", "", "/desk/stocktakes", await db.Stocktakes.CountAsync(s => s.State == StocktakeState.Signing && s.FirstBy != me && s.Outlet.Area.Path.StartsWith(path), ct)),
        ];
    }

    private async Task<IEnumerable<DeskTodoLine>> ProposalsAsync(CancellationToken ct)
    {
        var me = user.Actor.Code;
        List<DeskTodoLine> lines = [];
        if (await FundJudges.MayAsync(db, user.Id, user.AreaPath, ct))
        {
            var purposes = await FundJudges.Of(db, user.AreaPath).Where(p => p.State == ProposalState.Waiting && p.ProposedBy != me).OrderBy(p => p.Id).Select(p => p.Id).ToListAsync(ct);
            lines.Add(new("FundPurposes", "heart", "", $"{FundJudges.Page}{purposes.FirstOrDefault()}", purposes.Count));
        }
        if (!await RuleJudges.MayAsync(db, user.Id, user.AreaPath, ct)) return lines;
        return [.. lines, new("Rules", "scroll-text", "", "/desk/rules", await db.RuleProposals.CountAsync(p => p.State == ProposalState.Waiting && p.ProposedBy != me, ct))];
    }
}
