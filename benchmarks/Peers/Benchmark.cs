namespace Benchmarks.Peers;

/// <summary>A workload and those who compete on it.</summary>
/// <param name="Name">A short name, which the command line's filter selects by.</param>
/// <param name="Description">The workload in one line.</param>
/// <param name="Threads">How many threads every competitor may use.</param>
/// <param name="Competitors">Factories of the competitors; the first is the reference of all ratios.</param>
public sealed record Benchmark(string Name, string Description, int Threads, IReadOnlyList<Func<ICompetitor>> Competitors);
