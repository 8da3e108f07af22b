namespace Benchmarks.Peers;

/// <summary>Something to measure: this library beside libtorch on one workload.</summary>
/// <param name="Name">A short name, which the command line's filter selects by.</param>
/// <param name="Group">The table that it stands in.</param>
/// <param name="Threads">How many threads each may use.</param>
/// <param name="Gate">The largest ratio ours / libtorch that is good enough; null where none was set.</param>
/// <param name="Ours">Makes this library's implementation.</param>
/// <param name="Theirs">Makes libtorch's.</param>
public sealed record Benchmark(string Name, string Group, int Threads, double? Gate, Func<ICompetitor> Ours, Func<ICompetitor> Theirs)
{
    /// <summary>After how many steps the results are compared, each of them; more than one where errors could add up unseen.</summary>
    public int ComparedSteps { get; init; } = 1;

    /// <summary>How far results may differ, relative to the largest.</summary>
    public double Tolerance { get; init; } = 1e-4;

    /// <summary>How many steps a process of its own takes, whose whole life is measured; null to measure steps within this process.</summary>
    public int? WholeProcess { get; init; }

    /// <summary>Whether our process is the program that was compiled ahead of time (benchmarks/Native) instead of this one.</summary>
    public bool AheadOfTime { get; init; }

    /// <summary>The largest ratio of the peak memories of whole processes that is good enough; null to leave memory out.</summary>
    public double? MemoryGate { get; init; }
}
