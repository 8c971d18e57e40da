using FsCheck;
using FsCheck.Fluent;
using Microsoft.EntityFrameworkCore;
using PointsMarket.Funding;
using PointsMarket.Ledger;
using PointsMarket.Tests.Kit;
using Xunit.Abstractions;

namespace PointsMarket.Tests.Funding;

/// <summary>
/// Random lives of a fund's payments among five people. After every step: cash covers what is promised, who approved are as many and
/// as different as the ladder says, each payment is paid once, and members are owed exactly what is approved and unpaid.
/// POINTSMARKET_TEST_SEED repeats a run.
/// </summary>
public sealed class PaymentModelTests(ITestOutputHelper output)
{
    private const int Length = 35;

    /// <summary>Around the two limits, and around what the fund has.</summary>
    private static readonly long[] Amounts = [1, 50_000, 50_001, 300_000, 300_001, 450_000];

    public enum Step { Ask, AskMember, Approve, Refuse, Withdraw, Pay, Grant, Reverse, AskBack, AskPartBack, ApproveBack, EndBack }

    public readonly record struct Move(Step Step, int Payment, int Person, int Amount);

    private static Arbitrary<Move[]> Lives { get; } = Gen.ArrayOf(
        from step in Gen.Frequency(
            (4, Gen.Elements(Step.Ask, Step.AskMember)), (9, Gen.Constant(Step.Approve)), (5, Gen.Constant(Step.Pay)), (4, Gen.Elements(Step.AskBack, Step.AskPartBack, Step.EndBack)), (6, Gen.Constant(Step.ApproveBack)), (3, Gen.Elements(Step.Grant, Step.Reverse, Step.Refuse, Step.Withdraw)))
        from payment in Gen.Choose(0, 4)
        from person in Gen.Choose(0, 4)
        from amount in Gen.Choose(0, Amounts.Length - 1)
        select new Move(step, payment, person, amount), Length).ToArbitrary();

