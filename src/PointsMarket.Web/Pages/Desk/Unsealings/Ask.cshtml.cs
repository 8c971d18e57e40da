using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using PointsMarket.Data;
using PointsMarket.Members;
using PointsMarket.Unsealing;
using PointsMarket.Web.Accounts;
using PointsMarket.Web.Shared;
using PointsMarket.Web.Text;

namespace PointsMarket.Web.Pages.Desk.Unsealings;

/// <summary>Why somebody must know who an informant is.</summary>
[Authorize(Policy = Access.Approve)]
public sealed class AskModel(MarketDb db, CurrentUser user, AskToUnseal ask, IStringLocalizer<Texts> texts) : PageModel
{
    public sealed class InputModel
    {
        [Display(Name = "Unseal.Ask.Reason"), Required, StringLength(UnsealRequest.MostWords, MinimumLength = UnsealRequest.FewestWords)]
        public string? Reason { get; set; }
    }

    [BindProperty]
    public InputModel Input { get; set; } = new();

    public string Code { get; private set; } = "";

    public int MemberId { get; private set; }

    public async Task<IActionResult> OnGetAsync(int memberId, CancellationToken ct) => await LoadAsync(memberId, ct) ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(int memberId, CancellationToken ct)
    {
        if (!await LoadAsync(memberId, ct)) return NotFound();
        if (!ModelState.IsValid) return Page();
        switch (await ask.ExecuteAsync(
            new AskToUnseal.Input { MemberId = memberId, Reason = Input.Reason!, UserId = user.Id, UserMemberId = user.MemberId, AreaPath = user.AreaPath }, ct))
        {
            case AskToUnseal.Asked asked:
                TempData.Say("Unseal.Ask.Done");
                return Redirect($"/desk/unsealings/{asked.RequestId.ToString(System.Globalization.CultureInfo.InvariantCulture)}");
            case AskToUnseal.NoSuchInformant:
                return NotFound();
            case AskToUnseal.Oneself:
                ModelState.AddModelError("", texts["Unseal.Ask.Oneself"]);
                return Page();
            default:
                ModelState.AddModelError("Input.Reason", texts["Unseal.Ask.ReasonMissing"]);
                return Page();
        }
    }

    private async Task<bool> LoadAsync(int memberId, CancellationToken ct)
    {
        var path = user.AreaPath;
        var code = await db.Members.Where(m => m.Id == memberId && m.Kind == MemberKind.Informant && m.Area.Path.StartsWith(path)).Select(m => m.Code).SingleOrDefaultAsync(ct);
        (Code, MemberId) = (code ?? "", memberId);
        return code is not null;
    }
}
