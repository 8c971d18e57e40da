using Microsoft.EntityFrameworkCore;
using PointsMarket.Cases;
using PointsMarket.Ledger;
using PointsMarket.Tests.Import;
using PointsMarket.Tests.Kit;

namespace PointsMarket.Tests.Cases;

/// <summary>The acceptance cases driven through the pages' operations at the times of the file give what the import gives.</summary>
public sealed class XingguCasesTests
{
    private sealed record Row(string Number, string Kind, int Area, int Reward, int Days, DateTime Opened, (int Member, string Code, int Share)[] Claimants, DateTime? Approved, DateTime? Submitted, DateTime? Closed);

    [Fact]
    public async Task Cases_ThroughTheOperations_GiveTheSamePointsAsTheImport()
    {
        await using var imported = await TestMarket.StartAsync();
        await imported.ImportAsync(Xinggu.Sources);
        await using var market = await TestMarket.StartAsync();
        await market.ImportAsync([.. Xinggu.Sources.Where(s => s.Name is "areas.csv" or "members.csv")]);
        var rows = await RowsAsync(imported, market);
        var claims = new Dictionary<string, int>();
        var cases = new Dictionary<string, int>();

        // Every step of every case in the order of time, and what the schedule does in between.
        var steps = rows.SelectMany(r => new (DateTime? At, int Order, Row Row)[] { (r.Opened, 0, r), (r.Approved, 1, r), (r.Submitted, 2, r), (r.Closed, 3, r) })
            .Where(x => x.At is not null).Select(x => (At: x.At!.Value, x.Order, x.Row)).OrderBy(x => x.At).ThenBy(x => x.Order).ToList();
        foreach (var (at, order, row) in steps)
        {
            market.Clock.Set(new DateTimeOffset(at, TimeSpan.Zero));
            await market.Get<LapseClaims>().ExecuteAsync();
            if (order == 0) cases[row.Number] = await PostAsync(market, row);
            else if (order == 1) claims[row.Number] = await ClaimAsync(market, row, cases[row.Number]);
            else if (order == 2) await market.Get<SubmitClaim>().ExecuteAsync(claims[row.Number], "办好了", CaseDesk.Of(row.Claimants[0].Member));
            else await market.Get<CloseCase>().ExecuteAsync(claims[row.Number], By(3));
        }

        Assert.Equal(await EarnedAsync(imported), await EarnedAsync(market));
        Assert.Equal(24, cases.Count);
        Assert.Equal(5, await market.ReadAsync(db => db.Claims.CountAsync(c => c.State == ClaimState.Lapsed)));
    }

    private static Approver By(int user) => CaseDesk.By(user, area: "STA/");

    private static async Task<int> PostAsync(TestMarket market, Row row)
    {
        var area = await market.ReadAsync(db => db.Areas.Where(a => a.Id == row.Area).Select(a => a.Path).SingleAsync());
        var by = CaseDesk.By(2, area: area);
        var saved = Assert.IsType<SaveCase.Saved>(await market.Get<SaveCase>().ExecuteAsync(new() { Title = row.Number, Kind = row.Kind, AreaId = row.Area, Reward = row.Reward, Days = row.Days, By = by }));
        CaseDesk.Done(await market.Get<PublishCase>().ExecuteAsync(saved.CaseId, by));
        return saved.CaseId;
    }

    private static async Task<int> ClaimAsync(TestMarket market, Row row, int id)
    {
        var asked = Assert.IsType<AskForCase.Asked>(await market.Get<AskForCase>().ExecuteAsync(new()
        {
            CaseId = id, By = CaseDesk.Of(row.Claimants[0].Member), NoInterest = true, Share = row.Claimants[0].Share, Partners = [.. row.Claimants.Skip(1).Select(c => new AskForCase.Partner(c.Code, c.Share))],
        }));
        foreach (var partner in row.Claimants.Skip(1)) CaseDesk.Done(await market.Get<AgreeToClaim>().ExecuteAsync(new() { ClaimId = asked.ClaimId, By = CaseDesk.Of(partner.Member), Agree = true, NoInterest = true }));
        CaseDesk.Done(await market.Get<ApproveClaim>().ExecuteAsync(asked.ClaimId, By(2)));
        return asked.ClaimId;
    }

    private static async Task<List<Row>> RowsAsync(TestMarket from, TestMarket to)
    {
        var members = await to.ReadAsync(db => db.Members.ToDictionaryAsync(m => m.Code, m => m.Id));
        var areas = await to.ReadAsync(db => db.Areas.ToDictionaryAsync(a => a.Code, a => a.Id));
        var cases = await from.ReadAsync(db => db.Cases.AsNoTracking().Include(c => c.Area).Include(c => c.Claimants).ThenInclude(s => s.Member).ToListAsync());
        return [.. cases.Select(c => new Row(c.Number, c.Kind, areas[c.Area.Code], c.Reward, c.Days, c.OpenedAt,
            [.. c.Claimants.OrderBy(s => s.Position).Select(s => (members[s.Member.Code], s.Member.Code, s.Share))], c.ApprovedAt, c.SubmittedAt, c.ClosedAt))];
    }

    /// <summary>What each member got from cases, and in which month.</summary>
    private static Task<List<string>> EarnedAsync(TestMarket market) => market.ReadAsync(async db => (await (
        from t in db.LedgerTransactions
        join e in db.LedgerEntries on new { t.BookId, t.Sequence } equals new { e.BookId, e.Sequence }
        join a in db.LedgerAccounts on new { e.BookId, Number = e.Account } equals new { a.BookId, a.Number }
        where t.Kind == TransactionKinds.CaseReward && e.Amount > 0
        select new { t.HappenedAt, a.Code, e.Amount }).ToListAsync()).Select(x => $"{x.Code} {x.HappenedAt:yyyy-MM-dd HH:mm} {x.Amount}").Order(StringComparer.Ordinal).ToList());
}
