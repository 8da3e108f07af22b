using System.Text.Json.Nodes;
using Autodiff.Kernels;

namespace Benchmarks.Gpu;

/// <summary>Training in float32 on the device against the CPU, in float32 and float64, and against PyTorch.</summary>
public static class TrainingChecks
{
    private const int Steps = 3;
    private const double CurveTolerance = 1e-4;

    // Rounding to float32 moves the losses of 200 steps by itself: those of the CPU's float32 part from float64 by 1.4e-4.
    private const double RoundedCurveTolerance = 1e-3;

    /// <summary>The checks.</summary>
    public static IEnumerable<Entry> Entries(Sizes sizes)
    {
        yield return Of("loss against float64", 1e-5, bench =>
            Deviation.OfEach([Single(bench).Differentiate().Loss], [Reference(bench).Differentiate().Loss]));
        yield return Of("gradients against float64", 1e-4, bench =>
            Deviation.OfLargest(Single(bench).Differentiate().Gradients, Reference(bench).Differentiate().Gradients));
        yield return Of("gradients against the CPU in float32", 1e-4, bench =>
            Deviation.OfLargest(Single(bench).Differentiate().Gradients, new SeedTraining<float>(bench.Workload, Device.Cpu).Differentiate().Gradients));
        yield return Of($"what {Steps} steps change, against float64", 1e-3, bench =>
        {
            double[] before = Reference(bench).Parameters(), actual = After(Single(bench)), expected = After(Reference(bench));
            return Deviation.OfAll([.. actual.Zip(before, (a, b) => a - b)], [.. expected.Zip(before, (a, b) => a - b)]);
        });
        yield return Of($"losses of {sizes.LossCurveSteps} steps against float64", RoundedCurveTolerance, bench =>
            Deviation.OfEach(Curve(Single(bench), sizes.LossCurveSteps), Curve(Reference(bench), sizes.LossCurveSteps)));
        yield return Of($"losses of {sizes.LossCurveSteps} captured steps against ordinary ones", CurveTolerance, bench =>
            Deviation.OfEach(Single(bench).CapturedLosses(sizes.LossCurveSteps), Curve(Single(bench), sizes.LossCurveSteps)));
        yield return Of($"losses of {sizes.LossCurveSteps} steps against PyTorch", CurveTolerance, bench =>
        {
            // First asked for, so that nothing is computed where there is no PyTorch.
            var answer = bench.Torch.Ask("curve", new JsonObject { ["arguments"] = bench.TrainingArguments.DeepClone(), ["steps"] = sizes.LossCurveSteps });
            double[] expected = [.. answer["losses"]!.AsArray().Select(loss => (double)loss!)];
            return Deviation.OfEach(Curve(Single(bench), sizes.LossCurveSteps), expected);
        });

        static Entry Of(string what, double tolerance, Func<Workbench, double> deviation)
        {
            var name = $"training: {what}";
            return new Entry("Correctness", name, true, bench => [new Check(name, deviation(bench), tolerance)]);
        }
    }

    private static SeedTraining<float> Single(Workbench bench) => new(bench.Workload, bench.Device);

    private static SeedTraining<double> Reference(Workbench bench) => new(bench.Workload, Device.Cpu);

    private static double[] Curve<T>(SeedTraining<T> training, int steps)
        where T : unmanaged, System.Numerics.IFloatingPointIeee754<T> => [.. Enumerable.Range(0, steps).Select(_ => training.StepAndLoss())];

    private static double[] After<T>(SeedTraining<T> training)
        where T : unmanaged, System.Numerics.IFloatingPointIeee754<T>
    {
        for (var i = 0; i < Steps; i++)
        {
            training.Step();
        }

        return training.Parameters();
    }
}
