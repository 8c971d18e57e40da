using PointsMarket.Web.Commands;
using PointsMarket.Web.Setup;

if (CommandLine.IsFor(args)) return await CommandLine.RunAsync(args);

var builder = WebApplication.CreateBuilder(ProjectStart.Options(args));
builder.AddMarketSite();

var app = builder.Build();
app.UseMarketSite();
return await app.RunMarketSiteAsync();
