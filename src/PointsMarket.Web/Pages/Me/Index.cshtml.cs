using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using PointsMarket.Areas;
using PointsMarket.Data;
using PointsMarket.Market;
using PointsMarket.Members;
using PointsMarket.Notices;
using PointsMarket.Web.Accounts;
using PointsMarket.Web.Kiosk;
using PointsMarket.Web.Me;
using PointsMarket.Web.Shared;

namespace PointsMarket.Web.Pages.Me;

/// <summary>The member's home: points, code, what waits at the counter, the latest changes.</summary>
public sealed class IndexModel(CurrentUser user, MarketDb db, PointsHistory history, ShowOnLeaderboard show, TimeProvider clock) : MePage(user, db)
{
    private readonly CurrentUser who = user;

    /// <summary>Stands on the public leaderboard when points put them there.</summary>
    public bool OnBoard { get; private set; }

    /// <summary>An informant never stands there, so there is nothing to choose.</summary>
    public bool MayChooseBoard { get; private set; }

    /// <summary>Sum of this station month's changes.</summary>
    public long ThisMonth { get; private set; }

    /// <summary>Money that funds are about to pay the member, fen.</summary>
    public long OnTheWayFen { get; private set; }

    public IReadOnlyList<PointsHistory.Change> Latest { get; private set; } = [];

    public IReadOnlyList<Slip> Waiting { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken ct)
    {
        if (!HasFile) return;
        var me = await Db.Members.Where(m => m.Id == Mine.MemberId).Select(m => new { m.Kind, m.OffLeaderboard }).SingleAsync(ct);
        (OnBoard, MayChooseBoard) = (!me.OffLeaderboard, me.Kind != MemberKind.Informant);
        var today = StationTime.Day(clock.GetUtcNow().UtcDateTime);
        ThisMonth = await history.Entries(Mine, today).SumAsync(e => e.Amount, ct);
        OnTheWayFen = await MoneyModel.OnTheWayAsync(Db, Mine.MemberId, ct);
        Latest = await history.InWordsAsync(Mine, await history.Entries(Mine).Take(5).ToListAsync(ct), ct);
        Waiting = await Db.Redemptions.Where(r => r.MemberId == Mine.MemberId && r.State == RedemptionState.Held)
            .OrderBy(r => r.ExpiresAt).Take(5).Select(Slip.Of).ToListAsync(ct);
    }

    public async Task<IActionResult> OnPostBoardAsync(bool shown, CancellationToken ct)
    {
        if (HasFile) await show.ExecuteAsync(new ShowOnLeaderboard.Input { MemberId = Mine.MemberId, Shown = shown, Actor = who.Actor, AreaPath = null }, ct);
        TempData.Say(shown ? "Me.Board.NowOn" : "Me.Board.NowOff");
        return Redirect("/me");
    }
}
