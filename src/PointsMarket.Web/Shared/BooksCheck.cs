using PointsMarket.Data;
using PointsMarket.Ledger;
using PointsMarket.Market;

namespace PointsMarket.Web.Shared;

/// <summary>
/// Proves the books in the background, because with a million entries it takes longer than anybody waits for a page. One at a
/// time for the process; the last result is kept until the next, and belongs to no request.
/// </summary>
public sealed class BooksCheck(MarketContexts contexts, LedgerVerifier verifier, CheckLots lots, TimeProvider clock, ILogger<BooksCheck> log, IHostApplicationLifetime life)
{
    private readonly Lock gate = new();
    private (long Done, long Total) progress;
    private State state = new(false, null, [], [], false);

    /// <summary>Where it stands: running or not, when it ended last, what was found then, and whether it broke off.</summary>
    public sealed record State(bool Running, DateTime? At, IReadOnlyList<LedgerReport> Reports, IReadOnlyList<LotFinding> Lots, bool Failed);

    public State Now
    {
        get
        {
            lock (gate) return state;
        }
    }

    /// <summary>Percent done, 0–100.</summary>
    public int Percent
    {
        get
        {
            lock (gate) return progress.Total == 0 ? 0 : (int)(progress.Done * 100 / progress.Total);
        }
    }

    /// <summary>Starts it; one that runs goes on. The task ends when the check does.</summary>
    public Task Start()
    {
        lock (gate)
        {
            if (state.Running) return Task.CompletedTask;
            (state, progress) = (state with { Running = true, Failed = false }, (0, 0));
        }

        return Task.Run(RunAsync);
    }

    private async Task RunAsync()
    {
        try
        {
            await using var db = contexts.Read();
            var reports = await verifier.VerifyAsync(db, new Told(p => { lock (gate) progress = p; }), life.ApplicationStopping);
            var off = await lots.ExecuteAsync(life.ApplicationStopping);
            lock (gate) state = new State(false, clock.GetUtcNow().UtcDateTime, reports, off, false);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            log.LogError(e, "The books could not be checked.");
            lock (gate) state = state with { Running = false, Failed = true };
        }
    }

    /// <summary>Not <see cref="Progress{T}"/>, which would report late and in any order.</summary>
    private sealed class Told(Action<(long Done, long Total)> tell) : IProgress<(long Done, long Total)>
    {
        public void Report((long Done, long Total) value) => tell(value);
    }
}
