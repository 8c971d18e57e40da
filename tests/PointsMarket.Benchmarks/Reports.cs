using System.Diagnostics;
using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using PointsMarket.Areas;
using PointsMarket.Data;
using PointsMarket.Ledger;
using PointsMarket.Members;
using PointsMarket.Tasks;
using PointsMarket.Web.Accounts;
using PointsMarket.Web.Pages.Desk.Reports;
using PointsMarket.Web.Reports;

namespace PointsMarket.Benchmarks;

/// <summary>
/// The desk's list of reports over years of them against the same list over two thousand, and verifying a thousand in one action
/// against one by one. The list is the page's own handler with all its queries; drawing it would only flatter the ratio.
/// </summary>
internal static class Reports
{
    private const int Villages = 5, Grids = 65, Members = 250, Waiting = 60;

    /// <summary>What an approver asks for: filters and sorting as they stand in the address.</summary>
    private static readonly string[] Addresses =
    [
        "?", "?state=Mine", "?state=Verified&category=patrol&sort=-happened", "?state=Verified&area=GRID&sort=-filed", "?state=Verified&area=VILLAGE&category=dispute&sort=-points",
        "?state=Verified&from=2026-09-01&to=2026-09-30&sort=-happened", "?state=All&category=care&sort=member", "?state=Rejected&area=VILLAGE&sort=-filed",
    ];

    public static async Task RunAsync(bool list, bool bulk, bool quick)
    {
        if (list)
        {
            await using var few = await Bench.StartAsync(DatabaseProvider.Sqlite);
            await using var many = await Bench.StartAsync(DatabaseProvider.Sqlite);
            await FillAsync(few, 2_000);
            await FillAsync(many, quick ? 4_000 : 200_000);
            await ListAsync(few, many, quick);
        }
        if (!bulk) return;
        await using var bench = await Bench.StartAsync(DatabaseProvider.Sqlite);
        await FillAsync(bench, 1, waiting: quick ? 220 : 7_000);
        await VerifyAsync(bench, quick);
    }

    private static async Task ListAsync(Bench few, Bench many, bool quick)
    {
        var all = new List<double>();
        foreach (var address in Addresses)
        {
            var (first, second) = (new List<double>(), new List<double>());
            for (var i = -3; i < (quick ? 3 : 40); i++)
            {
                // In turns, so that both meet the same machine.
                var (one, other) = (await OpenAsync(few, address), await OpenAsync(many, address));
                if (i < 0) continue;
                first.Add(one);
                second.Add(other);
            }
            var ratio = Table.Median([.. second.Order()]) / Table.Median([.. first.Order()]);
            Console.Error.WriteLine($"{address}: {Table.Median([.. first.Order()]):0.0} ms, {Table.Median([.. second.Order()]):0.0} ms, × {ratio:0.00}");
            all.Add(ratio);
        }
        Table.Row("Sqlite: desk list of reports p50, 200,000 to 2,000, worst of eight filters and sorts", [all.Max()], most: 1.5);
    }

