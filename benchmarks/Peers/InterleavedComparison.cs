using System.Diagnostics;

namespace Benchmarks.Peers;

/// <summary>
/// Times competitors in turn, A B A B ..., and judges by the median of the ratios within each round: a machine whose speed
/// drifts slows both sides of a ratio alike.
/// </summary>
/// <remarks>
/// All competitors first take the same steps from the same weights; a comparison whose losses part is refused, because it
/// would compare different work. Those steps are the warm-up too. Before each sample the process rests and the competitor
/// takes one step that is not timed: worker threads of the one before have stopped spinning by then, and its own are awake.
/// </remarks>
public sealed class InterleavedComparison
{
    private const int LossSteps = 10;
    private const int WarmUpSteps = 20;
    private const int PeakMemorySteps = 10;
    private const double LossTolerance = 1e-3;
    private static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(20);

    /// <summary>How many rounds are timed.</summary>
    public int Pairs { get; init; } = 15;

    /// <summary>How many consecutive steps make one sample.</summary>
    public int StepsPerSample { get; init; } = 5;

    /// <summary>Runs one benchmark.</summary>
    /// <param name="benchmark">What to run.</param>
    /// <param name="measurePeakMemory">The peak memory of one competitor, by its index, in a process of its own.</param>
    /// <exception cref="InvalidOperationException">The competitors' losses differ, or are not finite.</exception>
    public BenchmarkResult Run(Benchmark benchmark, Func<int, long> measurePeakMemory)
    {
        var competitors = new List<ICompetitor>();
        try
        {
            foreach (var create in benchmark.Competitors)
            {
                var competitor = create();
                competitors.Add(competitor);
                competitor.Setup();
            }

            var losses = CompareLosses(benchmark.Name, competitors);
            foreach (var competitor in competitors)
            {
                for (var i = LossSteps; i < WarmUpSteps; i++)
                {
                    competitor.Step();
                }
            }

            var samples = TakeSamples(competitors);
            var results = competitors.Select((competitor, index) => new CompetitorResult(
                competitor.Name,
                Distribution.Of(samples[index].Select(sample => sample.Seconds)),
                index == 0 ? null : Distribution.Of(samples[index].Zip(samples[0], (own, reference) => own.Seconds / reference.Seconds)),
                Distribution.Of(samples[index].Select(sample => sample.Bytes)).Median,
                losses[index][^1],
                index == 0 ? null : Deviation(losses[index], losses[0]),
                measurePeakMemory(index))).ToArray();
            return new BenchmarkResult(
                benchmark.Name, benchmark.Description, benchmark.Threads, Pairs, StepsPerSample, LossSteps, results);
        }
        finally
        {
            competitors.ForEach(competitor => competitor.Dispose());
        }
    }

    /// <summary>Sets one competitor up and takes a few steps, for a process whose peak memory is asked for.</summary>
    public static void RunAlone(Func<ICompetitor> create)
    {
        using var competitor = create();
        competitor.Setup();
        for (var i = 0; i < PeakMemorySteps; i++)
        {
            competitor.Step();
        }
    }

    private static double[][] CompareLosses(string benchmark, List<ICompetitor> competitors)
    {
        var losses = competitors.Select(_ => new double[LossSteps]).ToArray();
        for (var step = 0; step < LossSteps; step++)
        {
            for (var i = 0; i < competitors.Count; i++)
            {
                losses[i][step] = competitors[i].Step();
                if (!double.IsFinite(losses[i][step]))
                {
                    throw new InvalidOperationException(
                        $"{benchmark}: the loss of {competitors[i].Name} is {losses[i][step]} in step {step + 1}; a time means nothing then.");
                }
            }
        }

        for (var i = 1; i < competitors.Count; i++)
        {
            var deviation = Deviation(losses[i], losses[0]);
            if (deviation > LossTolerance)
            {
                throw new InvalidOperationException(
                    $"{benchmark}: the losses of {competitors[i].Name} deviate by {deviation:g3} from those of {competitors[0].Name} "
                    + $"(allowed: {LossTolerance:g1}): [{string.Join(", ", losses[i])}] instead of [{string.Join(", ", losses[0])}]. "
                    + "They do not do the same work: compare their initial weights, loss and optimizer.");
            }
        }

        return losses;
    }

    private static double Deviation(double[] losses, double[] reference) =>
        losses.Zip(reference, (own, expected) => Math.Abs(own - expected) / Math.Abs(expected)).Max();

    private Sample[][] TakeSamples(List<ICompetitor> competitors)
    {
        var samples = competitors.Select(_ => new Sample[Pairs]).ToArray();
        for (var round = 0; round < Pairs; round++)
        {
            for (var i = 0; i < competitors.Count; i++)
            {
                samples[i][round] = TakeSample(competitors[i]);
            }
        }

        return samples;
    }

    private Sample TakeSample(ICompetitor competitor)
    {
        Thread.Sleep(Rest);
        competitor.Step();
        var allocated = GC.GetTotalAllocatedBytes(precise: true);
        var start = Stopwatch.GetTimestamp();
        for (var i = 0; i < StepsPerSample; i++)
        {
            competitor.Step();
        }

        var elapsed = Stopwatch.GetElapsedTime(start);
        allocated = GC.GetTotalAllocatedBytes(precise: true) - allocated;
        return new Sample(elapsed.TotalSeconds / StepsPerSample, (double)allocated / StepsPerSample);
    }

    private readonly record struct Sample(double Seconds, double Bytes);
}
