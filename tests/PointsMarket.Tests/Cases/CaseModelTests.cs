using FsCheck;
using FsCheck.Fluent;
using Microsoft.EntityFrameworkCore;
using PointsMarket.Cases;
using PointsMarket.Ledger;
using PointsMarket.Tests.Kit;
using Xunit.Abstractions;

namespace PointsMarket.Tests.Cases;

/// <summary>
/// Random lives of three cases among five members. After every step: no case is held by two, no round pays twice, nobody holds more
/// than three, points are what the closed rounds paid, and every state still has a way out. POINTSMARKET_TEST_SEED repeats a run.
/// </summary>
public sealed class CaseModelTests(ITestOutputHelper output)
{
    private const int Length = 40;

    public enum Step
    {
        Ask, AskTeam, Wait, Agree, Decline, Approve, Refuse, Drop, Release, Note, Extend, Grant, Deny, Offer, Sign, SayNo, Confirm, Submit, SendBack, Close, Reopen, Revisit, Withdraw, Rewrite, Publish, Days,
    }

    public readonly record struct Move(Step Step, int Case, int Member, int By);

    private static Arbitrary<Move[]> Lives { get; } = (
        from steps in Gen.ArrayOf(
            from step in Gen.Frequency(
                (6, Gen.Elements(Step.Ask, Step.Wait, Step.AskTeam)), (4, Gen.Elements(Step.Agree, Step.Approve)), (6, Gen.Elements(Step.Approve, Step.Submit, Step.Close)), (4, Gen.Elements(Enum.GetValues<Step>())))
            from c in Gen.Choose(0, 2)
            from m in Gen.Choose(0, 4)
            from user in Gen.Choose(2, 3)
            select new Move(step, c, m, user), Length)
        select steps).ToArbitrary();

