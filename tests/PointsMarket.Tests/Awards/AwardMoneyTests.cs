using Microsoft.EntityFrameworkCore;
using PointsMarket.Accounts;
using PointsMarket.Assessments;
using PointsMarket.Awards;
using PointsMarket.Data;
using PointsMarket.Funding;
using PointsMarket.Ledger;
using PointsMarket.Tests.Kit;
using static PointsMarket.Tests.Awards.AwardRoom;

namespace PointsMarket.Tests.Awards;

/// <summary>What a revoked certificate does to the money that came with it, and what a corrected month does to the ranking.</summary>
public sealed class AwardMoneyTests
{
    public static TheoryData<DatabaseProvider> Databases => TestDatabase.All;

    [SkippableTheory, MemberData(nameof(Databases))]
    public async Task Revoke_BeforeTheMoneyIsPaid_StopsThePaymentAndTheOthersAreAskedForAnew(DatabaseProvider provider)
    {
        var room = await OpenAsync(provider);
        await using var market = room.Market;
        var (cycle, payment) = await AskedAsync(room);

        Assert.Equal(RevokeCertificate.Outcome.RevokedAndStopped, await RevokeAsync(room, "G0001"));
        Assert.Equal(PaymentState.Refused, await market.ReadAsync(db => db.Payments.Where(p => p.Id == payment).Select(p => p.State).SingleAsync()));
        Assert.Equal(AwardOutcome.Done, await market.Get<AskAwardMoney>().ExecuteAsync(By(room.Two, cycle)));
        var anew = await market.ReadAsync(db => db.Payments.Include(p => p.Lines).ThenInclude(l => l.Member).AsNoTracking().OrderByDescending(p => p.Id).FirstAsync());
        Assert.Equal((1_000_00L, "G1001"), (anew.AmountFen, Assert.Single(anew.Lines).Member!.Code));
    }

    [SkippableTheory, MemberData(nameof(Databases))]
    public async Task Revoke_AfterTheMoneyIsPaid_MarksThatPersonsPartAndOneReversalBringsItBack(DatabaseProvider provider)
    {
        var room = await OpenAsync(provider);
        await using var market = room.Market;
        var (cycle, payment) = await AskedAsync(room);
        var (finance, spare) = (await market.AddAccountAsync(Roles.Finance), await market.AddAccountAsync(Roles.Approver));
        PaymentActor Of(int user) => new() { UserId = user, AreaPath = Everywhere };
        Assert.IsType<PaymentOutcome.Done>(await market.Get<EnterGrant>().ExecuteAsync(new EnterGrant.Input { Fund = "volunteer-fund", Reference = "B0001", Day = new(2026, 10, 1), AmountFen = 5_000_00, By = Of(finance) }));
        foreach (var user in (int[])[room.One, spare]) Assert.IsType<PaymentOutcome.Done>(await market.Get<ApprovePayment>().ExecuteAsync(payment, Of(user)));
        Assert.IsType<PaymentOutcome.Done>(await market.Get<PayPayment>().ExecuteAsync(new PayPayment.Input { PaymentId = payment, Reference = "B0002", Day = new(2026, 10, 9), By = Of(finance) }));

        Assert.Equal(RevokeCertificate.Outcome.RevokedAndToClaimBack, await RevokeAsync(room, "G0001"));
        var line = await market.ReadAsync(db => db.Payments.SelectMany(p => p.Lines).Include(l => l.Member).AsNoTracking().SingleAsync(l => l.ClaimBack != null));
        Assert.Equal("G0001", line.Member!.Code);
        Assert.EndsWith("弄虚作假", line.ClaimBack, StringComparison.Ordinal);
        Assert.Equal(AwardOutcome.NothingOwed, await market.Get<AskAwardMoney>().ExecuteAsync(By(room.Two, cycle)));

        Assert.IsType<PaymentOutcome.Done>(await market.Get<AskForReversal>().ExecuteAsync(new AskForReversal.Input { PaymentId = payment, Position = line.Position, Reason = line.ClaimBack, By = Of(finance) }));
        var answers = new List<PaymentOutcome>();
        foreach (var user in (int[])[room.One, spare]) answers.Add(await market.Get<ApproveReversal>().ExecuteAsync(payment, Of(user)));
        Assert.All(answers, a => Assert.IsType<PaymentOutcome.Done>(a)); // 1,000 yuan: two
        Assert.Equal(4_000_00, await market.ReadAsync(db => db.BalanceAsync(room.BookId, AccountCode.Cash("volunteer-fund"), Asset.Money)));
        Assert.Equal(0, await market.ReadAsync(db => db.Payments.SelectMany(p => p.Lines).CountAsync(l => l.ClaimBack != null)));
        Assert.All(await market.ReadAsync(db => market.Get<LedgerVerifier>().VerifyAsync(db)), r => Assert.True(r.IsClean, string.Join('\n', r.Findings)));
    }

