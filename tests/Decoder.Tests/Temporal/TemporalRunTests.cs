using Autodiff.Kernels;
using Decoder.Models;
using Decoder.Temporal;

namespace Decoder.Tests.Temporal;

public sealed class TemporalRunTests
{
    private static TemporalRun Create(float[] traces, LossKind loss = LossKind.Classes) => new(
        new TraceRecording(traces, Array.ConvertAll(Traces.Times, time => (double)time), Traces.Stimuli, "test", isSimulated: true),
        new TemporalOptions { Output = TemporalOptions.OutputFor(loss, 360, Traces.Stimuli), Folds = 4, BinWidth = 0.5, Epochs = 60, Seed = 1 },
        Device.Cpu);

    private static double Accuracy(IReadOnlyList<Prediction> predictions) =>
        predictions.Average(prediction => prediction.Class!.Value.Decoded == prediction.Class.Value.Actual ? 1.0 : 0);

    private static IReadOnlyList<Prediction> Decode(TemporalRun run, string model, bool isShuffled = false) =>
        run.CrossValidate(Enum.Parse<TemporalModel>(model), 2, 4, isShuffled, TestContext.Current.CancellationToken);

    /// <summary>
    /// scipy.io.savemat(file, dict(dff=numpy.arange(24, dtype=numpy.int16).reshape(2, 3, 4), time=numpy.arange(4) / 8, stimuli=numpy.array([0, 90])), do_compression=...), by SciPy 1.10:
    /// MATLAB's order, in which the first index varies fastest.
    /// </summary>
    private static readonly string[] OfSciPy =
    [
        "TUFUTEFCIDUuMCBNQVQtZmlsZSBQbGF0Zm9ybTogcG9zaXgsIENyZWF0ZWQgb246IE1vbiBOb3YgMjMgMTU6MzE6NDggMjAyNgAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
            + "AAAAAAAAAAAAAAAAABSU0OAAAAaAAAAAYAAAAIAAAACgAAAAAAAAAFAAAADAAAAAIAAAADAAAABAAAAAAAAAABAAMAZGZmAAMAAAAwAAAAAAAMAAQAEAAIABQAAQANAAUAEQAJABUAAgAOAAYAEgAK"
            + "ABYAAwAPAAcAEwALABcADgAAAFAAAAAGAAAACAAAAAYAAAAAAAAABQAAAAgAAAABAAAABAAAAAEABAB0aW1lCQAAACAAAAAAAAAAAAAAAAAAAAAAAMA/AAAAAAAA0D8AAAAAAADYPw4AAABIAAAABg"
            + "AAAAgAAAAOAAAAAAAAAAUAAAAIAAAAAQAAAAIAAAABAAAABwAAAHN0aW11bGkADAAAABAAAAAAAAAAAAAAAFoAAAAAAAAA",
        "TUFUTEFCIDUuMCBNQVQtZmlsZSBQbGF0Zm9ybTogcG9zaXgsIENyZWF0ZWQgb246IE1vbiBOb3YgMjMgMTU6MzE6NDggMjAyNgAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
            + "AAAAAAAAAAAAAAAAABSU0PAAAATgAAAHicLYzZDYAgEAWf4IGK4G0bFmWI/VfgBNlkPvZdQdILLTgY9F8DHgxYqIte8T0pZe3Oiseb6e54E71FvQ56gc2VvZNsVKdNoy59rXgDJA8AAAAyAAAAeJzj"
            + "Y2BgCABiNiDmgNIgwArlMwIxC5hmYSjJzE3lBLIVGNDBAXsIfQFK37AHAJXnBYcPAAAAMgAAAHic42NgYPAAYjYg5gBiPgYIYIXyGYGYCUqzA3FxSWZuaU4mAw+QLcCAAFFQGgCC4QQI",
    ];

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void TracesOfAMatFileAreTrialsByNeuronsByTimes(int file)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder["traces.mat"], Convert.FromBase64String(OfSciPy[file]));

        var recording = TraceReader.Read(folder["traces.mat"], new(), traces: null, "time", onset: 0.125);

        Assert.Equal(Enumerable.Range(0, 24).Select(i => (float)i), recording.Traces);
        Assert.Equal((2, 3), (recording.TrialCount, recording.NeuronCount));
        Assert.Equal([-0.125, 0, 0.125, 0.25], recording.Times);
        Assert.Equal([0, 90], recording.Stimuli);
    }

    [Theory]
    [InlineData("Lags")]
    [InlineData("Conv")]
    [InlineData("Gru")]
    public void OnlyDecodersOfTimeTellWhatTheMeanDoesNot(string model)
    {
        var run = Create(Traces.ByTime());

        Assert.InRange(Accuracy(Decode(run, model)), 0.85, 1);
        Assert.InRange(Accuracy(Decode(run, "Static")), 0, 0.6);
        Assert.InRange(Accuracy(Decode(run, model, isShuffled: true)), 0, 0.5);
    }

    [Theory]
    [InlineData("Static")]
    [InlineData("Gru")]
    public void EveryTrialIsDecodedOnceOnTheCircleToo(string model)
    {
        var predictions = Decode(Create(Traces.ByMean(), LossKind.Circular), model);

        Assert.Equal(Enumerable.Range(0, Traces.Stimuli.Length), predictions.Select(prediction => prediction.Row));
        Assert.Equal(Traces.Stimuli, predictions.Select(prediction => prediction.Actual));
        Assert.InRange(predictions.Average(prediction => Decoder.Evaluation.CircularError.Absolute(prediction.Decoded, prediction.Actual, 360)), 0, 45);
    }

    /// <summary>A trial that is wildly different must not be felt by the other trials of its fold, neither through normalization nor otherwise.</summary>
    [Theory]
    [InlineData("Static")]
    [InlineData("Lags")]
    [InlineData("Conv")]
    [InlineData("Gru")]
    public void NothingOfATestTrialIsSeenInItsFold(string model)
    {
        var traces = Traces.ByMean();
        var before = Decode(Create(traces), model);
        var perTrial = traces.Length / Traces.Stimuli.Length;
        for (var i = 0; i < perTrial; i++)
        {
            traces[i] = i % Traces.Samples < 9 ? 0 : 1e6f * (i % 7);
        }

        var after = Decode(Create(traces), model);

        var fold = Decoder.Evaluation.DataSplit.Folds(Traces.Stimuli, 4, 1).Single(split => split.Test.Contains(0));
        Assert.All(fold.Test.Where(row => row != 0), row => Assert.Equal(before[row], after[row]));
        Assert.Contains(fold.Train, row => before[row] != after[row]);
    }

    [Fact]
    public void AFewEvenAnglesAreClassesOfTheirOwn()
    {
        Assert.Equal(8, TemporalOptions.OutputFor(LossKind.Classes, 360, [0, 45, 90, 135, 180, 225, 270, 315, 0]).Classes);
        Assert.Equal(4, TemporalOptions.OutputFor(LossKind.Classes, 180, [0, 45, 90, 135, 180, 225, 270, 315, 360]).Classes);
        Assert.Equal(new ModelOptions().Classes, TemporalOptions.OutputFor(LossKind.Classes, 360, [0, 10, 90]).Classes);
    }
}
