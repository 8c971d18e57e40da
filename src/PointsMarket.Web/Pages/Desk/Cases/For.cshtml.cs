using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using PointsMarket.Cases;
using PointsMarket.Data;
using PointsMarket.Members;
using PointsMarket.Web.Accounts;
using PointsMarket.Web.Board;
using PointsMarket.Web.Shared;
using PointsMarket.Web.Text;

namespace PointsMarket.Web.Pages.Desk.Cases;

/// <summary>Somebody at the desk asks for a case in the name of a member without a phone. It stays on record, and they do not approve it.</summary>
public sealed class ForModel(MarketDb db, CurrentUser user, CaseReads reads, AskForCase ask, IStringLocalizer<Texts> texts) : PageModel
{
    public sealed record View(int Id, string Number, string Title, int Reward, int Days);

    public sealed record Person(int Id, string Code, string Name, MemberKind Kind, string Area)
    {
        public string Shown => MemberNames.Shown(Kind, Code, Name);
    }

    /// <summary>The member's code or number, as typed.</summary>
    [BindProperty(SupportsGet = true)]
    public string Who { get; set; } = "";

    [BindProperty]
    public AskForm Input { get; set; } = new();

    public View Case { get; private set; } = null!;

    public Person? Member { get; private set; }

    public AskForCase.Behind? Behind { get; private set; }

    public async Task<IActionResult> OnGetAsync(string number, CancellationToken ct)
    {
        if (!await LoadAsync(number, ct)) return NotFound();
        Input.Fill();
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(string number, CancellationToken ct)
    {
        if (!await LoadAsync(number, ct) || Member is null) return NotFound();
        Input.Fill();
        if (!ModelState.IsValid) return Page();
        var outcome = await ask.ExecuteAsync(Input.Asks(Case.Id, new Voice { MemberId = Member.Id, Actor = user.Actor, RecordedIn = user.AreaPath }), ct);
        switch (outcome)
        {
            case AskForCase.Asked(_, var inLine):
                TempData.Say("Cases.Record.Asked", Member.Shown, $"{inLine}");
                return Redirect($"/desk/cases/{Case.Number}");
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
        Case = (await reads.Mine().Where(c => c.Number == number && c.State != CaseState.Draft).Select(c => new View(c.Id, c.Number, c.Title, c.Reward, c.Days)).SingleOrDefaultAsync(ct))!;
        if (Case is null) return false;
        Who = (Who ?? "").Trim();
        if (Who.Length == 0) return true;
        var (path, code, typed) = (user.AreaPath, Who.ToUpperInvariant(), Who);
        Member = await db.Members.Where(m => m.Area.Path.StartsWith(path) && (m.Code == code || m.Number == typed)).Select(m => new Person(m.Id, m.Code, m.Name, m.Kind, m.Area.Name)).FirstOrDefaultAsync(ct);
        return true;
    }
}
