namespace PointsMarket.Ledger;

/// <summary>
/// What a posting moves: points (<c>PTS</c>), money in fen (<c>CNY</c>), pieces of goods (<c>GOODS/{sku}</c>) or
/// supermarket cards (<c>CARD/{sku}</c>). Amounts of every asset are whole numbers. Source: DESIGN 3.
/// </summary>
public readonly record struct Asset
{
    private const string GoodsPrefix = "GOODS/";
    private const string CardPrefix = "CARD/";

    private Asset(string code) => Code = code;

    /// <summary>The code as stored and hashed.</summary>
    public string Code { get; }

    /// <summary>Points.</summary>
    public static Asset Points { get; } = new("PTS");

    /// <summary>Chinese yuan, counted in fen (1/100).</summary>
    public static Asset Money { get; } = new("CNY");

    /// <summary>True for goods and cards: things that lie on a shelf.</summary>
    public bool IsThing => Code is not null && (Code.StartsWith(GoodsPrefix, StringComparison.Ordinal) || Code.StartsWith(CardPrefix, StringComparison.Ordinal));

    /// <summary>The stock-keeping unit of a thing; empty for points and money.</summary>
    public string Sku => IsThing ? Code[(Code.IndexOf('/', StringComparison.Ordinal) + 1)..] : "";

    /// <summary>Pieces of an article. Throws <see cref="FormatException"/> for a name the ledger does not take.</summary>
    public static Asset Goods(string sku) => new(GoodsPrefix + LedgerNames.Checked(sku));

    /// <summary>Supermarket cards of one product. Throws <see cref="FormatException"/> for a name the ledger does not take.</summary>
    public static Asset Card(string sku) => new(CardPrefix + LedgerNames.Checked(sku));

    /// <summary>Reads a stored code back. Throws <see cref="FormatException"/> for anything else.</summary>
    public static Asset Parse(string code)
    {
        ArgumentNullException.ThrowIfNull(code);
        return code switch
        {
            "PTS" => Points,
            "CNY" => Money,
            _ when code.StartsWith(GoodsPrefix, StringComparison.Ordinal) => Goods(code[GoodsPrefix.Length..]),
            _ when code.StartsWith(CardPrefix, StringComparison.Ordinal) => Card(code[CardPrefix.Length..]),
            _ => throw new FormatException($"'{code}' is no asset."),
        };
    }

    /// <inheritdoc/>
    public override string ToString() => Code;
}
