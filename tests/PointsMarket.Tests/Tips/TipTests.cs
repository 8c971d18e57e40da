using Microsoft.EntityFrameworkCore;
using PointsMarket.Data;
using PointsMarket.Ledger;
using PointsMarket.Tests.Kit;
using PointsMarket.Tips;

namespace PointsMarket.Tests.Tips;

/// <summary>A tip from being sent to its reward.</summary>
public sealed class TipTests
{
    public static TheoryData<DatabaseProvider> Databases => TestDatabase.All;

    [Fact]
    public void Code_MistypedInAnyOneLetterOrTwoNeighbours_IsNoticed()
    {
        var code = TipCodes.New();
        Assert.Matches("^([2-9A-HJ-NP-Z]{4}-){3}[2-9A-HJ-NP-Z]{4}$", code);
        Assert.Equal(code, TipCodes.Read($" {code.ToLowerInvariant().Replace("-", " ")} "));
        Assert.NotEqual(code, TipCodes.New());
        var letters = code.Replace("-", "");
        for (var i = 0; i < letters.Length; i++)
        {
            foreach (var other in "23456789ABCDEFGHJKLMNPQRSTUVWXYZ".Where(c => c != letters[i])) Assert.Null(TipCodes.Read(letters[..i] + other + letters[(i + 1)..]));
            if (i > 0 && letters[i - 1] != letters[i]) Assert.Null(TipCodes.Read(letters[..(i - 1)] + letters[i] + letters[i - 1] + letters[(i + 1)..]));
        }
        Assert.All((string?[])[null, "", "7F3K", new string('2', 100), "0000-0000-0000-0000"], t => Assert.Null(TipCodes.Read(t)));
    }

    [SkippableTheory, MemberData(nameof(Databases))]
    public async Task Tip_SentAnsweredAndAnsweredBack_IsReadByBothSides(DatabaseProvider provider)
    {
        await using var market = await TestMarket.StartAsync(provider);
        await TestStation.BuildAsync(market);
        var sent = await TipDesk.SendAsync(market, "河堤东头夜里有人赌博", "废砖房");
        var tip = await TipDesk.OpenAsync(market, sent);
        var at = await TipDesk.AtAsync(market);
        Assert.Equal(TipState.Received, (await TipDesk.ReadAsync(market, tip, tipper: true)).State);
        Assert.Null(await market.ReadAsync(db => market.Get<OpenTip>().OpenedTodayAsync(db, at)));
        Assert.Null(await market.Get<OpenTip>().ExecuteAsync(at with { AreaPath = "STA/V1/" })); // no village was named: the station's
        Assert.Equal(tip, await market.Get<OpenTip>().ExecuteAsync(at));
        Assert.Equal(tip, await market.Get<OpenTip>().ExecuteAsync(at));
        Assert.Equal(TipWriting.Written, await market.Get<AnswerTip>().ExecuteAsync(at.Reference, "一般几点开始？", 1, "STA/"));
        Assert.Equal(TipWriting.Written, await market.Get<WriteToTip>().ExecuteAsync(tip, "晚上十点以后"));
        Assert.Equal(TipWriting.Written, await market.Get<WriteToTip>().ExecuteAsync(tip, "晚上十点以后")); // the form sent twice
        Assert.Equal(TipWriting.TextMissing, await market.Get<WriteToTip>().ExecuteAsync(tip, "  "));
        Assert.Equal(TipWriting.NotFound, await market.Get<AnswerTip>().ExecuteAsync(at.Reference, "x", 1, "STA/V2/"));

        var read = await TipDesk.ReadAsync(market, tip, tipper: true);
        Assert.Equal((TipState.Read, "废砖房"), (read.State, read.Place));
        Assert.Equal([(false, "河堤东头夜里有人赌博"), (true, "一般几点开始？"), (false, "晚上十点以后")], read.Lines.Select(l => (l.FromDesk, l.Text)));
        Assert.Equal([TipStep.Opened, TipStep.Answered], await market.ReadAsync(db => db.TipEvents.OrderBy(e => e.Id).Select(e => e.Step).ToListAsync()));
        Assert.True(await market.ReadAsync(db => db.Tips.Select(t => t.HasNews).SingleAsync()));
    }

