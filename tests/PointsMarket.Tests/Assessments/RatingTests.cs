using Microsoft.EntityFrameworkCore;
using PointsMarket.Accounts;
using PointsMarket.Assessments;
using PointsMarket.Data;
using PointsMarket.Members;
using PointsMarket.Notices;
using PointsMarket.Tests.Kit;

namespace PointsMarket.Tests.Assessments;

/// <summary>Who rates whom, until when, and what the rated learn of it.</summary>
public sealed class RatingTests
{
    private static readonly DateOnly October = new(2026, 10, 1);

    public static TheoryData<DatabaseProvider> Databases => TestDatabase.All;

    [Theory]
    [InlineData(null, MemberKind.GridManager, Rates.Asked)]
    [InlineData(null, MemberKind.GridMember, Rates.May)]
    [InlineData(MemberKind.GridChief, MemberKind.GridManager, Rates.Asked)]
    [InlineData(MemberKind.Coordinator, MemberKind.GridManager, Rates.Asked)]
    [InlineData(MemberKind.GridManager, MemberKind.GridMember, Rates.Asked)]
    [InlineData(MemberKind.GridManager, MemberKind.GridManager, Rates.No)]
    [InlineData(MemberKind.GridMember, MemberKind.Coordinator, Rates.Asked)]
    [InlineData(MemberKind.GridMember, MemberKind.GridChief, Rates.Asked)]
    [InlineData(MemberKind.GridMember, MemberKind.GridManager, Rates.No)]
    [InlineData(MemberKind.Informant, MemberKind.GridChief, Rates.No)]
    [InlineData(null, MemberKind.Informant, Rates.No)]
    [InlineData(MemberKind.Volunteer, MemberKind.Coordinator, Rates.No)]
    public void ByKind_Levels_FollowTheRule(MemberKind? rater, MemberKind rated, Rates expected) => Assert.Equal(expected, WhoRates.ByKind(rater, rated));

    [Fact]
    public void Of_AreasNotOnOneLine_IsNo()
    {
        var manager = new Rater(1, null, MemberKind.GridManager, "STA/PR1/V1/");
        Assert.Equal(Rates.Asked, WhoRates.Of(manager, MemberKind.GridMember, "STA/PR1/V1/V1G01/"));
        Assert.Equal(Rates.No, WhoRates.Of(manager, MemberKind.GridMember, "STA/PR1/V2/V2G01/"));
        Assert.Equal(Rates.Asked, WhoRates.Of(manager, MemberKind.GridChief, "STA/PR1/"));
    }

    [SkippableTheory, MemberData(nameof(Databases))]
    public async Task Rate_TwiceAndAtOnce_IsOneEvaluationUntilTheDraft(DatabaseProvider provider)
    {
        await using var market = await MonthEnd.StartAsync(provider);
        var chief = await AccountAsync(market, "C0001");
        var manager = await market.IdAsync("M0001");
        Assert.Equal(RateMember.Outcome.Rated, await RateAsync(market, chief, manager, 3));
        Assert.All(await Task.WhenAll(Enumerable.Range(0, 4).Select(i => Task.Run(() => RateAsync(market, chief, manager, 1 + i)))), o => Assert.Equal(RateMember.Outcome.Rated, o));
        Assert.Equal(RateMember.Outcome.Rated, await RateAsync(market, chief, manager, 5, "带队有方"));
        var given = Assert.Single(await market.ReadAsync(db => db.Evaluations.AsNoTracking().Where(e => e.Month == October && e.MemberId == manager).ToListAsync()));
        Assert.Equal((5, "带队有方"), (given.Manner, given.Words));

        Assert.Equal(RateMember.Outcome.NotYours, await RateAsync(market, chief, await market.IdAsync("C0001"), 5)); // themselves
        Assert.Equal(RateMember.Outcome.NotYours, await RateAsync(market, chief, await market.IdAsync("I0001"), 5));
        Assert.Equal(RateMember.Outcome.NotYours, await RateAsync(market, await AccountAsync(market, "G0001"), manager, 5)); // not from below
        Assert.Equal(RateMember.Outcome.NotYours, await RateAsync(market, await market.AddAccountAsync(Roles.Attendant), manager, 5));
        Assert.Equal(RateMember.Outcome.NotValid, await RateAsync(market, chief, manager, 6));
        Assert.Equal(RateMember.Outcome.NotValid, await RateAsync(market, chief, manager, 5, new string('好', Evaluation.MostWords + 1)));
        Assert.Equal(RateMember.Outcome.Closed, await RateAsync(market, chief, manager, 5, month: October.AddMonths(1)));

        // September may be rated for some days, until it is drafted.
        Assert.Equal(RateMember.Outcome.Rated, await RateAsync(market, chief, manager, 4, month: MonthEnd.September));
        await market.DraftAsync();
        Assert.Equal(RateMember.Outcome.Closed, await RateAsync(market, chief, manager, 4, month: MonthEnd.September));
        market.Clock.Set(new DateTimeOffset(2026, 11, 11, 0, 0, 0, TimeSpan.FromHours(8)));
        Assert.Equal(RateMember.Outcome.Closed, await RateAsync(market, chief, manager, 4));
    }

