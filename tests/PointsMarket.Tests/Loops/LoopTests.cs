using Microsoft.EntityFrameworkCore;
using PointsMarket.Areas;
using PointsMarket.Data;
using PointsMarket.Ledger;
using PointsMarket.Loops;
using PointsMarket.Notices;
using PointsMarket.Tasks;
using PointsMarket.Tests.Kit;

namespace PointsMarket.Tests.Loops;

public sealed class LoopTests
{
    public static TheoryData<DatabaseProvider> Databases => TestDatabase.All;

    [SkippableTheory, MemberData(nameof(Databases))]
    public async Task Hazard_FromFindingToPassed_EarnsOnceForEachAndTellsTheFinder(DatabaseProvider provider)
    {
        var desk = await LoopDesk.OpenAsync(provider);
        await using var market = desk.Market;
        var loop = await desk.OpenedAsync(LoopKind.Hazard, "G0001");
        Assert.Equal((LoopState.Found, desk.Today.AddDays(1)), (loop.State, loop.DueDay));
        loop = await desk.SteppedAsync(loop, LoopAction.Notify, LoopAction.Reinspect);
        var passed = Assert.IsType<LoopOutcome.Stepped>(await desk.StepAsync(desk.Step(loop, LoopAction.Pass, "G0001")));
        loop = await desk.ReadAsync(loop.Id);
        Assert.Equal((LoopState.Passed, null), (loop.State, loop.DueDay));

        var reports = await market.ReadAsync(db => db.TaskReports.Include(r => r.Photos).OrderBy(r => r.Id).ToListAsync());
        Assert.Equal(["hazard-found", "hazard-fixed"], reports.Select(r => r.Category));
        Assert.Equal([$"loop:{loop.Reference}:1", $"loop:{loop.Reference}:4"], reports.Select(r => r.ClientKey));
        Assert.Equal(passed.Report, reports[1].Reference);
        // The inspection's photo proves that it is gone; it is the same file, and a second one was not written.
        Assert.Equal(loop.Steps.Single(s => s.Action == LoopAction.Reinspect).Photos.Single().FileName, reports[1].Photos.Single().FileName);
        // Who stepped cannot verify it; somebody else can.
        var own = await market.Get<VerifyReports>().ExecuteAsync(new() { ReportIds = [reports[1].Id], Actor = Actor.User(desk.Approver), ActorMemberId = null, AreaPath = "STA/" });
        Assert.Equal(LeftAlone.Own, own.Left[reports[1].Id]);
        Assert.Equal((10L, 20L), ((await desk.VerifyAsync(reports[0].Id)).Points, (await desk.VerifyAsync(reports[1].Id)).Points));
        var told = await market.ReadAsync(db => db.InboxMessages.Where(m => m.MemberId == desk.Station.Zhang.Id).Select(m => new { m.Kind, m.Href }).ToListAsync());
        Assert.Contains(told, m => m.Kind == InboxKinds.LoopEnded && m.Href == $"/me/loops/{loop.Reference}");
    }

