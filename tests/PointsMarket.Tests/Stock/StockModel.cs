using Microsoft.EntityFrameworkCore;
using PointsMarket.Data;
using PointsMarket.Ledger;
using PointsMarket.Market;

namespace PointsMarket.Tests.Stock;

/// <summary>
/// What people who wrote everything down on paper would know: how many pieces of what are where, and where each card is. It is told
/// what was done, never reads the books, and is held against them.
/// </summary>
internal sealed class StockModel
{
    public const string In = "in", Aside = "aside", Way = "way", Out = "out", Gone = "gone";

    private readonly Dictionary<(string Place, string Sku), long> pieces = [];

    /// <summary>Number → where the card is: an outlet, the way, out, stopped, or lost at an outlet.</summary>
    public SortedDictionary<string, string> Cards { get; } = new(StringComparer.Ordinal);

    public Dictionary<int, List<(string Sku, int Pieces)>> Slips { get; } = [];

    public Dictionary<int, List<string>> SlipCards { get; } = [];

    public Dictionary<int, Move> Moves { get; } = [];

    public Dictionary<string, Delivery> Deliveries { get; } = [];

    public Dictionary<int, Difference> Differences { get; } = [];

    /// <summary>What waits for a second person, and what their answer does.</summary>
    public Dictionary<string, Action<bool>> Waits { get; } = [];

    public sealed record Move(string From, string To, string Sku, int Sent, IReadOnlyList<string> Cards);

    public sealed record Delivery(string Outlet, string Sku, int Pieces, IReadOnlyList<string> Cards);

    /// <summary>Pieces beyond what the paper says, or missing, that wait for the second signature.</summary>
    public sealed record Difference(string Outlet, string Sku, long Pieces);

    public long At(string place, string sku) => pieces.GetValueOrDefault((place, sku));

    /// <summary>What comes in, or is found, comes from outside: only there it may be below zero.</summary>
    public void Put(string from, string to, string sku, long count)
    {
        pieces[(from, sku)] = At(from, sku) - count;
        pieces[(to, sku)] = At(to, sku) + count;
        Assert.True(from is In or Gone || At(from, sku) >= 0, $"{count} {sku} left {from}, where they were not");
    }

    public List<string> CardsAt(string place) => [.. Cards.Where(c => c.Value == place).Select(c => c.Key)];

    public void PutCards(IEnumerable<string> serials, string place)
    {
        foreach (var serial in serials) Cards[serial] = place;
    }

    /// <summary>Holds the paper against the ledger's accounts, and against every card.</summary>
    public async Task CheckAsync(GoodsHouse house)
    {
        var accounts = await house.Market.ReadAsync(db => db.LedgerAccounts.Where(a => a.BookId == house.House.BookId && (a.Asset.StartsWith("GOODS/") || a.Asset.StartsWith("CARD/"))).Select(a => new { a.Code, a.Asset, a.Balance }).ToListAsync());
        var books = accounts.GroupBy(a => (Place: Place(a.Code), Asset.Parse(a.Asset).Sku)).ToDictionary(g => g.Key, g => g.Sum(a => a.Balance));
        foreach (var key in books.Keys.Union(pieces.Keys)) Assert.True(books.GetValueOrDefault(key) == At(key.Place, key.Sku), $"{key}: {books.GetValueOrDefault(key)} in the books, {At(key.Place, key.Sku)} on paper");

        var cards = await house.Market.ReadAsync(db => db.SupermarketCards.Select(c => new { c.Id, c.Serial, c.State, c.Move, c.Outlet.Code }).ToListAsync());
        var waits = await house.Market.ReadAsync(db => db.SecondSignatures.Where(s => s.Kind == SignatureKind.CardStopped && s.State == SignatureState.Waiting).Select(s => s.Subject).ToListAsync());
        var kept = cards.ToDictionary(c => c.Serial, c => c.State switch
        {
            CardState.HandedOut => Out,
            CardState.Lost or CardState.Blocked => waits.Contains($"{c.Id}") ? $"stopped:{c.Code}" : $"lost:{c.Code}",
            _ => c.Move is null ? c.Code : Way,
        });
        Assert.Equal(Cards.Select(c => $"{c.Key} {c.Value}"), kept.OrderBy(c => c.Key, StringComparer.Ordinal).Select(c => $"{c.Key} {c.Value}"));
    }

    private static string Place(string account) => account.Split(':') switch
    {
        ["purchase"] or ["sponsor", _] => In,
        ["shelf", var outlet] => outlet,
        ["reserved", _] => Aside,
        ["transit", _] => Way,
        ["handed-out"] => Out,
        _ => Gone, // written off, less what was found again
    };
}
