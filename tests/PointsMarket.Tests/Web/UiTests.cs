using System.Globalization;
using PointsMarket.Web.Shared;

namespace PointsMarket.Tests.Web;

public sealed class UiTests
{
    private static readonly DateTime Utc = new(2026, 11, 20, 17, 42, 0, DateTimeKind.Utc); // 01:42 of the next day at the station

    [Theory]
    [InlineData("zh-CN", "11月21日 星期六", "2026年11月21日", "11月21日 01:42")]
    [InlineData("en", "21 Nov, Saturday", "21 Nov 2026", "21 Nov, 01:42")]
    public void Time_InEitherLanguage_IsTheStations(string culture, string day, string date, string moment)
    {
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(culture);
        Assert.Equal((day, date, moment), (Ui.Day(Utc), Ui.Date(Utc), Ui.Moment(Utc)));
    }

    [Fact]
    public void Number_OfPointsOrMoney_IsGroupedWithATrueMinus()
    {
        Assert.Equal(("1,286", "\u2212360", "0"), (Ui.Points(1286), Ui.Points(-360), Ui.Points(0)));
        Assert.Equal(("+20", "\u22121,360", "0"), (Ui.Change(20), Ui.Change(-1360), Ui.Change(0)));
        Assert.Equal(("¥12.50", "\u2212¥0.05"), (Ui.Yuan(1250), Ui.Yuan(-5)));
    }

    [Fact]
    public void Drawing_WithHostileWords_EscapesThem()
    {
        Assert.DoesNotContain("<b>", Ui.Qr("2162041700016", "\"><b>").ToString());
        Assert.DoesNotContain("<b>", Ui.Icon("\"><b>").ToString());
    }
}
