using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using PointsMarket.Accounts;
using PointsMarket.Areas;
using PointsMarket.Data;
using PointsMarket.Jobs;
using PointsMarket.Ledger;
using PointsMarket.Members;
using PointsMarket.Tests.Kit;

namespace PointsMarket.Tests.Jobs;

/// <summary>Two sites on one PostgreSQL, one of them killed (SIGKILL) inside a job: the other one finishes it, once.</summary>
public sealed class KilledNodeTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(75);

    [SkippableFact]
    public async Task Kill_InsideTheMonthlyDraft_LetsTheOtherNodeFinishItOnce()
    {
        await using var market = await TestMarket.StartAsync(DatabaseProvider.Postgres);
        await StationAsync(market);

        // Readers pass this lock, the draft's lines do not: whoever drafts stands still in the middle.
        await using var held = new NpgsqlConnection(market.Storage.ConnectionString);
        await held.OpenAsync();
        await using var hold = await held.BeginTransactionAsync();
        await using (var command = new NpgsqlCommand("""LOCK TABLE "AssessmentLines" IN SHARE MODE""", held, hold)) await command.ExecuteNonQueryAsync();

        using var one = Node(market.Storage);
        using var other = Node(market.Storage);
        try
        {
            var run = await UntilAsync(market, r => r.Job == "assess" && r.State == RunState.Running, one, other);
            await BlockedAsync(held.ConnectionString);
            var victim = run.Node!.Contains($"-{one.Id}-", StringComparison.Ordinal) ? one : other;
            victim.Kill();
            await victim.WaitForExitAsync();
            await hold.RollbackAsync();

            var recovered = await UntilAsync(market, r => r.Job == "assess" && r.Cause == RunCause.Recovery && r.State == RunState.Done, one, other);
            Assert.NotEqual(run.Node, recovered.Node);
            Assert.Equal(RunState.Stopped, await market.ReadAsync(db => db.JobRuns.Where(r => r.Id == run.Id).Select(r => r.State).SingleAsync()));
            var assessments = await market.ReadAsync(db => db.Assessments.AsNoTracking().ToListAsync());
            Assert.All(assessments, a => Assert.NotNull(a.ShownAt));
            Assert.Equal(assessments.Count, assessments.Select(a => a.Month).Distinct().Count());
            Assert.Equal(assessments.Count, await market.ReadAsync(db => db.AssessmentLines.CountAsync()));
        }
        finally
        {
            foreach (var node in (Process[])[one, other])
            {
                if (!node.HasExited) node.Kill();
                await node.WaitForExitAsync();
            }
        }
    }

    private static async Task StationAsync(TestMarket market)
    {
        var now = DateTime.UtcNow;
        market.Clock.Set(now);
        await JobRunTests.StationAsync(market, Roles.Administrator);
        await market.Writes.RunAsync(async db =>
        {
            db.Members.Add(new Member { Code = "G0001", Number = "100001", Name = "张桂兰", Kind = MemberKind.Volunteer, AreaId = await db.Areas.Select(a => a.Id).SingleAsync(), Joined = StationTime.Day(now.AddDays(-130)) });
            return await db.SaveChangesAsync();
        });
        var request = market.Request(1, "first", new Posting(AccountCode.Issue("case"), AccountCode.Member("G0001"), Asset.Points, 5)) with
        {
            Kind = TransactionKinds.CaseReward, HappenedAt = now.AddDays(-100), // so that there are whole months to draft, whatever day it is
        };
        Assert.True((await market.PostAsync(request)).Stands);
    }

    /// <summary>The whole site in a process of its own, on a port that the system picks.</summary>
    private static Process Node(MarketStorage storage)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = AppContext.BaseDirectory };
        foreach (var argument in (string[])[
            "exec", Path.Combine(AppContext.BaseDirectory, "PointsMarket.Web.dll"), "--environment=Production", "--urls=http://127.0.0.1:0", $"--contentRoot={AppContext.BaseDirectory}",
            $"--Database:Provider={storage.Provider}", $"--ConnectionStrings:Market={storage.ConnectionString}", $"--Ledger:Checkpoints={storage.CheckpointPath}",
            $"--Seal:KeyFile={storage.SealKeyPath}", $"--Photos:Folder={storage.PhotoPath}"])
            start.ArgumentList.Add(argument);
        start.Environment["DOTNET_TC_CallCountingDelayMs"] = "FFFF"; // it lives for seconds
        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        return process;
    }

    private static async Task<JobRun> UntilAsync(TestMarket market, System.Linq.Expressions.Expression<Func<JobRun, bool>> so, params Process[] nodes)
    {
        var watch = Stopwatch.StartNew();
        while (watch.Elapsed < Patience)
        {
            if (await market.ReadAsync(db => db.JobRuns.AsNoTracking().Where(so).OrderByDescending(r => r.Id).FirstOrDefaultAsync()) is { } run) return run;
            if (nodes.All(n => n.HasExited)) Assert.Fail("No node is up: " + string.Join('\n', await Task.WhenAll(nodes.Select(n => n.StandardError.ReadToEndAsync()))));
            await Task.Delay(100);
        }
        var runs = await market.ReadAsync(db => db.JobRuns.Select(r => $"{r.Job} {r.State} {r.Cause} {r.Node}").ToListAsync());
        Assert.Fail($"Not within {Patience}: {string.Join(", ", runs)}");
        return null!;
    }

    /// <summary>Waits until somebody waits for the lock.</summary>
    private static async Task BlockedAsync(string connectionString)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand("SELECT COUNT(*) FROM pg_locks WHERE NOT granted AND database = (SELECT oid FROM pg_database WHERE datname = current_database())", connection);
        for (var i = 0; i < 600 && (long)(await command.ExecuteScalarAsync())! == 0; i++) await Task.Delay(50);
    }
}
