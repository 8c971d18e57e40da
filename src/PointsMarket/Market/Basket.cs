using System.Globalization;

namespace PointsMarket.Market;

/// <summary>What somebody has chosen at the kiosk: sku → pieces, in the order chosen.</summary>
public sealed class Basket
{
    /// <summary>The most pieces of one article, and the most articles: far more than anybody carries.</summary>
    public const int MostPieces = 99, MostArticles = 30;

    private readonly List<(string Sku, int Quantity)> lines = [];

    /// <summary>The lines in the order they were chosen; quantities are 1 or more.</summary>
    public IReadOnlyList<(string Sku, int Quantity)> Lines => lines;

    /// <summary>Reads what <see cref="ToString"/> wrote.</summary>
    public static Basket Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var basket = new Basket();
        foreach (var part in text.Split(';', StringSplitOptions.RemoveEmptyEntries))
        {
            var at = part.LastIndexOf(':');
            basket.lines.Add((part[..at], int.Parse(part[(at + 1)..], CultureInfo.InvariantCulture)));
        }
        return basket;
    }

    /// <summary>Pieces of an article; 0 when it is not chosen.</summary>
    public int Of(string sku) => lines.Find(l => l.Sku == sku).Quantity;

    /// <summary>Sets the pieces of an article, kept within 0..<see cref="MostPieces"/>; 0 takes it out.</summary>
    public void Set(string sku, int quantity)
    {
        quantity = Math.Clamp(quantity, 0, MostPieces);
        var at = lines.FindIndex(l => l.Sku == sku);
        if (at >= 0 && quantity == 0) lines.RemoveAt(at);
        else if (at >= 0) lines[at] = (sku, quantity);
        else if (quantity > 0 && lines.Count < MostArticles) lines.Add((sku, quantity));
    }

    /// <inheritdoc/>
    public override string ToString() => string.Join(';', lines.Select(l => $"{l.Sku}:{l.Quantity}"));
}