    [Fact]
    public async Task Rate_AsAnOfficerAndLaterAsAMember_IsOneEvaluation()
    {
        await using var market = await MonthEnd.StartAsync();
        var officer = await market.AddAccountAsync(Roles.Approver);
        var manager = await market.IdAsync("M0002");
        Assert.Equal(RateMember.Outcome.Rated, await RateAsync(market, officer, manager, 3));
        var chief = await market.IdAsync("C0001");
        await market.Writes.RunAsync(db => db.Users.Where(u => u.Id == officer).ExecuteUpdateAsync(s => s.SetProperty(u => u.MemberId, (int?)chief)));
        Assert.Equal(RateMember.Outcome.Rated, await RateAsync(market, officer, manager, 5));
        Assert.Equal(1, await market.ReadAsync(db => db.Evaluations.CountAsync(e => e.Month == October && e.MemberId == manager)));
        await Assert.ThrowsAnyAsync<DbUpdateException>(() => market.Writes.RunAsync(db =>
        {
            db.Evaluations.Add(new Evaluation { Month = October, MemberId = manager, Marks = new Marks(5, 5, 5, 5, 5, 5) }); // by nobody
            return db.SaveChangesAsync();
        }));
    }

    [Fact]
    public async Task Received_FewerThanThreeOrBeforeTheDraft_IsNothing()
    {
        await using var market = await MonthEnd.StartAsync();
        market.Clock.Set(new DateTimeOffset(2026, 10, 30, 9, 0, 0, TimeSpan.FromHours(8)));
        var manager = await market.IdAsync("M0003");
        int[] raters = [await AccountAsync(market, "C0001"), await AccountAsync(market, "K0003"), await market.AddAccountAsync(Roles.Approver)];
        for (var i = 0; i < raters.Length; i++)
        {
            Assert.Equal(RateMember.Outcome.Rated, await RateAsync(market, raters[i], manager, 3 + i, $"第{i}句"));
        }

        Assert.Empty(await ReceivedAsync());
        market.Clock.Set(new DateTimeOffset(2026, 11, 1, 0, 0, 0, TimeSpan.FromHours(8)));
        await market.DraftAsync(October);
        var month = Assert.Single(await ReceivedAsync());
        Assert.Equal((October, 3), (month.Month, month.Raters));
        Assert.All(month.Means, m => Assert.Equal(400, m));
        Assert.Equal(["第0句", "第1句", "第2句"], month.Words.Order());
        Assert.DoesNotContain(typeof(Received).GetProperties(), p => p.Name.Contains("Rater", StringComparison.Ordinal) && p.PropertyType != typeof(int));

        await market.Writes.RunAsync(db => db.Evaluations.Where(e => e.MemberId == manager && e.RaterUserId != null).ExecuteDeleteAsync());
        Assert.Empty(await ReceivedAsync());

        Task<IReadOnlyList<Received>> ReceivedAsync() => market.ReadAsync(async db => (IReadOnlyList<Received>)[.. (await Received.ReadAsync(db, manager, 12)).Where(r => r.Month == October)]);
    }

    [SkippableTheory, MemberData(nameof(Databases))]
    public async Task Remind_AtTheMonthsEnd_TellsEachOnceWhateverTheClockDoes(DatabaseProvider provider)
    {
        await using var market = await MonthEnd.StartAsync(provider);
        var remind = market.Get<RemindRaters>();
        var officer = await market.AddAccountAsync(Roles.Approver);
        market.Clock.Set(new DateTimeOffset(2026, 10, 27, 23, 59, 0, TimeSpan.FromHours(8)));
        Assert.Equal(0, await remind.ExecuteAsync());
        market.Clock.Advance(TimeSpan.FromMinutes(1)); // the 28th in Shanghai, still the 27th in UTC
        var told = (await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => remind.ExecuteAsync())))).Sum();
        Assert.Equal(await market.ReadAsync(async db => (await OpenRatings.ReadAsync(db, "STA/", October, new DateOnly(2026, 10, 28))).Count), told);
        Assert.Equal(1, await market.ReadAsync(db => db.InboxMessages.CountAsync(m => m.UserId == officer && m.Kind == InboxKinds.RatingDue)));
        market.Clock.Advance(TimeSpan.FromDays(-1));
        Assert.Equal(0, await remind.ExecuteAsync());
        market.Clock.Advance(TimeSpan.FromDays(3));
        Assert.Equal(0, await remind.ExecuteAsync());

        market.Clock.Set(new DateTimeOffset(2026, 11, 1, 0, 0, 0, TimeSpan.FromHours(8)));
        Assert.Equal(told, await remind.ExecuteAsync()); // late now, once more
        Assert.Equal(0, await remind.ExecuteAsync());
        var open = await market.ReadAsync(db => OpenRatings.ReadAsync(db, "STA/PR1/V1/", October, new DateOnly(2026, 11, 1)));
        Assert.All(open, s => Assert.Equal(s.Asked, s.Open));
        await market.DraftAsync(October);
        await market.Writes.RunAsync(db => db.InboxMessages.ExecuteDeleteAsync());
        Assert.Equal(0, await remind.ExecuteAsync()); // drafted: nothing is asked for any more
    }

    private static Task<RateMember.Outcome> RateAsync(TestMarket market, int user, int member, int mark, string? words = null, DateOnly? month = null) => market.Get<RateMember>().ExecuteAsync(
        new RateMember.Input { UserId = user, MemberId = member, Month = month ?? October, Marks = new Marks(mark, mark, mark, mark, mark, mark), Words = words });

    private static async Task<int> AccountAsync(TestMarket market, string code) => await market.AddAccountAsync(Roles.Member, null, await market.IdAsync(code));
}
