using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Options;
using PointsMarket.Market;
using PointsMarket.Members;
using PointsMarket.Web.Kiosk;
using PointsMarket.Web.Setup;
using PointsMarket.Web.Shared;

namespace PointsMarket.Web.Pages.Kiosk;

/// <summary>The kiosk's first page: who is it? By card, or by number and PIN.</summary>
[EnableRateLimiting(KioskSetup.Tries)]
public sealed class IndexModel(KioskScreen screen, IdentifyAtKiosk identify, IOptions<KioskSettings> settings, TimeProvider clock) : KioskPage(screen)
{
    private const string Number = "number", Card = "card", Until = "until";

    [BindProperty]
    public InputModel Input { get; set; } = new();

    /// <summary>UTC.</summary>
    public DateTime Now => clock.GetUtcNow().UtcDateTime;

    /// <summary>The number typed before, when it was refused. Never the PIN.</summary>
    public string? Typed { get; private set; }

    /// <summary>A card that was read and still needs its PIN.</summary>
    public string? ReadCard { get; private set; }

    /// <summary>Whole seconds until the next try, after too many; 0 when it is free.</summary>
    public int Seconds { get; private set; }

    /// <summary>True when the screen shows what a person left and so must forget it by itself.</summary>
    public bool Forgets => Screen.HasTraces || Typed is not null || ReadCard is not null || Seconds > 0;

    public IActionResult OnGet()
    {
        // Whoever comes back to the start has gone away from the middle.
        if (Screen.HasVisitor) return Go("/kiosk/leave");
        Screen.Renew();
        Typed = TempData[Number] as string;
        ReadCard = TempData[Card] as string;
        if (long.TryParse(TempData.Peek(Until) as string, NumberStyles.None, CultureInfo.InvariantCulture, out var until))
        {
            Seconds = (int)Math.Ceiling(Math.Max(0, (new DateTime(until, DateTimeKind.Utc) - Now).TotalSeconds));
            if (Seconds == 0) TempData.Remove(Until);
            else TempData.Keep(Number);
        }

        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        var code = Input.Code?.Trim() ?? "";
        if (!ModelState.IsValid || code.Length == 0) return Refuse("Kiosk.Identify.Empty");
        if (code.Length == 13 && !CardNumbers.IsValid(code))
            return Refuse(CardNumbers.PickupCode(code) is null ? "Kiosk.Identify.Misread" : "Kiosk.Identify.IsSlip");
        if (code.Length < 13 && string.IsNullOrEmpty(Input.Pin)) return Refuse("Kiosk.Identify.NoPinTyped", code);

        var outcome = await identify.ExecuteAsync(
            new IdentifyAtKiosk.Input { DeviceId = Place.DeviceId, Code = code, Pin = Input.Pin, CardNeedsPin = settings.Value.CardNeedsPin }, ct);
        if (outcome is IdentifyAtKiosk.Welcome welcome)
        {
            TempData.Clear();
            Screen.Begin(welcome.Token);
            return Go("/kiosk/shop");
        }

        return Refused(outcome, code);
    }

    private IActionResult Refused(IdentifyAtKiosk.Outcome outcome, string code)
    {
        switch (outcome)
        {
            case IdentifyAtKiosk.PinNeeded:
                TempData[Card] = code;
                return Go("/kiosk");
            case IdentifyAtKiosk.Wait wait:
                TempData[Until] = (Now + wait.For).Ticks.ToString(CultureInfo.InvariantCulture);
                return Keep(code);
            case IdentifyAtKiosk.WrongPin { TriesLeft: { } left }:
                return Refuse("Kiosk.Identify.WrongTries", code, left.ToString(CultureInfo.InvariantCulture));
            case IdentifyAtKiosk.WrongPin:
                return Refuse("Kiosk.Identify.Wrong", code);
            case IdentifyAtKiosk.Locked:
                return Refuse("Kiosk.Identify.Locked");
            case IdentifyAtKiosk.NoPin:
                return Refuse("Kiosk.Identify.NeverSet");
            case IdentifyAtKiosk.NotActive:
                return Refuse("Kiosk.Identify.NotActive");
            default:
                return Refuse("Kiosk.Identify.UnknownCard");
        }
    }

    private IActionResult Refuse(string key, string? typed = null, params string[] args)
    {
        TempData.Refuse(key, args);
        return typed is null ? Go("/kiosk") : Keep(typed);
    }

    // What was typed comes back; a card's number is shown to nobody.
    private IActionResult Keep(string typed)
    {
        TempData[CardNumbers.IsValid(typed) ? Card : Number] = typed;
        return Go("/kiosk");
    }

    public sealed class InputModel
    {
        /// <summary>A member number, or the 13 digits that a scanner types.</summary>
        [StringLength(20)]
        public string? Code { get; set; }

        [StringLength(12)]
        public string? Pin { get; set; }
    }
}
