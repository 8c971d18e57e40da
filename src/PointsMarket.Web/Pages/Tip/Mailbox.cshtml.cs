using System.Globalization;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;
using PointsMarket.Data;
using PointsMarket.Tips;
using PointsMarket.Web.Setup;
using PointsMarket.Web.Shared;

namespace PointsMarket.Web.Pages.Tip;

/// <summary>
/// The tipper's mailbox. Opened by a form with code and PIN, drawn in its answer; there is no cookie, so writing more carries a
/// protected note in the form that lasts <see cref="Stays"/>. An address alone shows the empty form.
/// </summary>
[EnableRateLimiting(TipSetup.Forms), RequestSizeLimit(IndexModel.MostBytes)]
public sealed class MailboxModel(MarketDb db, OpenMailbox open, ReadTip read, WriteToTip write, ReplaceVoucher replace, IDataProtectionProvider protection, TimeProvider clock) : PageModel
{
    /// <summary>How long an opened mailbox can be written into without code and PIN.</summary>
    public static readonly TimeSpan Stays = TimeSpan.FromMinutes(20);

    private readonly IDataProtector protector = protection.CreateProtector("tip-mailbox");

    public sealed class InputModel
    {
        public string? Code { get; set; }

        public string? Pin { get; set; }

        /// <summary>Which mailbox is open, until when; protected.</summary>
        public string? Ticket { get; set; }

        public string? Text { get; set; }
    }

    [BindProperty]
    public InputModel Input { get; set; } = new();

    /// <summary>The open mailbox; null while it is closed.</summary>
    public TipContent? Mail { get; private set; }

    public string Ticket { get; private set; } = "";

    /// <summary>Key of the sentence above the form, and whether it is good news.</summary>
    public (string Key, bool Good)? Said { get; private set; }

    /// <summary>What stands in the sentence.</summary>
    public string SaidWith { get; private set; } = "";

    public void OnGet()
    {
    }

    /// <summary>Opens it with code and PIN.</summary>
    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        if (string.IsNullOrWhiteSpace(Input.Code) || string.IsNullOrWhiteSpace(Input.Pin) || Input.Pin.Length > 20) return Closed("Tips.Box.Both");
        switch (await open.ExecuteAsync(Input.Code, Input.Pin.Trim(), ct))
        {
            case OpenMailbox.Open box:
                return await ShowAsync(box.TipId, ct);
            case OpenMailbox.Mistyped:
                return Closed("Tips.Box.Mistyped");
            case OpenMailbox.Wait wait:
                SaidWith = Ui.Points((long)Math.Ceiling(wait.For.TotalMinutes));
                return Closed("Tips.Box.Wait");
            default:
                return Closed("Tips.Box.Wrong");
        }
    }

    /// <summary>Writes more into the open one.</summary>
    public async Task<IActionResult> OnPostWriteAsync(CancellationToken ct)
    {
        if (TipOf(Input.Ticket) is not { Tip: var tip }) return Closed("Tips.Box.Over");
        var written = await write.ExecuteAsync(tip, Input.Text ?? "", ct);
        Said = written switch
        {
            TipWriting.Written => ("Tips.Box.Written", true),
            TipWriting.TextMissing => ("Tips.Box.TextMissing", false),
            TipWriting.Full => ("Tips.Box.Full", false),
            _ => ("Tips.Form.NoKey", false),
        };
        var keep = written == TipWriting.Written ? null : Input.Text;
        var page = await ShowAsync(tip, ct);
        Input.Text = keep;
        return page;
    }

    /// <summary>Lets the voucher's number die and shows the new one. The ticket names the voucher that was on the page: sent twice, it is done once.</summary>
    public async Task<IActionResult> OnPostReplaceAsync(CancellationToken ct)
    {
        if (TipOf(Input.Ticket) is not { Tip: var tip, Voucher: { } voucher }) return Closed("Tips.Box.Over");
        Said = await replace.ExecuteAsync(tip, voucher, ct) switch
        {
            ReplaceVoucher.Outcome.Replaced => ("Tips.Voucher.Replaced", true),
            ReplaceVoucher.Outcome.Before => ("Tips.Voucher.ReplacedBefore", true),
            ReplaceVoucher.Outcome.NoSealKey => ("Tips.Form.NoKey", false),
            _ => ("Tips.Voucher.Nothing", false),
        };
        return await ShowAsync(tip, ct);
    }

    private async Task<IActionResult> ShowAsync(Guid tip, CancellationToken ct)
    {
        Mail = await read.ExecuteAsync(db, tip, forTipper: true, ct);
        if (Mail is null) return Closed("Tips.Box.Wrong");
        Ticket = protector.Protect(string.Create(CultureInfo.InvariantCulture, $"{tip:N}|{clock.GetUtcNow().Add(Stays).ToUnixTimeSeconds()}|{Mail.VoucherId}"));
        ModelState.Clear(); // neither code nor PIN is drawn again
        Input = new InputModel();
        return Page();
    }

    private PageResult Closed(string key)
    {
        Said = (key, false);
        ModelState.Clear();
        Input = new InputModel { Code = Input.Ticket is null ? Input.Code : null };
        return Page();
    }

    private (Guid Tip, int? Voucher)? TipOf(string? ticket)
    {
        try
        {
            var parts = protector.Unprotect(ticket ?? "").Split('|');
            return long.Parse(parts[1], CultureInfo.InvariantCulture) > clock.GetUtcNow().ToUnixTimeSeconds()
                ? (Guid.ParseExact(parts[0], "N"), parts[2].Length > 0 ? int.Parse(parts[2], CultureInfo.InvariantCulture) : null)
                : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
