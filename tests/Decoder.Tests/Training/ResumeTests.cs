using Decoder.Models;
using Decoder.Preprocessing;
using Decoder.Terminal;
using Decoder.Tests.Commands;
using Decoder.Training;

namespace Decoder.Tests.Training;

/// <summary>A run that was interrupted and taken up again ends as if nothing had happened.</summary>
public sealed class ResumeTests : IDisposable
{
    private static readonly (ModelOptions Model, TrainingOptions Training)[] Settings =
    [
        (new() { Hidden = [5], Dropout = 0.3, InputDropout = 0.2, Normalization = Normalization.ZScore, Loss = LossKind.Circular },
            new() { Epochs = 8, BatchSize = 16, Seed = 4 }),
        (new() { Hidden = [4] }, new() { Epochs = 8, Optimizer = OptimizerKind.Sgd, LearningRate = 1e-5 }),
        (new() { Hidden = [4], Loss = LossKind.Classes, Classes = 5, LabelWidth = 10, Dropout = 0.2 },
            new() { Epochs = 60, LearningRate = 0.3, BatchSize = 30, WeightDecay = 0.1, L1 = 1e-3, EarlyStopping = 3 }),
        (new() { Hidden = [4], Loss = LossKind.Circular, Dropout = 0.5 }, new() { Epochs = 4, Folds = 3, BatchSize = 20 }),
    ];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(0, 1)]
    [InlineData(0, 5)]
    [InlineData(1, 3)]
    [InlineData(1, 7)]
    [InlineData(2, 3)]
    [InlineData(3, 2)]
    [InlineData(3, 4)]
    [InlineData(3, 7)]
    public async Task EndsWithTheSameBits(int setting, int epochs)
    {
        var (model, training) = Settings[setting];
        var whole = SmallRuns.Create(_folder["whole"], model, training);
        var expected = SmallRuns.Execute(whole);
        Assert.Equal(training.EarlyStopping is not null, expected.Epochs < training.Epochs);
        var broken = SmallRuns.Create(_folder["broken"], model, training);
        SmallRuns.Interrupt(broken, epochs);
        Assert.True(File.Exists(broken.Checkpoint));
        Assert.Null(broken.ReadResult());

        var (code, _, error) = await CommandLine.Run("train", "--resume", broken.Root);

        Assert.True(code == ExitCode.Success, error);
        var result = broken.ReadResult()!;
        Assert.Equal(expected.Test, result.Test);
        Assert.Equal(expected.Train, result.Train);
        Assert.Equal(File.ReadAllText(whole.Predictions), File.ReadAllText(broken.Predictions));
        Assert.Equal(WithoutTimes(whole), WithoutTimes(broken));
        Assert.False(File.Exists(broken.Checkpoint));
        if (training.Folds is null)
        {
            Assert.Equal(File.ReadAllBytes(whole.Model), File.ReadAllBytes(broken.Model));
        }
        else
        {
            Assert.Equal(
                whole.ReadFolds().Select(fold => fold with { SecondsPerStep = 0 }), broken.ReadFolds().Select(fold => fold with { SecondsPerStep = 0 }));
        }
    }

    [Fact]
    public void AKilledProcessLosesNothingThatTheCheckpointHas()
    {
        var (model, training) = Settings[0];
        var whole = SmallRuns.Create(_folder["whole"], model, training);
        SmallRuns.Execute(whole);
        var broken = SmallRuns.Create(_folder["broken"], model, training);
        SmallRuns.Interrupt(broken, 4);

        // It went on for an epoch after the checkpoint, and was killed in the middle of a line.
        var epoch = broken.ReadMetrics()[^1];
        File.AppendAllText(broken.Metrics, RunFolder.Line(epoch with { Epoch = epoch.Epoch + 1, TrainLoss = -1 }) + "\n{\"epoch\":7,\"tra");
        SmallRuns.Execute(broken);

        Assert.Equal(WithoutTimes(whole), WithoutTimes(broken));
        Assert.Equal(File.ReadAllBytes(whole.Model), File.ReadAllBytes(broken.Model));
    }

    [Fact]
    public void ARunWithoutACheckpointStartsOver()
    {
        var (model, training) = Settings[1];
        var whole = SmallRuns.Create(_folder["whole"], model, training);
        SmallRuns.Execute(whole);
        var broken = SmallRuns.Create(_folder["broken"], model, training);
        SmallRuns.Interrupt(broken, 4);
        File.Delete(broken.Checkpoint);

        SmallRuns.Execute(broken);

        Assert.Equal(WithoutTimes(whole), WithoutTimes(broken));
        Assert.Equal(File.ReadAllBytes(whole.Model), File.ReadAllBytes(broken.Model));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    [InlineData(200)]
    [InlineData(-10)]
    public async Task ATruncatedCheckpointIsRefused(int length)
    {
        var folder = SmallRuns.Create(_folder["run"], Settings[0].Model, Settings[0].Training);
        SmallRuns.Interrupt(folder, 2);
        var bytes = File.ReadAllBytes(folder.Checkpoint);
        File.WriteAllBytes(folder.Checkpoint, bytes[..(length < 0 ? bytes.Length + length : length)]);

        await AssertRefused(folder, "Delete the checkpoint");
    }

    [Fact]
    public async Task ACheckpointOfAnotherRunIsRefused()
    {
        var folder = SmallRuns.Create(_folder["run"], Settings[1].Model, Settings[1].Training);
        SmallRuns.Interrupt(folder, 2);
        var other = SmallRuns.Create(_folder["other"], Settings[1].Model with { Hidden = [6] }, Settings[1].Training);
        SmallRuns.Interrupt(other, 2);
        File.Copy(other.Checkpoint, folder.Checkpoint, overwrite: true);
        await AssertRefused(folder, "does not fit config.json");

        // Parameters alone are no checkpoint.
        var finished = SmallRuns.Create(_folder["finished"], Settings[1].Model, Settings[1].Training);
        SmallRuns.Execute(finished);
        File.Copy(finished.Model, folder.Checkpoint, overwrite: true);
        await AssertRefused(folder, "does not fit config.json");
    }

    [Fact]
    public async Task AnotherRecordingIsRefused()
    {
        await CommandLine.RunJson("data", "simulate", "--neurons", "5", "--trials", "60", "--out", _folder["a.npz"]);
        await CommandLine.RunJson("train", "--data", _folder["a.npz"], "--epochs", "1", "--out", _folder["run"]);
        File.Delete(Path.Combine(_folder["run"], "result.json"));
        await CommandLine.RunJson("data", "simulate", "--neurons", "5", "--trials", "60", "--seed", "1", "--out", _folder["a.npz"]);

        await AssertRefused(RunFolder.Open(_folder["run"]), "The recording is not the one that this was started with");
    }

    private static async Task AssertRefused(RunFolder folder, string message)
    {
        var (code, output, error) = await CommandLine.Run("train", "--resume", folder.Root);
        Assert.Equal((ExitCode.BadInput, ""), (code, output));
        Assert.Contains(message, error);
        Assert.Null(folder.ReadResult());
    }

    private static IEnumerable<EpochRecord> WithoutTimes(RunFolder folder) => folder.ReadMetrics().Select(epoch => epoch with { Seconds = 0 });
}
