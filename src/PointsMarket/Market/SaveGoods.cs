using Microsoft.EntityFrameworkCore;
using PointsMarket.Data;
using PointsMarket.Ledger;

namespace PointsMarket.Market;

/// <summary>
/// Adds an article, or changes one. Sku and kind stand in the ledger and never change. A new price counts from the next
/// confirmation on: slips that wait keep theirs.
/// </summary>
public sealed class SaveGoods(MarketWrites writes, TimeProvider clock)
{
    /// <summary>The shelves of the kiosk.</summary>
    public static readonly IReadOnlyList<string> Sections = ["food", "daily", "card"];

    /// <summary>The highest price, value and limit that make sense; more is a slip of the finger.</summary>
    public const int MostPoints = 100_000, MostFen = 10_000_000, MostLimit = 1_000;

    /// <summary>The article as it is to be.</summary>
    public sealed record Input
    {
        /// <summary>The article to change; null for a new one.</summary>
        public int? GoodsId { get; init; }

        /// <summary>The sku of a new one, 1–32 characters as <see cref="LedgerNames"/> allows.</summary>
        public string? Sku { get; init; }

        /// <summary>Thing or card, for a new one.</summary>
        public GoodsKind Kind { get; init; }

        /// <summary>Chinese name.</summary>
        public required string NameZh { get; init; }

        /// <summary>English name.</summary>
        public required string NameEn { get; init; }

        /// <summary>What one is called.</summary>
        public required string Unit { get; init; }

        /// <summary>Price of one, 1 or more.</summary>
        public required int Points { get; init; }

        /// <summary>What one is worth, in fen.</summary>
        public required int ValueFen { get; init; }

        /// <summary>Pieces a member may take in a month; null for no limit.</summary>
        public required int? LimitPerMemberMonth { get; init; }

        /// <summary>One of <see cref="Sections"/>.</summary>
        public required string Section { get; init; }

        /// <summary>The drawing, <c>g-…</c>.</summary>
        public required string Picture { get; init; }

        /// <summary>Whether it stands in the shop.</summary>
        public required bool Offered { get; init; }

        /// <summary>Who saves it.</summary>
        public required Actor Actor { get; init; }
    }

    /// <summary>What came of it.</summary>
    public abstract record Outcome;

    /// <summary>Saved.</summary>
    public sealed record Saved(string Sku) : Outcome;

    /// <summary>Another article has this sku.</summary>
    public sealed record SkuTaken : Outcome;

    /// <summary>Not a sku that can stand in the ledger.</summary>
    public sealed record SkuNotValid : Outcome;

    /// <summary>A number or choice outside its bounds; the name of the input's member.</summary>
    public sealed record OutOfBounds(string Member) : Outcome;

    /// <summary>There is no such article.</summary>
    public sealed record NoSuchGoods : Outcome;

    /// <summary>Saves it.</summary>
    public Task<Outcome> ExecuteAsync(Input input, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(input);
        if (Wrong(input) is { } member) return Task.FromResult<Outcome>(new OutOfBounds(member));
        if (input.GoodsId is null && (input.Sku is not { Length: <= 32 } || !LedgerNames.IsValid(input.Sku))) return Task.FromResult<Outcome>(new SkuNotValid());
        return writes.RunAsync(db => RunAsync(db, input), ct);
    }

    private static string? Wrong(Input input) =>
        input.Points is < 1 or > MostPoints ? nameof(input.Points)
        : input.ValueFen is < 0 or > MostFen ? nameof(input.ValueFen)
        : input.LimitPerMemberMonth is < 1 or > MostLimit ? nameof(input.LimitPerMemberMonth)
        : !Sections.Contains(input.Section) ? nameof(input.Section)
        : !input.Picture.StartsWith("g-", StringComparison.Ordinal) ? nameof(input.Picture)
        : null;

    private async Task<Outcome> RunAsync(MarketDb db, Input input)
    {
        Goods? goods;
        string detail;
        if (input.GoodsId is { } id)
        {
            goods = await db.Goods.SingleOrDefaultAsync(g => g.Id == id);
            if (goods is null) return new NoSuchGoods();
            detail = Changes(goods, input);
            if (detail.Length == 0) return new Saved(goods.Sku);
        }
        else
        {
            await db.TakeTurnAsync();
            if (await db.Goods.AnyAsync(g => g.Sku == input.Sku)) return new SkuTaken();
            goods = new Goods { Sku = input.Sku!, Kind = input.Kind, NameZh = "", NameEn = "", Unit = "", Section = "", Picture = "" };
            db.Goods.Add(goods);
            detail = $"points {input.Points}";
        }
        (goods.NameZh, goods.NameEn, goods.Unit, goods.Section, goods.Picture) = (input.NameZh, input.NameEn, input.Unit, input.Section, input.Picture);
        (goods.Points, goods.ValueFen, goods.LimitPerMemberMonth, goods.Offered) = (input.Points, input.ValueFen, input.LimitPerMemberMonth, input.Offered);
        db.Note(clock.GetUtcNow().UtcDateTime, input.Actor, input.GoodsId is null ? "goods.added" : "goods.edited", goods.Sku, detail);
        await db.SaveChangesAsync();
        return new Saved(goods.Sku);
    }

    private static string Changes(Goods goods, Input input)
    {
        (string What, object? Old, object? New)[] all =
        [
            ("name-zh", goods.NameZh, input.NameZh), ("name-en", goods.NameEn, input.NameEn), ("unit", goods.Unit, input.Unit), ("points", goods.Points, input.Points),
            ("value", goods.ValueFen, input.ValueFen), ("limit", goods.LimitPerMemberMonth, input.LimitPerMemberMonth), ("section", goods.Section, input.Section),
            ("picture", goods.Picture, input.Picture), ("offered", goods.Offered, input.Offered),
        ];
        return string.Join("; ", all.Where(c => !Equals(c.Old, c.New)).Select(c => $"{c.What} {c.Old ?? "–"} → {c.New ?? "–"}"));
    }
}
