using System.ComponentModel.DataAnnotations;

namespace PointsMarket.Web.Kiosk;

/// <summary>Configuration section <c>Kiosk</c>, read and checked at start.</summary>
public sealed class KioskSettings
{
    public const string Section = "Kiosk";

    /// <summary>True where a card alone is not enough: the PIN is asked for too.</summary>
    public bool CardNeedsPin { get; set; }

    /// <summary>The attendant's telephone, shown on the help page; none when empty.</summary>
    [StringLength(30), RegularExpression(@"[0-9 +()\-]*")]
    public string? HelpPhone { get; set; }

    /// <summary>
    /// How often one screen may try to identify or pair in a minute. Wrong PINs are counted in the database besides; this keeps a
    /// program at the other end from guessing card numbers and pairing codes.
    /// </summary>
    [Range(1, 10_000)]
    public int TriesPerMinute { get; set; } = 30;
}
