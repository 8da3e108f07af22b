using Autodiff.Kernels;
using Decoder.Evaluation;
using Decoder.Models;
using Decoder.Training;

namespace Decoder.Tests.Training;

/// <summary>A training step leaves small objects to the garbage collector, never copies of data or weights.</summary>
public sealed class StepAllocationTests
{
    private const int Rows = 200;

    private const int WarmUp = 20;

    [Theory]
    [InlineData(LossKind.Mse, null)]
    [InlineData(LossKind.Circular, null)]
    [InlineData(LossKind.Classes, null)]
    [InlineData(LossKind.Circular, 32)]
    [InlineData(LossKind.Classes, 32)]
    public void AStepAllocatesTheSameForFewNeuronsAndForMany(LossKind loss, int? batchSize)
    {
        var few = PerStep(neurons: 20, loss, batchSize);
        var many = PerStep(neurons: 2000, loss, batchSize);

        // 100 times the neurons: a copy of a batch of responses or of the weights alone would be 256,000 bytes.
        Assert.InRange(many, 1, 40_000);
        Assert.InRange(Math.Abs(many - few), 0, 2_000);
    }

    private static long PerStep(int neurons, LossKind loss, int? batchSize)
    {
        var recording = SmallRuns.Recording(Rows, neurons);
        var model = new ModelOptions { Hidden = [32], Loss = loss, LabelWidth = 6, Dropout = 0.5, InputDropout = 0.5 };
        var options = new TrainingOptions { Epochs = 40, BatchSize = batchSize, WeightDecay = 1, LearningRate = 1e-3 };
        var trainer = new Trainer(recording, DataSplit.Shuffled(Rows, 0.2, 0), model, options, Device.Cpu);
        var (step, steps) = (0, batchSize is null ? 1 : Rows * 4 / 5 / batchSize.Value);
        var allocated = new List<long>();
        var last = 0L;
        trainer.Train(
            _ => { },
            new SmallRuns.Silent(),
            afterStep: () =>
            {
                // With batches, only steps that follow another one: behind the end of an epoch there is more to do.
                var now = GC.GetAllocatedBytesForCurrentThread();
                if (++step > WarmUp && (steps == 1 || step % steps > 1))
                {
                    allocated.Add(now - last);
                }

                last = GC.GetAllocatedBytesForCurrentThread();
            });
        allocated.Sort();
        return allocated[allocated.Count / 2];
    }
}
