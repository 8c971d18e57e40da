using System.Data.Common;
using System.Threading.Channels;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace PointsMarket.Data;

/// <summary>
/// SQLite's side of <see cref="MarketWrites"/>: one connection, one loop. Operations that wait together are committed together,
/// each under a savepoint, so that 256 of them cost one fsync and one refused does not touch its neighbours.
/// </summary>
internal sealed class SqliteDoor : IAsyncDisposable
{
    private const int MostInOneCommit = 256;

    private readonly Channel<Job> queue = Channel.CreateUnbounded<Job>(new UnboundedChannelOptions { SingleReader = true });
    private readonly MarketContexts contexts;
    private readonly Task loop;

    public SqliteDoor(MarketContexts contexts)
    {
        this.contexts = contexts;
        using (ExecutionContext.SuppressFlow()) loop = Task.Run(LoopAsync); // not in the culture and trace of whoever came first
    }

    public async Task<T> RunAsync<T>(Func<MarketDb, CancellationToken, Task<T>> operation, CancellationToken ct)
    {
        var job = new Job<T>(operation, ct);
        ObjectDisposedException.ThrowIf(!queue.Writer.TryWrite(job), typeof(MarketWrites));
        return await job.Answer;
    }

    public async ValueTask DisposeAsync()
    {
        queue.Writer.TryComplete();
        await loop;
    }

    private async Task LoopAsync()
    {
        MarketWrites.EnterDoor(); // flows into the operations, so that one which opens the door again is caught
        SqliteConnection? connection = null;
        Func<MarketDb>? make = null;
        var group = new List<Job>(MostInOneCommit);
        while (await queue.Reader.WaitToReadAsync())
        {
            group.Clear();
            try
            {
                using var turn = await TakeTurnAsync(contexts.Storage.FilePath, CancellationToken.None);
                if (connection is null)
                {
                    connection = Open(contexts.Storage);
                    make = contexts.On(connection);
                }
                await CommitGroupAsync(connection, make!, group);
            }
#pragma warning disable CA1031 // a loop that ends leaves every later write waiting for ever
            catch (Exception e)
#pragma warning restore CA1031
            {
                // The commit itself failed (disk full, file gone): nothing of the group is in the database, and all are told.
                if (group.Count == 0 && queue.Reader.TryRead(out var first)) group.Add(first);
                foreach (var job in group) job.Fail(e);
                Close(ref connection);
                continue;
            }
            foreach (var job in group) job.Finish();
        }
        Close(ref connection);
    }

    private static void Close(ref SqliteConnection? connection)
    {
        try
        {
            connection?.Dispose();
        }
        catch (DbException)
        {
            // a broken one is given up; the file is what counts
        }
        connection = null;
    }

    /// <summary>
    /// Another process on the same file (a command beside the running site) waits its turn here, so that writing and
    /// checkpointing never overlap between processes either.
    /// </summary>
    internal static async Task<FileStream> TakeTurnAsync(string path, CancellationToken ct)
    {
        for (var wait = 1; ; wait = Math.Min(wait * 2, 50))
        {
            try
            {
                return new FileStream(path + "-door", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1);
            }
            catch (IOException e) when ((e.HResult & 0xFFFF) is 11 or 35 or 32 or 33) // held: EAGAIN (Linux, macOS), sharing and lock violation (Windows)
            {
                await Task.Delay(wait, ct);
            }
        }
    }

    internal static SqliteConnection Open(MarketStorage storage)
    {
        var connection = new SqliteConnection(storage.Effective + ";Pooling=False");
        connection.Open();
        SqlitePragmas.Run(connection, SqlitePragmas.Writer);
        storage.WriterOpened?.Invoke(connection);
        return connection;
    }

    private async Task CommitGroupAsync(SqliteConnection connection, Func<MarketDb> make, List<Job> group)
    {
        await using var transaction = (SqliteTransaction)await connection.BeginTransactionAsync(); // BEGIN IMMEDIATE
        while (group.Count < MostInOneCommit && queue.Reader.TryRead(out var job))
        {
            group.Add(job);
            if (job.GivenUp) continue;
            await transaction.SaveAsync("operation");
            var keep = await RunOneAsync(make, transaction, job);
            if (!keep) await transaction.RollbackAsync("operation");
            await transaction.ReleaseAsync("operation");
        }
        await transaction.CommitAsync();
    }

    private static async Task<bool> RunOneAsync(Func<MarketDb> make, SqliteTransaction transaction, Job job)
    {
        await using var db = make();
        db.Database.AutoSavepointsEnabled = false;
        await db.Database.UseTransactionAsync(transaction);
        db.InsideDoor = true;
        return await job.RunAsync(db);
    }

    private abstract class Job(CancellationToken ct)
    {
        protected CancellationToken Ct { get; } = ct;

        public bool GivenUp => Ct.IsCancellationRequested;

        /// <summary>Runs it; true when what it wrote is to be kept.</summary>
        public abstract Task<bool> RunAsync(MarketDb db);

        /// <summary>Answers, after the COMMIT.</summary>
        public abstract void Finish();

        public abstract void Fail(Exception reason);
    }

    private sealed class Job<T>(Func<MarketDb, CancellationToken, Task<T>> operation, CancellationToken ct) : Job(ct)
    {
        private readonly TaskCompletionSource<T> answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private Exception? thrown;
        private T? outcome;
        private bool ran;

        public Task<T> Answer => answer.Task;

        public override async Task<bool> RunAsync(MarketDb db)
        {
            ran = true;
            try
            {
                outcome = await operation(db, Ct);
                return !db.RollBackAsked;
            }
#pragma warning disable CA1031 // whatever it is goes to the one who asked, not to the loop
            catch (Exception e)
#pragma warning restore CA1031
            {
                thrown = e;
                return false;
            }
        }

        public override void Finish()
        {
            if (thrown is OperationCanceledException || !ran) answer.TrySetCanceled(Ct);
            else if (thrown is not null) answer.TrySetException(thrown);
            else answer.TrySetResult(outcome!);
        }

        public override void Fail(Exception reason) => answer.TrySetException(thrown ?? reason);
    }
}
