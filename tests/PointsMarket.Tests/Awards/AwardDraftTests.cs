using Microsoft.EntityFrameworkCore;
using PointsMarket.Awards;
using PointsMarket.Data;
using PointsMarket.Funding;
using PointsMarket.Members;
using PointsMarket.Tests.Kit;
using static PointsMarket.Tests.Awards.AwardRoom;

namespace PointsMarket.Tests.Awards;

/// <summary>A list that came back to draft: what an objection points to stays, nobody judges in their own matter, nobody is owed for nothing.</summary>
public sealed class AwardDraftTests
{
    public static TheoryData<DatabaseProvider> Databases => TestDatabase.All;

    [SkippableTheory, MemberData(nameof(Databases))]
    public async Task Edit_OfASentBackListWithANamedObjection_EmptiesTheRankingAndKeepsTheObjection(DatabaseProvider provider)
    {
        var room = await OpenAsync(provider);
        await using var market = room.Market;
        await room.ScoredAsync(4);
        var id = await SentBackAsync(room, "G1001");

        Assert.IsType<SaveCycle.Saved>(await market.Get<SaveCycle>().ExecuteAsync(room.Input() with { CycleId = id, Kinds = [MemberKind.GridMember], LeastMonths = 2 }));

        var left = await market.ReadAsync(db => db.AwardNominees.AsNoTracking().Include(n => n.Member).SingleAsync());
        Assert.Equal(("G1001", 1, true, (string?)null), (left.Member!.Code, left.Place, left.Dropped, left.StruckFor));
        Assert.Equal(1, await market.ReadAsync(db => db.AwardObjections.CountAsync(o => o.NomineeId == left.Id)));
        Assert.Equal(AwardOutcome.NobodyNamed, await market.Get<FixList>().ExecuteAsync(By(room.One, id)));
        Assert.Equal(AwardOutcome.Done, await market.Get<RankCandidates>().ExecuteAsync(By(room.One, id)));
        Assert.Equal(AwardOutcome.Done, await market.Get<FixList>().ExecuteAsync(By(room.One, id)));
        Assert.Contains("G1001", await room.NamedAsync(id));
    }

    [SkippableTheory, MemberData(nameof(Databases))]
    public async Task Ranking_WithoutSomebodyObjectedTo_LeavesThemOutUntilTheyQualifyAgain(DatabaseProvider provider)
    {
        var room = await OpenAsync(provider);
        await using var market = room.Market;
        await room.ScoredAsync(4);
        var id = await SentBackAsync(room, "G1001");
        await LeaveAsync(room, "G1001", new(2026, 9, 1));

        Assert.Equal(AwardOutcome.Done, await market.Get<RankCandidates>().ExecuteAsync(By(room.One, id)));
        var gone = await NomineeAsync(room, "G1001");
        Assert.Equal((true, (string?)null), (gone.Dropped, gone.StruckFor));
        Assert.Equal(AwardOutcome.NotFound, await market.Get<StrikeCandidate>().ExecuteAsync(By(room.One, id), gone.Id, false, null)); // who left service is not restored
        Assert.Equal(AwardOutcome.NotFound, await market.Get<StrikeCandidate>().ExecuteAsync(By(room.One, id), gone.Id, true, "x"));
        Assert.Equal(AwardOutcome.Done, await market.Get<FixList>().ExecuteAsync(By(room.One, id)));
        Assert.Equal(["G0001", "G1002", "G1003"], await room.NamedAsync(id));

        Assert.Equal(AwardOutcome.Done, await market.Get<SendBackList>().ExecuteAsync(By(room.Two, id), "离职日期填错了"));
        await LeaveAsync(room, "G1001", null);
        Assert.Equal(AwardOutcome.Done, await market.Get<RankCandidates>().ExecuteAsync(By(room.One, id)));
        Assert.Equal((false, 2), ((await NomineeAsync(room, "G1001")).Dropped, (await NomineeAsync(room, "G1001")).Place));
        Assert.Equal(AwardOutcome.Done, await market.Get<FixList>().ExecuteAsync(By(room.One, id)));
        Assert.Equal(["G0001", "G1001", "G1002"], await room.NamedAsync(id));
    }

    [Fact]
    public async Task Edit_ByWhoStandsAside_IsRefused()
    {
        var room = await OpenAsync();
        await using var market = room.Market;
        await room.ScoredAsync(3);
        var id = await room.BegunAsync(quota: 1);
        await market.Get<RankCandidates>().ExecuteAsync(By(room.One, id));

        Assert.Equal(new SaveCycle.Refused(SaveCycle.Problem.Recused), await market.Get<SaveCycle>().ExecuteAsync(room.Input(quota: 9) with { CycleId = id, UserId = room.Candidate }));
        Assert.Equal(1, await market.ReadAsync(db => db.AwardCycles.Select(c => c.Quota).SingleAsync()));
        Assert.IsType<SaveCycle.Saved>(await market.Get<SaveCycle>().ExecuteAsync(room.Input(quota: 9) with { CycleId = id }));
    }