    [SkippableTheory, MemberData(nameof(Databases))]
    public async Task Lists_OfOneKindAndYear_NameEachMemberOnce(DatabaseProvider provider)
    {
        var room = await OpenAsync(provider);
        await using var market = room.Market;
        await room.ScoredAsync(4);
        var cycles = new List<int>();
        for (var i = 0; i < 2; i++)
        {
            cycles.Add(await room.BegunAsync(quota: 2, amount: 1_000_00));
            Assert.Equal(AwardOutcome.Done, await market.Get<RankCandidates>().ExecuteAsync(By(room.One, cycles[i])));
        }

        var outcomes = await Task.WhenAll(cycles.Select(c => Task.Run(() => market.Get<FixList>().ExecuteAsync(By(room.One, c)))));

        Assert.All(outcomes, o => Assert.Equal(AwardOutcome.Done, o));
        Assert.Equal(["G0001", "G1001", "G1002", "G1003"], (await room.NamedAsync(cycles[0])).Concat(await room.NamedAsync(cycles[1])).Order(StringComparer.Ordinal));
        // What the first list gives up, the second may name.
        var first = (await room.NamedAsync(cycles[0])).Contains("G0001") ? 0 : 1;
        Assert.Equal(AwardOutcome.Done, await market.Get<CallOffAward>().ExecuteAsync(By(room.Two, cycles[first]), "合并评选"));
        Assert.Equal(AwardOutcome.Done, await market.Get<SendBackList>().ExecuteAsync(By(room.Two, cycles[1 - first]), "合并评选"));
        Assert.Equal(AwardOutcome.Done, await market.Get<FixList>().ExecuteAsync(By(room.One, cycles[1 - first])));
        Assert.Equal(["G0001", "G1001"], await room.NamedAsync(cycles[1 - first]));
        Assert.Equal(AwardOutcome.NobodyNamed, await market.Get<FixList>().ExecuteAsync(By(room.One, await OnlyAsync(room, "G0001"))));
    }

    [Fact]
    public async Task Supplement_OfWhomTwoCyclesName_IsOne()
    {
        var room = await OpenAsync();
        await using var market = room.Market;
        await room.ScoredAsync(1);
        var member = room.Member("G0001");
        foreach (var fen in (long[])[100_00, 120_00])
        {
            var id = await room.BegunAsync(quota: 1, amount: 1_000_00);
            await market.Writes.RunAsync(async db => // as an earlier version let it happen
            {
                db.Add(new AwardNominee { CycleId = id, MemberId = member, Place = 1, Named = true });
                await db.SaveChangesAsync();
                return await db.AwardCycles.Where(c => c.Id == id).ExecuteUpdateAsync(s => s.SetProperty(c => c.State, AwardState.Decided).SetProperty(c => c.MonthlyFen, fen));
            });
        }

        Assert.Equal([120_00], (await market.ReadAsync(db => AwardSupplement.ReadAsync(db, room.BookId, new(2027, 3, 1)))).Select(s => s.Fen));
    }

