using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using PointsMarket.Data;
using PointsMarket.Loops;
using PointsMarket.Web.Accounts;
using PointsMarket.Web.Documents;
using PointsMarket.Web.Text;

namespace PointsMarket.Web.Pages.Desk.Loops;

/// <summary>The notice (整改通知书) of one step, to look at, to print from this browser, or as PDF from the server's.</summary>
public sealed class NoticeModel(MarketDb db, CurrentUser user, PrintSheet print, IStringLocalizer<Texts> texts) : PageModel
{
    /// <summary>Path of the partial that draws the notice, on screen and on paper.</summary>
    public const string Drawn = "/Pages/Desk/Loops/_Notice.cshtml";

    /// <summary>What stands in it. The responsible side by plain description; no resident.</summary>
    public sealed record Sheet(string Reference, int Step, string Side, string Place, string Area, string Text, DateTime FoundAt, string Demand, DateOnly Due, DateTime At)
    {
        /// <summary>The notice's own number.</summary>
        public string Number => $"{Reference}-{Step}";
    }

    public Sheet Notice { get; private set; } = null!;

    /// <summary>True when the server prints; else the print button is the browser's own.</summary>
    public bool HasPdf => print.IsPossible;

    /// <summary>True when the server was asked and could not.</summary>
    public bool Failed { get; private set; }

    public async Task<IActionResult> OnGetAsync(string reference, int step, CancellationToken ct) => await LoadAsync(reference, step, ct) ? Page() : NotFound();

    public async Task<IActionResult> OnGetPdfAsync(string reference, int step, CancellationToken ct)
    {
        if (!await LoadAsync(reference, step, ct)) return NotFound();
        if (await print.ExecuteAsync(this, Drawn, Notice, $"{texts["Loops.Notice.Title"].Value} {Notice.Number}", $"notice-{Notice.Number}.pdf", ct) is { } pdf) return pdf;
        Failed = print.IsPossible;
        return Page();
    }

    private async Task<bool> LoadAsync(string reference, int step, CancellationToken ct)
    {
        var path = user.AreaPath;
        Notice = (await db.LoopSteps.Where(s => s.Loop.Reference == reference && s.Number == step && s.Action == LoopAction.Notify && s.Loop.Area.Path.StartsWith(path))
            .Select(s => new Sheet(s.Loop.Reference, s.Number, s.Who!, s.Loop.Place, s.Loop.Area.Name, s.Loop.Text, s.Loop.FoundAt, s.Words!, s.DueDay!.Value, s.At)).SingleOrDefaultAsync(ct))!;
        return Notice is not null;
    }
}
