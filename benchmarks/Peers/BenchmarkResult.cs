namespace Benchmarks.Peers;

/// <summary>What one benchmark found.</summary>
/// <param name="Benchmark">Its name.</param>
/// <param name="Description">The workload in one line.</param>
/// <param name="Threads">Threads every competitor could use.</param>
/// <param name="Pairs">How many rounds were timed; every competitor ran once in each.</param>
/// <param name="StepsPerSample">Consecutive steps timed as one sample.</param>
/// <param name="LossSteps">After how many steps the losses were compared.</param>
/// <param name="Competitors">The results of each; the first is the reference.</param>
public sealed record BenchmarkResult(
    string Benchmark,
    string Description,
    int Threads,
    int Pairs,
    int StepsPerSample,
    int LossSteps,
    IReadOnlyList<CompetitorResult> Competitors);

/// <summary>What one competitor did.</summary>
/// <param name="Name">Its name.</param>
/// <param name="SecondsPerStep">Time of one step.</param>
/// <param name="RatioToReference">This competitor's time over the reference's in the same round; null for the reference itself.</param>
/// <param name="AllocatedBytesPerStep">Managed memory allocated by one step, by all threads.</param>
/// <param name="Loss">The loss of the last compared step.</param>
/// <param name="LossDeviation">Largest relative deviation from the reference's losses; null for the reference itself.</param>
/// <param name="PeakMemoryBytes">Peak resident memory of a process of its own that sets it up and takes a few steps, data included.</param>
public sealed record CompetitorResult(
    string Name,
    Distribution SecondsPerStep,
    Distribution? RatioToReference,
    double AllocatedBytesPerStep,
    double Loss,
    double? LossDeviation,
    long PeakMemoryBytes);
