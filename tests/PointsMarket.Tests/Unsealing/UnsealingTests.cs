using Microsoft.EntityFrameworkCore;
using PointsMarket.Accounts;
using PointsMarket.Data;
using PointsMarket.Members;
using PointsMarket.Tests.Kit;
using PointsMarket.Unsealing;

namespace PointsMarket.Tests.Unsealing;

/// <summary>A sealed name opens with two people and a reason, once for each, for a quarter of an hour, and on record.</summary>
public sealed class UnsealingTests
{
    private const int First = 11, Second = 12, Third = 13;

    public static TheoryData<DatabaseProvider> Databases => TestDatabase.All;

    [SkippableTheory, MemberData(nameof(Databases))]
    public async Task Name_AskedForAndApproved_IsShownOnceToEachOfTheTwo(DatabaseProvider provider)
    {
        await using var market = await TestMarket.StartAsync(provider);
        var id = await AskedAsync(market);
        Assert.IsType<ShowIdentity.NotOpen>(await ShowAsync(market, id, First));
        Assert.Equal(DecideUnsealing.Outcome.NotYours, await DecideAsync(market, id, First, UnsealState.Approved));
        Assert.Equal(DecideUnsealing.Outcome.NotFound, await DecideAsync(market, id, Second, UnsealState.Approved, path: "STA/V2/"));
        Assert.Equal(DecideUnsealing.Outcome.Done, await DecideAsync(market, id, Second, UnsealState.Approved));
        Assert.Equal(DecideUnsealing.Outcome.Decided, await DecideAsync(market, id, Third, UnsealState.Refused));

        Assert.IsType<ShowIdentity.NotFound>(await ShowAsync(market, id, Third));
        Assert.Equal(new ShowIdentity.Shown("I0001", "李四"), await ShowAsync(market, id, First));
        Assert.IsType<ShowIdentity.ShownBefore>(await ShowAsync(market, id, First));
        Assert.Equal(new ShowIdentity.Shown("I0001", "李四"), await ShowAsync(market, id, Second));
        market.Clock.Advance(UnsealRequest.Opens);
        Assert.IsType<ShowIdentity.NotOpen>(await ShowAsync(market, id, Second));

        var record = await market.ReadAsync(db => db.UnsealEvents.OrderBy(e => e.Id).ToListAsync());
        Assert.Equal(
            [(UnsealStep.Asked, "user:11"), (UnsealStep.Approved, "user:12"), (UnsealStep.Shown, "user:11"), (UnsealStep.Shown, "user:12")], record.Select(e => (e.Step, e.Actor)));
    }

