using Microsoft.EntityFrameworkCore;
using PointsMarket.Ledger;
using PointsMarket.Market;
using PointsMarket.Members;
using PointsMarket.Tests.Kit;

namespace PointsMarket.Tests.Market;

public sealed class KioskTests : IAsyncLifetime
{
    private TestMarket market = null!;
    private TestStation station = null!;

    public async Task InitializeAsync()
    {
        market = await TestMarket.StartAsync();
        station = await TestStation.BuildAsync(market);
    }

    public async Task DisposeAsync() => await market.DisposeAsync();

    [Fact]
    public async Task Identify_CardOrNumberAndPin_IsWelcome()
    {
        Assert.IsType<IdentifyAtKiosk.Welcome>(await IdentifyAsync(station.Zhang.CardNumber!));
        Assert.IsType<IdentifyAtKiosk.Welcome>(await IdentifyAsync("100001", TestStation.Pin));
    }

    [Fact]
    public async Task Identify_CardWherePinIsNeeded_AsksForIt()
    {
        var identify = market.Get<IdentifyAtKiosk>();
        var input = new IdentifyAtKiosk.Input { DeviceId = station.Kiosk.Id, Code = station.Zhang.CardNumber!, CardNeedsPin = true };
        Assert.IsType<IdentifyAtKiosk.PinNeeded>(await identify.ExecuteAsync(input));
        Assert.IsType<IdentifyAtKiosk.WrongPin>(await identify.ExecuteAsync(input with { Pin = "1111" }));
        Assert.IsType<IdentifyAtKiosk.Welcome>(await identify.ExecuteAsync(input with { Pin = TestStation.Pin }));
    }

    [Theory]
    [InlineData("2100000000994")]
    [InlineData("123")]
    [InlineData("")]
    [InlineData("100001'; DROP TABLE \"Members\"; --")]
    public async Task Identify_UnknownCode_IsRefusedWithoutSayingWhat(string code) =>
        Assert.IsType<IdentifyAtKiosk.WrongPin>(await IdentifyAsync(code, TestStation.Pin));

    [Fact]
    public async Task Identify_LostCard_IsUnknown() => Assert.IsType<IdentifyAtKiosk.UnknownCard>(await IdentifyAsync(CardNumbers.Of(77)));

    [Fact]
    public async Task Identify_MemberWhoLeft_IsNotActive()
    {
        await market.Writes.RunAsync(db => db.Members.Where(m => m.Id == station.Zhang.Id).ExecuteUpdateAsync(s => s.SetProperty(m => m.Left, new DateOnly(2026, 10, 1))));
        Assert.IsType<IdentifyAtKiosk.NotActive>(await IdentifyAsync(station.Zhang.CardNumber!));
    }

    [Fact]
    public async Task CheckPin_WrongAgainAndAgain_WaitsLongerThenLocksUntilUnlocked()
    {
        Assert.Equal(new IdentifyAtKiosk.WrongPin(5), await IdentifyAsync("100001", "9999"));
        Assert.Equal(new IdentifyAtKiosk.WrongPin(4), await IdentifyAsync("100001", "9999"));
        Assert.Equal(new IdentifyAtKiosk.WrongPin(3), await IdentifyAsync("100001", "9999"));
        Assert.Equal(new IdentifyAtKiosk.Wait(TimeSpan.FromSeconds(10)), await IdentifyAsync("100001", TestStation.Pin)); // even the right one
        foreach (var seconds in (int[])[10, 30, 90])
        {
            market.Clock.Advance(TimeSpan.FromSeconds(seconds));
            await IdentifyAsync("100001", "9999");
        }
        market.Clock.Advance(TimeSpan.FromDays(1));
        Assert.IsType<IdentifyAtKiosk.Locked>(await IdentifyAsync("100001", TestStation.Pin));

        Assert.False(await market.Get<UnlockPin>().ExecuteAsync(station.Zhang.Id, Actor.User(1), "STA/V2/"));
        Assert.True(await market.Get<UnlockPin>().ExecuteAsync(station.Zhang.Id, Actor.User(1), "STA/V1/"));
        Assert.IsType<IdentifyAtKiosk.Welcome>(await IdentifyAsync("100001", TestStation.Pin));
    }

    [Fact]
    public async Task CheckPin_ManyGuessesAtOnce_AreAllCounted()
    {
        var check = market.Get<CheckPin>();
        var results = await Task.WhenAll(Enumerable.Range(0, 16).Select(i => Task.Run(() => check.ExecuteAsync(station.Zhang.Id, $"90{i:00}"))));
        Assert.Equal(3, results.Count(r => r.Outcome == CheckPin.Outcome.Wrong)); // the fourth would have had to wait
        Assert.Equal(13, results.Count(r => r.Outcome == CheckPin.Outcome.TooSoon));
        Assert.Equal(3, await market.ReadAsync(db => db.Members.Where(m => m.Id == station.Zhang.Id).Select(m => m.PinFailures).SingleAsync()));
    }

