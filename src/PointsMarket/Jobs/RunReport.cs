using System.Globalization;
using System.Text;

namespace PointsMarket.Jobs;

/// <summary>What a run tells while it works; read by whoever writes it down now and then. Safe from any thread.</summary>
public sealed class RunReport(TimeProvider clock)
{
    // Room for the line that says there was more.
    private const int Room = JobRun.LongestLog - 60;

    private readonly Lock gate = new();
    private readonly StringBuilder log = new();
    private int? percent;
    private int version;
    private bool full;

    /// <summary>True once it did something that is worth a line of the history.</summary>
    public bool Notable { get; private set; }

    /// <summary>Set when the work found that something is wrong, without breaking off: one of <see cref="RunFailures"/>.</summary>
    public string? Failure { get; private set; }

    /// <summary>Says a line that is worth keeping.</summary>
    public void Say(string code, params object[] arguments)
    {
        Notable = true;
        Write(code, arguments);
    }

    /// <summary>Says how much was done; nothing done is not worth keeping.</summary>
    public void Count(long done)
    {
        if (done > 0) Say(RunLines.Did, done);
        else Write(RunLines.Nothing, []);
    }

    /// <summary>Something is wrong, and the run counts as failed at its end.</summary>
    public void Fail(string failure) => (Notable, Failure) = (true, failure);

    /// <summary>How far it is.</summary>
    public void Progress(long done, long total)
    {
        lock (gate)
        {
            var now = total <= 0 ? (int?)null : (int)Math.Clamp(done * 100 / total, 0, 100);
            if (now == percent) return;
            percent = now;
            version++;
        }
    }

    /// <summary>What was told so far, and a number that grows with it.</summary>
    public (int? Percent, string Log, int Version) Told()
    {
        lock (gate) return (percent, log.ToString(), version);
    }

    private void Write(string code, object[] arguments)
    {
        var line = new RunLine(clock.GetUtcNow().UtcDateTime, code, Array.ConvertAll(arguments, a => Convert.ToString(a, CultureInfo.InvariantCulture) ?? "")).Write();
        lock (gate)
        {
            if (full) return;
            full = log.Length + line.Length + 1 > Room;
            log.Append(full ? new RunLine(clock.GetUtcNow().UtcDateTime, RunLines.More, []).Write() : line).Append('\n');
            version++;
        }
    }
}
