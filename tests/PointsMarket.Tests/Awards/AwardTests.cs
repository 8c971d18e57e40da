using Microsoft.EntityFrameworkCore;
using PointsMarket.Awards;
using PointsMarket.Data;
using PointsMarket.Funding;
using PointsMarket.Notices;
using PointsMarket.Tests.Kit;
using static PointsMarket.Tests.Awards.AwardRoom;

namespace PointsMarket.Tests.Awards;

/// <summary>The life of a cycle: ranking, two people, standing aside, notice, objections, decision.</summary>
public sealed class AwardTests
{
    public static TheoryData<DatabaseProvider> Databases => TestDatabase.All;

    [SkippableTheory, MemberData(nameof(Databases))]
    public async Task Cycle_FromRankingToCertificates_GoesThroughEveryStep(DatabaseProvider provider)
    {
        var room = await OpenAsync(provider);
        await using var market = room.Market;
        await room.ScoredAsync(5);
        await room.PublishedAsync(4, ("G1005", 100, 0)); // draws that one's mean down
        var id = await room.BegunAsync(quota: 3, amount: 1_000_00);
        Assert.Equal(AwardOutcome.NobodyNamed, await market.Get<FixList>().ExecuteAsync(By(room.One, id)));
        Assert.Equal(AwardOutcome.Done, await market.Get<RankCandidates>().ExecuteAsync(By(room.One, id)));
        Assert.Equal(["G0001", "G1001", "G1002", "G1003", "G1004", "I0001", "G1005"], await market.ReadAsync(db => db.AwardNominees.OrderBy(n => n.Place).Select(n => n.Member!.Code).ToListAsync()));
        var last = await market.ReadAsync(db => db.AwardNominees.AsNoTracking().OrderByDescending(n => n.Place).FirstAsync());
        Assert.Equal((4, (3 * 9750) + 100, (long)150), (last.Months, (int)last.ScoreSum, last.Points));

        var zhang = await market.ReadAsync(db => db.AwardNominees.Where(n => n.Member!.Code == "G0001").Select(n => n.Id).SingleAsync());
        Assert.Equal(AwardOutcome.ReasonMissing, await market.Get<StrikeCandidate>().ExecuteAsync(By(room.One, id), zhang, true, ""));
        Assert.Equal(AwardOutcome.Done, await market.Get<StrikeCandidate>().ExecuteAsync(By(room.One, id), zhang, true, "今年受过处分"));
        Assert.Equal(AwardOutcome.Done, await market.Get<RankCandidates>().ExecuteAsync(By(room.One, id))); // keeps what was struck
        Assert.Equal(AwardOutcome.Done, await market.Get<FixList>().ExecuteAsync(By(room.One, id)));
        Assert.Equal(["G1001", "G1002", "G1003"], await room.NamedAsync(id));
        Assert.Equal(AwardOutcome.SamePerson, await market.Get<ConfirmList>().ExecuteAsync(By(room.One, id)));
        Assert.Equal(AwardOutcome.NotFound, await market.Get<ConfirmList>().ExecuteAsync(By(room.Two, id, "STA/V1/")));
        Assert.Equal(AwardOutcome.Done, await market.Get<ConfirmList>().ExecuteAsync(By(room.Two, id)));
        Assert.Equal(AwardState.Noticed, await room.StateAsync(id));

        Assert.Equal(AwardOutcome.NoticeRuns, await market.Get<DecideAward>().ExecuteAsync(By(room.Two, id)));
        market.Clock.Set(new DateTimeOffset(2026, 10, 8, 23, 59, 0, TimeSpan.FromHours(8)));
        Assert.Equal(AwardOutcome.NoticeRuns, await market.Get<DecideAward>().ExecuteAsync(By(room.Two, id)));
        market.Clock.Advance(TimeSpan.FromMinutes(1)); // seven whole days are over
        Assert.Equal(AwardOutcome.SamePerson, await market.Get<DecideAward>().ExecuteAsync(By(room.One, id)));
        Assert.Equal(AwardOutcome.Done, await market.Get<DecideAward>().ExecuteAsync(By(room.Two, id)));
        Assert.Equal(3_000_00, await market.ReadAsync(db => db.AwardNominees.SumAsync(n => n.OwedFen)));
        Assert.Equal(AwardOutcome.Done, await room.IssueAsync(id));
        Assert.Equal(3, await market.ReadAsync(db => db.InboxMessages.CountAsync(m => m.Kind == InboxKinds.CertificateIssued)));

        // Next year's months bring the supplement, as long as the certificate stands.
        var paid = await market.ReadAsync(db => AwardSupplement.ReadAsync(db, room.BookId, new(2027, 3, 1)));
        Assert.Equal([100_00, 100_00, 100_00], paid.Select(p => p.Fen));
        Assert.Empty(await market.ReadAsync(db => AwardSupplement.ReadAsync(db, room.BookId, new(2026, 12, 1))));
        var first = await market.ReadAsync(db => db.Certificates.OrderBy(c => c.Serial).Select(c => c.Id).FirstAsync());
        await market.Get<RevokeCertificate>().ExecuteAsync(new() { CertificateId = first, Reason = "弄虚作假", UserId = room.One, AreaPath = Everywhere });
        Assert.Equal(2, (await market.ReadAsync(db => AwardSupplement.ReadAsync(db, room.BookId, new(2027, 3, 1)))).Count);
        Assert.Equal(2_000_00, await market.ReadAsync(db => db.AwardNominees.SumAsync(n => n.OwedFen)));
        Assert.Equal(AwardOutcome.CertificatesOut, await market.Get<CallOffAward>().ExecuteAsync(By(room.One, id), "不办了"));
    }

