using Autodiff;
using Autodiff.Kernels;
using Decoder.Evaluation;
using Decoder.Models;
using Decoder.Preprocessing;
using Decoder.Recordings;
using Decoder.Training;

namespace Decoder.Tests.Training;

/// <summary>One model at a time, from code: what the options do to the weights, and what the weights depend on.</summary>
public sealed class TrainerTests
{
    private const double Rate = 0.01;

    private static readonly ModelOptions Model = new() { Hidden = [3], Activation = Activation.Tanh, Loss = LossKind.Circular };

    [Theory]
    [InlineData(OptimizerKind.Sgd)]
    [InlineData(OptimizerKind.Adam)]
    public void WeightDecayTakesItsShareOfTheWeightsAlone(OptimizerKind optimizer)
    {
        var options = new TrainingOptions { Optimizer = optimizer, LearningRate = Rate, Epochs = 1 };
        var (initial, plain) = Train(options);
        var (_, decayed) = Train(options with { WeightDecay = 2 });

        AssertDifference(plain, decayed, (name, i) => IsWeight(name) ? Rate * 2 * initial[name][i] : 0);
    }

    [Theory]
    [InlineData(PenalizedWeights.All)]
    [InlineData(PenalizedWeights.Input)]
    public void L1AndL2AreInTheGradientOfTheWeightsAlone(PenalizedWeights penalize)
    {
        var options = new TrainingOptions { Optimizer = OptimizerKind.Sgd, LearningRate = Rate, Epochs = 1, Penalize = penalize };
        var (initial, plain) = Train(options);
        var (_, l1) = Train(options with { L1 = 0.5 });
        var (_, l2) = Train(options with { L2 = 0.5 });
        var (_, both) = Train(options with { L2 = 0.5, WeightDecay = 2 });

        bool IsPenalized(string name) => IsWeight(name) && (penalize == PenalizedWeights.All || name == "network.hidden1.weight");
        AssertDifference(plain, l1, (name, i) => IsPenalized(name) ? Rate * 0.5 * Math.Sign(initial[name][i]) : 0);
        AssertDifference(plain, l2, (name, i) => IsPenalized(name) ? Rate * 2 * 0.5 * initial[name][i] : 0);
        AssertDifference(plain, both, (name, i) => (IsPenalized(name) ? Rate * 2 * 0.5 * initial[name][i] : 0) + (IsWeight(name) ? Rate * 2 * initial[name][i] : 0));
    }

    [Fact]
    public void L2InTheLossAndInTheOptimizerAreTheSame()
    {
        // With decoupled decay the penalty is in the loss; a decay of next to nothing leaves the same descent.
        var options = new TrainingOptions { LearningRate = Rate, Epochs = 5, L2 = 0.3 };
        var (_, inOptimizer) = Train(options);
        var (_, inLoss) = Train(options with { WeightDecay = 1e-12 });

        AssertDifference(inOptimizer, inLoss, (_, _) => 0);
    }

