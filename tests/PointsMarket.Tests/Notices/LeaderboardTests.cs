using Microsoft.EntityFrameworkCore;
using PointsMarket.Areas;
using PointsMarket.Data;
using PointsMarket.Ledger;
using PointsMarket.Members;
using PointsMarket.Notices;
using PointsMarket.Tests.Kit;

namespace PointsMarket.Tests.Notices;

public sealed class LeaderboardTests
{
    private static readonly DateOnly September = new(2026, 9, 1);

    public static TheoryData<DatabaseProvider> Databases => TestDatabase.All;

    [SkippableTheory, MemberData(nameof(Databases))]
    public async Task Read_AMonth_RanksMaskedNamesAndLeavesOutWhoIsNotToStandThere(DatabaseProvider provider)
    {
        await using var market = await TestMarket.StartAsync(provider);
        var station = await TestStation.BuildAsync(market);
        await PeopleAsync(market, "V1", 6);
        await PeopleAsync(market, "V2", 4);
        await EarnAsync(market, station, "V1-1", 50);
        await EarnAsync(market, station, "V1-1", 10, "case-reward");
        await EarnAsync(market, station, "V1-2", 60);
        await EarnAsync(market, station, "V1-3", 20);
        await EarnAsync(market, station, "V1-4", 99); // does not wish to
        await EarnAsync(market, station, "V1-5", 99); // has left
        await EarnAsync(market, station, "I0001", 500); // an informant
        await EarnAsync(market, station, "V2-1", 70); // of too small a village
        await EarnAsync(market, station, "V1-6", 400, day: new DateTime(2026, 8, 31, 15, 59, 0, DateTimeKind.Utc)); // the last minute of August
        await EarnAsync(market, station, "V1-6", 300, "assessment-bonus");
        var wrong = await EarnAsync(market, station, "V1-6", 200);
        await market.Writes.RunAsync(db => market.Get<ReverseTransaction>().ExecuteAsync(db, new() { BookId = station.BookId, Sequence = wrong, Actor = Actor.System("test"), Reason = "错" }));
        await market.Writes.RunAsync(async db =>
        {
            (await db.Members.SingleAsync(m => m.Code == "V1-4")).OffLeaderboard = true;
            (await db.Members.SingleAsync(m => m.Code == "V1-5")).Left = new DateOnly(2026, 10, 1);
            return await db.SaveChangesAsync();
        });

        var board = await market.ReadAsync(db => Leaderboard.ReadAsync(db, station.BookId, September, new DateOnly(2026, 10, 1)));

        var (one, two) = (board.Villages.Single(v => v.Code == "V1"), board.Villages.Single(v => v.Code == "V2"));
        Assert.Equal([(1, "王*一", 60L), (1, "王*二", 60L), (3, "王*三", 20L)], one.Rows.Select(r => (r.Rank, r.Name, r.Points)));
        Assert.Equal((5, 140L, true), (one.Members, one.Points, one.Named)); // 张桂兰 and four of the six
        Assert.Equal((4, 70L, false, 0), (two.Members, two.Points, two.Named, two.Rows.Count));
        var august = await market.ReadAsync(db => Leaderboard.ReadAsync(db, station.BookId, September.AddMonths(-1), new DateOnly(2026, 10, 1)));
        Assert.Equal([400L], august.Villages.Single(v => v.Code == "V1").Rows.Select(r => r.Points));
    }

    [Fact]
    public async Task Read_ManyMembers_ShowsTheFirstTen()
    {
        await using var market = await TestMarket.StartAsync();
        var station = await TestStation.BuildAsync(market);
        await PeopleAsync(market, "V2", 9);
        await PeopleAsync(market, "V1", 9);
        for (var i = 1; i <= 9; i++) await EarnAsync(market, station, $"V2-{i}", i);

        var board = await market.ReadAsync(db => Leaderboard.ReadAsync(db, station.BookId, September, new DateOnly(2026, 10, 1)));

        Assert.Equal(9, board.Villages.Single(v => v.Code == "V2").Rows.Count);
        Assert.Empty(board.Villages.Single(v => v.Code == "V1").Rows);
        Assert.Equal(10, Leaderboard.Top);
    }

    [SkippableTheory, MemberData(nameof(Databases))]
    public async Task Show_OfAMember_IsTheirsOrTheDesksOfTheirArea(DatabaseProvider provider)
    {
        await using var market = await TestMarket.StartAsync(provider);
        var station = await TestStation.BuildAsync(market);
        var zhang = station.Zhang.Id;

        Assert.False(await ShowAsync(false, "STA/V2/"));
        Assert.False(await ShowAsync(false, Area.Nowhere));
        Assert.False(await OffAsync());
        Assert.True(await ShowAsync(false, null));
        Assert.True(await ShowAsync(false, null)); // nothing new, nothing noted
        Assert.True(await OffAsync());
        Assert.True(await ShowAsync(true, "STA/V1/"));
        Assert.False(await OffAsync());
        Assert.Equal(["member.off-leaderboard", "member.on-leaderboard"], await market.ReadAsync(db => db.ChangeRecords.OrderBy(c => c.Id).Select(c => c.Action).ToListAsync()));

        Task<bool> ShowAsync(bool shown, string? area) => market.Get<ShowOnLeaderboard>().ExecuteAsync(new() { MemberId = zhang, Shown = shown, Actor = Actor.User(1), AreaPath = area });
        Task<bool> OffAsync() => market.ReadAsync(db => db.Members.Where(m => m.Id == zhang).Select(m => m.OffLeaderboard).SingleAsync());
    }

    private static Task<int> PeopleAsync(TestMarket market, string village, int count) => market.Writes.RunAsync(async db =>
    {
        var area = await db.Areas.SingleAsync(a => a.Code == village);
        db.AddRange(Enumerable.Range(1, count).Select(i => new Member
        {
            Code = $"{village}-{i}", Number = $"9{village[1..]}{i:000}", Name = "王大" + "零一二三四五六七八九"[i], Kind = MemberKind.Volunteer, AreaId = area.Id, Joined = new(2025, 1, 1),
        }));
        return await db.SaveChangesAsync();
    });

    private static async Task<long> EarnAsync(TestMarket market, TestStation station, string member, long points, string kind = "task-reward", DateTime? day = null)
    {
        var posted = await market.PostAsync(new TransactionRequest
        {
            BookId = station.BookId, Key = Guid.NewGuid().ToString("N"), Kind = kind, Subject = "test", HappenedAt = day ?? new DateTime(2026, 9, 8, 2, 0, 0, DateTimeKind.Utc),
            Actor = Actor.System("test"), Postings = [new Posting(AccountCode.Issue("task"), AccountCode.Member(member), Asset.Points, points)],
        });
        return posted.Sequence;
    }
}
