namespace PointsMarket.Ledger;

/// <summary>
/// Moves <see cref="Amount"/> of one asset from a source to a destination. A lone debit cannot be written: invariant 1 holds
/// by construction. Throws <see cref="ArgumentException"/> for an amount outside 1..<see cref="MaxAmount"/>, the same account
/// twice, or an account that does not hold the asset.
/// </summary>
public sealed record Posting
{
    /// <summary>The largest amount of one posting. 64-bit balances stay far from overflow, and SQLite never turns one into a REAL.</summary>
    public const long MaxAmount = 1_000_000_000_000;

    /// <summary>See the type.</summary>
    public Posting(AccountCode source, AccountCode destination, Asset asset, long amount)
    {
        if (amount is < 1 or > MaxAmount) throw new ArgumentOutOfRangeException(nameof(amount), amount, "A posting moves 1 or more.");
        if (source == destination) throw new ArgumentException($"A posting needs two accounts, not {source} twice.", nameof(destination));
        if (!source.Takes(asset)) throw new ArgumentException($"{source} does not hold {asset}.", nameof(source));
        if (!destination.Takes(asset)) throw new ArgumentException($"{destination} does not hold {asset}.", nameof(destination));
        (Source, Destination, Asset, Amount) = (source, destination, asset, amount);
    }

    /// <summary>The account that gives.</summary>
    public AccountCode Source { get; }

    /// <summary>The account that receives.</summary>
    public AccountCode Destination { get; }

    /// <summary>What is moved.</summary>
    public Asset Asset { get; }

    /// <summary>How much, in the asset's unit (points, fen, pieces).</summary>
    public long Amount { get; }

    /// <summary>The same amount the other way round, for a reversal.</summary>
    public Posting Reversed() => new(Destination, Source, Asset, Amount);
}
