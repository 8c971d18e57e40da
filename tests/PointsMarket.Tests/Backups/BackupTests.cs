using System.IO.Compression;
using Microsoft.EntityFrameworkCore;
using PointsMarket.Backups;
using PointsMarket.Data;
using PointsMarket.Jobs;
using PointsMarket.Ledger;
using PointsMarket.Tests.Kit;

namespace PointsMarket.Tests.Backups;

/// <summary>Backups made while people redeem, and what a restore refuses.</summary>
public sealed class BackupTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("pointsmarket-backup-");

    public static TheoryData<DatabaseProvider> Databases => TestDatabase.All;

    private string File1 => Path.Combine(folder.FullName, "one.zip");

    public void Dispose()
    {
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        folder.Delete(recursive: true);
    }

    [SkippableTheory, MemberData(nameof(Databases))]
    public async Task BackUp_WhilePostingsHammer_RestoresElsewhereCleanAndBalanced(DatabaseProvider provider)
    {
        await using var market = await TestMarket.StartAsync(provider);
        var book = await market.OpenBookAsync();
        Directory.CreateDirectory(market.Storage.PhotoPath);
        await File.WriteAllBytesAsync(Path.Combine(market.Storage.PhotoPath, "a.jpg"), [1, 2, 3]);
        await PostAsync(market, book, 40);
        using var stop = new CancellationTokenSource();
        var hammering = Task.WhenAll(Enumerable.Range(0, 8).Select(n => Task.Run(async () =>
        {
            for (var i = 0; !stop.IsCancellationRequested; i++) await PostAsync(market, book, 1, $"h{n}-{i}");
        })));
        var written = Assert.IsType<BackUp.Written>(await market.Get<BackUp>().ExecuteAsync(new() { Path = File1 }));
        await stop.CancelAsync();
        await hammering;
        Assert.Equal([File1], folder.GetFileSystemInfos().Select(f => f.FullName));

        await using var other = await TestMarket.StartAsync();
        var restored = Assert.IsType<RestoreBackup.Restored>(await other.Get<RestoreBackup>().ExecuteAsync(new() { Path = File1 }));
        Assert.Equal(written.Manifest.Books, restored.Manifest.Books);
        var report = Assert.Single(await other.ReadAsync(db => other.Get<LedgerVerifier>().VerifyAsync(db)));
        Assert.True(report.IsClean);
        var head = written.Manifest.Books.Single();
        Assert.Equal((head.Sequence, head.Head), (report.Head.Sequence, report.Head.Hash));
        Assert.Equal(0, await other.ReadAsync(db => db.LedgerAccounts.SumAsync(a => a.Balance)));
        Assert.Equal(head.Sequence, await other.ReadAsync(db => db.BalanceAsync(book, AccountCode.Member("G0001"), Asset.Points)));
        Assert.Equal([1, 2, 3], await File.ReadAllBytesAsync(Path.Combine(other.Storage.PhotoPath, "a.jpg")));
        Assert.True(await market.ReadAsync(db => db.LedgerBooks.Select(b => b.Sequence).SingleAsync()) >= head.Sequence);
    }

    [SkippableFact]
    public async Task Restore_IntoAServer_TakesOnlyAnEmptyDatabase()
    {
        await using var market = await TestMarket.StartAsync();
        await PostAsync(market, await market.OpenBookAsync(), 20);
        await market.Get<BackUp>().ExecuteAsync(new() { Path = File1 });
        await using var server = await TestMarket.StartAsync(DatabaseProvider.Postgres);

        Assert.IsType<RestoreBackup.Restored>(await server.Get<RestoreBackup>().ExecuteAsync(new() { Path = File1 }));
        Assert.True(Assert.Single(await server.ReadAsync(db => server.Get<LedgerVerifier>().VerifyAsync(db))).IsClean);
        Assert.IsType<RestoreBackup.TargetNotEmpty>(await server.Get<RestoreBackup>().ExecuteAsync(new() { Path = File1 }));
    }

    [Fact]
    public async Task Restore_OlderThanTheCheckpoints_AsksToBeForcedAndKeepsTheOldOneAside()
    {
        await using var market = await TestMarket.StartAsync();
        var book = await market.OpenBookAsync();
        await PostAsync(market, book, 10);
        await CheckpointAsync(market);
        await market.Get<BackUp>().ExecuteAsync(new() { Path = File1 });
        await PostAsync(market, book, 5, "later");
        await CheckpointAsync(market);

        var older = Assert.IsType<RestoreBackup.Older>(await market.Get<RestoreBackup>().ExecuteAsync(new() { Path = File1 }));
        Assert.Equal((10, 15), (older.Has, older.Proven));
        Assert.Equal(15, await SequenceAsync(market));

        await market.ReopenAsync();
        var restored = Assert.IsType<RestoreBackup.Restored>(await market.Get<RestoreBackup>().ExecuteAsync(new() { Path = File1, ForceOlder = true }));
        Assert.Equal(10, await SequenceAsync(market));
        Assert.True(Assert.Single(await market.ReadAsync(db => market.Get<LedgerVerifier>().VerifyAsync(db))).IsClean);
        Assert.Equal([10], market.Get<CheckpointFile>().Read("STA").Select(c => c.Sequence));
        await using (var aside = new MarketContexts(new MarketStorage { ConnectionString = $"Data Source={restored.Aside};Pooling=False" }).Read())
            Assert.Equal(15, await aside.LedgerBooks.Select(b => b.Sequence).SingleAsync());
        await PostAsync(market, book, 1, "after"); // and life goes on
        TidyUp(market, restored);
    }

    /// <summary>Made before the station had a book, or of another station: what the checkpoints prove is not in it at all.</summary>
    [Fact]
    public async Task Restore_WithoutABookThatTheCheckpointsKnow_AsksToBeForced()
    {
        await using var market = await TestMarket.StartAsync();
        await market.Get<BackUp>().ExecuteAsync(new() { Path = File1 });
        await PostAsync(market, await market.OpenBookAsync(), 4);
        await CheckpointAsync(market);

        var older = Assert.IsType<RestoreBackup.Older>(await market.Get<RestoreBackup>().ExecuteAsync(new() { Path = File1 }));
        Assert.Equal(("STA", 0, 4), (older.Book, older.Has, older.Proven));
        Assert.Equal(4, await SequenceAsync(market));

        await market.ReopenAsync();
        var restored = Assert.IsType<RestoreBackup.Restored>(await market.Get<RestoreBackup>().ExecuteAsync(new() { Path = File1, ForceOlder = true }));
        Assert.Empty(await market.ReadAsync(db => market.Get<LedgerVerifier>().VerifyAsync(db)));
        TidyUp(market, restored);
    }

    private static void TidyUp(TestMarket market, RestoreBackup.Restored restored)
    {
        File.Delete(restored.Aside!);
        foreach (var kept in Directory.GetFiles(Path.GetDirectoryName(market.Storage.CheckpointPath)!, Path.GetFileName(market.Storage.CheckpointPath) + ".before-*")) File.Delete(kept);
    }

    /// <summary>Somebody rewrote the whole chain and made a backup of it: the checkpoint outside says otherwise, and nothing helps.</summary>
    [Fact]
    public async Task Restore_ContradictingACheckpoint_IsRefusedAlways()
    {
        await using var forged = await TestMarket.StartAsync();
        await PostAsync(forged, await forged.OpenBookAsync(), 10, "forged");
        await forged.Get<BackUp>().ExecuteAsync(new() { Path = File1 });
        await using var market = await TestMarket.StartAsync();
        await PostAsync(market, await market.OpenBookAsync(), 8);
        await CheckpointAsync(market);

        foreach (var force in (bool[])[false, true])
        {
            var refused = Assert.IsType<RestoreBackup.Contradicts>(await market.Get<RestoreBackup>().ExecuteAsync(new() { Path = File1, ForceOlder = force }));
            Assert.Equal(("STA", 8), (refused.Book, refused.Sequence));
        }
        Assert.Equal(8, await SequenceAsync(market));
    }

    [Fact]
    public async Task Restore_DamagedTamperedOrForeign_ChangesNothing()
    {
        await using var market = await TestMarket.StartAsync();
        await PostAsync(market, await market.OpenBookAsync(), 6);
        await market.Get<BackUp>().ExecuteAsync(new() { Path = File1 });

        Assert.IsType<RestoreBackup.Damaged>(await RestoreAsync(market, Changed(zip =>
        {
            zip.GetEntry(BackupManifest.Checkpoints)!.Delete();
            using var stream = zip.CreateEntry(BackupManifest.Checkpoints).Open();
            stream.Write("{}\n"u8);
        })));
        Assert.IsType<RestoreBackup.NotABackup>(await RestoreAsync(market, Changed(zip => zip.GetEntry(BackupManifest.FileName)!.Delete())));
        var text = Path.Combine(folder.FullName, "text.zip");
        await File.WriteAllTextAsync(text, "no archive");
        Assert.IsType<RestoreBackup.NotABackup>(await RestoreAsync(market, text));
        await Assert.ThrowsAsync<FileNotFoundException>(() => RestoreAsync(market, Path.Combine(folder.FullName, "none.zip")));

        await market.Writes.RunAsync(db => db.LedgerAccounts.Where(a => a.Code == "member:G0001").ExecuteUpdateAsync(s => s.SetProperty(a => a.Balance, 99).SetProperty(a => a.Version, a => a.Version + 1)));
        await market.Get<BackUp>().ExecuteAsync(new() { Path = File1 });
        Assert.IsType<RestoreBackup.BooksOff>(await RestoreAsync(market, File1));
    }

    [Fact]
    public async Task Restore_BackupWithoutATrigger_IsRefused()
    {
        await using var market = await TestMarket.StartAsync();
        await PostAsync(market, await market.OpenBookAsync(), 2);
        await market.Writes.RunAsync(db => db.Database.ExecuteSqlRawAsync("DROP TRIGGER \"LedgerEntries_Keep_UPDATE\""));
        await market.Get<BackUp>().ExecuteAsync(new() { Path = File1 });
        Assert.Equal("LedgerEntries_Keep_UPDATE", Assert.IsType<RestoreBackup.Damaged>(await RestoreAsync(market, File1)).Name);
    }

    [Fact]
    public async Task Restore_WhileASiteUsesTheDatabase_IsRefused()
    {
        await using var market = await TestMarket.StartAsync();
        await PostAsync(market, await market.OpenBookAsync(), 2);
        await market.Get<BackUp>().ExecuteAsync(new() { Path = File1 });
        using (var one = DatabaseUse.Share(market.Storage))
        using (var two = DatabaseUse.Share(market.Storage))
        {
            Assert.NotNull(one);
            Assert.NotNull(two);
            Assert.IsType<RestoreBackup.InUse>(await RestoreAsync(market, File1));
        }
        using (DatabaseUse.Alone(market.Storage)) Assert.Null(DatabaseUse.Share(market.Storage));
        var restored = Assert.IsType<RestoreBackup.Restored>(await RestoreAsync(market, File1));
        File.Delete(restored.Aside!);
    }

    /// <summary>Stopped at any file: no archive where there was none, the old one where there was one.</summary>
    [Fact]
    public async Task BackUp_StoppedInTheMiddle_LeavesTheOldFile()
    {
        await using var market = await TestMarket.StartAsync();
        await PostAsync(market, await market.OpenBookAsync(), 2);
        await File.WriteAllTextAsync(File1, "old");
        using var stop = new CancellationTokenSource();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => market.Get<BackUp>().ExecuteAsync(new() { Path = File1, Progress = new Told(_ => stop.Cancel()) }, stop.Token));
        Assert.Equal("old", await File.ReadAllTextAsync(File1));
        Assert.Single(folder.GetFileSystemInfos());
    }

    [Fact]
    public async Task KeepBackups_EveryNight_KeepsTheNewestAndNothingForeignGoes()
    {
        await using var market = await TestMarket.StartAsync();
        await PostAsync(market, await market.OpenBookAsync(), 2);
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "pointsmarket-mine.zip"), "mine");
        var keep = new KeepBackups(market.Get<BackUp>(), market.Storage, new BackupSettings { Folder = folder.FullName, Keep = 2 }, market.Clock);
        var report = new RunReport(market.Clock);
        for (var night = 0; night < 4; night++)
        {
            await keep.ExecuteAsync(report);
            market.Clock.Advance(TimeSpan.FromDays(1));
        }
        Assert.Equal(["pointsmarket-20261003-120000.zip", "pointsmarket-20261004-120000.zip", "pointsmarket-mine.zip"], folder.GetFiles().Select(f => f.Name).Order(StringComparer.Ordinal));
        Assert.Equal([RunLines.BackedUp, RunLines.BackedUp, RunLines.BackedUp, RunLines.OldDeleted, RunLines.BackedUp, RunLines.OldDeleted], RunLine.ReadAll(report.Told().Log).Select(l => l.Code));
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, folder.GetFiles("pointsmarket-2026*")[0].UnixFileMode);
    }

    private static async Task PostAsync(TestMarket market, int book, int count, string key = "k")
    {
        for (var i = 0; i < count; i++)
            Assert.True((await market.PostAsync(market.Request(book, $"{key}-{i}", new Posting(AccountCode.Issue("opening"), AccountCode.Member("G0001"), Asset.Points, 1)))).Stands);
    }

    private static Task<RestoreBackup.Outcome> RestoreAsync(TestMarket market, string path) => market.Get<RestoreBackup>().ExecuteAsync(new() { Path = path });

    private static Task<bool> CheckpointAsync(TestMarket market) => market.ReadAsync(async db =>
    {
        await market.Get<CheckpointFile>().AppendHeadsAsync(db, market.Clock.GetUtcNow().UtcDateTime);
        return true;
    });

    private static Task<long> SequenceAsync(TestMarket market) => market.ReadAsync(db => db.LedgerBooks.Select(b => b.Sequence).SingleAsync());

    private string Changed(Action<ZipArchive> change)
    {
        var copy = Path.Combine(folder.FullName, $"{Guid.NewGuid():N}.zip");
        File.Copy(File1, copy);
        using var zip = ZipFile.Open(copy, ZipArchiveMode.Update);
        change(zip);
        return copy;
    }

    private sealed class Told(Action<(long, long)> tell) : IProgress<(long Done, long Total)>
    {
        public void Report((long Done, long Total) value) => tell(value);
    }
}
