using Decoder.Recordings;
using static Decoder.Tests.Recordings.NpyBytes;

namespace Decoder.Tests.Recordings;

public sealed class RecordingSelectionTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("0-2", new[] { 0, 1, 2 })]
    [InlineData("5,0-1", new[] { 0, 1, 5 })]
    [InlineData("3-", new[] { 3, 4, 5 })]
    [InlineData("4,", new[] { 4 })]
    [InlineData("mask", new[] { 1, 4 })]
    [InlineData("zeros", new[] { 1, 4 })]
    [InlineData("indices", new[] { 0, 5 })]
    public void TakesRangesMasksAndIndices(string selection, int[] expected)
    {
        // The response of neuron n in row r is 10 r + n.
        Assert.Equal(expected, Read(new() { Neurons = selection }).Row(0).ToArray().Select(value => (int)value));
        if (expected.Length > 1)
        {
            var rows = Read(new() { Trials = selection });
            Assert.Equal(expected, rows.Neuron(0).Select(value => (int)value / 10));
            Assert.Equal(expected, rows.Stimuli.Select(value => (int)value / 10));
        }
    }

    [Fact]
    public void SelectionsComeFromFilesToo()
    {
        File.WriteAllText(_folder["rows.txt"], "5\n2\n");

        Assert.Equal([20, 50], Read(new() { Trials = _folder["rows.txt"] }).Stimuli);
    }

    [Fact]
    public void ANumberDrawsTheSameForTheSameSeedAndOthersForAnother()
    {
        var drawn = Enumerable.Range(0, 40).Select(seed => Read(new() { Neurons = "3", SubsetSeed = (ulong)seed })).ToArray();

        Assert.All(drawn, recording => Assert.Equal(3, recording.NeuronCount));
        Assert.All(drawn, recording => Assert.Equal(recording.Subset!.Indices.Order(), recording.Subset.Indices));
        Assert.Equal(drawn[7].Subset!.Indices, Read(new() { Neurons = "3", SubsetSeed = 7 }).Subset!.Indices);

        // All 20 subsets of 3 out of 6 would not come up in 40 draws, but half of them and each neuron will.
        Assert.InRange(drawn.Select(recording => string.Join(',', recording.Subset!.Indices)).Distinct().Count(), 10, 20);
        Assert.Equal(6, drawn.SelectMany(recording => recording.Subset!.Indices).Distinct().Count());
    }

    [Theory]
    [InlineData("0", "between 1 and 6 can be drawn")]
    [InlineData("7", "between 1 and 6 can be drawn")]
    [InlineData("4-6", "'4-6' is not within 0-5")]
    [InlineData("3-1", "'3-1' is not within 0-5")]
    [InlineData("1,1-2", "names 1 more than once")]
    [InlineData("99999999999-", "is not within 0-5")]
    [InlineData("nothing", "no such file, and no such array")]
    [InlineData("short", "has 2 booleans; 6 are needed")]
    [InlineData("none", "so that nothing is left")]
    [InlineData("bad", "has the value 6.5")]
    [InlineData("resp", "a list of indices, or of 6 booleans")]
    public void RefusesSelectionsThatDoNotFit(string selection, string expected)
    {
        Assert.Contains(expected, Assert.ThrowsAny<RecordingException>(() => Read(new() { Neurons = selection })).Message);
        Assert.Contains(expected, Assert.ThrowsAny<RecordingException>(() => Read(new() { Trials = selection })).Message);
    }

    [Fact]
    public void TrialsAreKeptByRunningSpeed()
    {
        Assert.Equal([10, 30, 50], Read(new() { Running = "speed", RunningThreshold = 2, Keep = Behaviour.Running }).Stimuli);
        Assert.Equal([0, 20, 40], Read(new() { Running = "speed", RunningThreshold = 2, Keep = Behaviour.Still }).Stimuli);
        Assert.Equal([10, 40], Read(new() { Running = "mask", Keep = Behaviour.Running }).Stimuli);
        var both = Read(new() { Trials = "0-3", Running = "speed", RunningThreshold = 2, Keep = Behaviour.Running });
        Assert.Equal([10, 30], both.Stimuli);
        Assert.Contains(both.Notes, note => note.Contains("2 of 4 trials", StringComparison.Ordinal));
        Assert.Contains("no trial is left", Refusal(new() { Running = "speed", RunningThreshold = 99, Keep = Behaviour.Running }));
        Assert.Contains("one speed for each of the 6 rows", Refusal(new() { Running = "short", Keep = Behaviour.Running }));
    }

    [Fact]
    public void SpontaneousActivityIsAnArrayOrRowsThatAreThenNotDecoded()
    {
        var array = Read(new() { Spontaneous = "blank", Neurons = "0-1" });
        Assert.Equal(6, array.StimulusCount);
        Assert.Equal([100, 101, 200, 201], array.Spontaneous!);
        Assert.Equal([100, 101, 200, 201], Read(new() { Spontaneous = "blankT", Neurons = "0-1" }).Spontaneous!);

        foreach (var rows in (string[])["1,4", "mask"])
        {
            var recording = Read(new() { Spontaneous = rows, Neurons = "0-1" });
            Assert.Equal([0, 20, 30, 50], recording.Stimuli);
            Assert.Equal([10, 11, 40, 41], recording.Spontaneous!);
        }

        Assert.Contains("6 neurons are needed", Refusal(new() { Spontaneous = "wrong" }));
    }

    [Fact]
    public void RowsWithoutAStimulusMayBeSpontaneous()
    {
        File.WriteAllBytes(_folder["file.npz"], Zip(
            ("resp.npy", FloatArray("(3, 1)", 1, 2, 3)), ("stimuli.npy", FloatArray("(3,)", 0, float.NaN, 90))));

        var recording = RecordingReader.Read(_folder["file.npz"], new() { Spontaneous = "1-1" });

        Assert.Equal([0, 90], recording.Stimuli);
        Assert.Equal([2], recording.Spontaneous!);
    }

    [Fact]
    public void ASplitRecordingStaysSplit()
    {
        File.WriteAllBytes(_folder["file.npz"], Zip(
            ("resp_train.npy", FloatArray("(3, 1)", 1, 2, 3)), ("resp_test.npy", FloatArray("(3, 1)", 4, 5, 6)), ("stimuli.npy", FloatArray("(3,)", 0, 90, 180))));

        var recording = RecordingReader.Read(_folder["file.npz"], new() { Trials = "0-1,5," });

        Assert.Equal(2, recording.TestStart);
        Assert.Equal([1, 2, 6], recording.Responses);
        Assert.Equal([0, 90, 180], recording.Stimuli);
    }

    private string Refusal(ReadingOptions options) => Assert.ThrowsAny<RecordingException>(() => Read(options)).Message;

    private Recording Read(ReadingOptions options)
    {
        var responses = Enumerable.Range(0, 36).Select(i => (float)(10 * (i / 6) + i % 6)).ToArray();
        float[] blank = [100, 101, 102, 103, 104, 105, 200, 201, 202, 203, 204, 205];
        File.WriteAllBytes(_folder["file.npz"], Zip(
            ("resp.npy", FloatArray("(6, 6)", responses)),
            ("stimuli.npy", FloatArray("(6,)", 0, 10, 20, 30, 40, 50)),
            ("speed.npy", FloatArray("(6, 1)", 0, 3, 1, -5, 2, 9)),
            ("mask.npy", Array("|b1", "(6,)", [0, 1, 0, 0, 1, 0])),
            ("zeros.npy", FloatArray("(6,)", 0, 1, 0, 0, 1, 0)),
            ("none.npy", Array("|b1", "(6,)", new byte[6])),
            ("short.npy", Array("|b1", "(2,)", [0, 1])),
            ("indices.npy", Array("<i2", "(2,)", [5, 0, 0, 0])),
            ("bad.npy", FloatArray("(2,)", 0, 6.5f)),
            ("blank.npy", FloatArray("(2, 6)", blank)),
            ("blankT.npy", FloatArray("(6, 2)", [.. Enumerable.Range(0, 12).Select(i => blank[i % 2 * 6 + i / 2])])),
            ("wrong.npy", FloatArray("(2, 5)", new float[10]))));
        return RecordingReader.Read(_folder["file.npz"], options);
    }
}
