using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using PointsMarket.Areas;
using PointsMarket.Awards;
using PointsMarket.Data;
using PointsMarket.Web.Accounts;
using PointsMarket.Web.Me;
using PointsMarket.Web.Shared;
using PointsMarket.Web.Text;

namespace PointsMarket.Web.Pages.Me;

/// <summary>The lists on public notice in the member's station, and the member's objection to each.</summary>
public sealed class AwardsModel(CurrentUser user, MarketDb db, ObjectToAward objectTo, TimeProvider clock, IStringLocalizer<Texts> texts) : MePage(user, db)
{
    public sealed class InputModel
    {
        [Display(Name = "Awards.Mine.About")]
        public int? NomineeId { get; set; }

        [Display(Name = "Awards.Mine.Text"), Required, StringLength(AwardDesk.MostWords)]
        public string? Text { get; set; }
    }

    public sealed record Said(string Text, DateTime At, bool? Upheld, string? Answer);

    [BindProperty]
    public InputModel Input { get; set; } = new();

    /// <summary>The list whose form was sent.</summary>
    public int? Sent { get; private set; }

    public IReadOnlyList<AwardNotice> Notices { get; private set; } = [];

    /// <summary>What the member objected, by list, the first first.</summary>
    public ILookup<int, Said> Objected { get; private set; } = Array.Empty<Said>().ToLookup(_ => 0);

    /// <summary>The lists that the member may object to: on notice, and not objected to since that began.</summary>
    public IReadOnlySet<int> Open { get; private set; } = new HashSet<int>();

    public async Task OnGetAsync(CancellationToken ct) => await LoadAsync(ct);

    public async Task<IActionResult> OnPostAsync(int cycle, CancellationToken ct)
    {
        Sent = cycle;
        if (ModelState.IsValid)
        {
            var outcome = await objectTo.ExecuteAsync(new ObjectToAward.Input { CycleId = cycle, MemberId = Mine.MemberId, NomineeId = Input.NomineeId, Text = Input.Text! }, ct);
            if (outcome == ObjectToAward.Outcome.Objected) TempData.Say("Awards.Said.Objected");
            else TempData.Refuse($"Awards.Objecting.{outcome}");
            return Redirect("/me/awards");
        }

        await LoadAsync(ct);
        return Page();
    }

    /// <summary>Whom an objection may be about.</summary>
    public IReadOnlyList<SelectListItem> About(AwardNotice notice) =>
        [new SelectListItem(texts["Awards.Mine.WholeList"], ""), .. notice.People.Select(p => new SelectListItem(texts["Awards.Mine.PlaceOf", p.Place, p.Name], $"{p.NomineeId}", p.NomineeId == Input.NomineeId))];

    private async Task LoadAsync(CancellationToken ct)
    {
        var me = Mine.MemberId;
        var book = await Db.Members.Where(m => m.Id == me).Select(m => m.Area.BookId).SingleAsync(ct);
        Notices = await AwardNotice.ReadAsync(Db, book, StationTime.Day(clock.GetUtcNow().UtcDateTime), ct);
        Objected = (await Db.AwardObjections.AsNoTracking().Where(o => o.MemberId == me).OrderBy(o => o.Round).ToListAsync(ct)).ToLookup(o => o.CycleId, o => new Said(o.Text, o.At, o.Upheld, o.Answer));
        var open = new HashSet<int>();
        foreach (var notice in Notices.Where(n => n.Running))
        {
            var began = await ObjectToAward.NoticedAtAsync(Db, notice.CycleId, ct);
            if (Objected[notice.CycleId].All(o => o.Answer is not null && o.At < began)) open.Add(notice.CycleId);
        }

        Open = open;
    }
}