    [Theory]
    [InlineData("1234", SetPin.Outcome.TooEasy)]
    [InlineData("9876", SetPin.Outcome.TooEasy)]
    [InlineData("0000", SetPin.Outcome.TooEasy)]
    [InlineData("12a4", SetPin.Outcome.NotDigits)]
    [InlineData("１２３５", SetPin.Outcome.NotDigits)]
    [InlineData("123", SetPin.Outcome.NotDigits)]
    [InlineData("2580", SetPin.Outcome.Set)]
    public async Task SetPin_Various_SetsOrSaysWhyNot(string pin, SetPin.Outcome expected)
    {
        Assert.Equal(expected, await market.Get<SetPin>().ExecuteAsync(new() { MemberId = station.Informant.Id, Pin = pin, Actor = Actor.User(1), AreaPath = "STA/" }));
        if (expected == SetPin.Outcome.Set) Assert.IsType<IdentifyAtKiosk.Welcome>(await IdentifyAsync("100002", pin));
    }

    [Fact]
    public async Task Session_SixtySecondsWithoutTouch_IsOver()
    {
        var token = Assert.IsType<IdentifyAtKiosk.Welcome>(await IdentifyAsync(station.Zhang.CardNumber!)).Token;
        var sessions = market.Get<KioskSessions>();

        market.Clock.Advance(TimeSpan.FromSeconds(59));
        Assert.NotNull(await sessions.TouchAsync(station.Kiosk.Id, token));
        market.Clock.Advance(TimeSpan.FromSeconds(59));
        Assert.NotNull(await sessions.TouchAsync(station.Kiosk.Id, token)); // the touch counted
        market.Clock.Advance(TimeSpan.FromSeconds(60));
        Assert.Null(await sessions.TouchAsync(station.Kiosk.Id, token));
    }

    [Fact]
    public async Task Session_NextPersonOnTheSameKiosk_EndsTheOneBefore()
    {
        var first = Assert.IsType<IdentifyAtKiosk.Welcome>(await IdentifyAsync(station.Zhang.CardNumber!)).Token;
        await IdentifyAsync(station.Informant.CardNumber!);
        Assert.Null(await market.Get<KioskSessions>().TouchAsync(station.Kiosk.Id, first));
    }

    [Fact]
    public async Task Session_TokenOnAnotherKiosk_IsNone()
    {
        var token = Assert.IsType<IdentifyAtKiosk.Welcome>(await IdentifyAsync(station.Zhang.CardNumber!)).Token;
        Assert.Null(await market.Get<KioskSessions>().TouchAsync(station.OtherKiosk.Id, token));
    }

    [Fact]
    public async Task Pair_CodeUsedOnceAndInTime_GivesAToken()
    {
        var offer = await market.Get<OfferPairing>().ExecuteAsync(new() { OutletId = station.Outlet.Id, Name = "03 号机", Actor = Actor.User(1), AreaPath = "STA/" });
        var pair = market.Get<PairKiosk>();

        Assert.Null(await pair.ExecuteAsync("000000"));
        Assert.Equal(64, (await pair.ExecuteAsync(offer!.Code))!.Length);
        Assert.Null(await pair.ExecuteAsync(offer.Code));

        var late = await market.Get<OfferPairing>().ExecuteAsync(new() { OutletId = station.Outlet.Id, Name = "03 号机", DeviceId = offer.DeviceId, Actor = Actor.User(1), AreaPath = "STA/" });
        market.Clock.Advance(OfferPairing.CodeLives);
        Assert.Null(await pair.ExecuteAsync(late!.Code));
        Assert.Null(await market.Get<OfferPairing>().ExecuteAsync(new() { OutletId = station.Outlet.Id, Name = "x", Actor = Actor.User(1), AreaPath = "STA/V2/" }));
    }

    [Fact]
    public async Task Database_PinsTokensAndCodes_AreKeptAsHashesOnly()
    {
        var token = Assert.IsType<IdentifyAtKiosk.Welcome>(await IdentifyAsync(station.Zhang.CardNumber!)).Token;
        await market.Writes.RunAsync(db => db.Database.ExecuteSqlRawAsync("SELECT 1"));
        foreach (var file in (string[])[market.Storage.FilePath, market.Storage.FilePath + "-wal"])
        {
            await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var reader = new StreamReader(stream, System.Text.Encoding.Latin1);
            var content = await reader.ReadToEndAsync();
            Assert.DoesNotContain(token, content, StringComparison.Ordinal);
            Assert.DoesNotContain(station.KioskToken, content, StringComparison.Ordinal);
        }
    }

    private Task<IdentifyAtKiosk.Outcome> IdentifyAsync(string code, string? pin = null) =>
        market.Get<IdentifyAtKiosk>().ExecuteAsync(new() { DeviceId = station.Kiosk.Id, Code = code, Pin = pin });
}
