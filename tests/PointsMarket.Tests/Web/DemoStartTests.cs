using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PointsMarket.Accounts;
using PointsMarket.Data;
using PointsMarket.Demo;
using PointsMarket.Ledger;
using PointsMarket.Tests.Kit;

namespace PointsMarket.Tests.Web;

/// <summary>A site that starts on an empty database: the demo comes up in Development and never elsewhere.</summary>
public sealed class DemoStartTests
{
    [Fact]
    public async Task Start_InDevelopment_LoadsTheDemoAndShowsItsAccountsAndMembers()
    {
        await using var site = new EmptySite("Development");
        using var visitor = site.Visitor();
        await visitor.GetAsync("/");

        Assert.Contains(DemoAccounts.Password, visitor.Text, StringComparison.Ordinal);
        Assert.All(DemoPeople.All, p => Assert.Contains(p.Card, visitor.Text, StringComparison.Ordinal));
        Assert.DoesNotContain("李四", visitor.Text, StringComparison.Ordinal); // an informant
        Assert.Equal(DemoAccounts.All.Count, visitor.Page.QuerySelectorAll(".s-demo form").Length);

        await visitor.PostAsync(".s-demo form");
        Assert.DoesNotContain("/account/login", visitor.Path, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Development", "false")]
    [InlineData("Production", "true")]
    public async Task Start_NotAskedOrNotInDevelopment_LoadsNothing(string environment, string load)
    {
        await using var site = new EmptySite(environment, load);
        using var visitor = site.Visitor();
        await visitor.GetAsync("/");

        Assert.DoesNotContain(DemoAccounts.Password, visitor.Body, StringComparison.Ordinal);
        await using var db = site.Services.GetRequiredService<MarketContexts>().Read();
        Assert.False(await db.Users.AnyAsync() || await db.Areas.AnyAsync());
    }

    [Fact]
    public async Task StartPage_OutsideDevelopment_HidesADemoThatIsThere()
    {
        await using var site = new EmptySite("Production");
        await site.Services.GetRequiredService<LoadDemo>().ExecuteAsync(new() { Actor = Actor.System("demo") });
        using var visitor = site.Visitor();
        await visitor.GetAsync("/");

        Assert.All(DemoPeople.All, p => Assert.DoesNotContain(p.Card, visitor.Body, StringComparison.Ordinal));
        Assert.DoesNotContain(DemoAccounts.Password, visitor.Body, StringComparison.Ordinal);
    }

    private sealed class EmptySite(string environment, string load = "true") : WebApplicationFactory<Program>
    {
        private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("pointsmarket-start-");

        public PageClient Visitor() => new(CreateClient());

        public override async ValueTask DisposeAsync()
        {
            await base.DisposeAsync();
            SqliteConnection.ClearAllPools();
            folder.Delete(recursive: true);
        }

        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            builder.UseEnvironment(environment);
            builder.UseSetting("Demo:Load", load);
            builder.UseSetting("Database:Provider", "Sqlite");
            builder.UseSetting("ConnectionStrings:Market", $"Data Source={Path.Combine(folder.FullName, "market.db")}");
            builder.UseSetting("Ledger:Checkpoints", Path.Combine(folder.FullName, "checkpoints.jsonl"));
            builder.UseSetting("Accounts:TriesPerMinute", "10000");
            builder.UseSetting("Jobs:Run", "false");
            builder.UseSetting("Logging:LogLevel:Default", "Warning");
        }
    }
}
