using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using PointsMarket.Areas;
using PointsMarket.Data;
using PointsMarket.Ledger;
using PointsMarket.Market;
using PointsMarket.Members;
using PointsMarket.Notices;
using PointsMarket.Web.Accounts;
using PointsMarket.Web.Shared;

namespace PointsMarket.Web.Pages.Desk.People;

/// <summary>One member: points and where they came from, slips that wait, card and PIN.</summary>
public sealed class DetailModel(
    MarketDb db, CurrentUser user, AccountJournal journal, Actors actors, UnlockPin unlock, ReplaceCard replace, ShowOnLeaderboard show, IAuthorizationService authorization, TimeProvider clock) : PageModel
{
    public sealed record MemberRow
    {
        public required int Id { get; init; }
        public required string Code { get; init; }
        public required string Number { get; init; }
        public required string Name { get; init; }
        public required MemberKind Kind { get; init; }
        public required string Area { get; init; }
        public required int BookId { get; init; }
        public required DateOnly Joined { get; init; }
        public required DateOnly? Left { get; init; }
        public required bool HasCard { get; init; }
        public required bool HasPin { get; init; }
        public required bool PinLocked { get; init; }
        public required bool OffLeaderboard { get; init; }
        public string Shown => MemberNames.Shown(Kind, Code, Name);
    }

    public sealed record Slip(string Reference, string Outlet, RedemptionState State, int Points, DateTime At);

    public MemberRow Member { get; private set; } = null!;

    public long Points { get; private set; }

    public long Held { get; private set; }

    public IReadOnlyList<Slip> Slips { get; private set; } = [];

    public Entries Entries { get; private set; } = null!;

    public Pager Pager { get; private set; } = null!;

    public bool MayApprove { get; private set; }

    public bool MayAdmin { get; private set; }

    /// <summary>The PIN just given out; shown this once.</summary>
    [TempData]
    public string? NewPin { get; set; }

    public DateOnly Today => StationTime.Day(clock.GetUtcNow().UtcDateTime);

    public async Task<IActionResult> OnGetAsync(int id)
    {
        var path = user.AreaPath;
        var member = await db.Members.Where(m => m.Id == id && m.Area.Path.StartsWith(path)).Select(m => new MemberRow
        {
            Id = m.Id, Code = m.Code, Number = m.Number, Name = m.Name, Kind = m.Kind, Area = m.Area.Name, BookId = m.Area.BookId, Joined = m.Joined, Left = m.Left,
            HasCard = m.CardNumber != null, HasPin = m.PinHash != null, PinLocked = m.PinLocked, OffLeaderboard = m.OffLeaderboard,
        }).SingleOrDefaultAsync();
        if (member is null) return NotFound();
        Member = member;
        (MayApprove, MayAdmin) = (await MayAsync(Access.Approve), await MayAsync(Access.Admin));
        var account = AccountCode.Member(member.Code);
        Points = await db.BalanceAsync(member.BookId, account, Asset.Points);
        Held = await db.Redemptions.Where(r => r.MemberId == id && r.State == RedemptionState.Held).SumAsync(r => (long)r.Points);
        Slips = await db.Redemptions.Where(r => r.MemberId == id).OrderBy(r => r.State != RedemptionState.Held).ThenByDescending(r => r.HappenedAt).Take(5)
            .Select(r => new Slip(r.Reference, r.Outlet.Name, r.State, r.Points, r.HappenedAt)).ToListAsync();
        var list = ListQuery.From(Request);
        var rows = await journal.ReadAsync(member.BookId, account, Asset.Points, list.Skip, list.Size);
        Entries = new Entries(rows, await actors.NamesAsync(rows.Select(e => e.Actor)), "Desk.Member.Journal");
        Pager = new Pager(list, await journal.CountAsync(member.BookId, account, Asset.Points));
        return Page();
    }

    public async Task<IActionResult> OnPostUnlockAsync(int id)
    {
        if (!await MayAsync(Access.Approve)) return Forbid();
        if (!await unlock.ExecuteAsync(id, user.Actor, user.AreaPath)) return NotFound();
        TempData.Say("Desk.Member.Unlocked");
        return RedirectToPage(new { id });
    }

    public async Task<IActionResult> OnPostCardAsync(int id)
    {
        if (!await MayAsync(Access.Approve)) return Forbid();
        if (!await replace.ExecuteAsync(new ReplaceCard.Input { MemberId = id, Actor = user.Actor, AreaPath = user.AreaPath })) return NotFound();
        TempData.Say("Desk.Member.CardReplaced");
        return RedirectToPage(new { id });
    }

    /// <summary>What somebody without a phone wishes, said at the desk.</summary>
    public async Task<IActionResult> OnPostBoardAsync(int id, bool shown)
    {
        if (!await show.ExecuteAsync(new ShowOnLeaderboard.Input { MemberId = id, Shown = shown, Actor = user.Actor, AreaPath = user.AreaPath })) return NotFound();
        TempData.Say(shown ? "Notices.Desk.NowOn" : "Notices.Desk.NowOff");
        return RedirectToPage(new { id });
    }

    private async Task<bool> MayAsync(string policy) => (await authorization.AuthorizeAsync(User, policy)).Succeeded;
}