    [SkippableTheory, MemberData(nameof(Databases))]
    public async Task Money_OfADecidedAward_IsAskedForOnceAndAgainAfterItCameToNothing(DatabaseProvider provider)
    {
        var room = await OpenAsync(provider);
        await using var market = room.Market;
        await room.ScoredAsync(3);
        var id = await room.NoticedAsync(quota: 2, amount: 1_000_00);
        Assert.Equal(AwardOutcome.NotNow, await market.Get<AskAwardMoney>().ExecuteAsync(By(room.Two, id)));
        market.Clock.Advance(TimeSpan.FromDays(8));
        await market.Get<DecideAward>().ExecuteAsync(By(room.Two, id));

        var outcomes = await Task.WhenAll(((int[])[room.Two, room.Three]).Select(u => Task.Run(() => market.Get<AskAwardMoney>().ExecuteAsync(By(u, id)))));

        Assert.Equal([AwardOutcome.Done, AwardOutcome.NothingOwed], outcomes.Order());
        var payment = await market.ReadAsync(db => db.Payments.Include(p => p.Lines).AsNoTracking().SingleAsync());
        Assert.Equal((2_000_00L, 2, PaymentState.Asked, FundPurpose.Awards), (payment.AmountFen, payment.Lines.Count, payment.State, payment.Purpose));
        Assert.All(await market.ReadAsync(db => db.AwardNominees.Where(n => n.OwedFen > 0).Select(n => n.Payment).ToListAsync()), p => Assert.Equal(payment.Number, p));
        Assert.Equal(AwardOutcome.MoneyAsked, await market.Get<CallOffAward>().ExecuteAsync(By(room.Two, id), "不办了"));
        await market.Writes.RunAsync(db => db.Payments.ExecuteUpdateAsync(s => s.SetProperty(p => p.State, PaymentState.Refused).SetProperty(p => p.Key, (string?)null)));
        Assert.Equal(AwardOutcome.Done, await market.Get<AskAwardMoney>().ExecuteAsync(By(room.Two, id)));
        Assert.Equal(2, await market.ReadAsync(db => db.Payments.CountAsync()));
    }