    [Fact]
    public async Task Lives_AtRandom_KeepTheLadderAndTheCash()
    {
        var seed = Environment.GetEnvironmentVariable("POINTSMARKET_TEST_SEED") is { Length: > 0 } given ? ulong.Parse(given) : (ulong)Random.Shared.NextInt64();
        output.WriteLine($"POINTSMARKET_TEST_SEED={seed}");
        var (done, paid) = (0, 0);
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(Environment.GetEnvironmentVariable("CI") is null ? 8 : 30).WithReplay(seed, 0x9E3779B97F4A7C15), Prop.ForAll(Lives, moves =>
        {
            var (count, money) = LiveAsync(moves).GetAwaiter().GetResult();
            done += count;
            paid += money;
        }));
        output.WriteLine($"{done} steps did something, {paid} payments were paid");
        Assert.True(done > 40, "The programs hardly do anything.");
        await Task.CompletedTask;
    }

    private static async Task<(int Done, int Paid)> LiveAsync(Move[] moves)
    {
        var desk = await FundDesk.OpenAsync(grantFen: 600_000);
        await using var market = desk.Market;
        int[] people = [desk.Approver, desk.Other, desk.Admin, desk.Finance, desk.Cashier];
        var (done, number) = (0, 0);
        foreach (var move in moves)
        {
            if (await StepAsync(desk, move, people[move.Person], ++number)) done++;
            await CheckAsync(desk);
        }
        await desk.CleanAsync();
        return (done, await market.ReadAsync(db => db.Payments.CountAsync(p => p.State == PaymentState.Paid)));
    }

    private static async Task<bool> StepAsync(FundDesk desk, Move move, int user, int number)
    {
        var market = desk.Market;
        var ids = await market.ReadAsync(db => db.Payments.OrderByDescending(p => p.Id).Select(p => p.Id).Take(5).ToListAsync());
        var id = ids.Count == 0 ? 0 : ids[move.Payment % ids.Count];
        var by = FundDesk.By(user);
        switch (move.Step)
        {
            case Step.Ask: return await market.Get<AskForPayment>().ExecuteAsync([desk.Input(Amounts[move.Amount], user: user)]) is AskForPayment.Asked;
            case Step.AskMember:
                var input = desk.Input(Amounts[move.Amount], member: "G0001", purpose: FundPurpose.Awards, user: user);
                return await market.Get<AskForPayment>().ExecuteAsync([input with { Lines = [.. input.Lines, new AskForPayment.Line("I0001", 1_000)] }]) is AskForPayment.Asked;
            case Step.Approve: return await desk.ApproveAsync(id, user) is PaymentOutcome.Done;
            case Step.Refuse: return await market.Get<RefusePayment>().ExecuteAsync(id, "不行", by) is PaymentOutcome.Done;
            case Step.Withdraw: return await market.Get<WithdrawPayment>().ExecuteAsync(id, by) is PaymentOutcome.Done;
            case Step.Pay: return await desk.PayAsync(id, $"P{number}", user) is PaymentOutcome.Done;
            case Step.Grant: return await desk.GrantAsync($"G{number}", 40_000, user: user) is PaymentOutcome.Done;
            case Step.AskBack or Step.AskPartBack: return await desk.AskBackAsync(id, move.Step == Step.AskBack ? null : move.Amount % 2, user) is PaymentOutcome.Done;
            case Step.ApproveBack: return await desk.ApproveBackAsync(id, user) is PaymentOutcome.Done;
            case Step.EndBack: return await market.Get<EndReversal>().ExecuteAsync(id, "没有退", by) is PaymentOutcome.Done;
            default:
                var movement = await market.ReadAsync(db => db.FundMovements.Where(m => m.Reference != "B0001").OrderByDescending(m => m.Id).Select(m => m.Id).FirstOrDefaultAsync());
                return await market.Get<ReverseFundMovement>().ExecuteAsync(movement, "记错", by) is PaymentOutcome.Done;
        }
    }

    private static async Task CheckAsync(FundDesk desk)
    {
        var payments = await desk.Market.ReadAsync(db => db.Payments.AsNoTracking().Include(p => p.Lines).Include(p => p.Approvals).Include(p => p.Reversals).ThenInclude(r => r.Approvals).AsSplitQuery().ToListAsync());
        var movements = await desk.Market.ReadAsync(db => db.FundMovements.AsNoTracking().ToListAsync());
        var cash = await desk.CashAsync();
        var promised = payments.Where(p => p.State == PaymentState.Approved).Sum(p => p.AmountFen);
        Assert.True(cash >= promised, $"{cash} is promised {promised}");
        Assert.Equal(movements.Where(m => m.ReversedAt is null).Sum(m => m.Signed + m.ReturnedFen), cash);
        Assert.Equal(-payments.Where(p => p.State == PaymentState.Approved).SelectMany(p => p.Lines).Where(l => l.MemberId is not null).Sum(l => l.AmountFen), await desk.BalanceAsync(AccountCode.AwardPayable("G0001")) + await desk.BalanceAsync(AccountCode.AwardPayable("I0001")));
        string[] approvers = [$"user:{desk.Approver}", $"user:{desk.Other}", $"user:{desk.Admin}"];
        foreach (var p in payments)
        {
            Assert.DoesNotContain(p.Approvals, a => a.By == p.AskedBy);
            Assert.All(p.Approvals, a => Assert.Equal(!a.ForFinance, approvers.Contains(a.By)));
            var (needed, finance) = PaymentLadder.For(p.AmountFen, 50_000, 300_000);
            var complete = p.Approvals.Count(a => !a.ForFinance) == needed && p.Approvals.Count(a => a.ForFinance) == (finance ? 1 : 0);
            if (p.State is PaymentState.Approved or PaymentState.Paid or PaymentState.Reversed) Assert.True(complete, $"{p.Number} got by with too few");
            if (p.State == PaymentState.Asked) Assert.False(complete);
            foreach (var r in p.Reversals) CheckBack(p, r, approvers);
            Assert.Equal(p.State == PaymentState.Reversed, p.Lines.TrueForAll(l => l.ReversalId is not null));
            Assert.Equal(p.Lines.Where(l => l.ReversalId is not null).Sum(l => l.AmountFen), p.Reversals.Where(r => r.State == ReversalState.Done).Sum(r => r.AmountFen));
            Assert.Equal(p.State is PaymentState.Paid ? 1 : 0, movements.Count(m => m.PaymentId == p.Id && m.ReversedAt is null));
        }
    }

    private static void CheckBack(Payment p, PaymentReversal r, string[] approvers)
    {
        Assert.True(p.State is PaymentState.Paid or PaymentState.Reversed);
        Assert.DoesNotContain(r.AskedBy, approvers);
        Assert.All(r.Approvals, a => Assert.Contains(a.By, approvers));
        if (r.State == ReversalState.Done) Assert.Equal(PaymentLadder.For(r.AmountFen, 50_000, 300_000).Approvers, r.Approvals.Count);
    }
}
