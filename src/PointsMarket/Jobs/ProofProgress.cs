namespace PointsMarket.Jobs;

/// <summary>Tells a run how far the proof of the books is.</summary>
internal sealed class ProofProgress(RunReport report) : IProgress<(long Done, long Total)>
{
    public void Report((long Done, long Total) value) => report.Progress(value.Done, value.Total);
}
