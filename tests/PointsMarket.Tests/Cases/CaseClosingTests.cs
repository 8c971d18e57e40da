using Microsoft.EntityFrameworkCore;
using PointsMarket.Cases;
using PointsMarket.Data;
using PointsMarket.Ledger;
using PointsMarket.Notices;
using PointsMarket.Tasks;
using PointsMarket.Tests.Kit;

namespace PointsMarket.Tests.Cases;

/// <summary>A case in hand: notes, more time, hand-over, submission, closing, reopening, revisit.</summary>
public sealed class CaseClosingTests
{
    public static TheoryData<DatabaseProvider> Databases => TestDatabase.All;

    [SkippableTheory, MemberData(nameof(Databases))]
    public async Task Close_SixteenAtOnce_PaysOnce(DatabaseProvider provider)
    {
        var desk = await CaseDesk.OpenAsync(provider);
        await using var market = desk.Market;
        var claim = await desk.SubmittedAsync(await desk.PostedAsync(), desk.People[0]);

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 16).Select(i => Task.Run(() => desk.CloseAsync(claim, 10 + i))));

        Assert.Single(outcomes.OfType<CloseCase.Closed>());
        Assert.Equal(15, outcomes.OfType<CaseOutcome.Refused>().Count(r => r.Why == CaseRefusal.NotNow));
        Assert.Equal((80L, 1), (await desk.PointsAsync("P1"), await desk.RewardsAsync()));
        await desk.CleanAsync();
    }

    [Theory]
    [InlineData(10, 0, 80)]
    [InlineData(10, 1, 40)]
    [InlineData(17, 0, 40)]
    public async Task Close_SoLate_PaysWhatTheRuleSays(int days, int minutes, int expected)
    {
        var desk = await CaseDesk.OpenAsync();
        await using var market = desk.Market;
        var claim = await desk.HeldAsync(await desk.PostedAsync(), desk.People[0]);
        market.Clock.Advance(TimeSpan.FromDays(days) + TimeSpan.FromMinutes(minutes));
        Assert.Equal(0, await market.Get<LapseClaims>().ExecuteAsync());
        CaseDesk.Done(await desk.SubmitAsync(claim, desk.People[0]));
        market.Clock.Advance(TimeSpan.FromDays(30)); // waiting for an approver costs nothing
        Assert.Equal(0, await market.Get<LapseClaims>().ExecuteAsync());
        Assert.Equal(new CloseCase.Closed(expected), await desk.CloseAsync(claim));
    }

    [Fact]
    public async Task Lapse_OverSevenDaysLate_FreesTheCaseForTheNext()
    {
        var desk = await CaseDesk.OpenAsync();
        await using var market = desk.Market;
        var id = await desk.PostedAsync();
        var claim = await desk.HeldAsync(id, desk.People[0]);
        var next = await desk.AskedAsync(id, desk.People[1], wait: true);
        market.Clock.Advance(TimeSpan.FromDays(17) + TimeSpan.FromMinutes(1));

        CaseDesk.Refused(CaseRefusal.RanOut, await desk.SubmitAsync(claim, desk.People[0]));
        Assert.Equal(1, await market.Get<LapseClaims>().ExecuteAsync());
        Assert.Equal(0, await market.Get<LapseClaims>().ExecuteAsync());

        Assert.Equal((ClaimState.Lapsed, ClaimState.Asked, CaseState.Open), ((await desk.ClaimAsync(claim)).State, (await desk.ClaimAsync(next)).State, (await desk.ReadAsync(id)).State));
        Assert.Equal(InboxKinds.CaseLapsed, (await desk.InboxAsync(desk.People[0])).Last());
    }

    [Fact]
    public async Task Close_OverTheThreshold_NeedsAnotherPairOfEyes()
    {
        var desk = await CaseDesk.OpenAsync();
        await using var market = desk.Market;
        var small = await desk.SubmittedAsync(await desk.PostedAsync(reward: 200), desk.People[0]);
        var large = await desk.SubmittedAsync(await desk.PostedAsync(reward: 201), desk.People[1]);

        Assert.Equal(new CloseCase.Closed(200), await desk.CloseAsync(small));
        CaseDesk.Refused(CaseRefusal.SecondPairNeeded, await desk.CloseAsync(large));
        Assert.Equal(new CloseCase.Closed(201), await desk.CloseAsync(large, user: 3));
    }

    [Fact]
    public async Task Decide_OwnMatterOrOtherArea_IsRefused()
    {
        var desk = await CaseDesk.OpenAsync();
        await using var market = desk.Market;
        var id = await desk.PostedAsync();
        var recorded = Assert.IsType<AskForCase.Asked>(await market.Get<AskForCase>().ExecuteAsync(new() { CaseId = id, By = CaseDesk.For(desk.People[0], user: 2), NoInterest = true })).ClaimId;
        Approver[] own = [CaseDesk.By(user: 2), CaseDesk.By(user: 5, member: desk.People[0])];
        foreach (var by in own)
        {
            CaseDesk.Refused(CaseRefusal.OwnMatter, await market.Get<ApproveClaim>().ExecuteAsync(recorded, by));
            CaseDesk.Refused(CaseRefusal.OwnMatter, await market.Get<RefuseClaim>().ExecuteAsync(recorded, "否", by));
        }
        CaseDesk.Refused(CaseRefusal.NotFound, await market.Get<ApproveClaim>().ExecuteAsync(recorded, CaseDesk.By(area: CaseDesk.OtherVillage)));
        CaseDesk.Done(await market.Get<ApproveClaim>().ExecuteAsync(recorded, CaseDesk.By(user: 3)));
        CaseDesk.Refused(CaseRefusal.NotFound, await desk.SubmitAsync(recorded, desk.People[1])); // not theirs
        CaseDesk.Done(await desk.SubmitAsync(recorded, desk.People[0]));
        foreach (var by in own) CaseDesk.Refused(CaseRefusal.OwnMatter, await market.Get<CloseCase>().ExecuteAsync(recorded, by));
        CaseDesk.Refused(CaseRefusal.NotFound, await market.Get<CloseCase>().ExecuteAsync(recorded, CaseDesk.By(area: CaseDesk.OtherVillage)));
        CaseDesk.Refused(CaseRefusal.NotFound, await market.Get<CloseCase>().ExecuteAsync(9_999, CaseDesk.By()));
    }

    [Fact]
    public async Task Extension_AskedOnceAndGranted_MovesTheDueTime()
    {
        var desk = await CaseDesk.OpenAsync();
        await using var market = desk.Market;
        var claim = await desk.HeldAsync(await desk.PostedAsync(), desk.People[0]);
        var due = (await desk.ClaimAsync(claim)).DueAt!.Value;
        var ask = market.Get<AskForExtension>();

        CaseDesk.Refused(CaseRefusal.BadDays, await ask.ExecuteAsync(claim, 31, "路远", CaseDesk.Of(desk.People[0])));
        CaseDesk.Refused(CaseRefusal.BadWords, await ask.ExecuteAsync(claim, 5, "", CaseDesk.Of(desk.People[0])));
        CaseDesk.Done(await ask.ExecuteAsync(claim, 5, "等鉴定结果", CaseDesk.Of(desk.People[0])));
        CaseDesk.Refused(CaseRefusal.ExtensionUsed, await ask.ExecuteAsync(claim, 5, "还要", CaseDesk.Of(desk.People[0])));
        CaseDesk.Done(await market.Get<DecideExtension>().ExecuteAsync(claim, true, null, CaseDesk.By()));
        CaseDesk.Refused(CaseRefusal.NotNow, await market.Get<DecideExtension>().ExecuteAsync(claim, true, null, CaseDesk.By()));

        Assert.Equal(due.AddDays(5), (await desk.ClaimAsync(claim)).DueAt);
        CaseDesk.Refused(CaseRefusal.ExtensionUsed, await ask.ExecuteAsync(claim, 1, "再要", CaseDesk.Of(desk.People[0])));
    }

    [SkippableTheory, MemberData(nameof(Databases))]
    public async Task HandOver_SignedByBothAndConfirmed_GivesThePlaceAndItsShare(DatabaseProvider provider)
    {
        var desk = await CaseDesk.OpenAsync(provider);
        await using var market = desk.Market;
        var (giver, taker) = (desk.People[0], desk.People[1]);
        var id = await desk.PostedAsync();
        var claim = await desk.HeldAsync(id, giver);
        var (offer, sign, confirm) = (market.Get<OfferHandOver>(), market.Get<SignHandOver>(), market.Get<ConfirmHandOver>());

        CaseDesk.Refused(CaseRefusal.MemberTwice, await offer.ExecuteAsync(claim, "P1", CaseDesk.Of(giver)));
        CaseDesk.Done(await offer.ExecuteAsync(claim, "p2", CaseDesk.Of(giver)));
        CaseDesk.Refused(CaseRefusal.NotNow, await offer.ExecuteAsync(claim, "P3", CaseDesk.Of(giver)));
        CaseDesk.Refused(CaseRefusal.NotNow, await confirm.ExecuteAsync(claim, true, null, CaseDesk.By()));
        CaseDesk.Refused(CaseRefusal.NoDeclaration, await sign.ExecuteAsync(claim, true, false, CaseDesk.Of(taker)));
        CaseDesk.Refused(CaseRefusal.NotNow, await sign.ExecuteAsync(claim, true, true, CaseDesk.Of(giver)));
        CaseDesk.Done(await sign.ExecuteAsync(claim, true, true, CaseDesk.For(taker)));
        Assert.Null(await market.ReadAsync(db => SealedDetails.ForHolderAsync(db, id, taker, default)));
        CaseDesk.Refused(CaseRefusal.OwnMatter, await confirm.ExecuteAsync(claim, true, null, CaseDesk.By(member: taker)));
        CaseDesk.Done(await confirm.ExecuteAsync(claim, true, null, CaseDesk.By()));

        Assert.Equal([(taker, 100)], (await desk.ClaimAsync(claim)).Members.Select(m => (m.MemberId, m.Share)));
        Assert.Equal([taker], (await desk.ReadAsync(id)).Claimants.Select(c => c.MemberId));
        Assert.NotNull(await market.ReadAsync(db => SealedDetails.ForHolderAsync(db, id, taker, default)));
        CaseDesk.Refused(CaseRefusal.NotFound, await desk.SubmitAsync(claim, giver));
        CaseDesk.Done(await offer.ExecuteAsync(claim, "P3", CaseDesk.Of(taker)));
        CaseDesk.Done(await sign.ExecuteAsync(claim, false, false, CaseDesk.Of(desk.People[2])));
        CaseDesk.Done(await desk.SubmitAsync(claim, taker));
        await desk.CloseAsync(claim);
        Assert.Equal((0L, 80L), (await desk.PointsAsync("P1"), await desk.PointsAsync("P2")));
    }

    [Fact]
    public async Task SendBack_WithWords_GivesTheTimeBackAndMaySubmitAgain()
    {
        var desk = await CaseDesk.OpenAsync();
        await using var market = desk.Market;
        var claim = await desk.SubmittedAsync(await desk.PostedAsync(), desk.People[0]);
        var due = (await desk.ClaimAsync(claim)).DueAt!.Value;
        market.Clock.Advance(TimeSpan.FromDays(4));
        CaseDesk.Refused(CaseRefusal.BadWords, await market.Get<SendBackClaim>().ExecuteAsync(claim, "", CaseDesk.By()));
        CaseDesk.Done(await market.Get<SendBackClaim>().ExecuteAsync(claim, "请补上复查照片", CaseDesk.By()));
        var back = await desk.ClaimAsync(claim);
        Assert.Equal((ClaimState.Held, due.AddDays(4), (DateTime?)null), (back.State, back.DueAt, back.SubmittedAt));
        CaseDesk.Done(await desk.SubmitAsync(claim, desk.People[0]));
        Assert.Equal(new CloseCase.Closed(80), await desk.CloseAsync(claim));
    }

    [SkippableTheory, MemberData(nameof(Databases))]
    public async Task Reopen_TakesTheRewardBackAndASecondClosingPaysAgain(DatabaseProvider provider)
    {
        var desk = await CaseDesk.OpenAsync(provider);
        await using var market = desk.Market;
        var id = await desk.PostedAsync(by: new DateOnly(2026, 10, 20));
        await desk.ClosedAsync(id, desk.People[0]);
        market.Clock.Advance(TimeSpan.FromDays(29));
        Assert.Equal(0, await market.Get<AskForRevisits>().ExecuteAsync());
        market.Clock.Advance(TimeSpan.FromDays(1));
        Assert.Equal((1, 0), (await market.Get<AskForRevisits>().ExecuteAsync(), await market.Get<AskForRevisits>().ExecuteAsync()));
        CaseDesk.Refused(CaseRefusal.BadWords, await market.Get<AnswerRevisit>().ExecuteAsync(id, false, "", CaseDesk.By()));
        CaseDesk.Done(await market.Get<AnswerRevisit>().ExecuteAsync(id, false, "又发生了", CaseDesk.By()));
        CaseDesk.Refused(CaseRefusal.NotNow, await market.Get<AnswerRevisit>().ExecuteAsync(id, true, null, CaseDesk.By()));

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(() => market.Get<ReopenCase>().ExecuteAsync(id, "没有真正解决", CaseDesk.By(20 + i)))));

        Assert.Equal(new ReopenCase.Reopened(80), Assert.Single(outcomes.OfType<ReopenCase.Reopened>()));
        var open = await desk.ReadAsync(id);
        Assert.Equal((CaseState.Open, 2, (DateOnly?)null), (open.State, open.Round, open.ClaimBy)); // the old deadline would lock the board
        Assert.Equal(0, await desk.PointsAsync("P1"));
        await desk.ClosedAsync(id, desk.People[1]);
        Assert.Equal((0L, 80L, 2), (await desk.PointsAsync("P1"), await desk.PointsAsync("P2"), await desk.RewardsAsync()));
        Assert.Equal(["case:" + open.Number, $"case:{open.Number}:2"], await market.ReadAsync(db => db.LedgerTransactions.Where(t => t.Kind == TransactionKinds.CaseReward).OrderBy(t => t.Sequence).Select(t => t.Key).ToListAsync()));
        await desk.CleanAsync();
    }

    [Fact]
    public async Task Reopen_PointsSpent_SaysHowManyAreMissingAndChangesNothing()
    {
        var desk = await CaseDesk.OpenAsync();
        await using var market = desk.Market;
        var id = await desk.PostedAsync();
        await desk.ClosedAsync(id, desk.People[0]);
        await market.PostAsync(market.Request(desk.Station.BookId, "spent", new Posting(AccountCode.Member("P1"), AccountCode.Redeemed, Asset.Points, 50)));

        Assert.Equal(new ReopenCase.Spent(50), await market.Get<ReopenCase>().ExecuteAsync(id, "重办", CaseDesk.By()));
        Assert.Equal(CaseState.Closed, (await desk.ReadAsync(id)).State);
    }

    [Fact]
    public async Task Note_WithPhotos_LiesInTheFolderAndInTheHistory()
    {
        var desk = await CaseDesk.OpenAsync();
        await using var market = desk.Market;
        var claim = await desk.HeldAsync(await desk.PostedAsync(), desk.People[0]);
        var note = market.Get<AddNote>();
        AddNote.Input Note(string text, params byte[][] photos) =>
            new() { ClaimId = claim, By = CaseDesk.Of(desk.People[0]), Text = text, Files = [.. photos.Select(p => new SentFile(null, p))] };

        CaseDesk.Refused(CaseRefusal.BadWords, await note.ExecuteAsync(Note("  ")));
        Assert.Equal(FileFault.NotTaken, Assert.IsType<AddNote.BadFile>(await note.ExecuteAsync(Note("走访", "not a photo\0"u8.ToArray()))).File.File);
        CaseDesk.Refused(CaseRefusal.NotFound, await note.ExecuteAsync(Note("走访") with { By = CaseDesk.Of(desk.People[1]) }));
        CaseDesk.Done(await note.ExecuteAsync(Note("走访了三户", Pictures.Png)));

        var photo = await market.ReadAsync(db => db.CasePhotos.Include(p => p.Event).SingleAsync());
        Assert.Equal(("走访了三户", CaseChange.Noted, desk.People[0]), (photo.Event.Words, photo.Event.Change, photo.Event.MemberId));
        Assert.Single(Directory.EnumerateFiles(market.Storage.PhotoPath, "*", SearchOption.AllDirectories));
    }
}
