using PointsMarket.Duties;

namespace PointsMarket.Web.Roster;

/// <summary>Model of the <c>_ShiftCode</c> partial: the six digits at the place and their QR code.</summary>
/// <param name="Shift">The shift.</param>
/// <param name="Code">The digits; null while the code does not work.</param>
/// <param name="Address">What the QR code leads to: the shift's number and the digits, nothing about anybody.</param>
public sealed record CodeView(ShiftRow Shift, string? Code, string Address)
{
    /// <summary>The digits in two groups.</summary>
    public string Digits => Code is { Length: 6 } c ? $"{c[..3]} {c[3..]}" : "";

    /// <summary>
    /// Makes one, and lets the browser ask again when the next one comes: by the answer's header, so that no script is needed.
    /// </summary>
    public static CodeView Show(ShiftRow shift, string key, DateTime now, HttpContext http)
    {
        ArgumentNullException.ThrowIfNull(shift);
        ArgumentNullException.ThrowIfNull(http);
        if (!shift.ChecksIn(now))
        {
            http.Response.Headers["Refresh"] = "60";
            return new CodeView(shift, null, "");
        }

        var (code, until) = ShiftCode.At(key, shift.Id, now);
        http.Response.Headers["Refresh"] = FormattableString.Invariant($"{Math.Clamp((int)Math.Ceiling((until - now).TotalSeconds), 1, 30)}");
        return new CodeView(shift, code, FormattableString.Invariant($"{http.Request.Scheme}://{http.Request.Host}/me/checkin?s={shift.Id}&c={code}"));
    }
}
