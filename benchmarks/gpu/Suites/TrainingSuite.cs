using System.Globalization;
using Autodiff.Kernels;

namespace Benchmarks.Gpu;

/// <summary>A training step of the tutorial's network, on all its stimuli.</summary>
public static class TrainingSuite
{
    /// <summary>The argument that asks for a process that counts its memory: <c>--memory DEVICE [--small]</c>.</summary>
    public const string MemoryArgument = "--memory";

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
                (Captured, bench.Ours(() => new SeedTraining<float>(bench.Workload, bench.Device).Capture())),
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

    /// <summary>The process that counts its memory: the pool knows the peak of its whole life alone.</summary>
    public static void CountMemory(string device, Sizes sizes)
    {
        using var bench = new Workbench(device, sizes, "");
        var training = new SeedTraining<float>(bench.Workload, bench.Device);
        for (var i = 0; i < 3; i++)
        {
            training.Step();
        }

        MemoryStatistics memory = bench.Device.Memory;
        Console.WriteLine($"{memory.Peak} {memory.Reserved}");
    }

    private static IEnumerable<object> PeakMemory(Workbench bench, string group)
    {
        const string name = "train/peak-memory";
        string[] arguments = [MemoryArgument, bench.DeviceName, .. bench.Sizes == Sizes.Small ? ["--small"] : Array.Empty<string>()];
        var (_, output) = ChildProcess.Run(Environment.ProcessPath!, arguments);
        double[] bytes = [.. output.Split(' ').Select(number => double.Parse(number, CultureInfo.InvariantCulture))];
        yield return new Figure(group, name, Eager, "B", Distribution.Of([bytes[0]]), null, "");
        yield return new Figure(group, name, $"{Eager}, with what its pool keeps", "B", Distribution.Of([bytes[1]]), null, "");
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
