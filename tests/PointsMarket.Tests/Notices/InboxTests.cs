using Microsoft.EntityFrameworkCore;
using PointsMarket.Accounts;
using PointsMarket.Data;
using PointsMarket.Ledger;
using PointsMarket.Notices;
using PointsMarket.Tasks;
using PointsMarket.Tests.Kit;
using PointsMarket.Tests.Tasks;

namespace PointsMarket.Tests.Notices;

public sealed class InboxTests
{
    public static TheoryData<DatabaseProvider> Databases => TestDatabase.All;

    [SkippableTheory, MemberData(nameof(Databases))]
    public async Task Judgements_OfAnyKind_TellTheMemberOnce(DatabaseProvider provider)
    {
        var desk = await ReportDesk.OpenAsync(provider);
        await using var market = desk.Market;
        var ids = await desk.FiledAsync(5, i => desk.Input(text: $"第{i}件事"));
        var other = await desk.FiledAsync(desk.Input(member: desk.Station.Informant));

        await desk.VerifyAsync(ids[0], ids[1], other);
        await desk.VerifyAsync(ids[0], ids[1], other); // judged: nobody is told again
        await market.Get<ReturnReports>().ExecuteAsync(ReportDesk.By(reports: ids[2]), "在哪里?");
        await market.Get<RejectReports>().ExecuteAsync(ReportDesk.By(reports: ids[3]), "不属于积分事项");
        await market.Get<ReverseReport>().ExecuteAsync(ReportDesk.By(reports: ids[1]), "重复上报");

        var references = new string[5];
        for (var i = 0; i < 5; i++) references[i] = (await desk.ReadAsync(ids[i])).Reference;
        var told = await market.ReadAsync(db => db.InboxMessages.OrderBy(m => m.Id).Where(m => m.MemberId == desk.Station.Zhang.Id).Select(m => new { m.Kind, m.Subject, m.Href, m.ReadAt }).ToListAsync());
        Assert.Equal(
            [
                (InboxKinds.ReportsVerified, "2"), (InboxKinds.ReportReturned, references[2]),
                (InboxKinds.ReportRejected, references[3]), (InboxKinds.ReportReversed, references[1]),
            ], told.Select(t => (t.Kind, t.Subject)));
        Assert.All(told, t => Assert.Null(t.ReadAt));
        Assert.Equal($"/me/reports/answer/{references[2]}", told[1].Href);
        Assert.Equal(1, await market.ReadAsync(db => db.InboxMessages.CountAsync(m => m.MemberId == desk.Station.Informant.Id)));
    }

    [Fact]
    public async Task Judgements_ThatAreRolledBack_TellNobody()
    {
        var desk = await ReportDesk.OpenAsync();
        await using var market = desk.Market;
        var id = await desk.FiledAsync();
        await desk.VerifyAsync(id);
        await market.PostAsync(market.Request(desk.Station.BookId, "spend", new Posting(AccountCode.Member("G0001"), AccountCode.Redeemed, Asset.Points, 115)));

        Assert.IsType<ReverseReport.Spent>(await market.Get<ReverseReport>().ExecuteAsync(ReportDesk.By(reports: id), "错"));

        Assert.Equal([InboxKinds.ReportVerified], await market.ReadAsync(db => db.InboxMessages.Select(m => m.Kind).ToListAsync()));
    }

    [SkippableTheory, MemberData(nameof(Databases))]
    public async Task Open_OnesOwnMessage_MarksItReadAndSomebodyElsesIsNotThere(DatabaseProvider provider)
    {
        var desk = await ReportDesk.OpenAsync(provider);
        await using var market = desk.Market;
        var (zhang, li) = (desk.Station.Zhang.Id, desk.Station.Informant.Id);
        var mine = await market.AddAccountAsync(Roles.Member, null, zhang);
        var approver = await market.AddAccountAsync(Roles.Approver);
        await market.Writes.RunAsync(db =>
        {
            Inbox.TellMember(db, zhang, InboxKinds.ReportVerified, "R1", "/me/reports#R1", desk.Now);
            Inbox.TellMember(db, li, InboxKinds.ReportVerified, "R2", "/me/reports#R2", desk.Now);
            Inbox.TellAccount(db, approver, InboxKinds.ReportClimbed, "R3", "/desk/reports/R3", desk.Now);
            return db.SaveChangesAsync();
        });
        var ids = await market.ReadAsync(db => db.InboxMessages.OrderBy(m => m.Subject).Select(m => m.Id).ToListAsync());

        Assert.Null(await OpenAsync(ids[1]));
        Assert.Null(await OpenAsync(ids[2]));
        Assert.Equal("/me/reports#R1", await OpenAsync(ids[0]));
        market.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal("/me/reports#R1", await OpenAsync(ids[0]));

        var read = await market.ReadAsync(db => db.InboxMessages.OrderBy(m => m.Subject).Select(m => m.ReadAt).ToListAsync());
        Assert.Equal([desk.Now.AddHours(-1), null, null], read); // the first time counts
        Assert.Equal(1, await market.Get<ReadAllMessages>().ExecuteAsync(approver, null));
        Assert.Equal(0, await market.Get<ReadAllMessages>().ExecuteAsync(approver, null));
        Assert.Equal(1, await market.ReadAsync(db => db.InboxMessages.CountAsync(m => m.ReadAt == null)));

        Task<string?> OpenAsync(long id) => market.Get<OpenMessage>().ExecuteAsync(new() { MessageId = id, UserId = mine, MemberId = zhang });
    }

    [SkippableTheory, MemberData(nameof(Databases))]
    public async Task Sweep_AfterHalfAYear_TakesOnlyWhatWasRead(DatabaseProvider provider)
    {
        var desk = await ReportDesk.OpenAsync(provider);
        await using var market = desk.Market;
        await market.Writes.RunAsync(db =>
        {
            foreach (var (subject, read) in (IEnumerable<(string, int?)>)[("old", -181), ("kept", -179), ("new", null)])
                db.InboxMessages.Add(new InboxMessage { MemberId = desk.Station.Zhang.Id, Kind = InboxKinds.ReportVerified, Subject = subject, Href = "/me", At = desk.Now.AddDays(-400), ReadAt = read is { } days ? desk.Now.AddDays(days) : null });
            return db.SaveChangesAsync();
        });

        Assert.Equal(1, await market.Get<SweepInbox>().ExecuteAsync());

        Assert.Equal(["kept", "new"], await market.ReadAsync(db => db.InboxMessages.Select(m => m.Subject).OrderBy(s => s).ToListAsync()));
    }
}
