using Microsoft.EntityFrameworkCore;
using PointsMarket.Data;
using PointsMarket.Import;
using PointsMarket.Ledger;
using PointsMarket.Reconciliations;
using PointsMarket.Tests.Import;
using PointsMarket.Tests.Kit;

namespace PointsMarket.Tests.Reconciliations;

/// <summary>From the files to "balanced" to closed, and what is refused on the way.</summary>
public sealed class FollowUpTests
{
    public static TheoryData<DatabaseProvider> Databases => TestDatabase.All;

    [SkippableTheory, MemberData(nameof(Databases))]
    public async Task Month_FromFilesToBalancedToClosed_TakesNothingMore(DatabaseProvider provider)
    {
        var desk = await ReconDesk.OpenAsync(provider);
        await using var market = desk.Market;
        var run = await desk.RunAsync();
        var items = await desk.ItemsAsync(run.Id);
        Assert.Equal(run.Discrepancies.Select(d => (d.Kind, d.Place, d.Item, d.Outside, d.Book)), items.Select(i => (i.Kind, i.Place, i.Item, i.Outside, i.Book)));
        Assert.Equal(new CloseMonth.Unsettled(13), await desk.CloseAsync(run.Id, ReconDesk.Second));

        await desk.SettleAsync(run.Id);
        Assert.All(await desk.ItemsAsync(run.Id), i => Assert.NotEqual(FollowUpState.Open, i.State));
        Assert.Equal(run.Discrepancies.Count, await market.ReadAsync(db => db.Discrepancies.CountAsync(d => d.ReconciliationId == run.Id))); // what the machine found stays

        // Run again: what was recorded is in the books now, what was said is taken over.
        var again = await desk.RunAsync();
        Assert.NotEqual(run.Id, again.Id);
        var left = await desk.ItemsAsync(again.Id);
        Assert.DoesNotContain(left, i => i.Kind is DiscrepancyKind.CountDiffers or DiscrepancyKind.CardsDiffer);
        Assert.All(left, i => Assert.NotEqual(FollowUpState.Open, i.State));
        Assert.IsType<CloseMonth.NotFound>(await desk.CloseAsync(run.Id, ReconDesk.Second)); // not on the older run

        Assert.IsType<CloseMonth.WaitsForSecond>(await desk.CloseAsync(again.Id, ReconDesk.Runner));
        Assert.IsType<CloseMonth.SamePerson>(await desk.CloseAsync(again.Id, ReconDesk.Runner));
        Assert.IsType<CloseMonth.Done>(await desk.CloseAsync(again.Id, ReconDesk.Second));
        Assert.IsType<CloseMonth.AlreadyClosed>(await desk.CloseAsync(again.Id, ReconDesk.Third));

        var late = market.Request(1, "late", new Posting(AccountCode.Issue("task"), AccountCode.Member("G0001"), Asset.Points, 5)) with { HappenedAt = new DateTime(2026, 9, 30, 15, 59, 59, DateTimeKind.Utc) };
        Assert.Equal(PostOutcome.PeriodClosed, (await market.PostAsync(late)).Outcome);
        Assert.Equal(PostOutcome.Posted, (await market.PostAsync(late with { HappenedAt = late.HappenedAt.AddSeconds(1) })).Outcome); // midnight in Shanghai
        Assert.Equal(FollowUpOutcome.MonthClosed, await market.Get<ReopenDiscrepancy>().ExecuteAsync(ReconDesk.Step(left[0].Id)));
        Assert.IsType<TakeMonthFile.MonthClosed>(await desk.TakeAsync(MonthFileKind.Bank, "x.csv", ReconDesk.Header));
        Assert.True(await desk.BooksAreCleanAsync());
    }

