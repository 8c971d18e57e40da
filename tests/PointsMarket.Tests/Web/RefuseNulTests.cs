using System.Net;
using PointsMarket.Data;
using PointsMarket.Tests.Kit;

namespace PointsMarket.Tests.Web;

public sealed class RefuseNulTests
{
    [SkippableTheory]
    [InlineData(DatabaseProvider.Sqlite)]
    [InlineData(DatabaseProvider.Postgres)]
    public async Task Form_NulInAField_IsABadRequestInWords(DatabaseProvider provider)
    {
        await using var site = await SiteHost.StartAsync(provider);
        var visitor = site.Visitor();
        await visitor.GetAsync("/account/login");

        await visitor.ForgeAsync("/account/login", ("Input.Name", "adm\0in"), ("Input.Password", "x"));

        Assert.Equal(HttpStatusCode.BadRequest, visitor.Status);
        Assert.NotEmpty(visitor.Text);
        Assert.Equal(HttpStatusCode.BadRequest, (await visitor.GetAsync("/account/login?returnUrl=%00")).Status);
    }
}