    [Fact]
    public async Task Tip_BadInput_IsRefusedAndTheSameFormCountsOnce()
    {
        await using var market = await TestMarket.StartAsync();
        await TestStation.BuildAsync(market);
        var send = market.Get<SendTip>();
        SendTip.Input input = new() { FormKey = "k", Kind = TipKind.Other, AreaId = null, Place = null, Text = "看到一件事", Pin = null };
        Assert.IsType<SendTip.TextMissing>(await send.ExecuteAsync(input with { Text = " 短 " }));
        Assert.IsType<SendTip.TextMissing>(await send.ExecuteAsync(input with { Text = new string('长', 2001) }));
        Assert.Equal(new SendTip.BadPin(Easy: false), await send.ExecuteAsync(input with { Pin = "1234" }));
        Assert.Equal(new SendTip.BadPin(Easy: true), await send.ExecuteAsync(input with { Pin = "123456" }));
        Assert.IsType<SendTip.AreaNeeded>(await send.ExecuteAsync(input with { AreaId = 9999 }));
        File.Move(market.Storage.SealKeyPath, market.Storage.SealKeyPath + ".away");
        Assert.IsType<SendTip.NoSealKey>(await send.ExecuteAsync(input));
        Assert.Equal(0, await market.ReadAsync(db => db.Tips.CountAsync()));
        File.Move(market.Storage.SealKeyPath + ".away", market.Storage.SealKeyPath);
        Assert.Equal("849302", Assert.IsType<SendTip.Sent>(await send.ExecuteAsync(input with { Pin = "849302" })).Pin);
        Assert.IsType<SendTip.SentBefore>(await send.ExecuteAsync(input));
        Assert.Equal(1, await market.ReadAsync(db => db.Tips.CountAsync()));
    }

