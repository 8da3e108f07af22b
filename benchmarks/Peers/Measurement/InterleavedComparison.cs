using System.Diagnostics;

namespace Benchmarks.Peers;

/// <summary>
/// Times two competitors in turn, A B A B ..., and judges by the median of the ratios within each pair: a machine whose speed
/// drifts slows both sides of a ratio alike.
/// </summary>
/// <remarks>
/// Both first take the same steps from the same numbers; a comparison whose results part is refused, because it would compare
/// different work. Then both warm up. Before each sample the process rests and the competitor takes one step that is not timed:
/// worker threads of the one before have stopped spinning by then, and its own are awake.
/// </remarks>
public static class InterleavedComparison
{
    private const int Pairs = 11;
    private const int WarmUpSteps = 60;
    private const double WarmUpSeconds = 0.25;
    private const double SampleSeconds = 0.012;
    private static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(10);

    /// <summary>Runs one benchmark.</summary>
    /// <exception cref="InvalidOperationException">The competitors' results differ, or are not finite.</exception>
    public static BenchmarkResult Run(Benchmark benchmark)
    {
        using var ours = benchmark.Ours();
        using var theirs = benchmark.Theirs();
        ours.Setup();
        theirs.Setup();
        var deviation = Compare(benchmark, ours, theirs);
        var steps = Math.Max(1, (int)(SampleSeconds / Math.Max(WarmUp(ours), WarmUp(theirs))));
        var own = new Sample[Pairs];
        var other = new Sample[Pairs];
        for (var pair = 0; pair < Pairs; pair++)
        {
            // Who goes first alternates, so that neither always follows the other.
            if (pair % 2 == 0)
            {
                own[pair] = TakeSample(ours, steps);
                other[pair] = TakeSample(theirs, steps);
            }
            else
            {
                other[pair] = TakeSample(theirs, steps);
                own[pair] = TakeSample(ours, steps);
            }
        }

        return new BenchmarkResult(
            benchmark.Name,
            benchmark.Group,
            benchmark.Threads,
            "s",
            Distribution.Of(own.Select(sample => sample.Seconds)),
            Distribution.Of(other.Select(sample => sample.Seconds)),
            Distribution.Of(own.Zip(other, (a, b) => a.Seconds / b.Seconds)),
            Pairs,
            benchmark.Gate,
            deviation,
            Distribution.Of(own.Select(sample => sample.Bytes)).Median);
    }

    /// <summary>Steps until the JIT compiler and the memory pools have settled.</summary>
    /// <returns>The time of one step.</returns>
    internal static double WarmUp(ICompetitor competitor)
    {
        var start = Stopwatch.GetTimestamp();
        var fastest = double.PositiveInfinity;
        for (var i = 0; i < 3 || (i < WarmUpSteps && Stopwatch.GetElapsedTime(start).TotalSeconds < WarmUpSeconds); i++)
        {
            var before = Stopwatch.GetTimestamp();
            competitor.Step();
            fastest = Math.Min(fastest, Stopwatch.GetElapsedTime(before).TotalSeconds);
        }

        return fastest;
    }

    /// <summary>Times some consecutive steps.</summary>
    internal static Sample TakeSample(ICompetitor competitor, int steps)
    {
        Thread.Sleep(Rest);
        competitor.Step();
        var allocated = GC.GetTotalAllocatedBytes(precise: true);
        var start = Stopwatch.GetTimestamp();
        for (var i = 0; i < steps; i++)
        {
            competitor.Step();
        }

        var elapsed = Stopwatch.GetElapsedTime(start);
        allocated = GC.GetTotalAllocatedBytes(precise: true) - allocated;
        return new Sample(elapsed.TotalSeconds / steps, (double)allocated / steps);
    }

    private static double Compare(Benchmark benchmark, ICompetitor ours, ICompetitor theirs)
    {
        var worst = 0.0;
        for (var step = 1; step <= benchmark.ComparedSteps; step++)
        {
            ours.Step();
            theirs.Step();
            var deviation = Deviation(ours.Result(), theirs.Result());
            if (!(deviation <= benchmark.Tolerance))
            {
                throw new InvalidOperationException(
                    $"{benchmark.Name}: after step {step} the results deviate by {deviation:g3} (allowed: {benchmark.Tolerance:g1}). "
                    + "The two do not do the same work: compare their inputs and operations.");
            }

            worst = Math.Max(worst, deviation);
        }

        return worst;
    }

    /// <summary>The largest difference, relative to the largest element; not a number where one is not finite.</summary>
    private static double Deviation(double[] own, double[] expected)
    {
        if (own.Length != expected.Length || own.Length == 0)
        {
            throw new InvalidOperationException($"One result has {own.Length} elements, the other {expected.Length}.");
        }

        double difference = 0, largest = 0;
        for (var i = 0; i < own.Length; i++)
        {
            if (!double.IsFinite(own[i]) || !double.IsFinite(expected[i]))
            {
                return double.NaN;
            }

            difference = Math.Max(difference, Math.Abs(own[i] - expected[i]));
            largest = Math.Max(largest, Math.Abs(expected[i]));
        }

        return largest == 0 ? difference : difference / largest;
    }

    /// <summary>The means over the steps of a sample.</summary>
    internal readonly record struct Sample(double Seconds, double Bytes);
}
