namespace Benchmarks.Peers;

/// <summary>Training as a user meets it: the tutorial's network, whole processes, and mini-batches.</summary>
public static class TrainingSuite
{
    /// <summary>The table of full-batch training.</summary>
    public const string FullBatch =
        "Training the tutorial's network: 360 stimuli x 23,589 neurons -> 100 -> 1, ReLU, mean squared error, Adam, float32";

    /// <summary>The table of mini-batches and overheads.</summary>
    public const string MiniBatch = "Small steps: an epoch of mini-batches, features -> 100 -> 1; and the tape alone";

    /// <summary>The benchmarks.</summary>
    public static IEnumerable<Benchmark> Benchmarks()
    {
        var tutorial = RegressionWorkload.Tutorial;
        yield return Training("train/step", FullBatch, 2, null, tutorial);
        yield return Training("train/step", FullBatch, 1, null, tutorial);
        yield return Training("train/process-100-steps", FullBatch, 2, 0.55, tutorial) with { WholeProcess = 100, MemoryGate = 0.45 };
        yield return Training("train/process-100-steps", FullBatch, 1, 0.60, tutorial) with { WholeProcess = 100 };
        yield return Training("train/process-2-steps", FullBatch, 2, 0.30, tutorial) with { WholeProcess = 2 };
        yield return Training("train/native-process-100-steps", FullBatch, 2, 0.55, tutorial) with
        {
            WholeProcess = 100, MemoryGate = 0.45, AheadOfTime = true,
        };
        yield return Training("train/native-process-2-steps", FullBatch, 2, 0.30, tutorial) with { WholeProcess = 2, AheadOfTime = true };

        foreach (var threads in (int[])[2, 1])
        {
            foreach (var batch in (int[])[32, 128])
            {
                yield return Training(
                    $"epoch/4096x784-batch-{batch}", MiniBatch, threads, 0.7, () => new RegressionWorkload(4096, 784, hidden: 100, batch));
            }
        }

        yield return Training("epoch/360x23589-batch-32", MiniBatch, 2, 0.7, () => new RegressionWorkload(360, 23_589, hidden: 100, batch: 32));
        yield return Training("epoch/3448x23589-shuffled-batch-128", MiniBatch, 2, 1.0, ForBoth(RegressionWorkload.SingleTrials));
        yield return new Benchmark(
            $"tape/chain-of-{TapeOverhead.Length}-ops",
            MiniBatch,
            1,
            null,
            () => new AutodiffChain(TapeOverhead.Length, records: true),
            () => new TorchChain(TapeOverhead.Length));
    }

    /// <summary>Makes a large workload once: the second side that asks gets that of the first, and nobody keeps it.</summary>
    private static Func<RegressionWorkload> ForBoth(Func<RegressionWorkload> make)
    {
        RegressionWorkload? waiting = null;
        return () =>
        {
            var workload = waiting ?? make();
            waiting = waiting is null ? workload : null;
            return workload;
        };
    }

    private static Benchmark Training(string name, string group, int threads, double? gate, Func<RegressionWorkload> workload) =>
        new($"{name}/threads-{threads}", group, threads, gate, () => new AutodiffTraining(threads, workload), () => new TorchTraining(threads, workload))
        {
            ComparedSteps = 5,
            Tolerance = 1e-3,
        };
}
