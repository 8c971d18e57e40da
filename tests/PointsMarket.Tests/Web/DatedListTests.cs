using System.Net;
using PointsMarket.Accounts;
using PointsMarket.Data;
using PointsMarket.Tests.Kit;

namespace PointsMarket.Tests.Web;

/// <summary>The two date fields of the lists: station days, both included, whatever is typed.</summary>
public sealed class DatedListTests
{
    private static readonly DateTimeOffset LateOnThe20th = new(2026, 10, 20, 23, 59, 0, TimeSpan.FromHours(8));

    public static TheoryData<DatabaseProvider> Databases => TestDatabase.All;

    [SkippableTheory, MemberData(nameof(Databases))]
    public async Task List_NarrowedToOneStationDay_LeavesOutTheMinuteAfter(DatabaseProvider provider)
    {
        await using var desk = await StartAsync(provider);
        using var admin = await desk.Site.SignInAsync(Roles.Administrator);
        foreach (var list in (string[])["/desk/redemptions", "/finance/journal", "/admin/changes"])
        {
            var (before, day, after) = (await RowsAsync(admin, list, "from=2026-10-19&to=2026-10-19"), await RowsAsync(admin, list, "from=2026-10-20&to=2026-10-20"), await RowsAsync(admin, list, "from=2026-10-21&to=2026-10-21"));
            Assert.Equal((0, 1, 1), (before, day, after));
        }
    }

    [SkippableTheory, MemberData(nameof(Databases))]
    public async Task List_AskedForTheFirstAndTheLastDayThereIs_ShowsEverything(DatabaseProvider provider)
    {
        await using var desk = await StartAsync(provider);
        using var admin = await desk.Site.SignInAsync(Roles.Administrator);
        foreach (var list in (string[])["/desk/redemptions", "/finance/journal", "/admin/changes"])
            Assert.Equal(await RowsAsync(admin, list, ""), await RowsAsync(admin, list, "from=0001-01-01&to=9999-12-31"));
    }

    [Fact]
    public async Task List_AskedForADayThatIsNone_StillOpens()
    {
        await using var desk = await StartAsync(DatabaseProvider.Sqlite);
        using var admin = await desk.Site.SignInAsync(Roles.Administrator);
        foreach (var list in (string[])["/desk/redemptions", "/finance/journal", "/admin/changes", "/desk/reports"])
            Assert.Equal(HttpStatusCode.OK, (await admin.GetAsync($"{list}?from=2026-02-31&to=soon")).Status);
    }

    /// <summary>A slip and a change a minute before midnight, station time, and one of each a minute after.</summary>
    private static async Task<DeskSite> StartAsync(DatabaseProvider provider)
    {
        var desk = await DeskSite.StartAsync(provider);
        foreach (var minutes in (int[])[0, 2])
        {
            desk.Site.Clock.Set(LateOnThe20th.AddMinutes(minutes));
            await desk.RedeemAsync();
            await desk.Site.Writes.RunAsync(db =>
            {
                db.ChangeRecords.Add(new ChangeRecord { At = desk.Site.Clock.GetUtcNow().UtcDateTime, Actor = "system:test", Action = "goods.changed", Subject = "RICE5" });
                return db.SaveChangesAsync();
            });
        }
        return desk;
    }

    private static async Task<int> RowsAsync(PageClient client, string list, string query)
    {
        await client.GetAsync($"{list}?{query}");
        Assert.Equal(HttpStatusCode.OK, client.Status);
        return client.Page.QuerySelectorAll("table.t tbody tr").Length;
    }
}
