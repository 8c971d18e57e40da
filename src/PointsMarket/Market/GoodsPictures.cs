namespace PointsMarket.Market;

/// <summary>Which drawing and which shelf an article gets when nobody chose one: told by its name.</summary>
public static class GoodsPictures
{
    /// <summary>The drawing for an article that no word fits.</summary>
    public const string Other = "g-other";

    // In order: toilet paper is no oil, and 洗衣粉 no flour.
    private static readonly (string Picture, string Section, string[] Words)[] Known =
    [
        (Other, "daily", ["纸", "paper", "tissue", "toilet"]),
        ("g-wash", "daily", ["洗衣粉", "洗衣液", "洗洁", "洗发", "洗面", "沐浴", "detergent", "shampoo", "washing"]),
        ("g-soap", "daily", ["皂", "soap"]),
        ("g-paste", "daily", ["牙膏", "牙刷", "tooth"]),
        ("g-towel", "daily", ["毛巾", "浴巾", "抹布", "towel"]),
        ("g-egg", "food", ["蛋", "egg"]),
        ("g-oil", "food", ["油", "酱", "醋", "oil", "vinegar", "sauce"]),
        ("g-salt", "food", ["盐", "糖", "味精", "salt", "sugar"]),
        ("g-rice", "food", ["米", "面", "粮", "rice", "flour", "noodle"]),
        (Other, "food", ["奶", "茶", "水果", "零食", "milk", "tea"]),
    ];

    /// <summary>The symbol in <c>goods.svg</c> and the shelf (<c>food</c>, <c>daily</c>, <c>card</c>).</summary>
    public static (string Picture, string Section) For(GoodsKind kind, string sku, string nameZh, string nameEn)
    {
        if (kind == GoodsKind.Card) return ("g-card", "card");
        foreach (var (picture, section, words) in Known)
        {
            if (Array.Exists(words, w => nameZh.Contains(w, StringComparison.Ordinal) || HasWord(nameEn, w) || HasWord(sku, w)))
                return (picture, section);
        }
        return (Other, "daily");
    }

    private static bool HasWord(string text, string word) => text.Contains(word, StringComparison.OrdinalIgnoreCase);
}
