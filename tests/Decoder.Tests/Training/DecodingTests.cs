using Autodiff.Kernels;
using Decoder.Models;
using Decoder.Preprocessing;
using Decoder.Recordings;
using Decoder.Simulation;
using Decoder.Training;

namespace Decoder.Tests.Training;

/// <summary>How well the stimuli of a small simulated population are decoded, and that nothing is decoded where nothing is to be found.</summary>
public sealed class DecodingTests : IDisposable
{
    private static readonly Lazy<Recording> Simulated = new(() => PopulationSimulator.SimulateBinned(new SimulationOptions { Neurons = 300, Trials = 4000 }));

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    // About twice the error, and half of what is missing to perfection, that such training has.
    [Theory]
    [InlineData(LossKind.Mse, 360, 0.03, 45, 0.5)]
    [InlineData(LossKind.Circular, 360, 0.003, 8, 0.95)]
    [InlineData(LossKind.Circular, 180, 0.003, 4, 0.98)]
    [InlineData(LossKind.Classes, 360, 0.003, 10, 0.85)]
    public void DecodesASmallPopulation(LossKind loss, int period, double rate, double medianError, double r2)
    {
        var model = new ModelOptions { Hidden = [30], Loss = loss, Period = period, Normalization = Normalization.ZScore };
        var result = Execute(Simulated.Value, model, new() { Epochs = 100, LearningRate = rate });

        Assert.InRange(result.Test.MedianAbsoluteErrorDegrees, 0, medianError);
        Assert.InRange(result.Test.R2, r2, 1);
        if (loss == LossKind.Classes)
        {
            Assert.InRange(result.Test.Accuracy!.Value, 0.6, 1);
            Assert.InRange(result.Test.Nll!.Value, 0, 1.5);
        }
    }

    [Theory]
    [InlineData(LossKind.Circular)]
    [InlineData(LossKind.Classes)]
    public void ShuffledStimuliAreDecodedAtChance(LossKind loss)
    {
        var simulated = Simulated.Value;
        var stimuli = simulated.Stimuli.ToArray();
        new Random(1).Shuffle(stimuli);
        var model = new ModelOptions { Hidden = [10], Loss = loss, Classes = 10, Normalization = Normalization.ZScore };

        var result = Execute(
            new Recording(simulated.Responses, stimuli, "shuffled"), model, new() { Epochs = 60, LearningRate = 0.01, Folds = 4 });

        // Errors spread evenly over 0 to 180 degrees; the median of 360 of them is 90 with a standard error of 5.
        Assert.InRange(result.Test.MedianAbsoluteErrorDegrees, 75, 105);
        Assert.InRange(result.Test.MeanAbsoluteErrorDegrees, 80, 100);
        if (loss == LossKind.Classes)
        {
            Assert.InRange(result.Test.Accuracy!.Value, 0.03, 0.17);
        }

        // It is not that nothing was learned.
        Assert.True(result.Train.Loss < (loss == LossKind.Classes ? 0.5 * Math.Log(10) : 0.25), $"{result.Train.Loss}");
    }

    private RunResult Execute(Recording recording, ModelOptions model, TrainingOptions training)
    {
        var configuration = new RunConfiguration
        {
            Data = new(),
            Identity = RecordingIdentity.Of(recording),
            Model = model,
            Training = training,
        };
        var folder = RunFolder.Create(_folder["run"], configuration);
        return new TrainingRun(folder, configuration, recording, Device.Default).Execute(new SmallRuns.Silent(), CancellationToken.None);
    }
}
