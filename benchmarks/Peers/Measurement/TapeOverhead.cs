namespace Benchmarks.Peers;

/// <summary>
/// What the tape adds to an operation: a chain is recorded and differentiated, and computed without a tape; each operation has one
/// kernel forward and one backward, so the overhead is (recorded - 2 x bare) / length.
/// </summary>
public static class TapeOverhead
{
    /// <summary>The name of the benchmark.</summary>
    public const string Name = "tape/overhead-per-op";

    /// <summary>The operations of the chain.</summary>
    public const int Length = 1000;

    private const int Pairs = 11;
    private const int StepsPerSample = 10;
    private const double GateSeconds = 1e-6;

    /// <summary>Measures it.</summary>
    public static BenchmarkResult Run(string group)
    {
        using var recorded = new AutodiffChain(Length, records: true);
        using var bare = new AutodiffChain(Length, records: false);
        recorded.Setup();
        bare.Setup();
        InterleavedComparison.WarmUp(recorded);
        InterleavedComparison.WarmUp(bare);
        var overheads = new double[Pairs];
        var bytes = 0.0;
        for (var pair = 0; pair < Pairs; pair++)
        {
            var with = InterleavedComparison.TakeSample(recorded, StepsPerSample);
            var without = InterleavedComparison.TakeSample(bare, StepsPerSample);
            overheads[pair] = (with.Seconds - 2 * without.Seconds) / Length;
            bytes = with.Bytes / Length;
        }

        return new BenchmarkResult(
            Name, group, 1, "s", Distribution.Of(overheads), Theirs: null, Ratio: null, Pairs, GateSeconds, Deviation: null, bytes);
    }
}