    [Fact]
    public async Task Ranking_WithCorrectedMonths_GoesByTheLatestApprovedCorrection()
    {
        var room = await OpenAsync();
        await using var market = room.Market;
        await room.AddMembersAsync(4);
        await room.PublishedAsync(1, ("G1001", 9000, 50), ("G1002", 8000, 50), ("G1003", 7000, 50));
        await room.PublishedAsync(2, ("G1001", 9000, 50), ("G1002", 8000, 50), ("G1003", 7000, 50));
        await CorrectAsync(room, 1, "G1002", 1, CorrectionState.Approved, 9900, 90);
        await CorrectAsync(room, 1, "G1002", 2, CorrectionState.Approved, 10000, 80); // the later one holds
        await CorrectAsync(room, 1, "G1002", 3, CorrectionState.Refused, 100, 1);
        await CorrectAsync(room, 2, "G1001", 1, CorrectionState.Waiting, 100, 1);
        await CorrectAsync(room, 1, "G1003", 1, CorrectionState.Approved, null, 0); // nothing could be measured: the month is left out
        await CorrectAsync(room, 2, "G1003", 1, CorrectionState.Approved, 9500, 60);
        var id = await room.BegunAsync();
        Assert.Equal(AwardOutcome.Done, await market.Get<RankCandidates>().ExecuteAsync(By(room.One, id)));

        var ranked = await market.ReadAsync(db => db.AwardNominees.OrderBy(n => n.Place).Select(n => new ValueTuple<string, long, int, long>(n.Member!.Code, n.ScoreSum, n.Months, n.Points)).ToListAsync());

        Assert.Equal([("G1003", 9500, 1, 60), ("G1001", 18000, 2, 100), ("G1002", 18000, 2, 130)], ranked.OrderBy(r => r.Item1 == "G1003" ? 0 : 1).ThenBy(r => r.Item1));
        Assert.Equal(["G1003", "G1002", "G1001"], ranked.Select(r => r.Item1)); // the same mean: more points, which the correction gave
        Assert.Equal(8000, await market.ReadAsync(db => db.AssessmentLines.Where(l => l.Member.Code == "G1002").Select(l => l.Score).FirstAsync())); // the line stays as published
    }

    /// <summary>A cycle in which everybody but one was struck off.</summary>
    private static async Task<int> OnlyAsync(AwardRoom room, string code)
    {
        var id = await room.BegunAsync();
        Assert.Equal(AwardOutcome.Done, await room.Market.Get<RankCandidates>().ExecuteAsync(By(room.One, id)));
        await room.Market.Writes.RunAsync(db => db.AwardNominees.Where(n => n.CycleId == id && n.Member!.Code != code).ExecuteUpdateAsync(s => s.SetProperty(n => n.StruckFor, "x")));
        return id;
    }

    private static Task<int> CorrectAsync(AwardRoom room, int month, string code, int number, CorrectionState state, int? score, long points) => room.Market.Writes.RunAsync(async db =>
    {
        db.Add(new AssessmentCorrection
        {
            AssessmentId = await db.Assessments.Where(a => a.Month == new DateOnly(2026, month, 1)).Select(a => a.Id).SingleAsync(), MemberId = await db.Members.Where(m => m.Code == code).Select(m => m.Id).SingleAsync(),
            Number = number, State = state, Score = score, Points = points, Reason = "漏记", ProposedBy = "user:1", ProposedAt = room.Market.Clock.GetUtcNow().UtcDateTime, DecidedBy = state == CorrectionState.Waiting ? null : "user:2",
        });
        return await db.SaveChangesAsync();
    });

    /// <summary>G0001 and G1001 are awarded 1,000 yuan each, certificates are out, and one payment for both is asked for.</summary>
    private static async Task<(int Cycle, int Payment)> AskedAsync(AwardRoom room)
    {
        await room.ScoredAsync(3);
        var id = await room.NoticedAsync(quota: 2, amount: 1_000_00);
        room.Market.Clock.Advance(TimeSpan.FromDays(8));
        Assert.Equal(AwardOutcome.Done, await room.Market.Get<DecideAward>().ExecuteAsync(By(room.Two, id)));
        Assert.Equal(AwardOutcome.Done, await room.IssueAsync(id));
        Assert.Equal(AwardOutcome.Done, await room.Market.Get<AskAwardMoney>().ExecuteAsync(By(room.Two, id)));
        return (id, await room.Market.ReadAsync(db => db.Payments.Select(p => p.Id).SingleAsync()));
    }

    private static async Task<RevokeCertificate.Outcome> RevokeAsync(AwardRoom room, string code) => await room.Market.Get<RevokeCertificate>().ExecuteAsync(new()
    {
        CertificateId = await room.Market.ReadAsync(db => db.Certificates.Where(c => c.Member!.Code == code).Select(c => c.Id).SingleAsync()), Reason = "弄虚作假", UserId = room.One, AreaPath = Everywhere,
    });
}