    [SkippableTheory, MemberData(nameof(Databases))]
    public async Task Confirm_ByTwoAtOnce_ConfirmsOnce(DatabaseProvider provider)
    {
        var room = await OpenAsync(provider);
        await using var market = room.Market;
        await room.ScoredAsync(3);
        var id = await room.BegunAsync();
        await market.Get<RankCandidates>().ExecuteAsync(By(room.One, id));
        await market.Get<FixList>().ExecuteAsync(By(room.One, id));

        var outcomes = await Task.WhenAll(((int[])[room.Two, room.Three]).Select(u => Task.Run(() => market.Get<ConfirmList>().ExecuteAsync(By(u, id)))));

        Assert.Equal([AwardOutcome.Done, AwardOutcome.NotNow], outcomes.Order());
        Assert.Equal(1, await market.ReadAsync(db => db.AwardEvents.CountAsync(e => e.Change == AwardChange.Confirmed)));
        Assert.Equal(3, await market.ReadAsync(db => db.InboxMessages.CountAsync(m => m.Kind == InboxKinds.AwardNoticed)));
    }

    [Fact]
    public async Task Approver_WithAnInterest_DecidesNothingAndThatIsOnRecord()
    {
        var room = await OpenAsync();
        await using var market = room.Market;
        await room.ScoredAsync(3);
        var id = await room.BegunAsync();
        await market.Get<RankCandidates>().ExecuteAsync(By(room.One, id));
        Assert.Equal([room.Candidate], await market.ReadAsync(db => db.AwardRecusals.Select(r => r.UserId).ToListAsync())); // found when ranked
        var zhang = await market.ReadAsync(db => db.AwardNominees.Where(n => n.Place == 2).Select(n => n.Id).SingleAsync());
        Assert.Equal(AwardOutcome.Recused, await market.Get<StrikeCandidate>().ExecuteAsync(By(room.Candidate, id), zhang, true, "x"));
        Assert.Equal(AwardOutcome.Recused, await market.Get<FixList>().ExecuteAsync(By(room.Candidate, id)));
        Assert.Equal(AwardOutcome.ReasonMissing, await market.Get<DeclareInterest>().ExecuteAsync(By(room.Two, id), null));
        Assert.Equal(AwardOutcome.Done, await market.Get<DeclareInterest>().ExecuteAsync(By(room.Two, id), "候选人里有我表弟"));
        Assert.Equal(AwardOutcome.Already, await market.Get<DeclareInterest>().ExecuteAsync(By(room.Two, id), "再说一次"));
        Assert.Equal(AwardOutcome.Done, await market.Get<FixList>().ExecuteAsync(By(room.One, id)));
        Assert.Equal(AwardOutcome.Recused, await market.Get<ConfirmList>().ExecuteAsync(By(room.Two, id)));
        Assert.Equal(AwardOutcome.Recused, await market.Get<SendBackList>().ExecuteAsync(By(room.Two, id), "x"));
        Assert.Equal(AwardOutcome.Done, await market.Get<ConfirmList>().ExecuteAsync(By(room.Three, id)));
        Assert.Equal(2, await market.ReadAsync(db => db.AwardEvents.CountAsync(e => e.Change == AwardChange.Recused)));

        // An account that gets its points file later is found out at its first try, and that stays on record.
        var named = await market.BegunLateAsync(room);
        Assert.Equal(AwardOutcome.Recused, await market.Get<DecideAward>().ExecuteAsync(By(named, id)));
        Assert.True(await market.ReadAsync(db => db.AwardRecusals.AnyAsync(r => r.UserId == named)));
    }