    [Fact]
    public async Task Reopen_TakesTwoPeopleAReasonAndTheLastMonth()
    {
        var desk = await ReconDesk.OpenAsync();
        await using var market = desk.Market;
        var run = await desk.RunAsync();
        await desk.SettleAsync(run.Id);
        Assert.IsType<CloseMonth.Done>(await desk.CloseAsync(run.Id, ReconDesk.Second)); // another person than who ran it: one signature
        var closing = await market.ReadAsync(db => db.MonthClosings.AsNoTracking().SingleAsync());
        Task<ReopenMonth.Outcome> Ask(Actor by, string? reason, string area = "STA/") => market.Get<ReopenMonth>().ExecuteAsync(new ReopenMonth.Input { ClosingId = closing.Id, Reason = reason, Actor = by, AreaPath = area });
        Assert.Equal(ReopenMonth.Outcome.BadWords, await Ask(ReconDesk.Runner, " "));
        Assert.Equal(ReopenMonth.Outcome.NotFound, await Ask(ReconDesk.Runner, "漏了", "STA/PR1/"));
        Assert.Equal(ReopenMonth.Outcome.WaitsForSecond, await Ask(ReconDesk.Runner, "漏了一笔"));
        Assert.Equal(ReopenMonth.Outcome.SamePerson, await Ask(ReconDesk.Runner, "漏了一笔"));
        Task<EndReopening.Outcome> No(Actor by, string? words = null) => market.Get<EndReopening>().ExecuteAsync(new EndReopening.Input { ClosingId = closing.Id, Words = words, Actor = by, AreaPath = "STA/" });
        Assert.Equal(EndReopening.Outcome.Withdrawn, await No(ReconDesk.Runner));
        Assert.Equal(EndReopening.Outcome.NotFound, await No(ReconDesk.Runner)); // nobody asks any more
        Assert.Equal(ReopenMonth.Outcome.WaitsForSecond, await Ask(ReconDesk.Runner, "还是漏了一笔"));
        Assert.Equal(EndReopening.Outcome.BadWords, await No(ReconDesk.Second, " "));
        Assert.Equal(EndReopening.Outcome.Refused, await No(ReconDesk.Second, "这一笔记在十月"));
        Assert.Equal([("user:1", "user:1", null), ("user:1", "user:2", "这一笔记在十月")], await market.ReadAsync(db => db.PastReopenings.OrderBy(p => p.Id).Select(p => new ValueTuple<string, string, string?>(p.AskedBy, p.EndedBy, p.Words)).ToListAsync()));
        Assert.True((await market.ReadAsync(db => db.MonthClosings.AsNoTracking().SingleAsync())).Stands);
        Assert.Equal(ReopenMonth.Outcome.WaitsForSecond, await Ask(ReconDesk.Runner, "漏了一笔"));
        Assert.Equal(ReopenMonth.Outcome.Done, await Ask(ReconDesk.Second, null));
        Assert.Equal(ReopenMonth.Outcome.NotFound, await Ask(ReconDesk.Third, null));
        closing = await market.ReadAsync(db => db.MonthClosings.AsNoTracking().SingleAsync());
        Assert.Equal(("user:1", "user:2", "漏了一笔", false), (closing.ReopenAskedBy, closing.ReopenedBy, closing.ReopenReason, closing.Stands));

        // Something was recorded meanwhile: the old run does not close it any more.
        await market.PostAsync(market.Request(1, "late", new Posting(AccountCode.Issue("task"), AccountCode.Member("G0001"), Asset.Points, 5)) with { HappenedAt = new DateTime(2026, 9, 30, 1, 0, 0, DateTimeKind.Utc) });
        Assert.Equal(new CloseMonth.Stale(1), await desk.CloseAsync(run.Id, ReconDesk.Second));
        Assert.Null((await market.ReadAsync(db => db.LedgerBooks.AsNoTracking().SingleAsync())).ClosedBefore);
        var again = await desk.RunAsync();
        Assert.IsType<CloseMonth.Done>(await desk.CloseAsync(again.Id, ReconDesk.Second));
        Assert.True(await desk.BooksAreCleanAsync());
    }

