using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using PointsMarket.Areas;
using PointsMarket.Cases;
using PointsMarket.Data;
using PointsMarket.Settings;
using PointsMarket.Web.Accounts;
using PointsMarket.Web.Board;
using PointsMarket.Web.Me;
using PointsMarket.Web.Shared;
using PointsMarket.Web.Text;

namespace PointsMarket.Web.Pages.Me.Claims;

/// <summary>The member asks for a case, alone or with partners. Who comes second is told who is first, and may wait.</summary>
public sealed class AskModel(CurrentUser user, MarketDb db, AskForCase ask, TimeProvider clock, IStringLocalizer<Texts> texts) : MePage(user, db)
{
    public sealed record View(int Id, string Number, string Title, string? Wanted, string Kind, string Area, int Reward, int Days);

    [BindProperty]
    public AskForm Input { get; set; } = new();

    public View Case { get; private set; } = null!;

    public long MostAtOnce { get; private set; }

    /// <summary>Who is first, when it is somebody else.</summary>
    public AskForCase.Behind? Behind { get; private set; }

    public async Task<IActionResult> OnGetAsync(string number, CancellationToken ct)
    {
        if (!await LoadAsync(number, ct)) return NotFound();
        Input.Fill();
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(string number, CancellationToken ct)
    {
        if (!await LoadAsync(number, ct)) return NotFound();
        Input.Fill();
        if (!ModelState.IsValid) return Page();
        var outcome = await ask.ExecuteAsync(Input.Asks(Case.Id, new Voice { MemberId = Mine.MemberId, Actor = Current.Actor }), ct);
        switch (outcome)
        {
            case AskForCase.Asked(var id, var inLine):
                if (inLine == 1) TempData.Say("Cases.Ask.Done", Case.Title);
                else TempData.Say("Cases.Ask.DoneInLine", Case.Title, $"{inLine}");
                return Redirect($"/me/claims/{id}");
            case AskForCase.Behind behind:
                Behind = behind;
                return Page();
            default:
                AskForm.Explain(ModelState, texts, outcome);
                return Page();
        }
    }

    private async Task<bool> LoadAsync(string number, CancellationToken ct)
    {
        var book = Mine.BookId;
        Case = (await Db.Cases.Where(c => c.Number == number && c.Area.BookId == book && c.State != CaseState.Draft && c.State != CaseState.Withdrawn)
            .Select(c => new View(c.Id, c.Number, c.Title, c.Wanted, c.Kind, c.Area.Name, c.Reward, c.Days)).SingleOrDefaultAsync(ct))!;
        MostAtOnce = await SettingBook.ValueAsync(Db, SettingList.CaseHeldAtOnce, StationTime.Day(clock.GetUtcNow().UtcDateTime), ct);
        return Case is not null;
    }
}