    [Fact]
    public async Task Objection_InTime_IsAnsweredBeforeTheDecisionAndMayStrikeSomebodyOff()
    {
        var room = await OpenAsync();
        await using var market = room.Market;
        await room.ScoredAsync(4);
        var id = await room.NoticedAsync();
        var about = await market.ReadAsync(db => db.AwardNominees.Where(n => n.Member!.Code == "G1001").Select(n => n.Id).SingleAsync());
        Task<ObjectToAward.Outcome> Object(string who, string text = "他没来过几次", int? nominee = null) => market.Get<ObjectToAward>().ExecuteAsync(new() { CycleId = id, MemberId = room.Member(who), NomineeId = nominee, Text = text });

        Assert.Equal(ObjectToAward.Outcome.WordsMissing, await Object("G1003", "  "));
        Assert.Equal(ObjectToAward.Outcome.NotOnNotice, await Object("G1003", nominee: 99_999));
        Assert.Equal(ObjectToAward.Outcome.Objected, await Object("G1003", nominee: about));
        Assert.Equal(ObjectToAward.Outcome.Already, await Object("G1003"));
        Assert.Equal(ObjectToAward.Outcome.Objected, await Object("G1004"));
        market.Clock.Advance(TimeSpan.FromDays(8));
        Assert.Equal(ObjectToAward.Outcome.NotOnNotice, await Object("G1002"));
        Assert.Equal(AwardOutcome.ObjectionWaits, await market.Get<DecideAward>().ExecuteAsync(By(room.Two, id)));

        var ids = await market.ReadAsync(db => db.AwardObjections.OrderBy(o => o.Id).Select(o => o.Id).ToListAsync());
        Task<AwardOutcome> Answer(int user, int objection, bool upheld, string? words = "查过了") => market.Get<AnswerAwardObjection>().ExecuteAsync(new() { Step = By(user, id), ObjectionId = objection, Upheld = upheld, Answer = words });
        Assert.Equal(AwardOutcome.Recused, await Answer(room.Candidate, ids[0], true));
        Assert.Equal(AwardOutcome.ReasonMissing, await Answer(room.Two, ids[0], true, ""));
        Assert.Equal(AwardOutcome.Done, await Answer(room.Two, ids[0], true));
        Assert.Equal(AwardOutcome.Already, await Answer(room.Three, ids[0], false));
        Assert.Equal(AwardOutcome.Done, await Answer(room.Two, ids[1], false));
        Assert.Equal(["G0001", "G1002"], await room.NamedAsync(id));
        Assert.Equal(AwardOutcome.Done, await market.Get<DecideAward>().ExecuteAsync(By(room.Two, id)));
        Assert.Equal(2, await market.ReadAsync(db => db.InboxMessages.CountAsync(m => m.Kind == InboxKinds.AwardAnswered)));
    }

    [Fact]
    public async Task List_SentBack_GetsANoticeOfItsOwn()
    {
        var room = await OpenAsync();
        await using var market = room.Market;
        await room.ScoredAsync(4);
        var id = await room.NoticedAsync();
        Assert.Equal(AwardOutcome.Done, await market.Get<SendBackList>().ExecuteAsync(By(room.Three, id), "名额算错了"));
        Assert.Equal((AwardState.Draft, 0), (await room.StateAsync(id), (await room.NamedAsync(id)).Count));
        Assert.Empty(await market.ReadAsync(db => AwardNotice.ReadAsync(db, room.BookId, new(2026, 10, 1))));
        market.Clock.Advance(TimeSpan.FromDays(3));
        Assert.Equal(AwardOutcome.Done, await market.Get<FixList>().ExecuteAsync(By(room.Two, id)));
        Assert.Equal(AwardOutcome.Done, await market.Get<ConfirmList>().ExecuteAsync(By(room.One, id)));
        var notice = Assert.Single(await market.ReadAsync(db => AwardNotice.ReadAsync(db, room.BookId, new(2026, 10, 4))));
        Assert.Equal((new DateOnly(2026, 10, 4), new DateOnly(2026, 10, 11), true), (notice.From, notice.To, notice.Running));
    }

    [Fact]
    public async Task Notice_OfAList_MasksNamesAndLeavesInformantsOff()
    {
        var room = await OpenAsync();
        await using var market = room.Market;
        await room.ScoredAsync(1);
        await room.NoticedAsync();
        var notice = Assert.Single(await market.ReadAsync(db => AwardNotice.ReadAsync(db, room.BookId, new(2026, 10, 1))));
        Assert.Equal([(1, "张*兰"), (2, "王*")], notice.People.Select(p => (p.Place, p.Name)));
    }

