namespace Benchmarks.Peers;

/// <summary>What one benchmark found.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Group">The table that it stands in.</param>
/// <param name="Threads">Threads that each could use.</param>
/// <param name="Unit">The unit of <paramref name="Ours"/> and <paramref name="Theirs"/>: s or B.</param>
/// <param name="Ours">This library's samples.</param>
/// <param name="Theirs">libtorch's samples; null where there is nothing to compare with.</param>
/// <param name="Ratio">Ours / theirs, taken within each pair.</param>
/// <param name="Pairs">How many pairs.</param>
/// <param name="Gate">The most that the median of <paramref name="Ratio"/> (or, without one, of <paramref name="Ours"/>) may be.</param>
/// <param name="Deviation">How far the results differed, relative to the largest.</param>
/// <param name="ManagedBytes">Managed memory that one of our steps allocated, by all threads.</param>
public sealed record BenchmarkResult(
    string Name,
    string Group,
    int Threads,
    string Unit,
    Distribution Ours,
    Distribution? Theirs,
    Distribution? Ratio,
    int Pairs,
    double? Gate,
    double? Deviation,
    double? ManagedBytes)
{
    /// <summary>What is held against the gate.</summary>
    public double Judged => (Ratio ?? Ours).Median;

    /// <summary>Whether the gate is met; null without a gate.</summary>
    public bool? IsMet => Gate is { } gate ? Judged <= gate : null;
}
