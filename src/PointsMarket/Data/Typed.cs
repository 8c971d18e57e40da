namespace PointsMarket.Data;

/// <summary>Words as people type them, made fit to be kept: a control character is a slip of a device, and no server database keeps a NUL.</summary>
public static class Typed
{
    /// <summary>The words without the spaces around them and without control characters; lines stay. Empty for nothing.</summary>
    public static string Text(string? typed) => new string([.. (typed ?? "").ReplaceLineEndings("\n").Where(c => c == '\n' || !char.IsControl(c))]).Trim();

    /// <summary>At most so many characters of it.</summary>
    public static string Cut(string words, int most)
    {
        ArgumentNullException.ThrowIfNull(words);
        return words.Length <= most ? words : words[..most];
    }

    /// <summary>As <see cref="Text"/>, of 1 to so many characters; null for anything else.</summary>
    public static string? Words(string? typed, int most) => Text(typed) is { Length: > 0 } words && words.Length <= most ? words : null;
}