    [Fact]
    public async Task CallOff_AfterThePaymentCameToNothing_LeavesNothingOwed()
    {
        var room = await OpenAsync();
        await using var market = room.Market;
        await room.ScoredAsync(3);
        var id = await room.NoticedAsync(quota: 2, amount: 1_000_00);
        market.Clock.Advance(TimeSpan.FromDays(8));
        await market.Get<DecideAward>().ExecuteAsync(By(room.Two, id));
        Assert.Equal(AwardOutcome.Done, await market.Get<AskAwardMoney>().ExecuteAsync(By(room.Two, id)));
        await market.Writes.RunAsync(db => db.Payments.ExecuteUpdateAsync(s => s.SetProperty(p => p.State, PaymentState.Refused).SetProperty(p => p.Key, (string?)null)));

        Assert.Equal(AwardOutcome.Done, await market.Get<CallOffAward>().ExecuteAsync(By(room.Three, id), "不办了"));

        Assert.Equal(0, await market.ReadAsync(db => db.AwardNominees.SumAsync(n => n.OwedFen)));
    }

    [SkippableTheory, MemberData(nameof(Databases))]
    public async Task Objection_AgainstANoticeOfItsOwn_IsTakenOnceTheEarlierIsAnswered(DatabaseProvider provider)
    {
        var room = await OpenAsync(provider);
        await using var market = room.Market;
        await room.ScoredAsync(4);
        var id = await SentBackAsync(room, "G1001");
        Task<ObjectToAward.Outcome> Object(string text) => market.Get<ObjectToAward>().ExecuteAsync(new() { CycleId = id, MemberId = room.Member("G1004"), Text = text });
        Assert.Equal(ObjectToAward.Outcome.NotOnNotice, await Object("还没有公示"));
        market.Clock.Advance(TimeSpan.FromMinutes(10)); // on the same day
        Assert.Equal(AwardOutcome.Done, await market.Get<FixList>().ExecuteAsync(By(room.One, id)));
        Assert.Equal(AwardOutcome.Done, await market.Get<ConfirmList>().ExecuteAsync(By(room.Two, id)));
        market.Clock.Advance(TimeSpan.FromMinutes(10));
        Assert.Equal(ObjectToAward.Outcome.Already, await Object("还是他")); // the first waits still
        var first = await market.ReadAsync(db => db.AwardObjections.Select(o => o.Id).SingleAsync());
        Assert.Equal(AwardOutcome.Done, await market.Get<AnswerAwardObjection>().ExecuteAsync(new() { Step = By(room.Two, id), ObjectionId = first, Upheld = false, Answer = "查过了" }));

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => Object("还是他"))));

        Assert.Equal([ObjectToAward.Outcome.Objected, .. Enumerable.Repeat(ObjectToAward.Outcome.Already, 3)], outcomes.Order());
        Assert.Equal([0, 1], await market.ReadAsync(db => db.AwardObjections.OrderBy(o => o.Round).Select(o => o.Round).ToListAsync()));
    }

    /// <summary>A list on notice that somebody objected to, about one on it, and that was sent back.</summary>
    private static async Task<int> SentBackAsync(AwardRoom room, string about)
    {
        var id = await room.NoticedAsync();
        var nominee = (await NomineeAsync(room, about)).Id;
        Assert.Equal(ObjectToAward.Outcome.Objected, await room.Market.Get<ObjectToAward>().ExecuteAsync(new() { CycleId = id, MemberId = room.Member("G1004"), NomineeId = nominee, Text = "他没来过几次" }));
        Assert.Equal(AwardOutcome.Done, await room.Market.Get<SendBackList>().ExecuteAsync(By(room.Two, id), "条件要改"));
        return id;
    }

    private static Task<AwardNominee> NomineeAsync(AwardRoom room, string code) => room.Market.ReadAsync(db => db.AwardNominees.AsNoTracking().SingleAsync(n => n.Member!.Code == code));

    private static Task<int> LeaveAsync(AwardRoom room, string code, DateOnly? day) =>
        room.Market.Writes.RunAsync(db => db.Members.Where(m => m.Code == code).ExecuteUpdateAsync(s => s.SetProperty(m => m.Left, day)));
}
