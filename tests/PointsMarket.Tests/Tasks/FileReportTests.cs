using Microsoft.EntityFrameworkCore;
using PointsMarket.Data;
using PointsMarket.Ledger;
using PointsMarket.Tasks;
using PointsMarket.Tests.Kit;

namespace PointsMarket.Tests.Tasks;

public sealed class FileReportTests
{
    public static TheoryData<DatabaseProvider> Databases => TestDatabase.All;

    [SkippableTheory, MemberData(nameof(Databases))]
    public async Task File_WithPhotos_WaitsWithThemInTheFolder(DatabaseProvider provider)
    {
        var desk = await ReportDesk.OpenAsync(provider);
        await using var market = desk.Market;

        var filed = Assert.IsType<FileReport.Filed>(await desk.FileAsync(desk.Input("hazard-found", "  电线老化\r\n已拍照 ") with { Photos = [Pictures.JpegFromPhone(), Pictures.Png] }));

        var report = await desk.ReadAsync(filed.ReportId);
        Assert.Equal((ReportOutcome.Pending, "电线老化\n已拍照", "user:1", 0), (report.Outcome, report.Text, report.FiledBy, report.Points));
        Assert.Matches("^R261001-[A-Z2-9]{5}$", filed.Reference);
        Assert.Equal([(1, PhotoKind.Jpeg), (2, PhotoKind.Png)], report.Photos.OrderBy(p => p.Number).Select(p => (p.Number, p.Kind)));
        Assert.Equal(ReportChange.Filed, Assert.Single(report.Events).Change);
        foreach (var photo in report.Photos)
        {
            await using var file = market.Get<PhotoFolder>().Open(photo.FileName)!;
            Assert.Equal(photo.Bytes, file.Length);
            using var reader = new StreamReader(file, System.Text.Encoding.Latin1);
            Assert.DoesNotContain(Pictures.Place, await reader.ReadToEndAsync(), StringComparison.Ordinal);
        }
        Assert.Equal(0, await desk.EarnedAsync());
    }

