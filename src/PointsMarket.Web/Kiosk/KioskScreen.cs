using Microsoft.EntityFrameworkCore;
using PointsMarket.Data;
using PointsMarket.Market;
using PointsMarket.Web.Setup;
using PointsMarket.Web.Shared;

namespace PointsMarket.Web.Kiosk;

/// <summary>
/// The two cookies of a kiosk: the screen's own, which says where it stands, and the person's, which ends with the visit. Both hold
/// a random token and nothing else; the database knows only their hashes.
/// </summary>
public sealed class KioskScreen(IHttpContextAccessor accessor, MarketDb db, KioskSessions sessions)
{
    public const string DeviceCookie = "pm.kiosk", SessionCookie = "pm.kiosk-visit";

    /// <summary>Browsers keep no cookie longer; a screen that runs is given it anew at every start page.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromDays(400);

    /// <summary>A paired screen and where it stands.</summary>
    public sealed record Place(int DeviceId, string Name, int OutletId, string Outlet);

    private HttpContext Http => accessor.HttpContext!;

    /// <summary>True while somebody's cookie is here, whether their visit still lasts or not.</summary>
    public bool HasVisitor => Http.Request.Cookies.ContainsKey(SessionCookie);

    /// <summary>True when the last person's language, text size or visit is still on this screen.</summary>
    public bool HasTraces =>
        HasVisitor || TextSize.Of(Http.Request) is not null || Http.Request.Cookies.ContainsKey(Languages.LanguageCookie);

    /// <summary>Where this screen stands; null when it is not paired, or was taken out of use.</summary>
    public async Task<Place?> PlaceAsync(CancellationToken ct)
    {
        if (Http.Request.Cookies[DeviceCookie] is not { Length: > 0 } token) return null;
        var hash = Secrets.Hash(token);
        return await db.KioskDevices.Where(d => d.TokenHash == hash && d.RetiredAt == null)
            .Select(d => new Place(d.Id, d.Name, d.OutletId, d.Outlet.Name)).SingleOrDefaultAsync(ct);
    }

    /// <summary>The visit at this screen, touched; null when there is none or it is over.</summary>
    public async Task<KioskSessions.Live?> VisitAsync(Place place, CancellationToken ct) =>
        Http.Request.Cookies[SessionCookie] is { Length: > 0 } token ? await sessions.TouchAsync(place.DeviceId, token, ct) : null;

    /// <summary>Keeps the token of a screen that was just paired.</summary>
    public void Pair(string token) => Write(DeviceCookie, token, Longest);

    /// <summary>Keeps the token of the visit that begins; it goes with the browser at the latest.</summary>
    public void Begin(string token) => Write(SessionCookie, token, null);

    /// <summary>Writes the screen's cookie anew, so that it never grows too old.</summary>
    public void Renew()
    {
        if (Http.Request.Cookies[DeviceCookie] is { Length: > 0 } token) Pair(token);
    }

    /// <summary>Ends the visit and forgets what the person had set: the next one finds the screen as it was.</summary>
    public async Task LeaveAsync(CancellationToken ct)
    {
        if (Http.Request.Cookies[SessionCookie] is { Length: > 0 } token) await sessions.EndAsync(token, ct);
        foreach (var cookie in (string[])[SessionCookie, Languages.LanguageCookie, TextSize.Cookie]) Http.Response.Cookies.Delete(cookie);
    }

    private void Write(string cookie, string token, TimeSpan? age) => Http.Response.Cookies.Append(cookie, token, new CookieOptions
    {
        HttpOnly = true,
        SameSite = SameSiteMode.Strict,
        Secure = Http.Request.IsHttps,
        MaxAge = age,
        IsEssential = true,
    });
}
