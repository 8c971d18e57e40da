using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using PointsMarket.Areas;
using PointsMarket.Data;
using PointsMarket.Tips;
using PointsMarket.Web.Reports;
using PointsMarket.Web.Setup;
using PointsMarket.Web.Text;

namespace PointsMarket.Web.Pages.Tip;

/// <summary>
/// Telling the police room something without being known. Nothing is left on the way: what is sent goes in the body, the answer with
/// code and PIN comes with it, once, and there is no redirect that would have to carry them.
/// </summary>
// Read in memory: the framework's own buffer for larger files would be a file on the disk, in the clear.
[EnableRateLimiting(TipSetup.Forms), RequestSizeLimit(MostWithPhotos), RequestFormLimits(MultipartBodyLengthLimit = MostWithPhotos, MemoryBufferThreshold = MostWithPhotos)]
public sealed class IndexModel(MarketDb db, SendTip send, IStringLocalizer<Texts> texts) : PageModel
{
    /// <summary>Text, place and form fields, percent-encoded, with room.</summary>
    public const int MostBytes = 64 * 1024;

    /// <summary>The same with photos, and room to read one that is too large and say so.</summary>
    public const int MostWithPhotos = 48 * 1024 * 1024;

    public sealed class InputModel
    {
        [StringLength(64)]
        public string? FormKey { get; set; }

        [Display(Name = "Tips.Form.Kind"), Required(ErrorMessage = "Tips.Form.KindMissing")]
        public TipKind? Kind { get; set; }

        [Display(Name = "Tips.Form.Text"), Required(ErrorMessage = "Tips.Form.TextMissing"), StringLength(TipMessage.MostText)]
        public string? Text { get; set; }

        [Display(Name = "Tips.Form.Area")]
        public int? AreaId { get; set; }

        [Display(Name = "Tips.Form.Place"), StringLength(SendTip.MostPlace)]
        public string? Place { get; set; }

        [Display(Name = "Tips.Form.Pin"), StringLength(20)]
        public string? Pin { get; set; }

        [Display(Name = "Tips.Form.Photos")]
        public List<IFormFile> Photos { get; set; } = [];
    }

    [BindProperty]
    public InputModel Input { get; set; } = new();

    public IReadOnlyList<SelectListItem> Areas { get; private set; } = [];

    /// <summary>Code and PIN, on the one answer that shows them.</summary>
    public SendTip.Sent? Sent { get; private set; }

    /// <summary>True when the same form came a second time.</summary>
    public bool SentBefore { get; private set; }

    /// <summary>True when the browser came with somebody's sign-in: worth a word, though nothing is made of it.</summary>
    public bool SignedIn => User.Identity?.IsAuthenticated == true;

    public async Task OnGetAsync(CancellationToken ct)
    {
        Input.FormKey = Guid.NewGuid().ToString("N");
        await LoadAsync(ct);
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        if (ModelState.IsValid)
        {
            switch (await send.ExecuteAsync(
                new SendTip.Input
                {
                    FormKey = Input.FormKey is { Length: > 0 } key ? key : Guid.NewGuid().ToString("N"), Kind = Input.Kind!.Value, AreaId = Input.AreaId,
                    Place = Input.Place, Text = Input.Text!, Pin = string.IsNullOrWhiteSpace(Input.Pin) ? null : Input.Pin.Trim(),
                    Photos = await ReportForm.ReadAsync(Input.Photos, ct),
                }, ct))
            {
                case SendTip.Sent sent:
                    Sent = sent;
                    ModelState.Clear(); // nothing of the form is drawn again
                    return Page();
                case SendTip.SentBefore:
                    SentBefore = true;
                    return Page();
                case SendTip.BadPhoto(var number, var fault):
                    ModelState.AddModelError("Input.Photos", number == 0 ? texts["Tips.Form.TooManyPhotos", TipPhoto.Most] : texts[$"Reports.Photo.{fault}", number]);
                    break;
                case SendTip.BadPin bad:
                    ModelState.AddModelError("Input.Pin", texts[bad.Easy ? "Tips.Form.PinEasy" : "Tips.Form.PinDigits"]);
                    break;
                case SendTip.AreaNeeded:
                    ModelState.AddModelError("Input.AreaId", texts["Tips.Form.AreaNeeded"]);
                    break;
                case SendTip.TextMissing:
                    ModelState.AddModelError("Input.Text", texts["Tips.Form.TextMissing"]);
                    break;
                default:
                    ModelState.AddModelError("", texts["Tips.Form.NoKey"]);
                    break;
            }
        }

        await LoadAsync(ct);
        return Page();
    }

    private async Task LoadAsync(CancellationToken ct) => Areas =
    [
        .. (await db.Areas.Where(a => a.Kind == AreaKind.Village).OrderBy(a => a.Path).Select(a => new { a.Id, a.Name }).ToListAsync(ct))
            .Select(a => new SelectListItem(a.Name, a.Id.ToString(System.Globalization.CultureInfo.InvariantCulture))),
    ];
}