    [Fact]
    public async Task Lives_AtRandom_KeepEveryPromise()
    {
        var seed = Environment.GetEnvironmentVariable("POINTSMARKET_TEST_SEED") is { Length: > 0 } given ? ulong.Parse(given) : (ulong)Random.Shared.NextInt64();
        output.WriteLine($"POINTSMARKET_TEST_SEED={seed}");
        var (done, seen) = (0, new HashSet<CaseChange>());
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(Environment.GetEnvironmentVariable("CI") is null ? 12 : 40).WithReplay(seed, 0x9E3779B97F4A7C15), Prop.ForAll(Lives, moves =>
        {
            var (count, changes) = LiveAsync(moves).GetAwaiter().GetResult();
            done += count;
            seen.UnionWith(changes);
        }));
        output.WriteLine($"{done} steps did something; {seen.Count} kinds of them: {string.Join(' ', seen)}");
        Assert.True(done > 60, "The programs hardly do anything.");
    }

    private static async Task<(int Done, HashSet<CaseChange> Changes)> LiveAsync(Move[] moves)
    {
        var desk = await CaseDesk.OpenAsync(people: 5);
        await using var market = desk.Market;
        int[] cases = [await desk.PostedAsync(60, 3), await desk.PostedAsync(90, 5), await desk.PostedAsync(201, 2)];
        var done = 0;
        foreach (var move in moves)
        {
            if (await StepAsync(desk, cases[move.Case], move) is not CaseOutcome.Refused) done++;
            await CheckAsync(desk);
        }
        await desk.CleanAsync();
        return (done, [.. await market.ReadAsync(db => db.CaseEvents.Select(e => e.Change).Distinct().ToListAsync())]);
    }

    private static async Task<CaseOutcome> StepAsync(CaseDesk desk, int id, Move move)
    {
        var market = desk.Market;
        var member = desk.People[move.Member];
        var by = CaseDesk.By(move.By);
        var of = CaseDesk.Of(member);
        var live = await market.ReadAsync(db => db.Claims.Where(c => c.CaseId == id).OrderByDescending(c => CaseLife.Live.Contains(c.State)).ThenByDescending(c => c.Id).Select(c => c.Id).FirstOrDefaultAsync());
        switch (move.Step)
        {
            case Step.Days:
                market.Clock.Advance(TimeSpan.FromDays(4));
                await market.Get<LapseClaims>().ExecuteAsync();
                await market.Get<AskForRevisits>().ExecuteAsync();
                return new CaseOutcome.Done();
            case Step.Ask or Step.Wait:
                return await desk.AskAsync(id, member, wait: move.Step == Step.Wait);
            case Step.AskTeam:
                return await desk.AskAsync(id, member, wait: true, share: 60, partners: new AskForCase.Partner($"P{((move.Member + 1) % 5) + 1}", 40));
            case Step.Publish:
                return await market.Get<PublishCase>().ExecuteAsync(id, by);
            case Step.Withdraw:
                return await market.Get<WithdrawCase>().ExecuteAsync(id, "撤下", by);
            case Step.Rewrite:
                return await market.Get<SaveCase>().ExecuteAsync(desk.Draft(70, 4, id));
            case Step.Reopen:
                return await market.Get<ReopenCase>().ExecuteAsync(id, "重办", by) is var outcome and not ReopenCase.Spent ? outcome : throw new InvalidOperationException("Nobody spends here.");
            case Step.Revisit:
                return await market.Get<AnswerRevisit>().ExecuteAsync(id, move.Member % 2 == 0, "看过了", by);
            default:
                return await OnClaimAsync(market, live, move, by, of);
        }
    }

    private static Task<CaseOutcome> OnClaimAsync(TestMarket market, int claim, Move move, Approver by, Voice of) => move.Step switch
    {
        Step.Agree or Step.Decline => market.Get<AgreeToClaim>().ExecuteAsync(new() { ClaimId = claim, By = of, Agree = move.Step == Step.Agree, NoInterest = true }),
        Step.Approve => market.Get<ApproveClaim>().ExecuteAsync(claim, by),
        Step.Refuse => market.Get<RefuseClaim>().ExecuteAsync(claim, "否", by),
        Step.Drop => market.Get<ReleaseClaim>().ExecuteAsync(claim, "退", of),
        Step.Release => market.Get<ReleaseClaim>().ExecuteAsync(claim, "收回", by),
        Step.Note => market.Get<AddNote>().ExecuteAsync(new() { ClaimId = claim, By = of, Text = "走访" }),
        Step.Extend => market.Get<AskForExtension>().ExecuteAsync(claim, 3, "再给三天", of),
        Step.Grant or Step.Deny => market.Get<DecideExtension>().ExecuteAsync(claim, move.Step == Step.Grant, "好", by),
        Step.Offer => market.Get<OfferHandOver>().ExecuteAsync(claim, $"P{((move.Member + 2) % 5) + 1}", of),
        Step.Sign or Step.SayNo => market.Get<SignHandOver>().ExecuteAsync(claim, move.Step == Step.Sign, true, of),
        Step.Confirm => market.Get<ConfirmHandOver>().ExecuteAsync(claim, true, null, by),
        Step.Submit => market.Get<SubmitClaim>().ExecuteAsync(claim, "办好了", of),
        Step.SendBack => market.Get<SendBackClaim>().ExecuteAsync(claim, "再办", by),
        _ => market.Get<CloseCase>().ExecuteAsync(claim, by),
    };

    private static async Task CheckAsync(CaseDesk desk)
    {
        var market = desk.Market;
        var cases = await market.ReadAsync(db => db.Cases.Include(c => c.Claimants).AsNoTracking().ToListAsync());
        var claims = await market.ReadAsync(db => db.Claims.Include(c => c.Members).Include(c => c.HandOvers).AsNoTracking().ToListAsync());
        foreach (var c in cases)
        {
            var live = claims.Where(x => x.CaseId == c.Id && CaseLife.Live.Contains(x.State)).ToList();
            Assert.True(live.Count <= 1, $"{c.Number} has two first claims.");
            var expected = c.State switch { CaseState.Claimed => ClaimState.Held, CaseState.Submitted => ClaimState.Submitted, CaseState.Open => live.Count == 0 ? null : ClaimState.Asked, _ => (ClaimState?)null };
            Assert.Equal(expected, live.SingleOrDefault()?.State);
            Assert.Equal(c.State == CaseState.Closed ? 1 : 0, claims.Count(x => x.CaseId == c.Id && x.State == ClaimState.Settled));
            if (c.State is CaseState.Draft or CaseState.Closed or CaseState.Withdrawn) Assert.DoesNotContain(claims, x => x.CaseId == c.Id && CaseLife.Unfinished.Contains(x.State));
            if (live.Count == 0) Assert.DoesNotContain(claims, x => x.CaseId == c.Id && x.State == ClaimState.Waiting && c.State == CaseState.Open); // a line has a first
            var holder = claims.SingleOrDefault(x => x.CaseId == c.Id && (CaseLife.InHand.Contains(x.State) || x.State == ClaimState.Settled));
            Assert.Equal(holder?.Members.OrderBy(m => m.Position).Select(m => m.MemberId) ?? [], c.Claimants.OrderBy(s => s.Position).Select(s => s.MemberId));
            Assert.Contains(Enum.GetValues<CaseChange>(), change => CaseLife.May(c.State, change)); // a way out
            Assert.Equal(CaseTurn.Of(c, live.SingleOrDefault()), c.WaitsFor); // whose turn it is never goes its own way
            Assert.Equal(c.WaitsFor is null, c.WaitsSince is null);
        }
        Assert.All(desk.People, p => Assert.True(claims.Count(c => CaseLife.InHand.Contains(c.State) && c.Members.Exists(m => m.MemberId == p)) <= PointsMarket.Settings.SettingList.CaseHeldAtOnce.Default));
        Assert.All(claims, c => Assert.Equal(100, c.Members.Sum(m => m.Share)));
        var paid = claims.Where(c => c.State == ClaimState.Settled).Sum(c => (long)c.Reward);
        Assert.Equal(paid, await market.ReadAsync(db => db.LedgerAccounts.Where(a => a.Code.StartsWith("member:P")).SumAsync(a => a.Balance)));
    }
}