    [SkippableTheory, MemberData(nameof(Databases))]
    public async Task Close_WhileSomebodyRecordsIntoTheMonth_IsRefusedOrKeepsThemOut(DatabaseProvider provider)
    {
        var desk = await ReconDesk.OpenAsync(provider);
        await using var market = desk.Market;
        var run = await desk.RunAsync();
        await desk.SettleAsync(run.Id);
        run = await desk.RunAsync();
        var posts = Enumerable.Range(0, 12).Select(i => Task.Run(() => market.PostAsync(market.Request(1, $"k{i}", new Posting(AccountCode.Issue("task"), AccountCode.Member("G0001"), Asset.Points, 1)) with
        {
            HappenedAt = new DateTime(2026, 9, 20, 1, 0, 0, DateTimeKind.Utc),
        }))).ToList();
        var close = Task.Run(() => desk.CloseAsync(run.Id, ReconDesk.Second));
        var outcomes = await Task.WhenAll(posts);
        var closed = await close is CloseMonth.Done;
        // Either the closing saw what was recorded and stood back, or it was first and nothing got in.
        Assert.Equal(closed ? 0 : 12, outcomes.Count(o => o.Outcome == PostOutcome.Posted));
        Assert.True(await desk.BooksAreCleanAsync());
    }

    [Fact]
    public async Task Match_ByHandThenUntied_FollowsBothSidesAndKeepsTheHistory()
    {
        var desk = await ReconDesk.OpenAsync();
        await using var market = desk.Market;
        // Four days apart and without a reference: the rules do not pair them.
        await market.PostAsync(market.Request(1, "g", new Posting(AccountCode.Grant("volunteer-fund"), AccountCode.Cash("volunteer-fund"), Asset.Money, 7777)) with { HappenedAt = new DateTime(2026, 9, 10, 1, 0, 0, DateTimeKind.Utc) });
        await desk.TakeAsync(MonthFileKind.Bank, ReconDesk.BankFile, Xinggu.Text(ReconDesk.BankFile).TrimEnd() + "\nvolunteer-fund,2026-09-14,,7777,转账\n");
        await desk.TakeAsync(MonthFileKind.Stocktake, ReconDesk.StockFile, Xinggu.Text(ReconDesk.StockFile));
        var run = await desk.RunAsync();
        var items = await desk.ItemsAsync(run.Id);
        var (line, movement) = (items.Single(i => i.Kind == DiscrepancyKind.BankOnly && i.Outside == 7777), items.Single(i => i.Kind == DiscrepancyKind.LedgerOnly && i.Book == 7777));
        var match = market.Get<MatchByHand>();
        var other = items.First(i => i.Kind == DiscrepancyKind.LedgerOnly && i.Book != 7777);
        Assert.Equal(FollowUpOutcome.DoNotFit, await match.ExecuteAsync(ReconDesk.Step(line.Id), other.Id));
        Assert.Equal(FollowUpOutcome.BadWords, await match.ExecuteAsync(ReconDesk.Step(line.Id, ""), movement.Id));
        Assert.Equal(FollowUpOutcome.NotFound, await match.ExecuteAsync(ReconDesk.Step(line.Id, area: "STA/PR1/"), movement.Id));
        Assert.Equal(FollowUpOutcome.Done, await match.ExecuteAsync(ReconDesk.Step(line.Id, "同一笔"), movement.Id));
        Assert.Equal(FollowUpOutcome.NotNow, await match.ExecuteAsync(ReconDesk.Step(line.Id), movement.Id));

        // The pair outlives a new run.
        await market.PostAsync(market.Request(1, "later", new Posting(AccountCode.Issue("task"), AccountCode.Member("G0001"), Asset.Points, 1)));
        run = await desk.RunAsync();
        var halves = (await desk.ItemsAsync(run.Id)).Where(i => i.How == Remedy.MatchedByHand).ToList();
        Assert.Equal([halves[1].Id, halves[0].Id], halves.Select(h => h.WithId!.Value));
        Assert.Equal(FollowUpOutcome.Done, await market.Get<ReopenDiscrepancy>().ExecuteAsync(ReconDesk.Step(halves[1].Id, "不是同一笔", ReconDesk.Second)));
        halves = [.. (await desk.ItemsAsync(run.Id)).Where(i => halves.Any(h => h.Id == i.Id))];
        Assert.All(halves, h => Assert.Equal((FollowUpState.Open, null, "user:2"), (h.State, h.WithId, h.Owner)));
        Assert.Equal([FollowUpChange.TakenOver, FollowUpChange.Untied], await market.ReadAsync(db => db.FollowUpEvents.Where(e => e.FollowUpId == halves[0].Id).OrderBy(e => e.Id).Select(e => e.Change).ToListAsync()));
    }

