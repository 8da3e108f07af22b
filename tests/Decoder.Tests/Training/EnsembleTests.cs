using Autodiff;
using Autodiff.Kernels;
using Decoder.Evaluation;
using Decoder.Models;
using Decoder.Preprocessing;
using Decoder.Training;

namespace Decoder.Tests.Training;

public sealed class EnsembleTests
{
    private static readonly ModelOptions Model = new() { Hidden = [5, 3], Activation = Activation.Tanh, Loss = LossKind.VonMises, Classes = 6, LabelWidth = 0 };

    [Theory]
    [InlineData(LossKind.Mse, 0)]
    [InlineData(LossKind.Circular, 0)]
    [InlineData(LossKind.VonMises, 0)]
    [InlineData(LossKind.Classes, 0)]
    [InlineData(LossKind.Classes, 5)]
    public void MembersAreTheNetworksThatWouldBeTrainedAlone(LossKind loss, double labelWidth)
    {
        var model = Model with { Loss = loss, LabelWidth = labelWidth };
        var options = new TrainingOptions { Epochs = 12, LearningRate = 0.01, Seed = 5, L2 = 0.01 };
        var together = Train(model with { Ensemble = 3 }, options);

        for (var member = 0; member < 3; member++)
        {
            var alone = Train(model, options with { Seed = options.Seed + (ulong)member });
            foreach (var (name, values) in alone)
            {
                var own = together[name].AsSpan(member * values.Length, values.Length).ToArray();
                Assert.Equal(values, own, (a, b) => Math.Abs(a - b) < 2e-4f * (1 + Math.Abs(a)));
            }
        }
    }

    [Fact]
    public void MembersLeaveOutHiddenUnitsOfTheirOwn()
    {
        var weights = Train(Model with { Ensemble = 2, Dropout = 0.5, InputDropout = 0.2 }, new TrainingOptions { Epochs = 3, BatchSize = 10 });
        var output = weights["network.output.weight"];

        Assert.NotEqual(output[..6], output[6..]);
    }

    [Fact]
    public async Task AnEnsembleIsStoredInOneFileAndDecodesTheSameAfterwards()
    {
        using var folder = new TemporaryFolder();
        var run = SmallRuns.Create(folder["run"], Model with { Ensemble = 4, Normalization = Normalization.ZScore }, new TrainingOptions { Epochs = 5 });
        var result = SmallRuns.Execute(run);
        var configuration = run.ReadConfiguration();
        var restored = DecoderModel.Restore(run.ReadModel(), configuration.Model, configuration.Identity.Neurons, Device.Default);
        var recording = await configuration.Data.LoadAgainAsync(configuration.Identity, TestContext.Current.CancellationToken);
        var rows = DataSplit.Of(recording, configuration.Training.TestFraction, configuration.Training.Seed).Test;

        Assert.Equal(run.ReadPredictions(), restored.Predict(recording, rows));
        Assert.Equal(4 * (10 * 5 + 5 + 5 * 3 + 3 + 3 * 2 + 2), result.Parameters);
        Assert.NotNull(result.Test.CircularDeviationDegrees);
    }

    private static Dictionary<string, float[]> Train(ModelOptions model, TrainingOptions options)
    {
        var trainer = new Trainer(SmallRuns.Recording(40, 6), DataSplit.Shuffled(40, 0.4, 1), model, options, Device.Default);
        trainer.Train(_ => { }, new SmallRuns.Silent(), () => { });
        var file = new SafeTensors();
        trainer.Model.Store(file);
        return file.Names.Where(name => name.StartsWith("network.", StringComparison.Ordinal))
            .ToDictionary(name => name, name => file.Get<float>(name, Device.Cpu).ToArray());
    }
}
