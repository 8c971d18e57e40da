using PointsMarket.Areas;
using PointsMarket.Data;
using PointsMarket.Market;
using PointsMarket.Members;
using PointsMarket.Tests.Kit;

namespace PointsMarket.Tests.Members;

public sealed class NumberTests
{
    public static TheoryData<DatabaseProvider> Databases => TestDatabase.All;

    [Theory]
    [InlineData("2100000000005", true)]
    [InlineData("2112345678900", true)]
    [InlineData("2112345678901", false)] // check digit
    [InlineData("2212345678909", false)] // prefix
    [InlineData("211234567890", false)]
    [InlineData("21123456789００", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void IsValid_OfACardNumber_ChecksLengthPrefixAndCheckDigit(string? number, bool valid) => Assert.Equal(valid, CardNumbers.IsValid(number));

    [Fact]
    public void New_CardNumbers_AreValidAndDiffer()
    {
        var numbers = Enumerable.Range(0, 500).Select(_ => CardNumbers.New()).ToList();
        Assert.All(numbers, n => Assert.True(CardNumbers.IsValid(n)));
        Assert.Equal(500, numbers.Distinct().Count());
    }

    [SkippableTheory, MemberData(nameof(Databases))]
    public async Task Take_Numbers_GoesOnFromTheHighestEvenBeyondSixDigits(DatabaseProvider provider)
    {
        await using var market = await TestMarket.StartAsync(provider);
        var book = await market.OpenBookAsync();
        await market.Writes.RunAsync(db =>
        {
            var area = new Area { Code = "STA", Name = "站", Kind = AreaKind.Station, Path = "STA/", BookId = book };
            foreach (var number in (string[])["999999", "1000000", "100001"])
                db.Add(new Member { Code = "M" + number, Number = number, Name = "甲", Kind = MemberKind.Volunteer, Area = area });
            return db.SaveChangesAsync();
        });

        Assert.Equal(["1000001", "1000002"], await market.Writes.RunAsync(db => MemberNumbers.TakeAsync(db, 2)));
    }

    [SkippableTheory, MemberData(nameof(Databases))]
    public async Task Take_NumbersFromManySides_NeverGivesOneTwice(DatabaseProvider provider)
    {
        await using var market = await TestMarket.StartAsync(provider);
        var book = await market.OpenBookAsync();
        var area = await market.Writes.RunAsync(async db =>
        {
            var made = new Area { Code = "STA", Name = "站", Kind = AreaKind.Station, Path = "STA/", BookId = book };
            db.Add(made);
            await db.SaveChangesAsync();
            return made.Id;
        });

        var numbers = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => market.Writes.RunAsync(async db =>
        {
            var number = (await MemberNumbers.TakeAsync(db, 1))[0];
            db.Add(new Member { Code = $"M{i}", Number = number, Name = "甲", Kind = MemberKind.Volunteer, AreaId = area, CardNumber = (await CardNumbers.TakeAsync(db, 1))[0] });
            await db.SaveChangesAsync();
            return number;
        })));

        Assert.Equal(Enumerable.Range(100_001, 20).Select(n => n.ToString()), numbers.Order());
    }

    [Theory]
    [InlineData(GoodsKind.Card, "CARD50", "超市卡50元", "Supermarket card", "g-card card")]
    [InlineData(GoodsKind.Goods, "RICE5", "大米5公斤", "Rice 5 kg", "g-rice food")]
    [InlineData(GoodsKind.Goods, "W1", "洗衣粉", "Washing powder", "g-wash daily")]
    [InlineData(GoodsKind.Goods, "W2", "洗面奶", "Face wash", "g-wash daily")]
    [InlineData(GoodsKind.Goods, "P1", "卫生纸", "Toilet paper", "g-other daily")]
    [InlineData(GoodsKind.Goods, "X9", "雨伞", "Umbrella", "g-other daily")]
    public void For_AnArticle_TellsDrawingAndShelfByItsName(GoodsKind kind, string sku, string zh, string en, string expected)
    {
        var (picture, section) = GoodsPictures.For(kind, sku, zh, en);
        Assert.Equal(expected, $"{picture} {section}");
    }
}