    [Fact]
    public async Task Suggestion_Untied_IsFollowedOnBothSidesAndStaysUntied()
    {
        var desk = await ReconDesk.OpenAsync();
        await using var market = desk.Market;
        var run = await desk.RunAsync();
        var pair = await market.ReadAsync(db => db.ReconciledLines.AsNoTracking().FirstAsync(l => l.ReconciliationId == run.Id && l.Pairing == Pairing.Suggested));
        var untie = market.Get<UntieSuggestion>();
        Assert.Equal(FollowUpOutcome.NotFound, await untie.ExecuteAsync(ReconDesk.Step(run.Id), 9999));
        Assert.Equal(FollowUpOutcome.Done, await untie.ExecuteAsync(ReconDesk.Step(run.Id, "不是这一笔"), pair.Position));
        Assert.Equal(FollowUpOutcome.NotNow, await untie.ExecuteAsync(ReconDesk.Step(run.Id), pair.Position));
        Assert.Equal(2, (await desk.ItemsAsync(run.Id)).Count(i => i.Position is null && i.State == FollowUpState.Open));
        await market.PostAsync(market.Request(1, "later", new Posting(AccountCode.Issue("task"), AccountCode.Member("G0001"), Asset.Points, 1)));
        var again = await desk.RunAsync();
        Assert.Equal(2, (await desk.ItemsAsync(again.Id)).Count(i => i.Position is null));
        Assert.Equal(run.Matched, again.Matched); // the machine's result does not move
    }

    [Fact]
    public async Task Sign_StockDifference_NeedsTwoPeopleAndMovesTheMonthsEnd()
    {
        var desk = await ReconDesk.OpenAsync();
        await using var market = desk.Market;
        var run = await desk.RunAsync();
        var off = (await desk.ItemsAsync(run.Id)).First(i => i.Kind == DiscrepancyKind.CountDiffers);
        var sign = market.Get<SignStockDifference>();
        Assert.Equal(FollowUpOutcome.WaitsForSecond, await sign.ExecuteAsync(ReconDesk.Step(off.Id)));
        Assert.Equal(FollowUpOutcome.SamePerson, await sign.ExecuteAsync(ReconDesk.Step(off.Id)));
        Assert.Equal(FollowUpOutcome.Done, await sign.ExecuteAsync(ReconDesk.Step(off.Id, by: ReconDesk.Second)));
        Assert.Equal(FollowUpOutcome.NotNow, await sign.ExecuteAsync(ReconDesk.Step(off.Id, by: ReconDesk.Third)));
        var again = await desk.RunAsync();
        Assert.DoesNotContain(await desk.ItemsAsync(again.Id), i => (i.Kind, i.Place, i.Item) == (off.Kind, off.Place, off.Item));
        Assert.Equal(FollowUpOutcome.NotNow, await sign.ExecuteAsync(ReconDesk.Step((await desk.ItemsAsync(again.Id))[0].Id)));
    }

