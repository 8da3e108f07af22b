using Autodiff.Kernels;

namespace Benchmarks.Gpu;

/// <summary>A training step of the tutorial's network, on all its stimuli.</summary>
public static class TrainingSuite
{
    private const string Eager = "Autodiff";
    private const string Captured = "Autodiff, captured";
    private const string TorchEager = "PyTorch";
    private const string TorchCompiled = "torch.compile";
    private const string TorchGraphed = "PyTorch, CUDA graph, fused Adam";

    /// <summary>The measurements.</summary>
    public static IEnumerable<Entry> Entries(Sizes sizes)
    {
        var group = $"Training step: {sizes.Stimuli} x {sizes.Neurons} -> {sizes.HiddenUnits} -> 1, ReLU, mean squared error, Adam, float32";
        yield return new Entry(group, "train/step", false, bench => bench.Compare(group, "train/step", new Comparison(
            [
                (Eager, bench.Ours(() => new SeedTraining<float>(bench.Workload, bench.Device).Step)),
                (Captured, bench.Ours(() => throw new NotMeasuredException("this build has no captured steps"))),
                (TorchEager, bench.Theirs("train-eager", bench.TrainingArguments)),
                (TorchCompiled, bench.Theirs("train-compiled", bench.TrainingArguments)),
                (TorchGraphed, bench.Theirs("train-graphed", bench.TrainingArguments)),
            ],
            [
                new Pair(Eager, TorchEager, 0.6),
                new Pair(Captured, TorchEager, 0.35),
                new Pair(Captured, TorchCompiled, 0.6),
                new Pair(Captured, TorchGraphed, 1),
                new Pair(Eager, TorchCompiled),
                new Pair(Eager, TorchGraphed),
            ])));
        yield return new Entry(group, "train/peak-memory", false, bench => PeakMemory(bench, group));
    }

    private static IEnumerable<object> PeakMemory(Workbench bench, string group)
    {
        const string name = "train/peak-memory";
        var training = new SeedTraining<float>(bench.Workload, bench.Device);
        for (var i = 0; i < 3; i++)
        {
            training.Step();
        }

        MemoryStatistics memory = bench.Device.Memory;
        yield return new Figure(group, name, Eager, "B", Distribution.Of([memory.Peak]), null, "");
        yield return new Figure(group, name, $"{Eager}, with what its pool keeps", "B", Distribution.Of([memory.Reserved]), null, "");
        Figure theirs;
        try
        {
            using var torch = new TorchWork(bench.Torch, "train-eager", bench.TrainingArguments);
            torch.SetUp();
            torch.Time(3);
            theirs = new Figure(group, name, TorchEager, "B", Distribution.Of([torch.PeakBytes()]), null, "");
        }
        catch (NotMeasuredException missing)
        {
            theirs = new Figure(group, name, TorchEager, "B", null, null, "", missing.Message);
        }

        yield return theirs;
    }
}
