using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using PointsMarket.Web.Shared;
using System.Text;

namespace PointsMarket.Tests.Web;

public sealed class ListQueryTests
{
    private static ListQuery Read(string query)
    {
        var http = new DefaultHttpContext();
        http.Request.QueryString = new QueryString(query);
        return ListQuery.From(http.Request, "-happened", "points");
    }

    [Theory]
    [InlineData("", "happened", true, 1, 20)]
    [InlineData("?sort=points&p=3&size=50", "points", false, 3, 50)]
    [InlineData("?sort=-points", "points", true, 1, 20)]
    [InlineData("?sort=pin&p=-1&size=1000000", "happened", true, 1, 20)]
    [InlineData("?sort=&p=99999999999&size=abc", "happened", true, 1, 20)]
    public void Address_WithAnything_GivesAListThatMakesSense(string query, string sort, bool descending, int page, int size)
    {
        var list = Read(query);
        Assert.Equal((sort, descending, page, size), (list.Sort, list.Descending, list.Page, list.Size));
    }

    [Fact]
    public void Link_OfAPage_KeepsTheFilters() => Assert.Equal("?q=%E5%BC%A0&kind=goods&size=50&p=2", Read("?q=张&kind=goods&size=50&p=7&culture=en").LinkToPage(2));

    [Fact]
    public void Link_OfASort_GoesBackToTheFirstPageAndTurnsAround()
    {
        Assert.Equal("?q=a&sort=points", Read("?q=a&p=7").LinkToSort("points"));
        Assert.Equal("?q=a&sort=-points", Read("?q=a&sort=points").LinkToSort("points"));
        Assert.Equal("?q=a&sort=points", Read("?q=a&sort=-points").LinkToSort("points"));
    }

    [Theory]
    [InlineData(1, 5, new[] { 1, 2, 3, 0, 5 })]
    [InlineData(10, 20, new[] { 1, 0, 8, 9, 10, 11, 12, 0, 20 })]
    [InlineData(1, 1, new[] { 1 })]
    public void Pager_OfManyPages_OffersTheEndsAndTheNeighbours(int page, int pages, int[] offered) =>
        Assert.Equal(offered, new Pager(Read($"?p={page}"), pages * 20).Offered());

    [Fact]
    public async Task Csv_WithAFormula_WritesItAsText()
    {
        var http = new DefaultHttpContext();
        using var body = new MemoryStream();
        http.Response.Body = body;
        await new Csv<(string Name, long Points)>("members.csv", Rows(), ("姓名", r => r.Name), ("积分", r => r.Points))
            .ExecuteResultAsync(new ActionContext { HttpContext = http });

        Assert.Equal(Encoding.UTF8.Preamble.ToArray(), body.ToArray()[..3]);
        Assert.Equal("姓名,积分\r\n张桂兰,1286\r\n\"'=HYPERLINK(\"\"x\"\")\",-360\r\n", Encoding.UTF8.GetString(body.ToArray()[3..]));
        Assert.Contains("attachment", http.Response.Headers.ContentDisposition.ToString());
    }

    private static async IAsyncEnumerable<(string Name, long Points)> Rows()
    {
        await Task.Yield();
        yield return ("张桂兰", 1286);
        yield return ("=HYPERLINK(\"x\")", -360);
    }
}
