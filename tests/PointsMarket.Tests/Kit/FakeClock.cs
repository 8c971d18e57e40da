namespace PointsMarket.Tests.Kit;

/// <summary>A clock that stands still until told. Delays on it run on real time, so that retries in the door do not hang.</summary>
public sealed class FakeClock(DateTimeOffset now) : TimeProvider
{
    private long ticks = now.UtcTicks;

    /// <summary>Noon of the day after the demo month, in Shanghai.</summary>
    public FakeClock()
        : this(new DateTimeOffset(2026, 10, 1, 12, 0, 0, TimeSpan.FromHours(8)))
    {
    }

    public override DateTimeOffset GetUtcNow() => new(Interlocked.Read(ref ticks), TimeSpan.Zero);

    public void Advance(TimeSpan by) => Interlocked.Add(ref ticks, by.Ticks);

    public void Set(DateTimeOffset to) => Interlocked.Exchange(ref ticks, to.UtcTicks);
}
