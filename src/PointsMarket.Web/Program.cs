using PointsMarket.Web.Setup;

var builder = WebApplication.CreateBuilder(args);
builder.AddMarketSite();

var app = builder.Build();
app.UseMarketSite();
return await app.RunMarketSiteAsync();
