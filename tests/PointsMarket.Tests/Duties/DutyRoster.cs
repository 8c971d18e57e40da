using Microsoft.EntityFrameworkCore;
using PointsMarket.Areas;
using PointsMarket.Data;
using PointsMarket.Duties;
using PointsMarket.Ledger;
using PointsMarket.Members;
using PointsMarket.Tests.Kit;

namespace PointsMarket.Tests.Duties;

/// <summary>A small station with a duty or two, twenty volunteers, a grid manager and a coordinator, and one-line ways to move on.</summary>
internal sealed class DutyRoster(TestMarket market, TestStation station)
{
    public const string Village = "STA/V1/", OtherVillage = "STA/V2/";

    public TestMarket Market => market;

    public TestStation Station => station;

    public int VillageId { get; private set; }

    public IReadOnlyList<int> Volunteers { get; private set; } = [];

    public int Manager { get; private set; }

    public int Coordinator { get; private set; }

    public DateTime Now => market.Clock.GetUtcNow().UtcDateTime;

    /// <summary>The clock stands at noon of Thursday, 1 October 2026.</summary>
    public static async Task<DutyRoster> OpenAsync(DatabaseProvider provider = DatabaseProvider.Sqlite)
    {
        var market = await TestMarket.StartAsync(provider);
        var roster = new DutyRoster(market, await TestStation.BuildAsync(market));
        await market.Writes.RunAsync(async db =>
        {
            var village = await db.Areas.SingleAsync(a => a.Path == Village);
            roster.VillageId = village.Id;
            Member New(string code, string number, MemberKind kind) => new() { Code = code, Number = number, Name = "志愿者" + code, Kind = kind, AreaId = village.Id, Joined = new(2025, 1, 1) };
            var all = Enumerable.Range(1, 20).Select(i => New($"P{i:0000}", $"2{i:00000}", MemberKind.Volunteer)).ToList();
            var (manager, coordinator) = (New("M0001", "300001", MemberKind.GridManager), New("K0001", "300002", MemberKind.Coordinator));
            db.AddRange([.. all, manager, coordinator]);
            await db.SaveChangesAsync();
            (roster.Volunteers, roster.Manager, roster.Coordinator) = ([.. all.Select(m => m.Id)], manager.Id, coordinator.Id);
            return 0;
        });
        return roster;
    }

    /// <summary>A patrol every day from 19:00 to 21:00 for anybody, drawn the day before at noon.</summary>
    public SaveDuty.Input Input(int seats = 1, DutyKind kind = DutyKind.Patrol, Weekdays days = Weekdays.All) => new()
    {
        Kind = kind, Place = "村口到河堤", AreaId = VillageId, Weekdays = days, StartsAt = new(19, 0), EndsAt = new(21, 0), FirstDay = new(2026, 10, 1),
        Crew = [(null, seats)], DrawDays = 1, Actor = Actor.User(1), AreaPath = "STA/",
    };

    public Task<SaveDuty.Outcome> SaveAsync(SaveDuty.Input input) => market.Get<SaveDuty>().ExecuteAsync(input);

    /// <summary>Saves a duty and gives the key of its shift on a day.</summary>
    public async Task<int> ShiftAsync(SaveDuty.Input? input = null, DateOnly? day = null)
    {
        var saved = Assert.IsType<SaveDuty.Saved>(await SaveAsync(input ?? Input()));
        var on = day ?? new DateOnly(2026, 10, 5);
        return await market.ReadAsync(db => db.Shifts.Where(s => s.DutyId == saved.DutyId && s.Day == on).Select(s => s.Id).SingleAsync());
    }

    public Task<AskForSeat.Outcome> AskAsync(int shift, int member, string? forAnotherIn = null) =>
        market.Get<AskForSeat>().ExecuteAsync(new() { ShiftId = shift, MemberId = member, Actor = Actor.User(100 + member), ForAnotherIn = forAnotherIn });

    public Task<LeaveShift.Outcome> LeaveAsync(int shift, int member) =>
        market.Get<LeaveShift>().ExecuteAsync(new() { ShiftId = shift, MemberId = member, Actor = Actor.User(100 + member) });

    public Task<Shift> ReadAsync(int shift) => market.ReadAsync(db => db.Shifts.AsNoTracking().Include(s => s.SignUps).ThenInclude(u => u.Member).SingleAsync(s => s.Id == shift));

    /// <summary>Sets the clock to the shift's draw and draws.</summary>
    public async Task<Shift> DrawnAsync(int shift)
    {
        market.Clock.Set((await ReadAsync(shift)).DrawAt);
        await market.Get<DrawShifts>().ExecuteAsync();
        return await ReadAsync(shift);
    }

    /// <summary>The members with a place, by seat.</summary>
    public async Task<IReadOnlyList<int>> SeatedAsync(int shift) =>
        [.. (await ReadAsync(shift)).SignUps.Where(u => u.State == SignUpState.Seated).OrderBy(u => u.Seat).Select(u => u.MemberId)];

    public async Task<string> CodeAsync(int shift) => ShiftCode.At((await ReadAsync(shift)).CodeKey, shift, Now).Code;

    public async Task<CheckIn.Outcome> CheckInAsync(int shift, int member, string? code = null) =>
        await market.Get<CheckIn>().ExecuteAsync(new() { ShiftId = shift, MemberId = member, Code = code ?? await CodeAsync(shift), Actor = Actor.User(100 + member) });

    /// <summary>Signs them up, draws, checks them all in at the beginning, and lets the shift end.</summary>
    public async Task<int> HeldAsync(SaveDuty.Input input, DateOnly day, params int[] members)
    {
        var id = await ShiftAsync(input, day);
        foreach (var member in members) Assert.IsType<AskForSeat.Noted>(await AskAsync(id, member));
        var shift = await DrawnAsync(id);
        market.Clock.Set(shift.StartsAt);
        foreach (var member in members) Assert.IsType<CheckIn.In>(await CheckInAsync(id, member));
        market.Clock.Set(shift.EndsAt);
        return id;
    }

    public Task<ConfirmAttendance.Outcome> ConfirmAsync(int shift, int user = 2, int? member = null, string area = "STA/") =>
        market.Get<ConfirmAttendance>().ExecuteAsync(new() { ShiftId = shift, Actor = Actor.User(user), ActorMemberId = member, AreaPath = area });

    public Task<long> PointsAsync(string code) => station.BalanceAsync(AccountCode.Member(code), Asset.Points);

    public Task<List<string>> InboxAsync(int member) => market.ReadAsync(db => db.InboxMessages.Where(m => m.MemberId == member).OrderBy(m => m.Id).Select(m => m.Kind).ToListAsync());
}
