using Microsoft.EntityFrameworkCore;
using PointsMarket.Cases;
using PointsMarket.Data;
using PointsMarket.Web.Accounts;
using PointsMarket.Web.Board;
using PointsMarket.Web.Me;

namespace PointsMarket.Web.Pages.Me.Claims;

/// <summary>The member's claims: what waits for an answer, what is in hand, what stands in line, what has ended.</summary>
public sealed class IndexModel(CurrentUser user, MarketDb db, TimeProvider clock) : MePage(user, db)
{
    public sealed record Row(int Id, string Number, string Title, string Kind, string Area, int Reward, ClaimState State, DateTime? DueAt, DateTime AskedAt, int Share, int Got, bool Answer);

    public IReadOnlyList<Row> Answer { get; private set; } = [];

    public IReadOnlyList<Row> InHand { get; private set; } = [];

    public IReadOnlyList<Row> InLine { get; private set; } = [];

    public IReadOnlyList<Row> Ended { get; private set; } = [];

    public DateTime Now { get; private set; }

    public bool Nothing => Answer.Count + InHand.Count + InLine.Count + Ended.Count == 0;

    public async Task OnGetAsync(CancellationToken ct)
    {
        Now = clock.GetUtcNow().UtcDateTime;
        var me = Mine.MemberId;
        var claims = Db.Claims.Where(c => c.Members.Any(m => m.MemberId == me)
            || c.HandOvers.Any(h => h.ToId == me && h.State == HandOverState.Offered));
        var rows = await claims.OrderByDescending(c => c.Id).Take(100).Select(c => new Row(
            c.Id, c.Case.Number, c.Case.Title, c.Case.Kind, c.Case.Area.Name, c.Case.Reward, c.State, c.DueAt, c.AskedAt,
            c.Members.Where(m => m.MemberId == me).Select(m => m.Share).FirstOrDefault(), c.Reward,
            ((c.State == ClaimState.Asked || c.State == ClaimState.Waiting) && c.Members.Any(m => m.MemberId == me && m.AgreedAt == null)) || c.HandOvers.Any(h => h.ToId == me && h.State == HandOverState.Offered)))
            .ToListAsync(ct);
        Answer = [.. rows.Where(r => r.Answer)];
        InHand = [.. rows.Where(r => !r.Answer && CaseLife.InHand.Contains(r.State)).OrderBy(r => r.DueAt)];
        InLine = [.. rows.Where(r => !r.Answer && r.State is ClaimState.Asked or ClaimState.Waiting).Where(r => !r.Answer)];
        Ended = [.. rows.Where(r => !CaseLife.Unfinished.Contains(r.State))];
    }
}
