namespace PointsMarket.Settings;

/// <summary>What the number of a setting counts. Says how a page writes and reads it.</summary>
public enum SettingUnit
{
    /// <summary>Money, in fen.</summary>
    Fen,

    /// <summary>Whole days.</summary>
    Days,

    /// <summary>Per cent, or a weight.</summary>
    Percent,

    /// <summary>Hundredths, as scores are kept: 9000 is 90.00.</summary>
    Hundredths,

    /// <summary>How many.</summary>
    Count,

    /// <summary>Points.</summary>
    Points,
}

/// <summary>
/// A number that a station may change, from a day on and by two people: a limit, a deadline, a share, a price. The numbers
/// themselves stand in <see cref="SettingValue"/>; before the first of them the default holds.
/// </summary>
/// <param name="Key">Such as <c>cover.warn-below</c>. Stored: never rename one. The part before the dot is its group.</param>
/// <param name="Unit">What it counts.</param>
/// <param name="Default">In force until it was ever changed.</param>
/// <param name="Min">The smallest value that makes sense.</param>
/// <param name="Max">The largest.</param>
public sealed record Setting(string Key, SettingUnit Unit, long Default, long Min, long Max)
{
    /// <summary>The settings that are looked at, and changed, together.</summary>
    public string Group => Key[..Key.IndexOf('.', StringComparison.Ordinal)];

    /// <summary>True for what members live by: its changes stand on the public notice page.</summary>
    public bool Public { get; init; }
}