    [Fact]
    public void L1MakesWeightsSmall()
    {
        var options = new TrainingOptions { LearningRate = Rate, Epochs = 150 };
        var (_, plain) = Train(options);
        var (_, sparse) = Train(options with { L1 = 0.1 });

        static double Size(Dictionary<string, float[]> weights) => weights["network.hidden1.weight"].Average(Math.Abs);
        Assert.True(Size(sparse) < 0.2 * Size(plain), $"{Size(sparse)} of {Size(plain)}");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void EarlyStoppingWaitsForItsPatienceAndTakesTheBestEpoch(int patience)
    {
        // Far too large a rate: the validation loss soon goes up and down.
        var options = new TrainingOptions { LearningRate = 0.5, Epochs = 400, EarlyStopping = patience, Seed = 2 };
        var (trainer, epochs) = Run(options);

        var best = epochs.MinBy(epoch => epoch.ValidationLoss)!.Epoch;
        Assert.Equal(best + patience, trainer.Epoch);
        Assert.Equal(trainer.Epoch, epochs.Count);
        Assert.InRange(trainer.Epoch, patience + 1, 399);

        // A run that ends with the best epoch has the same weights.
        var (shorter, _) = Run(options with { Epochs = best, EarlyStopping = 400 });
        Assert.Equal(Weights(shorter), Weights(trainer));
    }

    [Fact]
    public void TheLossOfTheFirstEpochIsThatOfTheUntrainedNetwork()
    {
        var options = new TrainingOptions { LearningRate = Rate, Epochs = 2, L1 = 1 };
        var untrained = Create(options, SmallRuns.Recording(40, 6));
        var loss = untrained.TrainLoss();

        var (_, epochs) = Run(options);

        Assert.Equal(loss, epochs[0].TrainLoss, 1e-6);
    }

    [Theory]
    [InlineData(LossKind.Mse, null)]
    [InlineData(LossKind.Circular, null)]
    [InlineData(LossKind.Classes, null)]
    [InlineData(LossKind.Classes, 3)]
    public void NothingOfTheTestSetReachesTheModel(LossKind loss, int? patience)
    {
        var options = new TrainingOptions { Epochs = 6, BatchSize = 8, EarlyStopping = patience };
        var model = Model with { Loss = loss, Normalization = Normalization.ZScore, Classes = 6, LabelWidth = 5 };
        var recording = SmallRuns.Recording(40, 6);
        var split = DataSplit.Shuffled(40, 0.4, 1);

        // Other test rows: huge responses, and other stimuli.
        var (responses, stimuli) = (recording.Responses.ToArray(), recording.Stimuli.ToArray());
        foreach (var row in split.Test)
        {
            responses.AsSpan(row * 6, 6).Fill(1e6f * row);
            stimuli[row] = 360 - stimuli[row];
        }

        var expected = Stored(recording);
        Assert.Equal(expected, Stored(new Recording(responses, stimuli, "test")));

        // But of the training set.
        responses[split.Train[0] * 6] += 1;
        Assert.NotEqual(expected, Stored(new Recording(responses, stimuli, "test")));

        Dictionary<string, float[]> Stored(Recording data)
        {
            var trainer = new Trainer(data, split, model, options, Device.Default);
            trainer.Train(_ => { }, new SmallRuns.Silent(), () => { });
            var file = new SafeTensors();
            trainer.Model.Store(file);
            return Values(file);
        }
    }

    private static (Dictionary<string, float[]> Initial, Dictionary<string, float[]> Trained) Train(TrainingOptions options)
    {
        var trainer = Create(options, SmallRuns.Recording(40, 6));
        var initial = Weights(trainer);
        trainer.Train(_ => { }, new SmallRuns.Silent(), () => { });
        return (initial, Weights(trainer));
    }

    private static (Trainer Trainer, List<EpochRecord> Epochs) Run(TrainingOptions options)
    {
        var epochs = new List<EpochRecord>();
        var trainer = Create(options, SmallRuns.Recording(40, 6));
        trainer.Train(epochs.Add, new SmallRuns.Silent(), () => { });
        return (trainer, epochs);
    }

    private static Trainer Create(TrainingOptions options, Recording recording) =>
        new(recording, DataSplit.Of(recording, options.TestFraction, options.Seed), Model, options, Device.Default);

    private static Dictionary<string, float[]> Weights(Trainer trainer)
    {
        var file = new SafeTensors();
        trainer.Model.Store(file);
        return Values(file);
    }

    private static Dictionary<string, float[]> Values(SafeTensors file) =>
        file.Names.ToDictionary(name => name, name => file.Get<float>(name, Device.Cpu).ToArray());

    private static bool IsWeight(string name) => name.EndsWith(".weight", StringComparison.Ordinal);

    /// <summary>Checks that penalized weights are those without a penalty less what the penalty took.</summary>
    private static void AssertDifference(
        Dictionary<string, float[]> plain, Dictionary<string, float[]> penalized, Func<string, int, double> taken)
    {
        Assert.Equal(plain.Keys, penalized.Keys);
        foreach (var (name, values) in plain)
        {
            for (var i = 0; i < values.Length; i++)
            {
                Assert.Equal(values[i] - taken(name, i), penalized[name][i], 2e-6);
            }
        }
    }
}