    [Theory, InlineData("command"), InlineData("schedule")]
    public async Task Close_AfterARunThatNoPersonMade_TakesTwoSignatures(string part)
    {
        var desk = await ReconDesk.OpenAsync();
        await using var market = desk.Market;
        var run = await desk.RunAsync(Actor.System(part));
        await desk.SettleAsync(run.Id);
        Assert.IsType<CloseMonth.WaitsForSecond>(await desk.CloseAsync(run.Id, ReconDesk.Second));
        Assert.Null((await market.ReadAsync(db => db.LedgerBooks.AsNoTracking().SingleAsync())).ClosedBefore);
        Assert.IsType<CloseMonth.SamePerson>(await desk.CloseAsync(run.Id, ReconDesk.Second));
        Assert.IsType<CloseMonth.Done>(await desk.CloseAsync(run.Id, ReconDesk.Third));
        Assert.Equal(("user:2", "user:3"), await market.ReadAsync(db => db.MonthClosings.Select(c => new ValueTuple<string, string?>(c.AskedBy, c.ClosedBy)).SingleAsync()));
    }

    [Fact]
    public async Task Pieces_ThatDiffer_CannotBeExplainedByOnePerson()
    {
        var desk = await ReconDesk.OpenAsync();
        await using var market = desk.Market;
        var run = await desk.RunAsync();
        var pieces = (await desk.ItemsAsync(run.Id)).Where(i => i.Kind is DiscrepancyKind.CountDiffers or DiscrepancyKind.CardsDiffer).ToList();
        Assert.Equal(7, pieces.Count);
        foreach (var item in pieces) Assert.Equal(FollowUpOutcome.NotNow, await market.Get<ExplainDiscrepancy>().ExecuteAsync(ReconDesk.Step(item.Id), Remedy.Words));

        // One that was explained when that was still possible is open again in the next run.
        await market.Writes.RunAsync(db => db.FollowUps.Where(f => f.Id == pieces[0].Id).ExecuteUpdateAsync(s => s.SetProperty(f => f.State, FollowUpState.Explained).SetProperty(f => f.How, Remedy.Words)));
        await market.PostAsync(market.Request(1, "later", new Posting(AccountCode.Issue("task"), AccountCode.Member("G0001"), Asset.Points, 1)));
        var again = await desk.RunAsync();
        Assert.NotEqual(run.Id, again.Id);
        Assert.All((await desk.ItemsAsync(again.Id)).Where(i => !i.IsMoney), i => Assert.Equal(FollowUpState.Open, i.State));
    }

    [Fact]
    public async Task Fault_OfTheLedger_CannotBeExplainedAway()
    {
        var desk = await ReconDesk.OpenAsync();
        await using var market = desk.Market;
        await Tampering.BehindTheBackAsync(market, """UPDATE "LedgerAccounts" SET "Balance" = "Balance" + 1 WHERE "Code" = 'member:G0001'""");
        var run = await desk.RunAsync();
        var fault = (await desk.ItemsAsync(run.Id))[0];
        Assert.Equal(FollowUpOutcome.NotNow, await market.Get<ExplainDiscrepancy>().ExecuteAsync(ReconDesk.Step(fault.Id), Remedy.Words));
    }

    public static TheoryData<string, string, string?, ImportReason> BadStatements => new()
    {
        { "bank-2026-08.csv", ReconDesk.Header, null, ImportReason.OtherMonth },
        { "b.csv", ReconDesk.Header + "bravery-fund,2026-08-31,,1,\n", null, ImportReason.OtherMonth },
        { "b.csv", ReconDesk.Header + "volunteer-fund,2026-09-01,,1,\n", "bravery-fund", ImportReason.OtherFund },
        { "b.csv", ReconDesk.Header + "nobody-fund,2026-09-01,,1,\n", null, ImportReason.UnknownCode },
        { "b.csv", ReconDesk.Header + "bravery-fund,2026-09-01,,1\n", null, ImportReason.CellCount },
        { "b.csv", "", null, ImportReason.EmptyFile },
    };

    [Theory, MemberData(nameof(BadStatements))]
    public async Task Statement_ThatDoesNotFit_IsNamedAndNothingIsTaken(string name, string text, string? fund, ImportReason why)
    {
        var desk = await ReconDesk.OpenAsync();
        await using var market = desk.Market;
        Assert.Equal(why, Assert.IsType<TakeMonthFile.Refused>(await desk.TakeAsync(MonthFileKind.Bank, name, text, fund)).Problems[0].Reason);
        Assert.Equal(0, await market.ReadAsync(db => db.MonthFiles.CountAsync()));
    }

