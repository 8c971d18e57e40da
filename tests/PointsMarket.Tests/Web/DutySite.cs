using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PointsMarket.Accounts;
using PointsMarket.Duties;
using PointsMarket.Ledger;
using PointsMarket.Members;
using PointsMarket.Tests.Kit;

namespace PointsMarket.Tests.Web;

/// <summary>A site with two villages, 张桂兰 and an informant, and a patrol every evening. The clock stands at noon of 1 October 2026.</summary>
internal sealed class DutySite(ReportSite reports) : IAsyncDisposable
{
    public ReportSite Reports => reports;

    public SiteHost Site => reports.Site;

    public int Zhang => reports.Zhang;

    public static async Task<DutySite> StartAsync()
    {
        var reports = new ReportSite();
        await reports.InitializeAsync();
        return new DutySite(reports);
    }

    public T Get<T>()
        where T : notnull => Site.Services.GetRequiredService<T>();

    /// <summary>Saves a duty past the pages, and gives its shift on a day.</summary>
    public async Task<Shift> ShiftAsync(int day = 5, int seats = 2, params (MemberKind?, int)[] crew)
    {
        var saved = Assert.IsType<SaveDuty.Saved>(await Get<SaveDuty>().ExecuteAsync(new SaveDuty.Input
        {
            Kind = DutyKind.Patrol, Place = "村口到河堤", AreaId = reports.GridId, Weekdays = Weekdays.All, StartsAt = new(19, 0), EndsAt = new(21, 0), FirstDay = new(2026, 10, day),
            LastDay = new(2026, 10, day), Crew = crew.Length > 0 ? crew : [(null, seats)], DrawDays = 1, Actor = Actor.User(1), AreaPath = "STA/",
        }));
        return await Site.ReadAsync(db => db.Shifts.AsNoTracking().SingleAsync(s => s.DutyId == saved.DutyId));
    }

    /// <summary>The members have their places, and the clock stands where the shift begins.</summary>
    public async Task<Shift> BegunAsync(params int[] members)
    {
        var shift = await ShiftAsync();
        foreach (var member in members) Assert.IsType<AskForSeat.Noted>(await Get<AskForSeat>().ExecuteAsync(new() { ShiftId = shift.Id, MemberId = member, Actor = Actor.User(1) }));
        Site.Clock.Set(shift.DrawAt);
        await Get<DrawShifts>().ExecuteAsync();
        Site.Clock.Set(shift.StartsAt);
        return await Site.ReadAsync(db => db.Shifts.AsNoTracking().SingleAsync(s => s.Id == shift.Id));
    }

    public Task<PageClient> ApproverAsync(string area = "STA/", int? member = null) => Site.SignInAsync(Roles.Approver, area, member);

    /// <summary>The six digits that a page shows.</summary>
    public static string DigitsOf(PageClient page) => Regex.Replace(page.Page.QuerySelector(".d-digits")!.TextContent, @"\s", "");

    public ValueTask DisposeAsync() => new(reports.DisposeAsync());
}