    [SkippableTheory, MemberData(nameof(Databases))]
    public async Task File_TheSameManyTimesAtOnce_IsOneReport(DatabaseProvider provider)
    {
        var desk = await ReportDesk.OpenAsync(provider);
        await using var market = desk.Market;
        var input = desk.Input("hazard-found") with { Photos = [Pictures.Jpeg] };

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => Task.Run(() => desk.FileAsync(input))));

        Assert.Single(outcomes.Cast<FileReport.Filed>().Select(f => f.Reference).Distinct());
        Assert.Single(outcomes.Cast<FileReport.Filed>(), f => !f.Before);
        Assert.Equal(1, await market.ReadAsync(db => db.TaskReports.CountAsync()));
        Assert.Equal(1, await market.ReadAsync(db => db.ReportPhotos.CountAsync()));
        Assert.Single(Directory.EnumerateFiles(market.Storage.PhotoPath, "*", SearchOption.AllDirectories)); // the others' files are taken back
    }

    [Fact]
    public async Task File_WhatMakesNoSense_IsRefusedAndLeavesNothing()
    {
        var desk = await ReportDesk.OpenAsync();
        await using var market = desk.Market;
        var good = desk.Input();
        var other = await desk.AreaAsync("STA/");
        (FileReport.Input Input, ReportProblem Problem)[] bad =
        [
            (good with { Text = " \n " }, ReportProblem.TextMissing),
            (good with { Text = new string('字', 2001) }, ReportProblem.TextTooLong),
            (good with { Category = "gossip" }, ReportProblem.UnknownCategory),
            (good with { HappenedAt = desk.Now.AddMinutes(6) }, ReportProblem.Future),
            (good with { HappenedAt = desk.Now.AddDays(-61) }, ReportProblem.TooOld),
            (good with { AreaId = other.Id }, ReportProblem.UnknownArea),
            (good with { AreaId = 99_999 }, ReportProblem.UnknownArea),
            (good with { MemberId = 99_999 }, ReportProblem.UnknownMember),
            (good with { ForAnotherIn = ReportDesk.OtherVillage }, ReportProblem.UnknownMember),
            (good with { Photos = [.. Enumerable.Repeat<ReadOnlyMemory<byte>>(Pictures.Jpeg, 7)] }, ReportProblem.TooManyPhotos),
        ];
        foreach (var (input, problem) in bad) Assert.Equal(new FileReport.Refused(problem), await desk.FileAsync(input));
        Assert.Equal(new FileReport.BadPhoto(2, PhotoFault.NotAPhoto), await desk.FileAsync(good with { Photos = [Pictures.Jpeg, "GIF89a"u8.ToArray()] }));
        // refused inside the door: its photo, already in the folder, goes again
        Assert.IsType<FileReport.Refused>(await desk.FileAsync(good with { AreaId = 99_999, Photos = [Pictures.Jpeg] }));

        Assert.Equal(0, await market.ReadAsync(db => db.TaskReports.CountAsync()));
        Assert.Empty(Directory.EnumerateFiles(market.Storage.PhotoPath, "*", SearchOption.AllDirectories));
        Assert.IsType<FileReport.Filed>(await desk.FileAsync(good));
    }

    [Fact]
    public async Task File_AFewMinutesAhead_CountsAsNow()
    {
        var desk = await ReportDesk.OpenAsync();
        await using var market = desk.Market;
        var id = await desk.FiledAsync(desk.Input(at: desk.Now.AddMinutes(4)));
        Assert.Equal(desk.Now, (await desk.ReadAsync(id)).HappenedAt);
    }

    [Fact]
    public async Task File_ByAMemberWhoHadLeft_IsRefused()
    {
        var desk = await ReportDesk.OpenAsync();
        await using var market = desk.Market;
        await market.Writes.RunAsync(db => db.Members.Where(m => m.Id == desk.Station.Zhang.Id).ExecuteUpdateAsync(s => s.SetProperty(m => m.Left, new DateOnly(2026, 9, 30))));
        Assert.Equal(new FileReport.Refused(ReportProblem.NotInService), await desk.FileAsync(desk.Input()));
        Assert.IsType<FileReport.Filed>(await desk.FileAsync(desk.Input(at: desk.Now.AddDays(-3)))); // what was done in service counts
    }

    [Fact]
    public async Task File_ForSomebodyWithoutAPhone_StaysOnRecord()
    {
        var desk = await ReportDesk.OpenAsync();
        await using var market = desk.Market;
        var id = await desk.FiledAsync(desk.Input() with { ForAnotherIn = ReportDesk.Village, Actor = Actor.User(7) });
        var report = await desk.ReadAsync(id);
        Assert.Equal((ReportChange.FiledFor, "user:7"), (report.Events.Single().Change, report.FiledBy));
        // who filed it does not verify it
        var judged = await market.Get<VerifyReports>().ExecuteAsync(ReportDesk.By(user: 7, reports: id));
        Assert.Equal(LeftAlone.Own, judged.Left[id]);
    }

    [SkippableTheory, MemberData(nameof(Databases))]
    public async Task Answer_AQuestion_FilesItAgainInItsOldPlace(DatabaseProvider provider)
    {
        var desk = await ReportDesk.OpenAsync(provider);
        await using var market = desk.Market;
        var id = await desk.FiledAsync(desk.Input("hazard-found") with { Photos = [Pictures.Jpeg] });
        var filedAt = (await desk.ReadAsync(id)).FiledAt;
        var answer = new AnswerReport.Input { ReportId = id, MemberId = desk.Station.Zhang.Id, Answer = "在祠堂东边", Text = "祠堂东边电线老化", Photos = [Pictures.Png], Actor = Actor.User(1) };
        Assert.IsType<AnswerReport.NotAsked>(await market.Get<AnswerReport>().ExecuteAsync(answer));
        await market.Get<ReturnReports>().ExecuteAsync(ReportDesk.By(reports: id), "具体在哪里?");
        market.Clock.Advance(TimeSpan.FromHours(2));

        Assert.IsType<AnswerReport.NotAsked>(await market.Get<AnswerReport>().ExecuteAsync(answer with { MemberId = desk.Station.Informant.Id }));
        Assert.IsType<AnswerReport.BadAnswer>(await market.Get<AnswerReport>().ExecuteAsync(answer with { Answer = " " }));
        Assert.Equal(new FileReport.Refused(ReportProblem.TooManyPhotos),
            await market.Get<AnswerReport>().ExecuteAsync(answer with { Photos = [.. Enumerable.Repeat<ReadOnlyMemory<byte>>(Pictures.Jpeg, 6)] }));
        Assert.IsType<AnswerReport.Answered>(await market.Get<AnswerReport>().ExecuteAsync(answer));

        var report = await desk.ReadAsync(id);
        Assert.Equal((ReportOutcome.Pending, "祠堂东边电线老化", null, filedAt, 2), (report.Outcome, report.Text, report.Reason, report.FiledAt, report.Photos.Count));
        Assert.Equal([ReportChange.Filed, ReportChange.Returned, ReportChange.Answered], report.Events.OrderBy(e => e.Id).Select(e => e.Change));
        Assert.Equal(2, Directory.EnumerateFiles(market.Storage.PhotoPath, "*", SearchOption.AllDirectories).Count());
    }
}