    [Fact]
    public async Task Statement_TwiceOrReversedOrASecondOne_IsRefusedUntilTheFirstIsWithdrawn()
    {
        var desk = await ReconDesk.OpenAsync();
        await using var market = desk.Market;
        var text = Xinggu.Text(ReconDesk.BankFile);
        async Task<ImportReason> WhyAsync(string body, bool keep = true) => Assert.IsType<TakeMonthFile.Refused>(await desk.TakeAsync(MonthFileKind.Bank, "b.csv", body, keep: keep)).Problems[0].Reason;
        var turned = ReconDesk.Header + string.Concat(text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(l => l.Split(',')).Select(c => $"{c[0]},{c[1]},{c[2]},{-long.Parse(c[3])},{c[4]}\n"));
        Assert.Equal(ImportReason.WrongSigns, await WhyAsync(turned));
        Assert.IsType<TakeMonthFile.Taken>(await desk.TakeAsync(MonthFileKind.Bank, "b.csv", text, keep: false));
        Assert.Equal(0, await market.ReadAsync(db => db.MonthFiles.CountAsync()));
        var taken = Assert.IsType<TakeMonthFile.Taken>(await desk.TakeAsync(MonthFileKind.Bank, "b.csv", text));
        Assert.Equal(taken.Lines.Count, await market.ReadAsync(db => db.BankLines.CountAsync()));
        Assert.Equal(ImportReason.SameFile, await WhyAsync(text, keep: false));
        Assert.Equal(ImportReason.SameFile, await WhyAsync("\uFEFF" + text.Replace("\n", "\r\n", StringComparison.Ordinal))); // the rows count, not the bytes
        Assert.Equal(ImportReason.TakenBefore, await WhyAsync(ReconDesk.Header + "bravery-fund,2026-09-01,,1,\n"));

        var withdraw = market.Get<WithdrawMonthFile>();
        Task<WithdrawMonthFile.Outcome> Back(string reason, string area = "STA/") => withdraw.ExecuteAsync(new WithdrawMonthFile.Input { FileId = taken.File.Id, Reason = reason, Actor = ReconDesk.Runner, AreaPath = area });
        Assert.Equal(WithdrawMonthFile.Outcome.BadWords, await Back(" "));
        Assert.Equal(WithdrawMonthFile.Outcome.NotFound, await Back("拿错了", "STA/PR1/"));
        Assert.Equal(WithdrawMonthFile.Outcome.Done, await Back("拿错了"));
        Assert.Equal(WithdrawMonthFile.Outcome.NotFound, await Back("拿错了"));
        Assert.IsType<TakeMonthFile.Taken>(await desk.TakeAsync(MonthFileKind.Bank, "b.csv", text));
        Assert.Equal(2, await market.ReadAsync(db => db.MonthFiles.CountAsync())); // the withdrawn one stays on record
    }

    [Fact]
    public async Task Reconcile_WithoutItsFiles_SaysWhichAreMissing()
    {
        var desk = await ReconDesk.OpenAsync();
        await using var market = desk.Market;
        var input = new ReconcileMonth.Input { Month = ReconDesk.September, Bank = null, Stocktake = null, Actor = ReconDesk.Runner, AreaPath = "STA/" };
        var missing = Assert.IsType<ReconcileMonth.NoStatement>(await market.Get<ReconcileMonth>().ExecuteAsync(input));
        Assert.Contains("bravery-fund", missing.Funds);
        await desk.TakeAsync(MonthFileKind.Bank, ReconDesk.BankFile, Xinggu.Text(ReconDesk.BankFile));
        Assert.IsType<ReconcileMonth.NoStocktake>(await market.Get<ReconcileMonth>().ExecuteAsync(input));
    }
}
