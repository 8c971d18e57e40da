using System.Diagnostics;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PointsMarket.Areas;
using PointsMarket.Awards;
using PointsMarket.Data;
using PointsMarket.Ledger;
using PointsMarket.Web.Awards;

namespace PointsMarket.Benchmarks;

/// <summary>A hundred certificates in one PDF against one, over the whole way: laid out, printed by the browser, put on record.</summary>
internal static class Certificates
{
    private const int Many = 100;

    public static async Task RunAsync(bool quick)
    {
        await using var site = new Site();
        var print = site.Services.GetRequiredService<PrintCertificates>();
        if (!print.IsPossible)
        {
            await Console.Error.WriteLineAsync("Certificates are left out: no Chromium, Chrome or Edge on this machine.");
            return;
        }

        var faces = await site.FillAsync();
        var times = await Bench.InTurnsAsync(quick ? 1 : 7, _ => PrintAsync([faces[0]]), _ => PrintAsync(faces));
        foreach (var (one, many) in times) await Console.Error.WriteLineAsync($"one {one:0.00} s, a hundred {many:0.00} s");
        Table.Row("Chromium: 100 certificates in one PDF to one certificate", [.. times.Select(t => t.Second / t.First)], most: 5);

        async Task PrintAsync(IReadOnlyList<CertificateFace> some)
        {
            if (await print.ExecuteAsync(some, "https://market.example.org", Actor.System("test")) is null) throw new InvalidOperationException("Nothing was printed.");
        }
    }

    /// <summary>The site on an empty database of its own; only its services are asked.</summary>
    private sealed class Site : WebApplicationFactory<global::Program>
    {
        private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("pointsmarket-bench-");

        public async Task<IReadOnlyList<CertificateFace>> FillAsync()
        {
            await MarketSchema.MigrateAsync(Services.GetRequiredService<MarketContexts>());
            await Services.GetRequiredService<MarketWrites>().RunAsync(async db =>
            {
                var book = await Journal.OpenBookAsync(db, "STA");
                var station = new Area { Code = "STA", Name = "兴谷派出所", Kind = AreaKind.Station, Path = "STA/", BookId = book };
                var cycle = new AwardCycle { BookId = book, Kind = AwardKind.Team, Year = 2026, Title = "先进集体", Quota = Many, Area = station, Kinds = "", LeastMonths = 1, Words = "你们在平安建设工作中团结协作、成绩突出，被评为先进集体。特发此证，以资鼓励。" };
                cycle.Nominees.AddRange(Enumerable.Range(1, Many).Select(i => new AwardNominee { Name = $"兴谷第{i}巡逻队", Place = i, Named = true }));
                db.Add(cycle);
                await db.SaveChangesAsync();
                db.AddRange(cycle.Nominees.Select((n, i) => new Certificate
                {
                    BookId = book, Year = 2026, Serial = i + 1, Code = CertificateCodes.New(), Kind = cycle.Kind, CycleId = cycle.Id, NomineeId = n.Id, Name = n.Name, Title = cycle.Title, Words = cycle.Words,
                    IssuedOn = new(2026, 11, 21), IssuedAt = new DateTime(2026, 11, 21, 0, 0, 0, DateTimeKind.Utc), IssuedBy = "user:1",
                }));
                return await db.SaveChangesAsync();
            });
            await using var read = Services.GetRequiredService<MarketContexts>().Read();
            return await read.Certificates.OrderBy(c => c.Serial).Select(CertificateFace.Of).ToListAsync();
        }

        public override async ValueTask DisposeAsync()
        {
            await base.DisposeAsync();
            Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
            folder.Delete(recursive: true);
        }

        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            builder.UseContentRoot(WebFolder()); // its stylesheets are printed too
            builder.UseEnvironment("Testing");
            builder.UseSetting("Database:Provider", "Sqlite");
            builder.UseSetting("ConnectionStrings:Market", $"Data Source={Path.Combine(folder.FullName, "market.db")}");
            builder.UseSetting("Ledger:Checkpoints", Path.Combine(folder.FullName, "checkpoints.jsonl"));
        }

        private static string WebFolder()
        {
            var folder = AppContext.BaseDirectory;
            while (!File.Exists(Path.Combine(folder, "PointsMarket.sln"))) folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("The benchmarks run inside the repository only.");
            return Path.Combine(folder, "src", "PointsMarket.Web");
        }
    }
}
