using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace PointsMarket.Tests.Kit;

/// <summary>Loses the first answers to COMMIT: the caller cannot know whether it happened. It did.</summary>
internal sealed class LostAnswers : DbTransactionInterceptor
{
    private int lost;

    public int CommitsToLose { get; init; }

    /// <summary>How often, when it goes on by chance after the first ones; 0 to 1.</summary>
    public double Rate { get; init; }

    public int Lost => lost;

    public override Task TransactionCommittedAsync(DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        if (Volatile.Read(ref lost) >= CommitsToLose && Random.Shared.NextDouble() >= Rate) return Task.CompletedTask;
        Interlocked.Increment(ref lost);
        throw new TimeoutException("The answer to COMMIT was lost.");
    }
}

/// <summary>Loses the COMMIT itself: the transaction is rolled back and the caller hears of a broken line.</summary>
internal sealed class LostCommits(int commits) : DbTransactionInterceptor
{
    private int lost;

    public override async ValueTask<InterceptionResult> TransactionCommittingAsync(DbTransaction transaction, TransactionEventData eventData, InterceptionResult result, CancellationToken cancellationToken = default)
    {
        if (Interlocked.Increment(ref lost) > commits) return result;
        await transaction.RollbackAsync(cancellationToken);
        throw new TimeoutException("The line broke before COMMIT.");
    }
}

/// <summary>Holds every COMMIT of a server transaction until it is let go.</summary>
internal sealed class HeldCommits : DbTransactionInterceptor
{
    private readonly TaskCompletionSource arrived = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource released = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task Arrived => arrived.Task;

    public void Release() => released.TrySetResult();

    public override async ValueTask<InterceptionResult> TransactionCommittingAsync(DbTransaction transaction, TransactionEventData eventData, InterceptionResult result, CancellationToken cancellationToken = default)
    {
        arrived.TrySetResult();
        await released.Task;
        return result;
    }
}
