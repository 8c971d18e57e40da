using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using PointsMarket.Data;
using PointsMarket.Members;
using PointsMarket.Tasks;
using PointsMarket.Web.Accounts;
using PointsMarket.Web.Reports;
using PointsMarket.Web.Shared;
using PointsMarket.Web.Text;

namespace PointsMarket.Web.Pages.Desk.Reports;

/// <summary>An approver or attendant files for a member without a phone. It stays on record, and somebody else verifies it.</summary>
[RequestSizeLimit(ReportForm.LargestBody), RequestFormLimits(MultipartBodyLengthLimit = ReportForm.LargestBody)]
public sealed class FileModel(CurrentUser user, MarketDb db, ReportForm form, FileReport file, CategoryWords categories, IStringLocalizer<Texts> texts) : PageModel
{
    public sealed record Member(int Id, string Code, string Name, MemberKind Kind, string Area, int AreaId, int BookId)
    {
        public string Shown => MemberNames.Shown(Kind, Code, Name);
    }

    /// <summary>The member's code or number, as typed.</summary>
    [BindProperty(SupportsGet = true)]
    public string Who { get; set; } = "";

    [BindProperty]
    public ReportForm.Input Input { get; set; } = new();

    public Member? Person { get; private set; }

    public IReadOnlyList<SelectListItem> Categories { get; private set; } = [];

    public IReadOnlyList<SelectListItem> Areas { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken ct)
    {
        await LoadAsync(ct);
        Input = new ReportForm.Input { Key = Guid.NewGuid().ToString("N"), HappenedAt = form.Now(), AreaId = Person?.AreaId };
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        await LoadAsync(ct);
        if (Person is null) return NotFound();
        if (!ModelState.IsValid) return Page();
        var outcome = await file.ExecuteAsync(new FileReport.Input
        {
            MemberId = Person.Id, ClientKey = Input.Key is { Length: > 0 } key ? key : Guid.NewGuid().ToString("N"), Category = Input.Category!,
            HappenedAt = ReportForm.Utc(Input.HappenedAt!.Value), AreaId = Input.AreaId!.Value, Text = Input.Text!,
            Photos = await ReportForm.ReadAsync(Input.Photos, ct), Actor = user.Actor, ForAnotherIn = user.AreaPath,
        }, ct);
        if (outcome is FileReport.Filed filed)
        {
            TempData.Say(filed.Before ? "Reports.Form.FiledBefore" : "Reports.For.Filed", filed.Reference);
            return Redirect("/desk/reports/file");
        }

        form.Explain(outcome, ModelState);
        return Page();
    }

    private async Task LoadAsync(CancellationToken ct)
    {
        Who = (Who ?? "").Trim();
        if (Who.Length == 0) return;
        var (path, code, number) = (user.AreaPath, Who.ToUpperInvariant(), Who);
        Person = await db.Members.Where(m => m.Area.Path.StartsWith(path) && (m.Code == code || m.Number == number))
            .Select(m => new Member(m.Id, m.Code, m.Name, m.Kind, m.Area.Name, m.AreaId, m.Area.BookId)).FirstOrDefaultAsync(ct);
        if (Person is null) return;
        Categories = [new SelectListItem(texts["Reports.For.ChooseCategory"], ""),
            .. (await form.CategoriesAsync(ct)).Select(c => new SelectListItem(texts["Reports.For.CategoryOf", categories.Name(c.Code), c.Points], c.Code))];
        Areas = await form.AreasAsync(Person.BookId, ct);
    }
}