    [SkippableTheory, MemberData(nameof(Databases))]
    public async Task Name_LookedAtManyTimesAtOnce_IsShownOnce(DatabaseProvider provider)
    {
        await using var market = await TestMarket.StartAsync(provider);
        var id = await AskedAsync(market);
        var decisions = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(() => DecideAsync(market, id, Second + (i % 2), i < 4 ? UnsealState.Approved : UnsealState.Refused))));
        Assert.Single(decisions, d => d == DecideUnsealing.Outcome.Done);
        if (await market.ReadAsync(db => db.UnsealRequests.AnyAsync(r => r.State == UnsealState.Refused))) return;
        var looks = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => ShowAsync(market, id, First))));
        Assert.Single(looks.OfType<ShowIdentity.Shown>());
        Assert.Equal(1, await market.ReadAsync(db => db.UnsealEvents.CountAsync(e => e.Step == UnsealStep.Shown)));
    }

    [Fact]
    public async Task Asking_WithoutReasonOrForOneselfOrForOthers_IsRefused()
    {
        await using var market = await TestMarket.StartAsync();
        var station = await BuildAsync(market);
        AskToUnseal.Input input = new() { MemberId = station.Informant.Id, Reason = "需要出庭作证，法院要求核实身份", UserId = First, UserMemberId = null, AreaPath = "STA/" };
        var ask = market.Get<AskToUnseal>();
        Assert.IsType<AskToUnseal.ReasonMissing>(await ask.ExecuteAsync(input with { Reason = "  好奇  " }));
        Assert.IsType<AskToUnseal.ReasonMissing>(await ask.ExecuteAsync(input with { Reason = new string('长', 401) }));
        Assert.IsType<AskToUnseal.Oneself>(await ask.ExecuteAsync(input with { UserMemberId = station.Informant.Id }));
        Assert.IsType<AskToUnseal.NoSuchInformant>(await ask.ExecuteAsync(input with { MemberId = station.Zhang.Id }));
        Assert.IsType<AskToUnseal.NoSuchInformant>(await ask.ExecuteAsync(input with { AreaPath = "STA/V2/" }));
        var asked = Assert.IsType<AskToUnseal.Asked>(await ask.ExecuteAsync(input));
        Assert.Equal(asked, await ask.ExecuteAsync(input)); // asking twice is asking once

        Assert.Equal(DecideUnsealing.Outcome.NotYours, await market.Get<DecideUnsealing>().ExecuteAsync(
            new() { RequestId = asked.RequestId, To = UnsealState.Approved, UserId = Second, UserMemberId = station.Informant.Id, AreaPath = "STA/" }));
        Assert.Equal(DecideUnsealing.Outcome.NotYours, await DecideAsync(market, asked.RequestId, Second, UnsealState.Withdrawn));
        market.Clock.Advance(UnsealRequest.Waits);
        Assert.Equal(DecideUnsealing.Outcome.Decided, await DecideAsync(market, asked.RequestId, Second, UnsealState.Approved));
    }

    [Fact]
    public async Task Name_WithTheKeyLost_IsAWordedRefusalOnRecordAndCanBeTriedAgain()
    {
        await using var market = await TestMarket.StartAsync();
        var id = await AskedAsync(market);
        await DecideAsync(market, id, Second, UnsealState.Approved);
        var key = await File.ReadAllTextAsync(market.Storage.SealKeyPath);
        var written = File.GetLastWriteTimeUtc(market.Storage.SealKeyPath);
        File.Delete(market.Storage.SealKeyPath);
        Assert.IsType<ShowIdentity.NoKey>(await ShowAsync(market, id, First));
        Assert.True(await market.ReadAsync(db => db.UnsealEvents.AnyAsync(e => e.Step == UnsealStep.NoKey)));
        await File.WriteAllTextAsync(market.Storage.SealKeyPath, key);
        File.SetLastWriteTimeUtc(market.Storage.SealKeyPath, written.AddSeconds(5));
        Assert.IsType<ShowIdentity.Shown>(await ShowAsync(market, id, First));
    }

    private static async Task<int> AskedAsync(TestMarket market)
    {
        var station = await BuildAsync(market);
        return Assert.IsType<AskToUnseal.Asked>(await market.Get<AskToUnseal>().ExecuteAsync(
            new() { MemberId = station.Informant.Id, Reason = "需要出庭作证，法院要求核实身份", UserId = First, UserMemberId = null, AreaPath = "STA/" })).RequestId;
    }

    private static async Task<TestStation> BuildAsync(TestMarket market)
    {
        var station = await TestStation.BuildAsync(market);
        await market.Get<SealInformants>().ExecuteAsync();
        await market.Writes.RunAsync(db =>
        {
            db.Users.AddRange(((int[])[First, Second, Third]).Select(id => new AppUser { Id = id, UserName = $"u{id}", NormalizedUserName = $"U{id}", DisplayName = "u", SecurityStamp = "s", CreatedAt = DateTime.UnixEpoch }));
            return db.SaveChangesAsync();
        });
        return station;
    }

    private static Task<DecideUnsealing.Outcome> DecideAsync(TestMarket market, int id, int user, UnsealState to, string path = "STA/") =>
        market.Get<DecideUnsealing>().ExecuteAsync(new() { RequestId = id, To = to, UserId = user, UserMemberId = null, AreaPath = path });

    private static Task<ShowIdentity.Outcome> ShowAsync(TestMarket market, int id, int user) => market.Get<ShowIdentity>().ExecuteAsync(id, user, "STA/");
}
