using System.Net;
using System.Text.RegularExpressions;

namespace PointsMarket.Tests.Web;

public sealed class ErrorPageTests(ShellSite site) : IClassFixture<ShellSite>
{
    [Theory]
    [InlineData("/no-such-page", HttpStatusCode.NotFound, "没有这个页面", "There is no such page")]
    [InlineData("/error/403", HttpStatusCode.NotFound, "没有这个页面", "There is no such page")]
    [InlineData("/?boom=1", HttpStatusCode.InternalServerError, "系统出了点问题", "Something went wrong on our side")]
    public async Task Error_InEitherLanguage_IsWordedAndNumbered(string path, HttpStatusCode status, string chinese, string english)
    {
        using var visitor = site.Visitor();
        foreach (var (culture, words) in new[] { ("zh-CN", chinese), ("en", english) })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, path);
            request.Headers.Add("Cookie", $"pm.language=c%3D{culture}%7Cuic%3D{culture}");
            using var answer = await visitor.SendAsync(request);
            var page = await answer.Content.ReadAsStringAsync();

            Assert.Equal(status, answer.StatusCode);
            Assert.Contains($"<h1>{words}</h1>", page);
            Assert.Matches(new Regex("<code>[0-9a-f]{32}</code>"), page);
        }
    }

    [Fact]
    public async Task Fault_OnAnyPage_TellsNothingOfTheInside()
    {
        using var answer = await site.Visitor().GetAsync("/?boom=1");
        var page = await answer.Content.ReadAsStringAsync();
        Assert.DoesNotContain(ShellSite.Secret, page);
        Assert.DoesNotContain("Exception", page);
        Assert.DoesNotContain("   at ", page);
    }

    [Fact]
    public async Task Form_WithoutToken_IsRefusedInWords()
    {
        using var answer = await site.Visitor().PostAsync("/", new FormUrlEncodedContent([new("a", "b")]));
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("<h1>这一步没有办成</h1>", await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Fault_AtAKiosk_StaysAtTheKioskAndGoesAwayByItself()
    {
        using var answer = await site.Visitor().GetAsync("/kiosk?boom=1");
        var page = await answer.Content.ReadAsStringAsync();
        Assert.Equal(HttpStatusCode.InternalServerError, answer.StatusCode);
        Assert.Contains("class=\"kiosk\"", page);
        Assert.Contains("href=\"/kiosk\"", page);
        Assert.Contains("url=/kiosk/leave", page);
    }
}