    [SkippableTheory, MemberData(nameof(Databases))]
    public async Task Mailbox_WrongPins_MustWaitLongerEachTimeAndTheRightOneOpens(DatabaseProvider provider)
    {
        await using var market = await TestMarket.StartAsync(provider);
        await TestStation.BuildAsync(market);
        var sent = await TipDesk.SendAsync(market);
        var open = market.Get<OpenMailbox>();
        Assert.IsType<OpenMailbox.Mistyped>(await open.ExecuteAsync(sent.Code[..^1] + (sent.Code[^1] == 'A' ? 'B' : 'A'), sent.Pin));
        Assert.IsType<OpenMailbox.Wrong>(await open.ExecuteAsync(TipCodes.New(), sent.Pin));
        for (var i = 0; i < 3; i++) Assert.IsType<OpenMailbox.Wrong>(await open.ExecuteAsync(sent.Code, "000000"));
        Assert.Equal(TimeSpan.FromSeconds(10), Assert.IsType<OpenMailbox.Wait>(await open.ExecuteAsync(sent.Code, sent.Pin)).For);
        market.Clock.Advance(TimeSpan.FromSeconds(10));
        Assert.IsType<OpenMailbox.Wrong>(await open.ExecuteAsync(sent.Code, "000000"));
        Assert.Equal(TimeSpan.FromSeconds(30), Assert.IsType<OpenMailbox.Wait>(await open.ExecuteAsync(sent.Code, sent.Pin)).For);
        market.Clock.Advance(TimeSpan.FromSeconds(30));
        Assert.IsType<OpenMailbox.Open>(await open.ExecuteAsync(sent.Code, sent.Pin));
        Assert.True(await market.ReadAsync(db => db.Tips.AnyAsync(t => t.PinFailures == 0 && t.PinWaitUntil == null)));

        var many = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(() => open.ExecuteAsync(sent.Code, "000000"))));
        Assert.True(many.OfType<OpenMailbox.Wrong>().Count() <= 3);
    }

    [Fact]
    public async Task Reward_WithAnotherLimit_FollowsTheSetting()
    {
        await using var market = await TestMarket.StartAsync();
        await TestStation.BuildAsync(market);
        await market.SetAsync(PointsMarket.Settings.SettingList.TipOneMayGive, 50);
        await TipDesk.SendAsync(market);
        var at = await TipDesk.AtAsync(market);
        Assert.Equal(CloseTip.Outcome.Closed, await market.Get<CloseTip>().ExecuteAsync(at, useful: true));
        Assert.Equal(TipRewarding.Proposed, await market.Get<ProposeTipReward>().ExecuteAsync(at, 100));
    }

    [SkippableTheory, MemberData(nameof(Databases))]
    public async Task Reward_OverTheThreshold_TakesTwoPeopleAndIsDecidedOnce(DatabaseProvider provider)
    {
        await using var market = await TestMarket.StartAsync(provider);
        await TestStation.BuildAsync(market);
        await TipDesk.SendAsync(market);
        var at = await TipDesk.AtAsync(market);
        var (propose, decide) = (market.Get<ProposeTipReward>(), market.Get<DecideTipReward>());
        Assert.Equal(TipRewarding.NotUseful, await propose.ExecuteAsync(at, 500));
        Assert.Equal(CloseTip.Outcome.Closed, await market.Get<CloseTip>().ExecuteAsync(at, useful: true));
        Assert.Equal(TipRewarding.NoSuchTier, await propose.ExecuteAsync(at, 501));
        Assert.Equal(TipRewarding.Proposed, await propose.ExecuteAsync(at, 500));
        Assert.Equal(TipRewarding.Decided, await propose.ExecuteAsync(at, 20));
        Assert.Equal(TipRewarding.NotYours, await decide.ExecuteAsync(at, true));
        Assert.Equal(CloseTip.Outcome.Rewarded, await market.Get<CloseTip>().ExecuteAsync(at, useful: false));
        var outcomes = await Task.WhenAll(Enumerable.Range(2, 8).Select(user => Task.Run(() => decide.ExecuteAsync(at with { UserId = user }, true))));
        Assert.Single(outcomes, o => o == TipRewarding.Approved);
        Assert.Equal(7, outcomes.Count(o => o == TipRewarding.Decided));
        Assert.Equal(1, await market.ReadAsync(db => db.TipEvents.CountAsync(e => e.Step == TipStep.RewardApproved)));
    }

    [SkippableTheory, MemberData(nameof(Databases))]
    public async Task Rewards_ByTheWeek_ComeInOneBatchAndOnceOnly(DatabaseProvider provider)
    {
        await using var market = await TestMarket.StartAsync(provider);
        var station = await TestStation.BuildAsync(market);
        var grant = market.Get<GrantTipRewards>();
        var first = await TipDesk.RewardedAsync(market, 50); // Thursday, 1 October 2026
        var second = await TipDesk.RewardedAsync(market, 200);
        Assert.Equal(0, await grant.ExecuteAsync());
        market.Clock.Advance(TimeSpan.FromDays(4)); // Monday
        var third = await TipDesk.RewardedAsync(market, 20);
        var granted = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => grant.ExecuteAsync())));
        Assert.Equal(2, granted.Sum());
        Assert.Equal(0, await grant.ExecuteAsync());
        var batch = Assert.Single(await market.ReadAsync(db => db.TipBatches.ToListAsync()));
        Assert.Equal(("2026-W41", 2, 250, new DateOnly(2026, 10, 5)), (batch.Week, batch.Vouchers, batch.Points, batch.Day));

        var mail = await TipDesk.ReadAsync(market, await TipDesk.OpenAsync(market, second), tipper: true);
        Assert.Equal((TipRewardState.Granted, 200), (mail.Reward, mail.VoucherLeft));
        Assert.NotNull(PointsMarket.Market.VoucherNumbers.Read(mail.Voucher));
        Assert.Null((await TipDesk.ReadAsync(market, await TipDesk.OpenAsync(market, second), tipper: false)).Voucher);
        Assert.Null((await TipDesk.ReadAsync(market, await TipDesk.OpenAsync(market, third), tipper: true)).Voucher);
        var posted = await market.ReadAsync(db => db.LedgerTransactions.Where(t => t.Kind == TransactionKinds.TipReward).ToListAsync());
        Assert.All(posted, t => Assert.Equal(new DateTime(2026, 10, 4, 16, 0, 0, DateTimeKind.Utc), t.HappenedAt)); // the day and no hour
        Assert.Equal(-250, await station.BalanceAsync(AccountCode.Issue("tip"), Asset.Points));
        market.Clock.Advance(TimeSpan.FromDays(7));
        Assert.Equal(1, await grant.ExecuteAsync());
        Assert.NotEqual(first.Code, third.Code);
    }

    [Fact]
    public void Figures_OfSmallGroups_AreNotToldNorIsWhatWouldTellThem()
    {
        Assert.Equal([null, null, 20], TipFigures.Shown([("a", 4), ("b", 7), ("c", 20)]).Select(f => f.Count));
        Assert.Equal([null, null, 20, 0], TipFigures.Shown([("a", 1), ("b", 2), ("c", 20), ("d", 0)]).Select(f => f.Count));
        Assert.Equal([5, 7], TipFigures.Shown([("a", 5), ("b", 7)]).Select(f => (int)f.Count!));
    }
}
