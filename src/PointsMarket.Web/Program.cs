using PointsMarket.Web.Setup;

var builder = WebApplication.CreateBuilder(args);
builder.AddHosting();
builder.AddLanguages();
builder.AddSafety();
builder.AddPages();
builder.AddHealth();

var app = builder.Build();
app.UseErrorPages();
app.UseSafety();
app.UseLanguages();
app.MapPages();
app.MapPreferences();
app.MapHealth();
app.PrintAddress();
app.Run();