    [SkippableTheory, MemberData(nameof(Databases))]
    public async Task Step_ManyAtOnce_OneIsTakenAndTheOthersComeTooLate(DatabaseProvider provider)
    {
        var desk = await LoopDesk.OpenAsync(provider);
        await using var market = desk.Market;
        var loop = await desk.SteppedAsync(await desk.OpenedAsync(LoopKind.Hazard), LoopAction.Reinspect);
        LoopAction[] wishes = [LoopAction.Pass, LoopAction.Notify, LoopAction.Refer];

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 12).Select(i => Task.Run(() => i == 11 ? desk.CorrectAsync(loop) : desk.StepAsync(desk.Step(loop, wishes[i % 3], i % 3 == 0 ? "G0001" : null)))));

        Assert.Single(outcomes.OfType<LoopOutcome.Stepped>());
        Assert.Equal(11, outcomes.OfType<LoopOutcome.Moved>().Count());
        loop = await desk.ReadAsync(loop.Id);
        Assert.Equal((3, 3), (loop.Version, loop.Steps.Count));
        Assert.True(await market.ReadAsync(db => db.TaskReports.CountAsync()) <= 1);
        Assert.Empty(Directory.EnumerateFiles(market.Storage.PhotoPath, "*", SearchOption.AllDirectories).Select(Path.GetFileName).Except(await market.ReadAsync(db => db.LoopPhotos.Select(p => p.FileName).ToListAsync())));
    }

    [SkippableTheory, MemberData(nameof(Databases))]
    public async Task Open_SentAgainAndAtOnce_IsOneLoopAndOneReport(DatabaseProvider provider)
    {
        var desk = await LoopDesk.OpenAsync(provider);
        await using var market = desk.Market;
        var input = desk.Input(LoopKind.Opinion, "G0001");

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => desk.OpenAsync(input))));

        Assert.Single(outcomes.Cast<LoopOutcome.Opened>().Select(o => o.Reference).Distinct());
        Assert.Single(outcomes.Cast<LoopOutcome.Opened>(), o => !o.Before);
        Assert.Equal((1, 1), (await market.ReadAsync(db => db.Loops.CountAsync()), await market.ReadAsync(db => db.TaskReports.CountAsync())));
    }

    [SkippableTheory, MemberData(nameof(Databases))]
    public async Task FromReport_PressedByTwoAtOnce_IsOneLoopThatMediatesWithoutASecondReport(DatabaseProvider provider)
    {
        var desk = await LoopDesk.OpenAsync(provider);
        await using var market = desk.Market;
        var filed = Assert.IsType<FileReport.Filed>(await market.Get<FileReport>().ExecuteAsync(new()
        {
            MemberId = desk.Station.Zhang.Id, ClientKey = "one", Category = "dispute", HappenedAt = market.Clock.GetUtcNow().UtcDateTime.AddHours(-1), AreaId = desk.Station.Zhang.AreaId,
            Text = "调解停车争吵", Actor = Actor.User(999),
        }));
        OpenLoopFromReport.Input Input(string area = LoopDesk.Village) => new() { Report = filed.Reference, Type = DisputeType.Neighbours, Actor = Actor.User(desk.Approver), AreaPath = area };
        Assert.IsType<LoopOutcome.NotFound>(await market.Get<OpenLoopFromReport>().ExecuteAsync(Input())); // not verified yet
        await desk.VerifyAsync(filed.ReportId);
        Assert.IsType<LoopOutcome.NotFound>(await market.Get<OpenLoopFromReport>().ExecuteAsync(Input(LoopDesk.OtherVillage)));

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(() => market.Get<OpenLoopFromReport>().ExecuteAsync(Input()))));

        var loop = await desk.ReadAsync(Assert.Single(outcomes.Cast<LoopOutcome.Opened>().Select(o => o.LoopId).Distinct()));
        Assert.Equal((LoopKind.Mediation, DisputeType.Neighbours, filed.ReportId), (loop.Kind, loop.Type, loop.ReportId));
        loop = await desk.SteppedAsync(loop, LoopAction.Assign);
        Assert.Null(Assert.IsType<LoopOutcome.Stepped>(await desk.StepAsync(desk.Step(loop, LoopAction.Mediate, "G0001"))).Report); // it was reported already
        Assert.Equal(1, await market.ReadAsync(db => db.TaskReports.CountAsync()));
    }

    [Fact]
    public async Task Correct_AfterPass_RejectsTheWaitingReportAndRefusesAGivenOne()
    {
        var desk = await LoopDesk.OpenAsync();
        await using var market = desk.Market;
        var loop = await desk.SteppedAsync(await desk.OpenedAsync(), LoopAction.Reinspect);
        await desk.StepAsync(desk.Step(loop, LoopAction.Pass, "G0001"));
        loop = await desk.ReadAsync(loop.Id);
        var first = loop.Steps.Single(s => s.Action == LoopAction.Pass).ReportId!.Value;

        Assert.Equal(LoopState.Reinspected, Assert.IsType<LoopOutcome.Stepped>(await desk.CorrectAsync(loop, "没有修好")).State);

        var rejected = await market.ReadAsync(db => db.TaskReports.Include(r => r.Events).SingleAsync(r => r.Id == first));
        Assert.Equal((ReportOutcome.Rejected, "没有修好", ReportChange.Rejected), (rejected.Outcome, rejected.Reason, rejected.Events.Last().Change));
        loop = await desk.ReadAsync(loop.Id);
        Assert.Equal(4, loop.Steps.Count); // nothing is deleted
        Assert.True(loop.DueDay >= desk.Today);
        var again = Assert.IsType<LoopOutcome.Stepped>(await desk.StepAsync(desk.Step(loop, LoopAction.Pass, "G0001")));
        Assert.NotNull(again.Report);
        loop = await desk.ReadAsync(loop.Id);
        await desk.VerifyAsync(loop.Steps.Single(s => s.Number == 5).ReportId!.Value);
        Assert.Equal(again.Report, Assert.IsType<LoopOutcome.PointsStand>(await desk.CorrectAsync(loop)).Report);
        Assert.Equal(5, (await desk.ReadAsync(loop.Id)).Version); // and nothing was changed
    }

    [Fact]
    public async Task Step_OfTheOwnerOnThePhone_IsTheirsAlone()
    {
        var desk = await LoopDesk.OpenAsync();
        await using var market = desk.Market;
        var loop = await desk.OpenedAsync(LoopKind.Mediation);
        Assert.IsType<LoopOutcome.Stepped>(await desk.StepAsync(desk.Step(loop, LoopAction.Assign, "G0001")));
        loop = await desk.ReadAsync(loop.Id);
        Assert.Contains(await market.ReadAsync(db => db.InboxMessages.ToListAsync()), m => m.MemberId == desk.Station.Zhang.Id && m.Kind == InboxKinds.LoopGiven);
        StepLoop.Input Phone(int member, LoopAction action) => new() { LoopId = loop.Id, Seen = loop.Version, Action = action, Words = "约好晚上八点后不放音响", Actor = Actor.User(77), OwnerMemberId = member };

        Assert.IsType<LoopOutcome.NotFound>(await desk.StepAsync(Phone(desk.Station.Informant.Id, LoopAction.Mediate)));
        Assert.IsType<LoopOutcome.NotAllowed>(await desk.StepAsync(Phone(desk.Station.Zhang.Id, LoopAction.Refer)));
        var done = Assert.IsType<LoopOutcome.Stepped>(await desk.StepAsync(Phone(desk.Station.Zhang.Id, LoopAction.Mediate)));

        var report = await market.ReadAsync(db => db.TaskReports.SingleAsync(r => r.Reference == done.Report));
        Assert.Equal(("dispute", desk.Station.Zhang.Id, ReportOutcome.Pending), (report.Category, report.MemberId, report.Outcome));
    }

    [Fact]
    public async Task Step_WithSomethingWrong_IsRefusedAndChangesNothing()
    {
        var desk = await LoopDesk.OpenAsync();
        await using var market = desk.Market;
        var loop = await desk.OpenedAsync();
        var good = desk.Step(loop, LoopAction.Notify);
        (StepLoop.Input Input, LoopProblem Problem)[] wrong =
        [
            (good with { Words = " \n " }, LoopProblem.WordsMissing), (good with { Words = new string('长', 501) }, LoopProblem.WordsTooLong), (good with { Who = "" }, LoopProblem.WhoMissing),
            (good with { Who = new string('长', 61) }, LoopProblem.WhoTooLong), (good with { DueDay = desk.Today.AddDays(-1) }, LoopProblem.DueInPast),
            (good with { DueDay = desk.Today.AddDays(181) }, LoopProblem.DueTooFar), (good with { Action = LoopAction.Reinspect, Photos = [] }, LoopProblem.PhotoMissing),
            (good with { Photos = [.. Enumerable.Repeat<ReadOnlyMemory<byte>>(Pictures.Png, 7)] }, LoopProblem.TooManyPhotos),
        ];
        foreach (var (input, problem) in wrong) Assert.Equal(new LoopOutcome.Refused(problem), await desk.StepAsync(input));
        Assert.IsType<LoopOutcome.BadPhoto>(await desk.StepAsync(good with { Photos = ["not a photo"u8.ToArray()] }));
        Assert.IsType<LoopOutcome.NotAllowed>(await desk.StepAsync(good with { MayDecide = false }));
        Assert.IsType<LoopOutcome.NotFound>(await desk.StepAsync(good with { AreaPath = LoopDesk.OtherVillage }));
        Assert.IsType<LoopOutcome.NotFound>(await desk.StepAsync(good with { AreaPath = Area.Nowhere }));
        Assert.IsType<LoopOutcome.Moved>(await desk.StepAsync(good with { Seen = 7 }));
        Assert.IsType<LoopOutcome.Moved>(await desk.StepAsync(good with { Action = LoopAction.Pass }));
        Assert.Equal(new LoopOutcome.Refused(LoopProblem.WordsMissing), await desk.CorrectAsync(loop, " "));
        Assert.Equal(1, (await desk.ReadAsync(loop.Id)).Version);
        Assert.False(Directory.Exists(market.Storage.PhotoPath) && Directory.EnumerateFiles(market.Storage.PhotoPath, "*", SearchOption.AllDirectories).Any());

        var bad = desk.Input();
        (OpenLoop.Input Input, LoopProblem Problem)[] opens =
        [
            (bad with { Place = "" }, LoopProblem.PlaceMissing), (bad with { Text = "" }, LoopProblem.WordsMissing), (bad with { Kind = LoopKind.Mediation }, LoopProblem.TypeMissing),
            (bad with { FoundAt = bad.FoundAt.AddDays(1) }, LoopProblem.Future), (bad with { FoundAt = bad.FoundAt.AddDays(-70) }, LoopProblem.TooOld),
            (bad with { AreaPath = LoopDesk.OtherVillage }, LoopProblem.UnknownArea), (bad with { FinderCode = "NOBODY" }, LoopProblem.UnknownMember),
        ];
        foreach (var (input, problem) in opens) Assert.Equal(new LoopOutcome.Refused(problem), await desk.OpenAsync(input));
        Assert.Equal(1, await market.ReadAsync(db => db.Loops.CountAsync()));
    }

    [Fact]
    public async Task Mediator_OfTheNearestArea_Fits()
    {
        var desk = await LoopDesk.OpenAsync();
        await using var market = desk.Market;
        var areas = await market.ReadAsync(db => db.Areas.ToDictionaryAsync(a => a.Path, a => a.Id));
        Task<SaveMediator.Outcome> SaveAsync(string path, string? office, string? member = null, string allowed = "STA/") => market.Get<SaveMediator>().ExecuteAsync(new()
        {
            AreaId = areas[path], Type = DisputeType.Noise, Office = office, MemberCode = member, Actor = Actor.User(1), AreaPath = allowed,
        });
        Assert.Equal(SaveMediator.Outcome.Saved, await SaveAsync("STA/", "物业经理"));
        Assert.Equal(SaveMediator.Outcome.Saved, await SaveAsync(LoopDesk.Village, "吴场楼栋长", "G0001"));
        Assert.Equal(SaveMediator.Outcome.Saved, await SaveAsync(LoopDesk.Village, "吴场网格员", "100001")); // in its place
        Assert.Equal(SaveMediator.Outcome.NoSuchMember, await SaveAsync(LoopDesk.Village, "谁", "G9999"));
        Assert.Equal(SaveMediator.Outcome.NoSuchArea, await SaveAsync(LoopDesk.Village, "谁", allowed: LoopDesk.OtherVillage));
        Assert.Equal(SaveMediator.Outcome.OfficeNotValid, await SaveAsync(LoopDesk.Village, " "));
        async Task<string?> FitAsync(string path) => (await market.ReadAsync(db => Mediator.FitAsync(db, path, DisputeType.Noise)))?.Office;
        Assert.Equal(("吴场网格员", "物业经理"), (await FitAsync(LoopDesk.Village), await FitAsync(LoopDesk.OtherVillage)));
        Assert.Equal(SaveMediator.Outcome.Saved, await SaveAsync(LoopDesk.Village, null));
        Assert.Equal("物业经理", await FitAsync(LoopDesk.Village));
    }
}