    /// <summary>How long the page's handler took, in milliseconds.</summary>
    private static async Task<double> OpenAsync(Bench bench, string address)
    {
        var (grid, village) = await bench.ReadAsync(async db => (await db.Areas.Where(a => a.Code == "V2G07").Select(a => a.Id).SingleAsync(), await db.Areas.Where(a => a.Code == "V2").Select(a => a.Id).SingleAsync()));
        var http = new DefaultHttpContext
        {
            User = new ClaimsPrincipal(new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, "1"), new Claim(Web.Accounts.Claims.Area, "STA/")], "bench")),
        };
        http.Request.QueryString = new QueryString(address.Replace("GRID", grid.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal).Replace("VILLAGE", village.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal));
        var user = new CurrentUser(new HttpContextAccessor { HttpContext = http });
        await using var db = bench.Get<MarketContexts>().Read();
        var query = http.Request.Query;
        var page = new IndexModel(db, user, new DeskReports(db, user, new Standstill()), bench.Get<VerifyReports>(), new CategoryWords(db), null!)
        {
            PageContext = new PageContext { HttpContext = http },
            State = query["state"], Category = query["category"],
            Area = int.TryParse(query["area"], CultureInfo.InvariantCulture, out var area) ? area : null,
            From = DateOnly.TryParse(query["from"], CultureInfo.InvariantCulture, out var from) ? from : null,
            To = DateOnly.TryParse(query["to"], CultureInfo.InvariantCulture, out var to) ? to : null,
        };
        var start = Stopwatch.GetTimestamp();
        await page.OnGetAsync(CancellationToken.None);
        var took = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        return page.Rows.Count > 0 ? took : throw new InvalidOperationException($"{address} found nothing.");
    }

    private static async Task VerifyAsync(Bench bench, bool quick)
    {
        var verify = bench.Get<VerifyReports>();
        var waiting = new Queue<int>(await bench.ReadAsync(db => db.TaskReports.Where(r => r.Outcome == ReportOutcome.Pending).OrderBy(r => r.FiledAt).Select(r => r.Id).ToListAsync()));
        var (rounds, each, bulk) = quick ? (2, 10, 50) : (5, 100, 1_000);
        var ratios = new List<double>();
        for (var round = -1; round < rounds; round++)
        {
            var start = Stopwatch.GetTimestamp();
            for (var i = 0; i < each; i++) await ByAsync([waiting.Dequeue()]);
            var single = Stopwatch.GetElapsedTime(start).TotalMilliseconds / each;
            var many = Enumerable.Range(0, bulk).Select(_ => waiting.Dequeue()).ToList();
            start = Stopwatch.GetTimestamp();
            await ByAsync(many);
            var together = Stopwatch.GetElapsedTime(start).TotalMilliseconds / bulk;
            Console.Error.WriteLine($"one by one {single:0.00} ms, in one action {together:0.000} ms a report");
            if (round >= 0) ratios.Add(single / together);
        }
        Table.Row("Sqlite: verify 1,000 reports in one action, times faster than one transaction each", ratios, least: 20);

        async Task ByAsync(IReadOnlyCollection<int> reports)
        {
            var judged = await verify.ExecuteAsync(new Judgement { ReportIds = reports, Actor = Actor.User(1), ActorMemberId = null, AreaPath = "STA/" });
            if (judged.Done.Count != reports.Count) throw new InvalidOperationException($"{judged.Left.Count} were left.");
        }
    }

    private static async Task FillAsync(Bench bench, int reports, int waiting = Waiting)
    {
        var (grids, members) = await bench.Writes.RunAsync(async db =>
        {
            var station = new Area { Code = "STA", Name = "站", Kind = AreaKind.Station, Path = "STA/", BookId = bench.Book };
            var villages = Enumerable.Range(1, Villages).Select(v => new Area { Code = $"V{v}", Name = "村", Kind = AreaKind.Village, Path = $"STA/V{v}/", BookId = bench.Book, Parent = station }).ToList();
            var places = Enumerable.Range(0, Grids).Select(g => (Village: villages[g % Villages], Code: $"V{(g % Villages) + 1}G{(g / Villages) + 1:00}"))
                .Select(g => new Area { Code = g.Code, Name = "格", Kind = AreaKind.Grid, Path = $"{g.Village.Path}{g.Code}/", BookId = bench.Book, Parent = g.Village }).ToList();
            var people = Enumerable.Range(0, Members).Select(i => new Member { Code = $"G{i:0000}", Number = $"{300_000 + i}", Name = "王五", Kind = MemberKind.GridMember, Area = places[i % Grids], Joined = new(2015, 1, 1) }).ToList();
            db.AddRange(station);
            db.AddRange(villages);
            db.AddRange(places);
            db.AddRange(people);
            await db.SaveChangesAsync();
            return (places.Select(p => p.Id).ToList(), people.Select(p => p.Id).ToList());
        });
        var random = new Random(19);
        var now = new Standstill().GetUtcNow().UtcDateTime;
        var days = Math.Max(60, reports / 40); // as many a day, for more years
        for (var done = 0; done < reports + waiting; done += 2_000)
        {
            var batch = Enumerable.Range(done, Math.Min(2_000, reports + waiting - done)).Select(i => ReportOf(random, i, i >= reports, now, days, grids, members)).ToList();
            await bench.Writes.RunAsync(db =>
            {
                db.AddRange(batch);
                return db.SaveChangesAsync();
            });
        }
    }

    private static TaskReport ReportOf(Random random, int i, bool waits, DateTime now, int days, List<int> grids, List<int> members)
    {
        var who = random.Next(members.Count);
        var filed = waits ? now.AddMinutes(-random.Next(4 * 1440)) : now.AddMinutes(-(4 * 1440) - random.Next(days * 1440));
        var happened = filed.AddMinutes(-random.Next(10, 300));
        var state = waits ? ReportOutcome.Pending : random.Next(20) == 0 ? ReportOutcome.Rejected : ReportOutcome.Verified;
        return new TaskReport
        {
            Reference = $"B{i:0000000}", MemberId = members[who], Category = DefaultCategories.Codes[random.Next(DefaultCategories.Codes.Count)], HappenedAt = happened, HappenedDay = StationTime.Day(happened),
            FiledAt = filed, AreaId = grids[who % grids.Count], Text = $"第{i}件：晚八点到十点在村口一带巡逻，一切正常", Outcome = state, Points = state == ReportOutcome.Verified ? random.Next(1, 30) : 0,
        };
    }

    /// <summary>The morning after the data ends.</summary>
    private sealed class Standstill : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => new(2026, 10, 1, 4, 0, 0, TimeSpan.Zero);
    }
}
