using System.Globalization;

namespace PointsMarket.Market;

/// <summary>Serial numbers as they are typed, scanned, pasted or read from a file: 4 to 32 of <c>A–Z 0–9 -</c>, capitals, without spaces.</summary>
public static class CardSerials
{
    /// <summary>The shortest and the longest number, and the most of one article that come in one go.</summary>
    public const int LeastLength = 4, MostLength = 32, MostAtOnce = 2_000;

    /// <summary>The longest text or file that can hold <see cref="MostAtOnce"/> of them with something beside each.</summary>
    public const int MostText = 400_000;

    private const int MostTail = 18;

    private static readonly char[] Between = ['\r', '\n', '\t', ',', ';', '、'], Lines = ['\r', '\n'], Cells = [',', ';', '\t'];

    /// <summary>True if it can be a serial number.</summary>
    public static bool IsValid(string? serial) =>
        serial is { Length: >= LeastLength and <= MostLength } && serial.All(c => c is (>= 'A' and <= 'Z') or (>= '0' and <= '9') or '-');

    /// <summary>The last four, which is what a screen shows.</summary>
    public static string Masked(string serial)
    {
        ArgumentNullException.ThrowIfNull(serial);
        return "****" + serial[^Math.Min(4, serial.Length)..];
    }

    /// <summary>One number as it is kept: capitals, half width, no spaces or quotes. Not checked.</summary>
    public static string Normal(string? typed) => string.Concat((typed ?? "").Select(Half).Where(c => !char.IsWhiteSpace(c) && c is not ('"' or '\uFEFF')).Select(char.ToUpperInvariant));

    /// <summary>The numbers of a typed or scanned list, one a line or parted by commas, in order; not checked.</summary>
    public static IReadOnlyList<string> List(string? text) =>
        [.. string.Concat((text ?? "").Select(Half)).Split(Between, StringSplitOptions.RemoveEmptyEntries).Select(Normal).Where(s => s.Length > 0)];

    /// <summary>The numbers of a CSV file: the first cell of every line; a heading (a first line without a digit) is left out.</summary>
    public static IReadOnlyList<string> File(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var cells = text.Split(Lines, StringSplitOptions.RemoveEmptyEntries).Select(line => Normal(line.Split(Cells)[0])).Where(s => s.Length > 0).ToList();
        return cells is [var first, ..] && !first.Any(char.IsAsciiDigit) ? cells[1..] : cells;
    }

    /// <summary>
    /// <paramref name="count"/> numbers from <paramref name="first"/> on, counting its last digits up; null when it does not end in a
    /// digit, or when its digits do not suffice.
    /// </summary>
    public static IReadOnlyList<string>? Range(string? first, int count)
    {
        var start = Normal(first);
        var digits = start.Reverse().TakeWhile(char.IsAsciiDigit).Take(MostTail).Count();
        if (digits == 0 || count < 1) return null;
        var (head, tail) = (start[..^digits], long.Parse(start[^digits..], NumberStyles.None, CultureInfo.InvariantCulture));
        var last = (tail + count - 1).ToString(CultureInfo.InvariantCulture);
        if (last.Length > digits) return null;
        return [.. Enumerable.Range(0, count).Select(i => head + (tail + i).ToString(CultureInfo.InvariantCulture).PadLeft(digits, '0'))];
    }

    private static char Half(char c) => c is >= '！' and <= '～' ? (char)(c - '！' + '!') : c;
}
