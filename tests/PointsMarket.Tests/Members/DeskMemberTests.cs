using Microsoft.EntityFrameworkCore;
using PointsMarket.Data;
using PointsMarket.Ledger;
using PointsMarket.Market;
using PointsMarket.Members;
using PointsMarket.Tests.Kit;

namespace PointsMarket.Tests.Members;

/// <summary>What the desk does to members: adding, editing, a lost card; within the actor's area only.</summary>
public sealed class DeskMemberTests
{
    private static readonly Actor Admin = Actor.User(1);

    public static TheoryData<DatabaseProvider> Databases => TestDatabase.All;

    [SkippableTheory, MemberData(nameof(Databases))]
    public async Task Add_ManyAtOnce_GivesEachANumberAndACardOfItsOwn(DatabaseProvider provider)
    {
        await using var market = await TestMarket.StartAsync(provider);
        var station = await TestStation.BuildAsync(market);
        var add = market.Get<AddMember>();

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 12).Select(i => add.ExecuteAsync(Somebody(station, $"N{i % 8:D4}"))));

        Assert.Equal(8, outcomes.OfType<AddMember.Added>().Select(a => a.Number).Distinct().Count());
        Assert.Equal(4, outcomes.OfType<AddMember.CodeTaken>().Count());
        var cards = await market.ReadAsync(db => db.Members.Where(m => m.Kind == MemberKind.Volunteer).Select(m => m.CardNumber).ToListAsync());
        Assert.Equal(8, cards.Distinct().Count());
        Assert.All(cards, c => Assert.True(CardNumbers.IsValid(c)));
        Assert.Equal(8, await market.ReadAsync(db => db.ChangeRecords.CountAsync(c => c.Action == "member.added")));
    }

    [Fact]
    public async Task Add_BadCodeOrAreaOfOthers_IsRefusedAndChangesNothing()
    {
        await using var market = await TestMarket.StartAsync();
        var station = await TestStation.BuildAsync(market);
        var add = market.Get<AddMember>();

        Assert.IsType<AddMember.CodeNotValid>(await add.ExecuteAsync(Somebody(station, "a b")));
        Assert.IsType<AddMember.CodeTaken>(await add.ExecuteAsync(Somebody(station, "G0001")));
        Assert.IsType<AddMember.NoSuchArea>(await add.ExecuteAsync(Somebody(station, "N0001") with { AreaPath = "STA/V2/" }));

        Assert.Equal(2, await market.ReadAsync(db => db.Members.CountAsync()));
        Assert.Equal(0, await market.ReadAsync(db => db.ChangeRecords.CountAsync()));
    }

    [Fact]
    public async Task Replace_LostCard_KillsTheOldNumberAndWhoeverUsesIt()
    {
        await using var market = await TestMarket.StartAsync();
        var station = await TestStation.BuildAsync(market);
        var old = station.Zhang.CardNumber!;
        var session = await station.StepUpAsync();

        Assert.False(await market.Get<ReplaceCard>().ExecuteAsync(new() { MemberId = station.Zhang.Id, Actor = Admin, AreaPath = "STA/V2/" }));
        Assert.True(await market.Get<ReplaceCard>().ExecuteAsync(new() { MemberId = station.Zhang.Id, Actor = Admin, AreaPath = "STA/" }));

        var now = await market.ReadAsync(db => db.Members.Where(m => m.Code == "G0001").Select(m => m.CardNumber).SingleAsync());
        Assert.NotEqual(old, now);
        var identify = market.Get<IdentifyAtKiosk>();
        Assert.IsType<IdentifyAtKiosk.UnknownCard>(await identify.ExecuteAsync(new() { DeviceId = station.Kiosk.Id, Code = old }));
        Assert.IsType<IdentifyAtKiosk.Welcome>(await identify.ExecuteAsync(new() { DeviceId = station.Kiosk.Id, Code = now! }));
        Assert.NotNull(await market.ReadAsync(db => db.KioskSessions.Where(s => s.Id == session.Id).Select(s => s.EndedAt).SingleAsync()));
        Assert.Equal("user:1", await market.ReadAsync(db => db.ChangeRecords.Where(c => c.Action == "member.card-replaced").Select(c => c.Actor).SingleAsync()));
    }

    [Fact]
    public async Task Edit_Informant_KeepsTheNameSealedAndTheKind()
    {
        await using var market = await TestMarket.StartAsync();
        var station = await TestStation.BuildAsync(market);
        var edit = market.Get<EditMember>();
        var input = Edited(station.Informant) with { Name = "王五" };

        Assert.Equal(EditMember.Outcome.Sealed, await edit.ExecuteAsync(input with { Kind = MemberKind.Volunteer }));
        Assert.Equal(EditMember.Outcome.Saved, await edit.ExecuteAsync(input with { Left = new(2026, 9, 1) }));

        var stored = await market.ReadAsync(db => db.Members.SingleAsync(m => m.Code == "I0001"));
        Assert.Equal(("李四", MemberKind.Informant, new DateOnly(2026, 9, 1)), (stored.Name, stored.Kind, stored.Left));
    }

    [Fact]
    public async Task Edit_WhatIsWrong_IsRefusedAndChangesNothing()
    {
        await using var market = await TestMarket.StartAsync();
        var station = await TestStation.BuildAsync(market);
        var edit = market.Get<EditMember>();
        var input = Edited(station.Zhang);
        var second = await market.ReadAsync(db => db.Areas.Where(a => a.Code == "V2").Select(a => a.Id).SingleAsync());

        Assert.Equal(EditMember.Outcome.NameMissing, await edit.ExecuteAsync(input with { Name = " " }));
        Assert.Equal(EditMember.Outcome.LeftTooEarly, await edit.ExecuteAsync(input with { Left = new(2024, 12, 31) }));
        Assert.Equal(EditMember.Outcome.NoSuchMember, await edit.ExecuteAsync(input with { AreaPath = "STA/V2/" }));
        Assert.Equal(EditMember.Outcome.NoSuchArea, await edit.ExecuteAsync(input with { AreaPath = "STA/V1/", AreaId = second }));
        Assert.Equal(EditMember.Outcome.Saved, await edit.ExecuteAsync(input)); // nothing is different
        Assert.Equal(0, await market.ReadAsync(db => db.ChangeRecords.CountAsync()));

        Assert.Equal(EditMember.Outcome.Saved, await edit.ExecuteAsync(input with { Name = "张桂花", AreaId = second }));
        var detail = await market.ReadAsync(db => db.ChangeRecords.Select(c => c.Detail).SingleAsync());
        Assert.Equal("name; area V1 → V2", detail); // never the name itself
    }

    [Fact]
    public void Suggest_ManyPins_AreNeverEasy() =>
        Assert.All(Enumerable.Range(0, 500).Select(_ => SetPin.Suggest()), pin => Assert.True(PinHasher.IsValid(pin) && !SetPin.IsEasy(pin), pin));

    private static AddMember.Input Somebody(TestStation station, string code) => new()
    {
        Code = code, Name = "新人", Kind = MemberKind.Volunteer, AreaId = station.Zhang.AreaId, Joined = new(2026, 9, 1), Actor = Admin, AreaPath = "STA/",
    };

    private static EditMember.Input Edited(Member m) => new() { MemberId = m.Id, Name = m.Name, Kind = m.Kind, AreaId = m.AreaId, Left = m.Left, Actor = Admin, AreaPath = "STA/" };
}
