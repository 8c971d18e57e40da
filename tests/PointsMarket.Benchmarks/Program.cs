using PointsMarket.Data;

namespace PointsMarket.Benchmarks;

/// <summary>
/// PART … (post, pages, grow, verify, recon, list, bulk, assess, certificates; all of them without) and --quick, which proves that it runs and measures nothing worth
/// keeping. Not called Program: that is the site, which <see cref="KioskPages"/> starts.
/// </summary>
internal static class Benchmarking
{
    public static async Task<int> Main(string[] args)
    {
        var quick = args.Contains("--quick");
        var parts = args.Where(a => !a.StartsWith("--", StringComparison.Ordinal)).ToList();
        bool Wanted(string part) => parts.Count == 0 || parts.Contains(part);

        Table.Begin();
        if (Wanted("post"))
        {
            await Posting.RunAsync(DatabaseProvider.Sqlite, quick);
            if (Bench.PostgresServer is not null) await Posting.RunAsync(DatabaseProvider.Postgres, quick);
            else await Console.Error.WriteLineAsync("PostgreSQL is left out: POINTSMARKET_TEST_POSTGRES is not set.");
        }
        if (Wanted("pages")) await KioskPages.RunAsync(quick);
        if (Wanted("grow") || Wanted("verify")) await Growth.RunAsync(Wanted("grow"), Wanted("verify"), quick);
        if (Wanted("recon")) await Matching.RunAsync(quick);
        if (Wanted("list") || Wanted("bulk")) await Reports.RunAsync(Wanted("list"), Wanted("bulk"), quick);
        if (Wanted("assess")) await Assess.RunAsync(quick);
        if (Wanted("certificates")) await Certificates.RunAsync(quick);
        return Table.Missed ? 1 : 0;
    }
}
