using Microsoft.EntityFrameworkCore;
using PointsMarket.Data;
using PointsMarket.Import;
using PointsMarket.Ledger;
using PointsMarket.Members;
using PointsMarket.Sealing;
using PointsMarket.Tests.Import;
using PointsMarket.Tests.Kit;

namespace PointsMarket.Tests.Members;

/// <summary>An informant's name goes into the seal by every way in, and stands nowhere else.</summary>
public sealed class SealedNameTests
{
    private const string Columns = "code,name,kind,area,joined,left\n";

    public static TheoryData<DatabaseProvider> Databases => TestDatabase.All;

    [SkippableTheory, MemberData(nameof(Databases))]
    public async Task Import_OfInformants_SealsTheirNamesAndKnowsThemAgain(DatabaseProvider provider)
    {
        await using var market = await TestMarket.StartAsync(provider);
        Assert.False((await market.ImportAsync([.. Xinggu.Sources.Where(s => s.Name is "areas.csv" or "members.csv")])).Refused);

        var stored = await market.ReadAsync(db => db.Members.Where(m => m.Kind == MemberKind.Informant).ToListAsync());
        Assert.NotEmpty(stored);
        Assert.All(stored, m => Assert.Equal(m.Code, m.Name));
        var named = Xinggu.Text("members.csv").Split('\n').Select(l => l.Split(',')).Where(c => c is [_, _, "Informant", ..]).ToDictionary(c => c[0], c => c[1]);
        foreach (var member in stored) Assert.Equal(named[member.Code], await NameOfAsync(market, member.Code));

        var again = await market.ImportAsync([.. Xinggu.Sources.Where(s => s.Name is "areas.csv" or "members.csv")]);
        Assert.Equal((0, false), (again.New, again.Refused));
    }

    [Fact]
    public async Task Import_OfAnotherName_IsRefusedWithoutSayingEither()
    {
        await using var market = await TestMarket.StartAsync();
        await TestStation.BuildAsync(market);
        Assert.Equal(1, (await market.Get<SealInformants>().ExecuteAsync()).Sealed);
        var outcome = await market.ImportAsync([Xinggu.Source("members.csv", Columns + "I0001,王五,Informant,V1,2025-01-01,\nI0002,=赵六,Informant,V1,2025-01-01,\n")]);
        Assert.Equal([ImportReason.DiffersFromStored, ImportReason.FormulaLike], outcome.Problems.Select(p => p.Reason).OrderByDescending(r => r));
        Assert.All(outcome.Problems, p => Assert.Equal(("name", "***"), (p.Column, p.Value)));
        Assert.False((await market.ImportAsync([Xinggu.Source("members.csv", Columns + "I0001,李四,Informant,V1,2025-01-01,\n")])).Refused);
    }

    [Fact]
    public async Task Import_WithTheKeyLost_IsRefusedInWords()
    {
        await using var market = await TestMarket.StartAsync();
        await TestStation.BuildAsync(market);
        await market.Get<SealInformants>().ExecuteAsync();
        File.Delete(market.Storage.SealKeyPath);
        var outcome = await market.ImportAsync([Xinggu.Source("members.csv", Columns + "I0001,李四,Informant,V1,2025-01-01,\nI0002,赵六,Informant,V1,2025-01-01,\n")]);
        Assert.Equal(2, outcome.Problems.Count(p => p.Reason == ImportReason.NoSealKey));
        Assert.Equal(1, await market.ReadAsync(db => db.Members.CountAsync(m => m.Kind == MemberKind.Informant)));
    }