    [Fact]
    public async Task Recipient_NamedByHand_IsThereOnceAndFitsTheKind()
    {
        var room = await OpenAsync();
        await using var market = room.Market;
        var thanks = await room.BegunAsync(AwardKind.SponsorThanks, quota: 1);
        Task<AwardOutcome> Name(int cycle, string? member = null, string? firm = null, string? name = null) =>
            market.Get<NameRecipient>().ExecuteAsync(new() { Step = By(room.One, cycle), MemberCode = member, SponsorCode = firm, Name = name });
        Assert.Equal(AwardOutcome.NoSuchRecipient, await Name(thanks, member: "G0001"));
        Assert.Equal(AwardOutcome.NoSuchRecipient, await Name(thanks, firm: "SP9"));
        Assert.Equal(AwardOutcome.Done, await Name(thanks, firm: "SP1"));
        Assert.Equal(AwardOutcome.Already, await Name(thanks, firm: "SP1"));
        var lecturer = await room.BegunAsync(AwardKind.Lecturer, quota: 2);
        Assert.Equal(AwardOutcome.Done, await Name(lecturer, member: "100001"));
        Assert.Equal(AwardOutcome.NoSuchRecipient, await Name(lecturer, name: new string('长', 61)));
        Assert.Equal(AwardOutcome.Done, await Name(lecturer, name: "欧阳玥"));
        Assert.Equal(AwardOutcome.OverQuota, await Name(lecturer, name: "昊祎"));
        Assert.Equal(AwardOutcome.NotNow, await Name(await room.BegunAsync(), member: "G0001")); // a ranking is not written by hand
        var one = await market.ReadAsync(db => db.AwardNominees.Where(n => n.CycleId == lecturer).OrderBy(n => n.Place).Select(n => n.Id).FirstAsync());
        Assert.Equal(AwardOutcome.Done, await market.Get<RemoveRecipient>().ExecuteAsync(By(room.One, lecturer), one));
        Assert.Equal(AwardOutcome.NotFound, await market.Get<RemoveRecipient>().ExecuteAsync(By(room.One, lecturer), one));
        Assert.Equal(AwardOutcome.NotFound, await market.Get<RemoveRecipient>().ExecuteAsync(By(room.One, 99), one));
    }

    [Fact]
    public async Task Cycle_ThatMakesNoSense_IsRefused()
    {
        var room = await OpenAsync();
        await using var market = room.Market;
        var good = room.Input();
        var cases = new Dictionary<SaveCycle.Problem, SaveCycle.Input>
        {
            [SaveCycle.Problem.BadYear] = good with { Year = 2027 }, [SaveCycle.Problem.BadTitle] = good with { Title = " " }, [SaveCycle.Problem.BadQuota] = good with { Quota = 0 },
            [SaveCycle.Problem.KindsMissing] = good with { Kinds = [] }, [SaveCycle.Problem.BadMonths] = good with { LeastMonths = 13 }, [SaveCycle.Problem.BadWords] = good with { Words = new string('字', 241) },
            [SaveCycle.Problem.BadMoney] = good with { AmountFen = -1 }, [SaveCycle.Problem.FundMissing] = good with { AmountFen = 1, Fund = "goods-fund" },
            [SaveCycle.Problem.NoSuchArea] = good with { AreaPath = "STA/V1/" }, [SaveCycle.Problem.NotFound] = good with { CycleId = 99 },
        };
        foreach (var (problem, input) in cases) Assert.Equal(new SaveCycle.Refused(problem), await market.Get<SaveCycle>().ExecuteAsync(input));
        Assert.Equal(0, await market.ReadAsync(db => db.AwardCycles.CountAsync()));
        var id = await room.BegunAsync();
        await market.Get<CallOffAward>().ExecuteAsync(By(room.One, id), "不办了");
        Assert.Equal(new SaveCycle.Refused(SaveCycle.Problem.NotNow), await market.Get<SaveCycle>().ExecuteAsync(good with { CycleId = id }));
    }
}

/// <summary>Steps that only these tests take.</summary>
internal static class AwardSteps
{
    /// <summary>An approver's account, tied to a candidate after the list was made.</summary>
    public static Task<int> BegunLateAsync(this TestMarket market, AwardRoom room) => market.AddAccountAsync(PointsMarket.Accounts.Roles.Approver, AwardRoom.Everywhere, room.Member("G1001"));
}