    [SkippableTheory, MemberData(nameof(Databases))]
    public async Task SealInformants_RunTwice_SealsOnceAndLeavesTheOthers(DatabaseProvider provider)
    {
        await using var market = await TestMarket.StartAsync(provider);
        await TestStation.BuildAsync(market); // writes 李四 in the open, as a database from before did
        Assert.Equal(new SealInformants.Result(1, 0, 0), await market.Get<SealInformants>().ExecuteAsync());
        Assert.Equal(new SealInformants.Result(0, 0, 0), await market.Get<SealInformants>().ExecuteAsync());
        Assert.Equal(("I0001", "李四"), (await market.ReadAsync(db => db.Members.Where(m => m.Code == "I0001").Select(m => m.Name).SingleAsync()), await NameOfAsync(market, "I0001")));
        Assert.Equal("张桂兰", await market.ReadAsync(db => db.Members.Where(m => m.Code == "G0001").Select(m => m.Name).SingleAsync()));

        File.Delete(market.Storage.SealKeyPath);
        Assert.Equal(new SealInformants.Result(0, 0, 1), await market.Get<SealInformants>().ExecuteAsync());
    }

    [SkippableTheory, MemberData(nameof(Databases))]
    public async Task AddAndEdit_ToInformant_SealTheName(DatabaseProvider provider)
    {
        await using var market = await TestMarket.StartAsync(provider);
        var station = await TestStation.BuildAsync(market);
        var area = station.Zhang.AreaId;
        Assert.IsType<AddMember.Added>(await market.Get<AddMember>().ExecuteAsync(new()
        {
            Code = "I0009", Name = "赵小六", Kind = MemberKind.Informant, AreaId = area, Joined = new(2026, 1, 1), Actor = Actor.User(1), AreaPath = "STA/",
        }));
        Assert.Equal("赵小六", await NameOfAsync(market, "I0009"));
        EditMember.Input edit = new() { MemberId = station.Zhang.Id, Name = "张桂兰", Kind = MemberKind.Informant, AreaId = area, Left = null, Actor = Actor.User(1), AreaPath = "STA/" };
        Assert.Equal(EditMember.Outcome.Saved, await market.Get<EditMember>().ExecuteAsync(edit));
        Assert.Equal("张桂兰", await NameOfAsync(market, "G0001"));
        Assert.Equal(["G0001", "I0009"], await market.ReadAsync(db => db.Members.Where(m => m.Code != "I0001").Select(m => m.Name).OrderBy(n => n).ToListAsync()));
        Assert.DoesNotContain(await market.ReadAsync(db => db.ChangeRecords.ToListAsync()), c => $"{c.Detail}".Contains("张桂兰") || $"{c.Detail}".Contains("赵小六"));
    }

    [Fact]
    public async Task AddAndEdit_WithoutAKey_AreRefusedAndChangeNothing()
    {
        await using var market = await TestMarket.StartAsync();
        var station = await TestStation.BuildAsync(market);
        await File.WriteAllTextAsync(market.Storage.SealKeyPath, "broken");
        Assert.IsType<AddMember.NoSealKey>(await market.Get<AddMember>().ExecuteAsync(new()
        {
            Code = "I0009", Name = "赵小六", Kind = MemberKind.Informant, AreaId = station.Zhang.AreaId, Joined = new(2026, 1, 1), Actor = Actor.User(1), AreaPath = "STA/",
        }));
        Assert.Equal(EditMember.Outcome.NoSealKey, await market.Get<EditMember>().ExecuteAsync(
            new() { MemberId = station.Zhang.Id, Name = "张桂兰", Kind = MemberKind.Informant, AreaId = station.Zhang.AreaId, Left = null, Actor = Actor.User(1), AreaPath = "STA/" }));
        Assert.Equal((2, MemberKind.GridMember), await market.ReadAsync(async db => (await db.Members.CountAsync(), await db.Members.Where(m => m.Code == "G0001").Select(m => m.Kind).SingleAsync())));
    }

    private static Task<string?> NameOfAsync(TestMarket market, string code) => market.ReadAsync(async db =>
    {
        var closed = await (from m in db.Members join s in db.SealedIdentities on m.Id equals s.MemberId where m.Code == code select s.Name).SingleAsync();
        return market.Get<Seal>().Open(closed, SealedIdentity.PlaceOf(code));
    });
}
